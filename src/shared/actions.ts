import { z } from 'zod'
import { appActions } from './actions/app.ts'
import { libraryActions } from './actions/library.ts'
import { playbackActions } from './actions/playback.ts'
import { playlistActions } from './actions/playlists.ts'
import { reviewActions } from './actions/review.ts'
import { transferActions } from './actions/transfers.ts'

export type { ActionEntry, ActionGroup, ActionPlace } from './actions/entry.ts'

/** Every user action: the one list that menus, palette, shortcut sheet and key map are made from. */
export const actions = {
  ...appActions,
  ...libraryActions,
  ...playlistActions,
  ...transferActions,
  ...playbackActions,
  ...reviewActions,
} as const

export type ActionId = keyof typeof actions
const actionIds = Object.keys(actions) as [ActionId, ...ActionId[]]
export const actionIdSchema = z.enum(actionIds)

/** The keys of an action after the user's changes. An empty text takes the shortcut away. */
export function keysOf(id: ActionId, changed: Readonly<Record<string, string>>): readonly string[] {
  const own = changed[id]
  if (own === undefined) return actions[id].keys
  return own === '' ? [] : [own]
}
