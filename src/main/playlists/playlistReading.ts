import { AppError, type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import { entryIdSchema, playlistIdSchema } from '../../shared/ids.ts'
import type { PlaylistService } from '../../shared/playlist.ts'
import type { AskService } from '../connections/askService.ts'
import type { PlaylistPower } from '../connectors/powers.ts'
import type { RemoteAsset, RemoteEntry, RemotePlaylistWhole } from '../connectors/remote.ts'
import type { PlaylistStore, StoredEntry, StoredPlaylist } from '../store/playlistStore.ts'

/** Which lists there are is asked again this often while the window can be seen. */
const pollEvery = 60_000
/** A list that was read this lately is as it is. */
const freshFor = 15_000

export interface PlaylistReadingParts {
  readonly store: PlaylistStore
  readonly service: AskService
  /** What each connection's service can do about playlists; of one that nobody is signed in to nothing is known. */
  readonly connections: () => readonly KnownConnection[]
  /** Assets that a list brought: written down here before the list is shown. */
  readonly met: (connectionId: ConnectionId, assets: readonly RemoteAsset[]) => Promise<void>
  readonly newId: () => string
  readonly changed: (id: PlaylistId | null) => void
  readonly isVisible: () => boolean
  readonly report: (error: unknown) => void
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
}

export interface KnownConnection {
  readonly id: ConnectionId
  readonly isSignedIn: boolean
  readonly power: PlaylistPower | undefined
}

/** The services' lists as they were last told: which there are, and what stands in those that somebody looked at. */
export interface PlaylistReading {
  /** Lists whose service keeps playlists, or is not known to have lost that. */
  list(): StoredPlaylist[]
  services(): PlaylistService[]
  failureOf(id: PlaylistId): Failure | null
  /** Asks all services at once. Never fails: each says how it went. */
  refresh(): Promise<void>
  /**
   * Somebody looks at it: read where it never was, and else in the background where the last answer is not fresh. Fails as
   * the service does; `thing.notFound` when it is gone there.
   */
  look(id: PlaylistId): Promise<void>
  /** A list that was just made at the service. */
  made(connectionId: ConnectionId, remoteId: string, name: string, entryCount: number): PlaylistId
  /** After a write. Never fails: how it went is said with the list. True when it is as the service has it now. */
  again(id: PlaylistId): Promise<boolean>
  /** A write began, or broke off: what is known may be old. */
  touched(connectionId: ConnectionId, id: PlaylistId | null): void
  drop(connectionId: ConnectionId, id: PlaylistId): void
  start(): void
  /** A connection came or went. */
  wake(): Promise<void>
  stop(): void
}

interface ServiceState {
  isReading: boolean
  readAt: number | null
  failure: Failure | null
}

interface ListState {
  askedAt: number
  lookedAt: number
  failure: Failure | null
  running: Promise<boolean> | undefined
}

export function createPlaylistReading(parts: PlaylistReadingParts): PlaylistReading {
  const { store, service, changed, now } = parts
  const services = new Map<ConnectionId, ServiceState>()
  const lists = new Map<PlaylistId, ListState>()
  /** Counts writes: what was asked before one of them is not believed after it. */
  const writes = new Map<ConnectionId, number>()
  let cancel: () => void = () => undefined
  const asking = new Map<ConnectionId, Promise<void>>()
  let told = ''
  let isStopped = false

  const serviceOf = (id: ConnectionId): ServiceState =>
    heldIn(services, id, () => ({ isReading: false, readAt: null, failure: null }))
  const stateOf = (id: PlaylistId): ListState =>
    heldIn(lists, id, () => ({
      askedAt: Number.NEGATIVE_INFINITY,
      lookedAt: Number.NEGATIVE_INFINITY,
      failure: null,
      running: undefined,
    }))
  const writesTo = (id: ConnectionId): number => writes.get(id) ?? 0

  const list = (): StoredPlaylist[] => {
    const lacking = new Set(
      parts.connections().flatMap(({ id, isSignedIn, power }) => (isSignedIn && !power ? [id] : [])),
    )
    return store.list().filter(({ remote }) => remote !== null && !lacking.has(remote.connectionId))
  }
  const shownServices = (): PlaylistService[] => {
    const known = new Set(list().flatMap(({ remote }) => (remote === null ? [] : [remote.connectionId])))
    return parts.connections().flatMap(({ id, power }) => {
      if (power === undefined && !known.has(id)) return []
      const { isReading, readAt, failure } = serviceOf(id)
      const mayCreate = power?.may.includes('create') === true
      const holds = power?.holds ?? { ranges: false, newest: false }
      return [{ connectionId: id, isReading, readAt, failure, mayCreate, holds }]
    })
  }
  /** When something was read is no news by itself. */
  const tell = () => {
    if (isStopped) return
    const text = JSON.stringify([list(), shownServices().map((one) => ({ ...one, readAt: null }))])
    if (text === told) return
    told = text
    changed(null)
  }

  const readLists = async (connectionId: ConnectionId): Promise<void> => {
    const state = serviceOf(connectionId)
    const before = writesTo(connectionId)
    state.isReading = true
    tell()
    try {
      const listed = await service.with(connectionId, 'playlists', (power, signal) => power.list(signal))
      state.failure = null
      state.readAt = now()
      if (writesTo(connectionId) !== before || isStopped) return
      const here = new Set(listed.map(({ remoteId }) => remoteId))
      for (const { id, remote } of store.list())
        if (remote?.connectionId === connectionId && !here.has(remote.remoteId)) drop(connectionId, id)
      for (const one of listed) {
        const known = store.ofRemote(connectionId, one.remoteId)
        const was = known === undefined ? undefined : store.get(known)
        store.putListed(known ?? playlistIdSchema.parse(parts.newId()), connectionId, one)
        if (was?.readAt != null && (was.changedAt !== one.changedAt || was.entryCount !== one.entryCount))
          stateOf(was.id).askedAt = Number.NEGATIVE_INFINITY
      }
    } catch (error) {
      if (isStopped) return
      state.failure = toFailure(error)
      parts.report(error)
    } finally {
      state.isReading = false
      tell()
    }
  }
  /** Asked once at a time: whoever asks meanwhile waits for the same answer. */
  const readOnce = (connectionId: ConnectionId): Promise<void> => {
    const running = asking.get(connectionId) ?? readLists(connectionId)
    asking.set(connectionId, running)
    return running.finally(() => asking.delete(connectionId))
  }
  const refresh = async (): Promise<void> => {
    if (isStopped) return
    const asked = parts.connections().flatMap(({ id, power }) => (power === undefined ? [] : [id]))
    await Promise.all(asked.map(readOnce))
    tell()
    // Whoever has one of them on the screen asks for it again.
    for (const [id, state] of lists) {
      if (now() - state.lookedAt >= pollEvery * 2) continue
      state.askedAt = Number.NEGATIVE_INFINITY
      changed(id)
    }
  }

  const put = async (
    id: PlaylistId,
    connectionId: ConnectionId,
    whole: RemotePlaylistWhole,
  ): Promise<void> => {
    await parts.met(connectionId, whole.assets)
    // A service may tell one id twice: each of ours stands for one entry.
    const ids = new Map<string | null, EntryId[]>()
    for (const entry of store.entries(id)) heldIn(ids, entry.remoteId, () => []).push(entry.id)
    store.putListed(id, connectionId, whole)
    store.putEntries(
      id,
      whole.entries.map((entry) =>
        storedOf(connectionId, entry, ids.get(entry.remoteId)?.shift() ?? newEntryId()),
      ),
      now(),
    )
    const state = stateOf(id)
    state.askedAt = now()
    state.failure = null
  }
  const newEntryId = (): EntryId => entryIdSchema.parse(parts.newId())

  const drop = (connectionId: ConnectionId, id: PlaylistId) => {
    writes.set(connectionId, writesTo(connectionId) + 1)
    lists.delete(id)
    store.drop(id)
    changed(id)
  }

  /** True when the answer is believed. */
  const readNow = async (id: PlaylistId): Promise<boolean> => {
    const remote = store.get(id)?.remote
    if (remote == null) throw new AppError('thing.notFound', { thing: 'playlist' })
    const { connectionId, remoteId } = remote
    const state = stateOf(id)
    const shown = () => JSON.stringify([store.get(id)?.name, store.entries(id), state.failure])
    const old = shown()
    const before = writesTo(connectionId)
    state.askedAt = now()
    try {
      const whole = await service.with(connectionId, 'playlists', (power, signal) =>
        power.read(remoteId, signal),
      )
      const isBelieved = writesTo(connectionId) === before && store.get(id) !== undefined
      if (isBelieved) await put(id, connectionId, whole)
      else state.askedAt = Number.NEGATIVE_INFINITY
      return isBelieved
    } catch (error) {
      if (error instanceof AppError && error.code === 'remote.notFound') {
        drop(connectionId, id)
        throw new AppError('thing.notFound', { thing: 'playlist' }, error)
      }
      if (writesTo(connectionId) === before) state.failure = toFailure(error)
      else state.askedAt = Number.NEGATIVE_INFINITY
      throw error
    } finally {
      if (store.get(id) !== undefined && shown() !== old) changed(id)
    }
  }
  const read = (id: PlaylistId): Promise<boolean> => {
    const state = stateOf(id)
    const running =
      state.running ??
      readNow(id).finally(() => {
        if (state.running === running) state.running = undefined
      })
    state.running = running
    return running
  }

  const waitForNext = () => {
    if (isStopped) return
    cancel()
    cancel = parts.later(pollEvery, () => {
      void (parts.isVisible() ? refresh() : Promise.resolve()).finally(waitForNext)
    })
  }

  return {
    list,
    services: shownServices,
    failureOf: (id) => lists.get(id)?.failure ?? null,
    refresh,
    async look(id) {
      const state = stateOf(id)
      state.lookedAt = now()
      if (store.get(id)?.readAt == null) return void (await read(id))
      if (now() - state.askedAt < freshFor) return
      read(id).catch((error: unknown) => {
        // It is said where the list is shown; what was read before stays.
        if (!isStopped) parts.report(error)
      })
    },
    made(connectionId, remoteId, name, entryCount) {
      const id = store.ofRemote(connectionId, remoteId) ?? playlistIdSchema.parse(parts.newId())
      store.putListed(id, connectionId, { remoteId, name, entryCount, changedAt: now() })
      return id
    },
    async again(id) {
      try {
        return await read(id)
      } catch (error) {
        if (!isStopped) parts.report(error)
        const state = lists.get(id)
        if (state !== undefined) state.askedAt = Number.NEGATIVE_INFINITY
        return false
      }
    },
    touched(connectionId, id) {
      writes.set(connectionId, writesTo(connectionId) + 1)
      if (id === null) return
      const state = stateOf(id)
      state.askedAt = Number.NEGATIVE_INFINITY
      // Its answer is not believed any more.
      state.running = undefined
    },
    drop,
    start: waitForNext,
    async wake() {
      await refresh()
      waitForNext()
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}

function heldIn<K, V>(held: Map<K, V>, key: K, make: () => V): V {
  const known = held.get(key)
  if (known !== undefined) return known
  const made = make()
  held.set(key, made)
  return made
}

const storedOf = (connectionId: ConnectionId, entry: RemoteEntry, id: EntryId): StoredEntry => ({
  id,
  connectionId,
  assetRemoteId: entry.assetRemoteId,
  versionRemoteId: entry.versionRemoteId,
  name: entry.name,
  range: null,
  span: entry.span,
  remoteId: entry.remoteId,
  problem: entry.problem,
})
