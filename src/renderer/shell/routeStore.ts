import { create } from 'zustand'
import type { AssetId, EntryId, PlaceId, PlaylistId, VersionId } from '../../shared/ids.ts'

/** A list that is kept, or one that was made of what was chosen and lives as long as the window. */
export type ListRef =
  | { readonly kind: 'kept'; readonly id: PlaylistId }
  | { readonly kind: 'chosen'; readonly number: number }

export type SettingsSection = 'general' | 'connections' | 'transfers' | 'shortcuts' | 'appearance' | 'about'

/** What the window shows. */
export type Route =
  | { readonly screen: 'library'; readonly placeId: PlaceId | null }
  | { readonly screen: 'review'; readonly assetId: AssetId; readonly versionId?: VersionId }
  | { readonly screen: 'playlist'; readonly id: PlaylistId }
  /** A list played as one. */
  | { readonly screen: 'playing'; readonly list: ListRef; readonly entryId?: EntryId }
  | { readonly screen: 'inbox' }
  | { readonly screen: 'settings'; readonly section: SettingsSection }

export interface History {
  readonly past: readonly Route[]
  readonly route: Route
  readonly future: readonly Route[]
}

const longest = 100

const isSame = (a: Route, b: Route) => JSON.stringify(a) === JSON.stringify(b)

export const goneTo = (history: History, route: Route): History =>
  isSame(history.route, route)
    ? history
    : { past: [...history.past.slice(-longest), history.route], route, future: [] }

export function goneBack({ past, route, future }: History): History {
  const last = past.at(-1)
  return last === undefined
    ? { past, route, future }
    : { past: past.slice(0, -1), route: last, future: [route, ...future] }
}

export function goneForward({ past, route, future }: History): History {
  const next = future[0]
  return next === undefined
    ? { past, route, future }
    : { past: [...past, route], route: next, future: future.slice(1) }
}

const start: Route = { screen: 'library', placeId: null }
export const useRoute = create<History>(() => ({ past: [], route: start, future: [] }))

export const go = (route: Route): void => useRoute.setState((history) => goneTo(history, route))
export const goBack = (): void => useRoute.setState((history) => goneBack(history))
export const goForward = (): void => useRoute.setState((history) => goneForward(history))
/** Another version or section of the same thing: nothing to come back to. */
export const replaceRoute = (route: Route): void => useRoute.setState({ route })

export const usePlaceId = (): PlaceId | null =>
  useRoute((history) => (history.route.screen === 'library' ? history.route.placeId : null))
