import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import { entryIdSchema } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist } from '../../shared/playlist.ts'
import type { AskService } from '../connections/askService.ts'
import type { PlaylistPower } from '../connectors/powers.ts'
import type { RemoteEntryDraft, RemotePlaylistWhole } from '../connectors/remote.ts'
import type { EntryView } from '../store/entryView.ts'
import type { PlaylistStore, StoredEntry } from '../store/playlistStore.ts'
import type { PlaylistReading } from './playlistReading.ts'
import type { EntryChange, StoredEntries } from './storedEntries.ts'

export interface ServicePlaylistsParts {
  readonly store: PlaylistStore
  readonly view: EntryView
  readonly service: AskService
  readonly reading: PlaylistReading
  readonly making: StoredEntries
  readonly powerOf: (id: ConnectionId) => PlaylistPower | undefined
  readonly newId: () => string
  readonly changed: (id: PlaylistId | null) => void
}

/**
 * Lists that services keep. Every write goes there first and the list is shown as the service answers; refused, it stays
 * what it was. All fail with the codes of `Connector`; `thing.notFound` for what is not known here or gone there.
 */
export interface ServicePlaylists {
  list(): Playlist[]
  /** Read first where it never was. */
  get(id: PlaylistId): Promise<{ playlist: Playlist; entries: Entry[] }>
  /**
   * A new list of these; `request.invalid` with the reason `severalConnections` where one of them is not of this
   * connection. What only the service can play, or what is gone there, is left out.
   */
  create(connectionId: ConnectionId, name: string, entries: readonly StoredEntry[]): Promise<Playlist>
  rename(id: PlaylistId, name: string): Promise<Playlist>
  remove(id: PlaylistId): Promise<void>
  add(id: PlaylistId, drafts: readonly EntryDraft[]): Promise<Playlist>
  move(id: PlaylistId, entryIds: readonly EntryId[], before: EntryId | null): Promise<void>
  removeEntries(id: PlaylistId, entryIds: readonly EntryId[]): Promise<void>
  /** Put in again, about where they were: the service knows no other way back. Until the app ends. */
  putBackEntries(id: PlaylistId, entryIds: readonly EntryId[]): Promise<void>
  change(id: PlaylistId, entryId: EntryId, change: EntryChange): Promise<void>
}

/** An entry that was taken out, and what stood behind it then. */
interface TakenOut {
  readonly entry: StoredEntry
  readonly followers: readonly EntryId[]
}

export function createServicePlaylists(parts: ServicePlaylistsParts): ServicePlaylists {
  const { store, view, service, reading, making, changed } = parts
  const turns = new Map<PlaylistId, Promise<unknown>>()
  const takenOut = new Map<EntryId, TakenOut>()

  const existing = (id: PlaylistId) => {
    const list = store.get(id)
    if (list === undefined || list.remote === null)
      throw new AppError('thing.notFound', { thing: 'playlist' })
    return { list, remote: list.remote }
  }
  const shown = (id: PlaylistId): Playlist => {
    const { list, remote } = existing(id)
    const { name, entryCount, changedAt, readAt, sources } = list
    const { connectionId } = remote
    const may = parts.powerOf(connectionId)?.may ?? []
    return {
      ...{ id, name, entryCount, changedAt, sources: [...sources] },
      home: { connectionId, readAt, failure: reading.failureOf(id) },
      may: may.filter((step) => step !== 'create'),
    }
  }
  const holdsOf = (connectionId: ConnectionId) =>
    parts.powerOf(connectionId)?.holds ?? { ranges: true, newest: true }

  /** One write of a list after the other. */
  const inTurn = <T>(id: PlaylistId, act: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(act, act)
    turns.set(id, turn)
    return turn
  }
  const write = (
    id: PlaylistId,
    act: (power: PlaylistPower, remoteId: string, signal: AbortSignal) => Promise<RemotePlaylistWhole>,
  ): Promise<RemotePlaylistWhole> =>
    inTurn(id, async () => {
      const { connectionId, remoteId } = existing(id).remote
      reading.touched(connectionId, id)
      try {
        const whole = await service.with(connectionId, 'playlists', (power, signal) =>
          act(power, remoteId, signal),
        )
        reading.touched(connectionId, id)
        await reading.put(connectionId, whole)
        return whole
      } catch (error) {
        // Part of it may have been done: the next look at the list asks.
        reading.touched(connectionId, id)
        throw error
      } finally {
        changed(id)
      }
    })
  const remoteIds = (id: PlaylistId, entryIds: readonly EntryId[]): string[] => {
    const known = new Map(store.entries(id).map((entry) => [entry.id, entry.remoteId]))
    return entryIds.flatMap((each) => known.get(each) ?? [])
  }
  const remoteOf = (id: PlaylistId, entryId: EntryId): string => {
    const [remoteId] = remoteIds(id, [entryId])
    if (remoteId === undefined) throw new AppError('thing.notFound', { thing: 'entry' })
    return remoteId
  }
  const draftOf = (connectionId: ConnectionId, entry: StoredEntry): RemoteEntryDraft => {
    if (entry.connectionId !== connectionId)
      throw new AppError('request.invalid', { reason: 'severalConnections' })
    return making.toService(entry, holdsOf(connectionId))
  }

  /** Says which entry it is now: to the service it is a new one. */
  const putBackOne = async (
    id: PlaylistId,
    entry: StoredEntry,
    followers: readonly EntryId[],
  ): Promise<EntryId | undefined> => {
    const draft = draftOf(existing(id).remote.connectionId, entry)
    const whole = await write(id, (power, remoteId, signal) => power.add(remoteId, [draft], signal))
    const added = whole.entries.at(-1)
    const [before] = remoteIds(id, followers)
    if (added !== undefined && before !== undefined)
      await write(id, (power, remoteId, signal) => power.move(remoteId, [added.remoteId], before, signal))
    return store.entries(id).find(({ remoteId }) => remoteId === added?.remoteId)?.id
  }

  return {
    list: () => reading.list().map(({ id }) => shown(id)),
    async get(id) {
      await reading.look(id)
      return { playlist: shown(id), entries: view(store.entries(id)) }
    },
    async create(connectionId, name, entries) {
      const drafts = entries.flatMap((entry) =>
        entry.problem === null && view([entry])[0]?.problem === null ? draftOf(connectionId, entry) : [],
      )
      reading.touched(connectionId, null)
      const whole = await service.with(connectionId, 'playlists', (power, signal) =>
        power.create(name, drafts, signal),
      )
      reading.touched(connectionId, null)
      const id = await reading.put(connectionId, whole)
      changed(null)
      return shown(id)
    },
    async rename(id, name) {
      await write(id, (power, remoteId, signal) => power.rename(remoteId, name, signal))
      return shown(id)
    },
    remove: (id) =>
      inTurn(id, async () => {
        const { connectionId, remoteId } = existing(id).remote
        reading.touched(connectionId, id)
        await service.with(connectionId, 'playlists', (power, signal) => power.remove(remoteId, signal))
        reading.drop(connectionId, id)
        changed(null)
      }),
    async add(id, drafts) {
      const { connectionId } = existing(id).remote
      const entries = drafts.map((draft) =>
        draftOf(connectionId, making.of(draft, entryIdSchema.parse(parts.newId()))),
      )
      await write(id, (power, remoteId, signal) => power.add(remoteId, entries, signal))
      return shown(id)
    },
    async move(id, entryIds, before) {
      const moved = remoteIds(id, entryIds)
      const anchor = before === null ? null : remoteOf(id, before)
      await write(id, (power, remoteId, signal) => power.move(remoteId, moved, anchor, signal))
    },
    async removeEntries(id, entryIds) {
      const order = store.entries(id)
      const gone = remoteIds(id, entryIds)
      await write(id, (power, remoteId, signal) => power.takeOut(remoteId, gone, signal))
      order.forEach((entry, at) => {
        if (entryIds.includes(entry.id))
          takenOut.set(entry.id, { entry, followers: order.slice(at + 1).map((each) => each.id) })
      })
    },
    async putBackEntries(id, entryIds) {
      // The last first: what stood behind each of them is there by then.
      const found = entryIds.flatMap((each) => takenOut.get(each) ?? [])
      if (found.length < entryIds.length) throw new AppError('thing.notFound', { thing: 'entry' })
      const lastFirst = found.toSorted((a, b) => a.followers.length - b.followers.length)
      const again = new Map<EntryId, EntryId>()
      for (const { entry, followers } of lastFirst) {
        const back = await putBackOne(
          id,
          entry,
          followers.map((each) => again.get(each) ?? each),
        )
        if (back !== undefined) again.set(entry.id, back)
        takenOut.delete(entry.id)
      }
    },
    async change(id, entryId, change) {
      const entry = store.entries(id).find((each) => each.id === entryId)
      if (entry === undefined) throw new AppError('thing.notFound', { thing: 'entry' })
      const draft = draftOf(existing(id).remote.connectionId, making.changed(entry, change))
      const wanted = remoteOf(id, entryId)
      await write(id, (power, remoteId, signal) => power.change(remoteId, wanted, draft, signal))
    },
  }
}
