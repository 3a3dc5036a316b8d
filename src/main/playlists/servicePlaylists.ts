import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import { entryIdSchema } from '../../shared/ids.ts'
import type { Entry, EntryDraft, Playlist } from '../../shared/playlist.ts'
import type { AskService } from '../connections/askService.ts'
import type { PlaylistPower } from '../connectors/powers.ts'
import type { RemoteEntryDraft } from '../connectors/remote.ts'
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
 * Lists that services keep. Every write goes there first and the list is read again then; refused, it stays what it was.
 * That it could not be read after a write is said with the list: the write is done. All fail with the codes of
 * `Connector`; `thing.notFound` for what is not known here or gone there.
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
  /**
   * Put in again, about where they were: the service knows no other way back. Until the app ends. Those that are back
   * already are left alone; what the service refuses can be asked for again, and the rest is back by then.
   */
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
  const write = <T>(
    id: PlaylistId,
    act: (power: PlaylistPower, remoteId: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T> =>
    inTurn(id, async () => {
      const { connectionId, remoteId } = existing(id).remote
      reading.touched(connectionId, id)
      try {
        const done = await service.with(connectionId, 'playlists', (power, signal) =>
          act(power, remoteId, signal),
        )
        reading.touched(connectionId, id)
        await reading.again(id)
        return done
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

  /** What can no longer be put back because it stands in the list. */
  const forgetThoseIn = (id: PlaylistId) => {
    for (const entry of store.entries(id)) takenOut.delete(entry.id)
  }
  /** Those that are out, in the order that they stood in, with what each of them goes before now: null for the end. */
  const out = (id: PlaylistId, entryIds: readonly EntryId[]) => {
    const here = new Map(store.entries(id).map((entry) => [entry.id, entry.remoteId]))
    return entryIds
      .flatMap((each) => (here.has(each) ? [] : (takenOut.get(each) ?? [])))
      .toSorted((a, b) => b.followers.length - a.followers.length)
      .map(({ entry, followers }) => ({
        entry,
        before: followers.map((each) => here.get(each) ?? null).find((each) => each !== null) ?? null,
      }))
  }

  return {
    list: () => reading.list().map(({ id }) => shown(id)),
    async get(id) {
      await reading.look(id)
      return { playlist: shown(id), entries: view(store.entries(id)) }
    },
    async create(connectionId, name, entries) {
      const seen = view(entries)
      const drafts = entries.flatMap((entry, at) =>
        entry.problem === null && seen[at]?.problem === null ? draftOf(connectionId, entry) : [],
      )
      reading.touched(connectionId, null)
      const remoteId = await service.with(connectionId, 'playlists', (power, signal) =>
        power.create(name, drafts, signal),
      )
      reading.touched(connectionId, null)
      const id = reading.made(connectionId, remoteId, name, drafts.length)
      await reading.again(id)
      changed(null)
      return shown(id)
    },
    async rename(id, name) {
      await write(id, async (power, remoteId, signal) => {
        await power.rename(remoteId, name, signal)
        store.rename(id, name, existing(id).list.changedAt)
      })
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
      const wanted = new Set(entryIds)
      const order = store.entries(id)
      order.forEach((entry, at) => {
        if (wanted.has(entry.id))
          takenOut.set(entry.id, { entry, followers: order.slice(at + 1).map((each) => each.id) })
      })
      const gone = remoteIds(id, entryIds)
      try {
        await write(id, async (power, remoteId, signal) => {
          await power.takeOut(remoteId, gone, signal)
          const left = store.entries(id).filter((entry) => !wanted.has(entry.id))
          store.putEntries(id, left, existing(id).list.readAt ?? 0)
        })
      } catch (error) {
        // Some of them may be out: only the list itself tells which.
        if (await reading.again(id)) forgetThoseIn(id)
        throw error
      }
    },
    putBackEntries: (id, entryIds) =>
      write(id, async (power, remoteId, signal) => {
        const wanted = out(id, entryIds)
        if (wanted.length === 0) throw new AppError('thing.notFound', { thing: 'entry' })
        // What the service may refuse comes last: the rest is in by then.
        const safeFirst = wanted.toSorted((a, b) => Number(isDoubtful(a.entry)) - Number(isDoubtful(b.entry)))
        const again = new Map<EntryId, string>()
        try {
          for (const { entry } of safeFirst) {
            const [added] = await power.add(remoteId, [asItStood(entry)], signal)
            takenOut.delete(entry.id)
            if (added !== undefined) again.set(entry.id, added)
          }
        } finally {
          for (const before of new Set(wanted.map((each) => each.before))) {
            const together = wanted.filter((each) => each.before === before)
            const moved = together.flatMap(({ entry }) => again.get(entry.id) ?? [])
            // At the end they stand already, unless one was kept for last.
            if (moved.length > 0 && (before !== null || together.some(({ entry }) => isDoubtful(entry))))
              await power.move(remoteId, moved, before, signal)
          }
        }
      }),
    async change(id, entryId, change) {
      const entry = store.entries(id).find((each) => each.id === entryId)
      if (entry === undefined) throw new AppError('thing.notFound', { thing: 'entry' })
      const draft = draftOf(existing(id).remote.connectionId, making.changed(entry, change))
      const wanted = remoteOf(id, entryId)
      await write(id, (power, remoteId, signal) => power.change(remoteId, wanted, draft, signal))
    },
  }
}

/** The service may no longer take it. */
const isDoubtful = ({ problem }: StoredEntry): boolean => problem === 'asset' || problem === 'forbidden'

/** As the service told it: what only it knows, or what is no longer known here, is put back as well. */
const asItStood = ({ assetRemoteId, versionRemoteId, span, problem }: StoredEntry): RemoteEntryDraft => ({
  asset: { remoteId: assetRemoteId, place: null },
  versionRemoteId,
  span,
  ...(problem === 'sequence' ? { isSequence: true } : {}),
})
