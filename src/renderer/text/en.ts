import { inspector, library, review } from './en/library.ts'
import { room } from './en/room.ts'
import { connect, settings, welcome } from './en/settings.ts'
import { app, keys, palette, providers, shell, shortcuts, sidebar } from './en/shell.ts'
import { drop, transfers } from './en/transfers.ts'

/** Every word of the interface in English, except errors (`errors.ts`) and actions (the registry). */
export const en = {
  app,
  shell,
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
  room,
  settings,
  connect,
  welcome,
}

/** What a second language has to provide, checked by the compiler. */
export type Text = typeof en
