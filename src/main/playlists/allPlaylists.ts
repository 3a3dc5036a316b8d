import type { Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist, PlaylistService } from '../../shared/playlist.ts'
import type { PlaylistStore } from '../store/playlistStore.ts'
import type { PlaylistReading } from './playlistReading.ts'
import type { Playlists } from './playlists.ts'
import type { ServicePlaylists } from './servicePlaylists.ts'

export interface AllPlaylistsParts {
  readonly store: PlaylistStore
  readonly own: Playlists
  readonly kept: ServicePlaylists
  readonly reading: PlaylistReading
}

/** The lists of this computer and of every service as one: each call goes to where its list is kept, and fails as that does. */
export interface AllPlaylists {
  /** Own ones first, each by name. */
  list(): Playlist[]
  services(): PlaylistService[]
  refresh(): Promise<void>
  get(id: PlaylistId): Promise<{ playlist: Playlist; entries: Entry[] }>
  /** On this computer. */
  create(name: string, drafts: readonly EntryDraft[]): Playlist
  /** On this computer, of any list; one that was never read is read first. */
  duplicate(id: PlaylistId, name: string): Promise<Playlist>
  keepAt(id: PlaylistId, connectionId: ConnectionId, name: string): Promise<Playlist>
  rename(id: PlaylistId, name: string): Promise<Playlist>
  remove(id: PlaylistId): Promise<void>
  /** `request.invalid` with the reason `notSupported` for a service's list. */
  putBack(id: PlaylistId): Playlist
  add(id: PlaylistId, drafts: readonly EntryDraft[]): Promise<Playlist>
  move(id: PlaylistId, entryIds: readonly EntryId[], before: EntryId | null): Promise<void>
  removeEntries(id: PlaylistId, entryIds: readonly EntryId[]): Promise<void>
  putBackEntries(id: PlaylistId, entryIds: readonly EntryId[]): Promise<void>
  change(input: Parsed<'playlists.changeEntry'>): Promise<void>
  preview(drafts: readonly EntryDraft[]): Entry[]
  start(): void
  wake(): Promise<void>
  stop(): void
}

export function createAllPlaylists({ store, own, kept, reading }: AllPlaylistsParts): AllPlaylists {
  const isOwn = (id: PlaylistId): boolean => store.get(id)?.remote == null
  const read = async (id: PlaylistId) => {
    if (!isOwn(id)) await kept.get(id)
  }
  return {
    list: () => [...own.list(), ...kept.list()],
    services: reading.services,
    refresh: reading.refresh,
    get: async (id) => (isOwn(id) ? own.get(id) : kept.get(id)),
    create: own.create,
    async duplicate(id, name) {
      await read(id)
      return own.copy(id, name)
    },
    async keepAt(id, connectionId, name) {
      await read(id)
      if (store.get(id) === undefined) throw new AppError('thing.notFound', { thing: 'playlist' })
      return kept.create(connectionId, name, store.entries(id))
    },
    rename: async (id, name) => (isOwn(id) ? own.rename(id, name) : kept.rename(id, name)),
    remove: async (id) => (isOwn(id) ? own.remove(id) : kept.remove(id)),
    putBack(id) {
      if (!isOwn(id)) throw new AppError('request.invalid', { reason: 'notSupported' })
      return own.putBack(id)
    },
    add: async (id, drafts) => (isOwn(id) ? own.add(id, drafts) : kept.add(id, drafts)),
    move: async (id, entryIds, before) =>
      isOwn(id) ? own.move(id, entryIds, before) : kept.move(id, entryIds, before),
    removeEntries: async (id, entryIds) =>
      isOwn(id) ? own.removeEntries(id, entryIds) : kept.removeEntries(id, entryIds),
    putBackEntries: async (id, entryIds) =>
      isOwn(id) ? own.putBackEntries(id, entryIds) : kept.putBackEntries(id, entryIds),
    async change({ id, ...change }) {
      const listId = store.listOf(id)
      if (listId === undefined) throw new AppError('thing.notFound', { thing: 'entry' })
      return isOwn(listId) ? own.change(listId, id, change) : kept.change(listId, id, change)
    },
    preview: own.preview,
    start: reading.start,
    wake: reading.wake,
    stop: reading.stop,
  }
}
