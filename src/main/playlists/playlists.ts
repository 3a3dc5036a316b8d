import { monotonicFactory } from 'ulid'
import type { Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { EntryId, PlaylistId } from '../../shared/ids.ts'
import { entryIdSchema, playlistIdSchema } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist } from '../../shared/playlist.ts'
import { mostEntries } from '../../shared/playlist.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { EntryView } from '../store/entryView.ts'
import type { PlaylistStore, StoredEntry } from '../store/playlistStore.ts'

export interface PlaylistParts {
  readonly store: PlaylistStore
  readonly view: EntryView
  readonly assets: AssetStore
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
  rename(id: PlaylistId, name: string): Playlist
  duplicate(id: PlaylistId, name: string): Playlist
  /** `putBack` brings it again, as it was, until the app ends. */
  remove(id: PlaylistId): void
  putBack(id: PlaylistId): Playlist
  /** To the end, in the order given; the same version may come twice. */
  add(id: PlaylistId, drafts: readonly EntryDraft[]): Playlist
  /** Before another entry, or to the end. */
  move(id: PlaylistId, entryIds: readonly EntryId[], before: EntryId | null): void
  removeEntries(id: PlaylistId, entryIds: readonly EntryId[]): void
  putBackEntries(id: PlaylistId, entryIds: readonly EntryId[]): void
  change(input: Parsed<'playlists.changeEntry'>): void
  /** What a list that is not kept would hold. */
  preview(drafts: readonly EntryDraft[]): Entry[]
}

export function createPlaylists(parts: PlaylistParts): Playlists {
  const { store, view, assets, changed, now } = parts
  const ulid = monotonicFactory()
  // Taken away in a run that is over: nobody can ask for it back.
  store.forgetRemoved()

  const existing = (id: PlaylistId): Playlist => {
    const found = store.get(id)
    if (found === undefined) throw new AppError('thing.notFound', { thing: 'playlist' })
    return found
  }
  const stored = ({ assetId, versionId, range }: EntryDraft): StoredEntry => {
    const origin = assets.assetOrigin(assetId)
    const asset = assets.get(assetId)
    if (origin === undefined || asset === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
    return {
      id: entryIdSchema.parse(ulid()),
      connectionId: origin.connectionId,
      assetRemoteId: origin.assetRemoteId,
      versionRemoteId: versionId === null ? null : versionRemoteId(versionId, assetId),
      name: asset.name,
      range,
    }
  }
  const versionRemoteId = (
    versionId: NonNullable<EntryDraft['versionId']>,
    assetId: EntryDraft['assetId'],
  ): string => {
    const origin = assets.originOf(versionId)
    if (origin === undefined || origin.assetId !== assetId)
      throw new AppError('thing.notFound', { thing: 'version' })
    return origin.versionRemoteId
  }
  const append = (id: PlaylistId, entries: readonly StoredEntry[]) => {
    if (store.entries(id).length + entries.length > mostEntries)
      throw new AppError('request.invalid', { reason: 'tooMany', most: mostEntries })
    store.append(id, entries)
  }
  const make = (name: string, entries: readonly StoredEntry[]): Playlist => {
    const id = playlistIdSchema.parse(ulid())
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
    list: () => store.list(),
    get: (id) => ({ playlist: existing(id), entries: view(store.entries(id)) }),
    create: (name, drafts) => make(name, drafts.map(stored)),
    rename(id, name) {
      existing(id)
      store.rename(id, name, now())
      changed(id)
      return existing(id)
    },
    duplicate(id, name) {
      existing(id)
      return make(
        name,
        store.entries(id).map((entry) => ({ ...entry, id: entryIdSchema.parse(ulid()) })),
      )
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
    change({ id, versionId, range }) {
      const listId = store.listOf(id)
      const entry = listId && store.entries(listId).find((each) => each.id === id)
      if (listId === undefined || entry === undefined)
        throw new AppError('thing.notFound', { thing: 'entry' })
      const assetId = assets.ofRemote(entry.connectionId, entry.assetRemoteId)
      if (versionId && assetId === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
      store.change({
        ...entry,
        ...(range === undefined ? {} : { range }),
        ...(versionId === undefined
          ? {}
          : {
              versionRemoteId:
                versionId === null || assetId === undefined ? null : versionRemoteId(versionId, assetId),
            }),
      })
      touched(listId)
    },
    preview: (drafts) => view(drafts.filter(({ assetId }) => assets.get(assetId) !== undefined).map(stored)),
  }
}
