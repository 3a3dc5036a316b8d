import type { Output, Parsed } from '../../shared/contract.ts'
import type { Failure } from '../../shared/errors.ts'
import { AppError, toFailure } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Place } from '../../shared/place.ts'
import type { Connector, RemotePlace } from '../connectors/connector.ts'
import type { AssetCounts, AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'

export interface LibraryParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly connector: (id: ConnectionId) => Connector
  readonly reported: (id: ConnectionId, error: unknown) => void
  readonly placesChanged: (connectionId: ConnectionId, parentId: PlaceId | null) => void
  readonly assetsChanged: (placeId: PlaceId) => void
  readonly now: () => number
}

/** A list read within this time is not asked for again just because somebody looks. */
const freshFor = 15_000
/** No place has more pages than this; a server that goes on for ever is not followed. */
const mostPages = 4000

/**
 * Places and assets as cached on this computer, kept in step with the services. Lists answer at once from the cache;
 * the server is asked in the background, page by page, and changes are told by event.
 */
export interface Library {
  /** Waits for the server only where nothing is known yet; later ones answer at once and are followed by an event. */
  places(connectionId: ConnectionId, parentId: PlaceId | null): Promise<Place[]>
  place(id: PlaceId): Output<'places.get'>
  list(input: Parsed<'assets.list'>): Output<'assets.list'>
  asset(id: AssetId): Omit<Output<'assets.get'>, 'sharesComments'>
  find(text: string, limit: number): Output<'library.find'>
  /** Asks the server now; resolves when the walk ends, however it ends. */
  refresh(placeId: PlaceId): Promise<void>
  /** The connection answers again: its roots are asked for, and every list that failed is told to be looked at anew. */
  reconnected(connectionId: ConnectionId): Promise<void>
  stop(): void
}

export function createLibrary(parts: LibraryParts): Library {
  const { places, assets } = parts
  const stopped = new AbortController()
  const walks = new Map<string, Promise<void>>()
  const failures = new Map<PlaceId, Failure>()
  const askedAt = new Map<string, number>()
  const counts = new Map<PlaceId, AssetCounts>()

  const storedPlace = (id: PlaceId) => {
    const found = places.get(id)
    if (found === undefined) throw new AppError('thing.notFound', { thing: 'place' })
    return found
  }
  const changed = (placeId: PlaceId) => {
    counts.delete(placeId)
    parts.assetsChanged(placeId)
  }
  const once = (key: string, walk: () => Promise<void>): Promise<void> => {
    let running = walks.get(key)
    if (running === undefined) {
      running = walk().finally(() => walks.delete(key))
      walks.set(key, running)
      askedAt.set(key, parts.now())
    }
    return running
  }
  const isStale = (key: string) => parts.now() - (askedAt.get(key) ?? 0) > freshFor

  const walkPlaces = async (connectionId: ConnectionId, parentId: PlaceId | null): Promise<void> => {
    try {
      const connector = parts.connector(connectionId)
      const parent = parentId === null ? null : storedPlace(parentId).remote
      const found: RemotePlace[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < mostPages; pages += 1) {
        const page = await connector.places(parent, cursor, stopped.signal)
        found.push(...page.items)
        cursor = page.cursor
        if (cursor === undefined) break
      }
      parts.reported(connectionId, undefined)
      // Fails for a connection that was removed meanwhile: there is nothing left to hang the places on.
      parts.connector(connectionId)
      if (places.replaceChildren(connectionId, parentId, found, parts.now()))
        parts.placesChanged(connectionId, parentId)
    } catch (error) {
      if (!stopped.signal.aborted) parts.reported(connectionId, error)
    }
  }

  /**
   * Newest first. Stops early when a page brings nothing new and the counts agree; otherwise walks to the end and then
   * takes out what the server no longer lists.
   */
  const walkAssets = async (placeId: PlaceId): Promise<void> => {
    const known = places.get(placeId)
    if (known === undefined) return
    const { place, remote, assetsSyncedAt } = known
    let shownTotal = known.assetsTotal
    const markTotal = (total: number, at: number | null) => {
      places.markAssets(placeId, total, at)
      if (total === shownTotal) return
      shownTotal = total
      parts.placesChanged(place.connectionId, place.parentId)
    }
    try {
      const connector = parts.connector(place.connectionId)
      const run = assets.nextRun(placeId)
      let cursor: string | undefined
      for (let pages = 0; pages < mostPages; pages += 1) {
        const page = await connector.assets(remote, cursor, stopped.signal)
        if (places.get(placeId) === undefined) return
        const different = assets.putPage(place.connectionId, placeId, page.items, run)
        if (page.total !== undefined) markTotal(page.total, null)
        if (different > 0) changed(placeId)
        cursor = page.cursor
        const isKnown = different === 0 && assetsSyncedAt !== null && page.total === assets.count(placeId, {})
        if (cursor === undefined) {
          if (assets.prune(placeId, run) > 0) changed(placeId)
          break
        }
        if (isKnown) break
        // One page is one transaction of some ten milliseconds: calls from the window come in between.
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
      failures.delete(placeId)
      markTotal(assets.count(placeId, {}), parts.now())
      parts.reported(place.connectionId, undefined)
    } catch (error) {
      if (stopped.signal.aborted) return
      failures.set(placeId, toFailure(error))
      parts.reported(place.connectionId, error)
    }
  }

  const again = new Set<PlaceId>()
  /** Something new may have come since a running walk passed its page, so one more walk follows it. */
  const refresh = async (placeId: PlaceId): Promise<void> => {
    const key = `assets:${placeId}`
    if (walks.has(key)) again.add(placeId)
    await once(key, async () => {
      do {
        again.delete(placeId)
        await walkAssets(placeId)
      } while (again.has(placeId) && !stopped.signal.aborted)
    })
    if (!stopped.signal.aborted) changed(placeId)
  }

  return {
    async places(connectionId, parentId) {
      const key = `places:${connectionId}:${parentId ?? ''}`
      const walk = isStale(key) ? once(key, () => walkPlaces(connectionId, parentId)) : walks.get(key)
      const known = places.children(connectionId, parentId)
      if (known.length > 0 || walk === undefined) return known
      await walk
      return places.children(connectionId, parentId)
    },
    place(id) {
      return { place: storedPlace(id).place, path: places.path(id) }
    },
    list({ placeId, offset, limit, sort, filter }) {
      const { assetsTotal, assetsSyncedAt } = storedPlace(placeId)
      const key = `assets:${placeId}`
      if (isStale(key) && !walks.has(key)) void refresh(placeId)
      let known = counts.get(placeId)
      if (known === undefined) {
        known = assets.counts(placeId)
        counts.set(placeId, known)
      }
      const { bytes, ...numbers } = known
      const isFiltered =
        filter.kind !== undefined || filter.review !== undefined || (filter.text ?? '') !== ''
      return {
        rows: assets.page(placeId, offset, limit, sort, filter),
        total: isFiltered ? assets.count(placeId, filter) : numbers.all,
        remoteTotal: assetsTotal,
        counts: numbers,
        bytes,
        syncedAt: assetsSyncedAt,
        isSyncing: walks.has(key),
        failure: failures.get(placeId) ?? null,
      }
    },
    asset(id) {
      const asset = assets.get(id)
      if (asset === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
      return { asset, versions: assets.versions(id), path: places.path(asset.placeId) }
    },
    find(text, limit) {
      if (text.trim() === '') return { places: [], assets: [] }
      return { places: places.find(text.trim(), limit), assets: assets.find(text.trim(), limit) }
    },
    refresh,
    async reconnected(connectionId) {
      for (const key of askedAt.keys()) if (key.startsWith(`places:${connectionId}:`)) askedAt.delete(key)
      for (const placeId of failures.keys()) {
        if (places.get(placeId)?.place.connectionId !== connectionId) continue
        failures.delete(placeId)
        askedAt.delete(`assets:${placeId}`)
        changed(placeId)
      }
      await once(`places:${connectionId}:`, () => walkPlaces(connectionId, null))
    },
    stop() {
      stopped.abort()
    },
  }
}
