import { create } from 'zustand'
import { toFailure } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist, PlaylistService, PlaylistStep } from '../../shared/playlist.ts'
import { mostEntries } from '../../shared/playlist.ts'
import { ask, subscribe } from '../bridge.ts'
import { go, type ListRef, useRoute } from '../shell/routeStore.ts'
import { say, sayTrouble, sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { draftsOfEntries } from './listDrafts.ts'

/** What was chosen to be played as one, without being kept. */
export interface ChosenList {
  readonly name: string
  readonly drafts: readonly EntryDraft[]
  /** The one it begins with, counted from 0. */
  readonly start?: number
}

/** What is asked before something is done with playlists; one thing at a time. */
export type PlaylistQuestion =
  | { readonly kind: 'create'; readonly name: string; readonly drafts: readonly EntryDraft[] }
  | { readonly kind: 'rename'; readonly playlist: Playlist }
  | {
      readonly kind: 'add'
      readonly drafts: readonly EntryDraft[]
      /** Where all of them are; null where that is not one connection. */
      readonly source: ConnectionId | null
    }
  | { readonly kind: 'remove'; readonly playlist: Playlist }
  | {
      readonly kind: 'keepAt'
      readonly playlist: Playlist
      readonly service: PlaylistService
      readonly entries: readonly Entry[]
    }

interface PlaylistState {
  /** Own ones first, each by name. */
  readonly lists: readonly Playlist[]
  readonly services: readonly PlaylistService[]
  /** By the number in their route. */
  readonly chosen: ReadonlyMap<number, ChosenList>
  readonly asked: PlaylistQuestion | null
}

export const usePlaylists = create<PlaylistState>(() => ({
  lists: [],
  services: [],
  chosen: new Map(),
  asked: null,
}))

export const usePlaylist = (id: PlaylistId): Playlist | undefined =>
  usePlaylists(({ lists }) => lists.find((each) => each.id === id))

export const askPlaylist = (asked: PlaylistQuestion): void => usePlaylists.setState({ asked })
export const playlistAnswered = (): void => usePlaylists.setState({ asked: null })

async function readLists(): Promise<void> {
  try {
    const [lists, services] = await Promise.all([ask('playlists.list'), ask('playlists.services')])
    usePlaylists.setState({ lists, services })
  } catch (error) {
    say(toFailure(error))
  }
}

/** Asks the services again. How it went is said with their lists. */
export const refreshPlaylists = (): void => void tried(() => ask('playlists.refresh'))

/** Whether this can be done with a list; of one that is not known here nothing can. */
export const mayWith = (id: PlaylistId | undefined, step: PlaylistStep): boolean =>
  usePlaylists
    .getState()
    .lists.find((each) => each.id === id)
    ?.may.includes(step) === true

/** Where an own list can be kept as well: all its clips have to come from there. */
export function homesFor(
  { home, sources }: Playlist,
  services: readonly PlaylistService[],
): readonly PlaylistService[] {
  if (home !== null || sources.length !== 1) return []
  return services.filter(({ connectionId, mayCreate }) => mayCreate && connectionId === sources[0])
}

/** What is left behind is said with the question. */
export async function askKeepAt(playlist: Playlist, service: PlaylistService): Promise<void> {
  const found = await tried(() => ask('playlists.get', { id: playlist.id }))
  if (found !== undefined) askPlaylist({ kind: 'keepAt', playlist, service, entries: found.entries })
}

export async function keepAt(
  { id }: Playlist,
  { connectionId }: PlaylistService,
  name: string,
  where: string,
): Promise<boolean> {
  const kept = await tried(() => ask('playlists.keepAt', { id, connectionId, name }))
  if (kept === undefined) return false
  sayWords(text.playlists.keptNow(kept.name, where), {
    words: text.playlists.show,
    run: () => go({ screen: 'playlist', id: kept.id }),
  })
  return true
}

/** Follows main until the returned function is called. Who comes back to the window sees what others did meanwhile. */
export function followPlaylists(): () => void {
  void readLists()
  const end = subscribe('playlists.changed', () => void readLists())
  globalThis.addEventListener('focus', refreshPlaylists)
  return () => {
    end()
    globalThis.removeEventListener('focus', refreshPlaylists)
  }
}

/** Drafts of whole assets, each following its newest version; as many as a list holds. */
export function draftsOf(ids: readonly AssetId[]): EntryDraft[] {
  if (ids.length > mostEntries) sayTrouble(text.playlists.onlyFirst(mostEntries))
  return ids.slice(0, mostEntries).map((assetId) => ({ assetId, versionId: null, range: null }))
}

/** Does it, and says what went wrong. */
async function tried<Value>(act: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await act()
  } catch (error) {
    say(toFailure(error))
    return undefined
  }
}

/** Says whether it was made. */
export async function createPlaylist(name: string, drafts: readonly EntryDraft[]): Promise<boolean> {
  const made = await tried(() => ask('playlists.create', { name, entries: [...drafts] }))
  if (made === undefined) return false
  if (drafts.length === 0) go({ screen: 'playlist', id: made.id })
  else sayAdded(made, drafts.length)
  return true
}

export async function addTo(id: PlaylistId, drafts: readonly EntryDraft[]): Promise<boolean> {
  const list = await tried(() => ask('playlists.add', { id, entries: [...drafts] }))
  if (list !== undefined) sayAdded(list, drafts.length)
  return list !== undefined
}

const sayAdded = ({ id, name }: Playlist, count: number) =>
  sayWords(text.playlists.added(count, name), {
    words: text.playlists.show,
    run: () => go({ screen: 'playlist', id }),
  })

export const renamePlaylist = async (id: PlaylistId, name: string): Promise<boolean> =>
  (await tried(() => ask('playlists.rename', { id, name }))) !== undefined

/** A service's list becomes one of this computer under the same name. */
export async function duplicatePlaylist({ id, name, home, entryCount }: Playlist): Promise<void> {
  const words = text.playlists
  const copy = await tried(() =>
    ask('playlists.duplicate', { id, name: home === null ? words.copyOf(name) : name }),
  )
  if (copy === undefined) return
  go({ screen: 'playlist', id: copy.id })
  const left = entryCount - copy.entryCount
  if (home !== null)
    sayWords(left > 0 ? `${words.copied(name)} ${words.sequencesStay(left)}` : words.copied(name))
}

/** An own one can be taken back, so nobody is asked first; a service's is gone for everybody. */
export async function removePlaylist(playlist: Playlist): Promise<void> {
  if (playlist.home === null) await removeOwn(playlist)
  else askPlaylist({ kind: 'remove', playlist })
}

/** Does it and says what went wrong; whether it was done. */
const done = async (act: () => Promise<unknown>): Promise<boolean> =>
  (await tried(async () => {
    await act()
    return true
  })) === true

export async function removeAtService({ id, name }: Playlist, where: string): Promise<void> {
  if (await done(() => ask('playlists.remove', { id }))) sayWords(text.playlists.removedThere(name, where))
}

async function removeOwn({ id, name }: Playlist): Promise<void> {
  if (!(await done(() => ask('playlists.remove', { id })))) return
  const { route } = useRoute.getState()
  const isShown = route.screen === 'playlist' && route.id === id
  sayWords(text.playlists.removed(name), {
    words: text.playlists.undo,
    run: () =>
      void tried(async () => {
        await ask('playlists.putBack', { id })
        if (isShown) go({ screen: 'playlist', id })
      }),
  })
}

export async function takeOut(id: PlaylistId, entryIds: readonly EntryId[]): Promise<void> {
  const ids = [...entryIds]
  if (!(await done(() => ask('playlists.removeEntries', { id, entryIds: ids })))) return
  sayWords(text.playlists.takenOut(ids.length), {
    words: text.playlists.undo,
    run: () => void tried(() => ask('playlists.putBackEntries', { id, entryIds: ids })),
  })
}

export const moveEntries = (id: PlaylistId, entryIds: readonly EntryId[], before: EntryId | null) =>
  tried(() => ask('playlists.move', { id, entryIds: [...entryIds], before }))

/** Says whether it was changed. */
export const changeEntry = (change: {
  readonly id: EntryId
  readonly versionId?: Entry['versionId']
  readonly range?: Entry['range']
}): Promise<boolean> => done(() => ask('playlists.changeEntry', change))

let numbered = 0

/** Plays it as one without keeping it. */
export function playChosen(list: ChosenList): void {
  if (list.drafts.length === 0) return
  numbered += 1
  const number = numbered
  usePlaylists.setState(({ chosen }) => ({ chosen: new Map(chosen).set(number, list) }))
  go({ screen: 'playing', list: { kind: 'chosen', number } })
}

/** A kept list is left as it is now; what was chosen can become one. */
export const keepChosen = (list: ListRef, entries: readonly Entry[]): void => {
  if (list.kind !== 'chosen') return
  askPlaylist({
    kind: 'create',
    name: usePlaylists.getState().chosen.get(list.number)?.name ?? '',
    drafts: draftsOfEntries(entries),
  })
}
