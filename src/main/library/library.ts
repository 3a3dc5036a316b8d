import type { Output, Parsed } from '../../shared/contract.ts'
import type { Failure } from '../../shared/errors.ts'
import { AppError, toFailure } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Place } from '../../shared/place.ts'
import type { Connector } from '../connectors/connector.ts'
import type { RemotePlace } from '../connectors/remote.ts'
import type { AssetCounts, AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import type { Search } from './search.ts'
import type { Whereabouts } from './whereabouts.ts'

export interface LibraryParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly connector: (id: ConnectionId) => Connector
  /** Lists of what was found are its own business. */
  readonly search: Pick<Search, 'state' | 'again'>
  readonly whereabouts: Pick<Whereabouts, 'settle'>
  readonly reported: (id: ConnectionId, error: unknown) => void
  readonly placesChanged: (connectionId: ConnectionId, parentId: PlaceId | null) => void
  readonly assetsChanged: (placeId: PlaceId) => void
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
}

/** A list read within this time is not asked for again just because somebody looks. */
const freshFor = 15_000
/** No place has more pages than this; a server that goes on for ever is not followed. */
const mostPages = 4000
/** An order kept by hand may change anywhere: up to so many assets it is read to the end each time. */
const mostReadWhole = 2000
/** An asset that is opened waits so long for the service to say where it lies. */
const longestSettling = 2000

/**
 * Places and assets as cached on this computer, kept in step with the services. Lists answer at once from the cache;
 * the server is asked in the background, page by page, and changes are told by event.
 */
export interface Library {
  /** Waits for the server only where nothing is known yet; later ones answer at once and are followed by an event. */
  places(connectionId: ConnectionId, parentId: PlaceId | null): Promise<Place[]>
  place(id: PlaceId): Output<'places.get'>
  list(input: Parsed<'assets.list'>): Output<'assets.list'>
  /** One that was found, not met in its place, is looked up there first. */
  asset(id: AssetId): Promise<Omit<Output<'assets.get'>, 'sharesComments'>>
  find(text: string, limit: number): Output<'library.find'>
  /** Asks the server now; resolves when the walk ends, however it ends: `failure` says how. */
  refresh(placeId: PlaceId): Promise<void>
  /** Why the assets of a place could not be read the last time; null where they could, or nobody has asked. */
  failure(placeId: PlaceId): Failure | null
  /** What lies there was changed by us: lists of it are told, and asked for again when somebody looks. */
  touched(placeIds: readonly PlaceId[]): void
  /** The same for every list of a connection that was read in this run, where nobody knows which it concerns. */
  touchedAll(connectionId: ConnectionId): void
  /** Places below these parents changed; `all`: below any that was read in this run. */
  touchedBelow(connectionId: ConnectionId, parents: readonly (PlaceId | null)[] | 'all'): void
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
      if (parent?.shelf === 'found') return
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
      let from = 0
      let cursor: string | undefined
      for (let pages = 0; pages < mostPages; pages += 1) {
        const page = await connector.assets(remote, cursor, stopped.signal)
        if (places.get(placeId) === undefined) return
        const different = assets.putPage(
          place.connectionId,
          placeId,
          page.items,
          run,
          keepsOrder(place) ? from : null,
        )
        from += page.items.length
        if (page.total !== undefined) markTotal(page.total, null)
        if (different > 0) changed(placeId)
        cursor = page.cursor
        const isReadWhole = place.isOrdered && (page.total ?? 0) <= mostReadWhole
        const isKnown =
          !isReadWhole &&
          different === 0 &&
          assetsSyncedAt !== null &&
          page.total === assets.count(placeId, {})
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
    if (places.get(placeId)?.place.shelf === 'found') return parts.search.again(placeId)
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

  const touched = (placeIds: readonly PlaceId[]) => {
    for (const placeId of placeIds) {
      const key = `assets:${placeId}`
      // A page that was on its way shows what was before.
      if (walks.has(key)) again.add(placeId)
      else askedAt.delete(key)
      changed(placeId)
    }
  }

  return {
    async places(connectionId, parentId) {
      const key = `places:${connectionId}:${parentId ?? ''}`
      const walk = isStale(key) ? once(key, () => walkPlaces(connectionId, parentId)) : walks.get(key)
      const known = places.children(connectionId, parentId)
      // Some of them may have been met on the way to something that was found; that is not a list.
      const isListed = parentId === null || places.get(parentId)?.childrenSyncedAt !== null
      if ((known.length > 0 && isListed) || walk === undefined) return known
      await walk
      return places.children(connectionId, parentId)
    },
    place(id) {
      return { place: storedPlace(id).place, path: places.path(id) }
    },
    list({ placeId, offset, limit, sort, filter }) {
      const { place, assetsTotal, assetsSyncedAt } = storedPlace(placeId)
      const key = `assets:${placeId}`
      const found = place.shelf === 'found' ? parts.search.state(placeId) : undefined
      if (found === undefined && isStale(key) && !walks.has(key)) void refresh(placeId)
      const isByDate = sort === 'given' && !keepsOrder(place)
      let known = counts.get(placeId)
      if (known === undefined) {
        known = assets.counts(placeId)
        counts.set(placeId, known)
      }
      const { bytes, ...numbers } = known
      const isFiltered =
        filter.kind !== undefined || filter.review !== undefined || (filter.text ?? '') !== ''
      return {
        rows: assets.page(placeId, offset, limit, isByDate ? 'newest' : sort, filter),
        total: isFiltered ? assets.count(placeId, filter) : numbers.all,
        remoteTotal: assetsTotal,
        counts: numbers,
        bytes,
        syncedAt: assetsSyncedAt,
        isSyncing: found?.isSyncing ?? walks.has(key),
        failure: found === undefined ? (failures.get(placeId) ?? null) : found.failure,
      }
    },
    async asset(id) {
      const known = assets.get(id)
      if (known !== undefined && places.get(known.placeId)?.isAside === true) {
        await Promise.race([parts.whereabouts.settle(id), pause(parts.later)])
      }
      const asset = assets.get(id)
      if (asset === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
      // Nobody can go to what a search found: such an asset has no path.
      const path = places.path(asset.placeId).filter((place) => place.shelf !== 'found')
      return { asset, versions: assets.versions(id), path }
    },
    find(text, limit) {
      if (text.trim() === '') return { places: [], assets: [] }
      return { places: places.find(text.trim(), limit), assets: assets.find(text.trim(), limit) }
    },
    refresh,
    failure(placeId) {
      const isFound = places.get(placeId)?.place.shelf === 'found'
      return isFound ? parts.search.state(placeId).failure : (failures.get(placeId) ?? null)
    },
    touched,
    touchedAll(connectionId) {
      const listed = [...askedAt.keys()].flatMap((key) => (key.startsWith('assets:') ? [key.slice(7)] : []))
      touched(
        listed
          .map((id) => places.get(id as PlaceId)?.place)
          .flatMap((place) => (place?.connectionId === connectionId ? [place.id] : [])),
      )
    },
    touchedBelow(connectionId, parents) {
      const prefix = `places:${connectionId}:`
      const read = [...askedAt.keys()].filter((key) => key.startsWith(prefix))
      const keys = parents === 'all' ? read : parents.map((parentId) => `${prefix}${parentId ?? ''}`)
      for (const key of keys) {
        askedAt.delete(key)
        const parent = key.slice(prefix.length)
        parts.placesChanged(connectionId, parent === '' ? null : (parent as PlaceId))
      }
    },
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

/** Whether its order is the service's own; elsewhere lists come newest first. */
function keepsOrder(place: Place): boolean {
  return place.isOrdered || place.shelf !== null
}

function pause(later: LibraryParts['later']): Promise<void> {
  return new Promise((resolve) => later(longestSettling, resolve))
}
