import { create } from 'zustand'
import { toFailure } from '../../shared/errors.ts'
import type { AssetId, EntryId, PlaylistId } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist } from '../../shared/playlist.ts'
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
  | { readonly kind: 'add'; readonly drafts: readonly EntryDraft[] }

interface PlaylistState {
  /** By name. */
  readonly lists: readonly Playlist[]
  /** By the number in their route. */
  readonly chosen: ReadonlyMap<number, ChosenList>
  readonly asked: PlaylistQuestion | null
}

export const usePlaylists = create<PlaylistState>(() => ({ lists: [], chosen: new Map(), asked: null }))

export const askPlaylist = (asked: PlaylistQuestion): void => usePlaylists.setState({ asked })
export const playlistAnswered = (): void => usePlaylists.setState({ asked: null })

async function readLists(): Promise<void> {
  try {
    usePlaylists.setState({ lists: await ask('playlists.list') })
  } catch (error) {
    say(toFailure(error))
  }
}

/** Follows main until the returned function is called. */
export function followPlaylists(): () => void {
  void readLists()
  return subscribe('playlists.changed', () => void readLists())
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

export async function duplicatePlaylist({ id, name }: Playlist): Promise<void> {
  const copy = await tried(() => ask('playlists.duplicate', { id, name: text.playlists.copyOf(name) }))
  if (copy !== undefined) go({ screen: 'playlist', id: copy.id })
}

/** It can be taken back, so nobody is asked first. */
export async function removePlaylist({ id, name }: Playlist): Promise<void> {
  const isGone = await tried(async () => {
    await ask('playlists.remove', { id })
    return true
  })
  if (isGone !== true) return
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
  const isDone = await tried(async () => {
    await ask('playlists.removeEntries', { id, entryIds: ids })
    return true
  })
  if (isDone !== true) return
  sayWords(text.playlists.takenOut(ids.length), {
    words: text.playlists.undo,
    run: () => void tried(() => ask('playlists.putBackEntries', { id, entryIds: ids })),
  })
}

export const moveEntries = (id: PlaylistId, entryIds: readonly EntryId[], before: EntryId | null) =>
  tried(() => ask('playlists.move', { id, entryIds: [...entryIds], before }))

export const changeEntry = (change: {
  readonly id: EntryId
  readonly versionId?: Entry['versionId']
  readonly range?: Entry['range']
}) => tried(() => ask('playlists.changeEntry', change))

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
