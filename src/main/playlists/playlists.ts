import { AppError } from '../../shared/errors.ts'
import type { EntryId, PlaylistId } from '../../shared/ids.ts'
import { entryIdSchema, playlistIdSchema } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist } from '../../shared/playlist.ts'
import { mostEntries, playlistStepSchema } from '../../shared/playlist.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { EntryView } from '../store/entryView.ts'
import type { PlaylistStore, StoredEntry } from '../store/playlistStore.ts'
import type { EntryChange, StoredEntries } from './storedEntries.ts'

export interface PlaylistParts {
  readonly store: PlaylistStore
  readonly view: EntryView
  readonly assets: AssetStore
  readonly making: StoredEntries
  readonly newId: () => string
  /** A list is another than it was; null: which lists there are. */
  readonly changed: (id: PlaylistId | null) => void
  readonly now: () => number
}

/**
 * Ordered lists of versions, kept on this computer. `thing.notFound` for a list, an asset or a version that is not
 * known here; `request.invalid` with the reason `tooMany` for what would make a list longer than `mostEntries`.
 */
export interface Playlists {
  list(): Playlist[]
  get(id: PlaylistId): { playlist: Playlist; entries: Entry[] }
  create(name: string, drafts: readonly EntryDraft[]): Playlist
  /** Of any list: what its entries stand for, under ids of their own. */
  copy(id: PlaylistId, name: string): Playlist
  rename(id: PlaylistId, name: string): Playlist
  /** `putBack` brings it again, as it was, until the app ends. */
  remove(id: PlaylistId): void
  putBack(id: PlaylistId): Playlist
  /** To the end, in the order given; the same version may come twice. */
  add(id: PlaylistId, drafts: readonly EntryDraft[]): Playlist
  /** Before another entry, or to the end. */
  move(id: PlaylistId, entryIds: readonly EntryId[], before: EntryId | null): void
  removeEntries(id: PlaylistId, entryIds: readonly EntryId[]): void
  putBackEntries(id: PlaylistId, entryIds: readonly EntryId[]): void
  change(id: PlaylistId, entryId: EntryId, change: EntryChange): void
  /** What a list that is not kept would hold. */
  preview(drafts: readonly EntryDraft[]): Entry[]
}

export function createPlaylists(parts: PlaylistParts): Playlists {
  const { store, view, assets, making, changed, now } = parts
  // Taken away in a run that is over: nobody can ask for it back.
  store.forgetRemoved()

  const existing = (id: PlaylistId): Playlist => {
    const found = store.get(id)
    if (found === undefined) throw new AppError('thing.notFound', { thing: 'playlist' })
    const { name, entryCount, changedAt, sources } = found
    const may = [...playlistStepSchema.options]
    return { id, name, entryCount, changedAt, home: null, may, sources: [...sources] }
  }
  const newEntryId = (): EntryId => entryIdSchema.parse(parts.newId())
  const stored = (draft: EntryDraft): StoredEntry => making.of(draft, newEntryId())
  const append = (id: PlaylistId, entries: readonly StoredEntry[]) => {
    if (store.entries(id).length + entries.length > mostEntries)
      throw new AppError('request.invalid', { reason: 'tooMany', most: mostEntries })
    store.append(id, entries)
  }
  const make = (name: string, entries: readonly StoredEntry[]): Playlist => {
    const id = playlistIdSchema.parse(parts.newId())
    store.add(id, name, now())
    append(id, entries)
    changed(null)
    return existing(id)
  }
  const touched = (id: PlaylistId) => {
    store.touch(id, now())
    changed(id)
  }

  return {
    list: () => store.list().flatMap(({ id, remote }) => (remote === null ? [existing(id)] : [])),
    get: (id) => ({ playlist: existing(id), entries: view(store.entries(id)) }),
    create: (name, drafts) => make(name, drafts.map(stored)),
    copy(id, name) {
      existing(id)
      const entries = store.entries(id).filter(({ problem }) => problem !== 'sequence')
      return make(
        name,
        entries
          .slice(0, mostEntries)
          .map((entry) => ({ ...entry, id: newEntryId(), remoteId: null, problem: null })),
      )
    },
    rename(id, name) {
      existing(id)
      store.rename(id, name, now())
      changed(id)
      return existing(id)
    },
    remove(id) {
      existing(id)
      store.setRemoved(id, now())
      changed(null)
    },
    putBack(id) {
      store.setRemoved(id, null)
      changed(null)
      return existing(id)
    },
    add(id, drafts) {
      existing(id)
      append(id, drafts.map(stored))
      touched(id)
      return existing(id)
    },
    move(id, entryIds, before) {
      existing(id)
      store.move(id, entryIds, before)
      touched(id)
    },
    removeEntries(id, entryIds) {
      existing(id)
      store.setEntriesRemoved(id, entryIds, now())
      touched(id)
    },
    putBackEntries(id, entryIds) {
      existing(id)
      store.setEntriesRemoved(id, entryIds, null)
      touched(id)
    },
    change(id, entryId, change) {
      const entry = store.entries(id).find((each) => each.id === entryId)
      if (entry === undefined) throw new AppError('thing.notFound', { thing: 'entry' })
      store.change(making.changed(entry, change))
      touched(id)
    },
    preview: (drafts) => view(drafts.filter(({ assetId }) => assets.get(assetId) !== undefined).map(stored)),
  }
}
