import { inspector, library, review } from './en/library.ts'
import { captions, ffmpeg, proxies, renditions } from './en/media.ts'
import { playing, playlists } from './en/playlists.ts'
import { remark } from './en/remark.ts'
import { compare, drawing, frameNumbers, rights, room } from './en/room.ts'
import { connect, settings, welcome } from './en/settings.ts'
import { app, keys, notices, palette, providers, shell, shortcuts, sidebar } from './en/shell.ts'
import { approvals, inbox, life, metadata, people, search, shares } from './en/teamwork.ts'
import { drop, transfers } from './en/transfers.ts'

/** Every word of the interface in English, except errors (`errors.ts`) and actions (the registry). */
export const en = {
  app,
  shell,
  notices,
  sidebar,
  providers,
  palette,
  shortcuts,
  keys,
  review,
  library,
  inspector,
  transfers,
  drop,
  rights,
  room,
  frameNumbers,
  remark,
  drawing,
  compare,
  settings,
  connect,
  welcome,
  search,
  people,
  approvals,
  shares,
  metadata,
  inbox,
  life,
  playlists,
  playing,
  proxies,
  renditions,
  ffmpeg,
  captions,
}

/** What a second language has to provide, checked by the compiler. */
export type Text = typeof en
