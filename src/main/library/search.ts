import type { Failure } from '../../shared/errors.ts'
import { toFailure } from '../../shared/errors.ts'
import type { ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { SearchQuery, SearchResult } from '../../shared/search.ts'
import type { AskService } from '../connections/askService.ts'
import type { SearchPower } from '../connectors/powers.ts'
import type { RemoteAsset, RemotePlace } from '../connectors/remote.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import { rootNote } from './rootNote.ts'

/** What one search keeps; somebody who needs more narrows it. */
export const mostFound = 2000
/** A service that answers ever shorter pages is not followed for ever. */
const mostPages = 50

export interface SearchParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly service: AskService
  readonly changed: (placeId: PlaceId) => void
  readonly now: () => number
}

/**
 * The services' own search. What it finds lies in one hidden place of the connection, first page at once and the rest
 * in the background; a newer search takes its place, and an older one that still runs writes nothing more.
 */
export interface Search {
  /** `request.invalid` with `notSupported` where the service has no search. Overtaken by a newer one, it answers as that does. */
  open(query: SearchQuery): Promise<SearchResult>
  /** Of a place that holds what was found. */
  state(placeId: PlaceId): { readonly isSyncing: boolean; readonly failure: Failure | null }
  /** Asks the last question of this place once more. */
  again(placeId: PlaceId): Promise<void>
}

type Found = Awaited<ReturnType<SearchPower['find']>>

interface Running {
  readonly query: SearchQuery
  readonly controller: AbortController
  note: Json
  placeId: PlaceId | undefined
  isSyncing: boolean
  failure: Failure | null
}

export function createSearch({ places, assets, service, changed, now }: SearchParts): Search {
  const newest = new Map<ConnectionId, Running>()
  const answers = new Map<ConnectionId, Promise<SearchResult>>()
  const isNewest = (running: Running) => newest.get(running.query.connectionId) === running

  const ask = ({ query, controller }: Running, cursor: string | undefined): Promise<Found> =>
    service.with(query.connectionId, 'search', (power, signal) =>
      power.find(query.text, query.chosen, cursor, AbortSignal.any([signal, controller.signal])),
    )

  /** The page's rows in their order; those of another question are taken out with the first page. */
  const write = (running: Running, run: number, items: readonly RemoteAsset[], from: number): PlaceId => {
    const { connectionId, text } = running.query
    const placeId = places.put(connectionId, null, foundPlace(text, running.note)).id
    running.placeId = placeId
    assets.putPage(connectionId, placeId, items, run, from)
    if (from === 0) assets.prune(placeId, run)
    return placeId
  }

  const rest = async (running: Running, run: number, first: Found, placeId: PlaceId): Promise<void> => {
    let { cursor } = first
    let from = first.items.length
    try {
      for (let pages = 1; cursor !== undefined && from < mostFound && pages < mostPages; pages += 1) {
        const page = await ask(running, cursor)
        if (!isNewest(running) || places.get(placeId) === undefined) return
        write(running, run, page.items.slice(0, mostFound - from), from)
        from += page.items.length
        cursor = page.cursor
        changed(placeId)
      }
    } catch (error) {
      if (isNewest(running)) running.failure = toFailure(error)
    }
    running.isSyncing = false
    try {
      if (!isNewest(running) || places.get(placeId) === undefined) return
      places.markAssets(placeId, first.total ?? assets.count(placeId, {}), now())
    } catch (error) {
      // A disk that takes no page takes no total either: that the reading is over is told all the same.
      running.failure ??= toFailure(error)
    }
    changed(placeId)
  }

  const begin = async (running: Running): Promise<SearchResult> => {
    const { connectionId } = running.query
    let first: Found
    try {
      running.note = await service.plain(connectionId, (connector, signal) =>
        rootNote(places, connector, connectionId, signal),
      )
      first = await ask(running, undefined)
    } catch (error) {
      running.isSyncing = false
      running.failure = toFailure(error)
      const newer = isNewest(running) ? undefined : answers.get(connectionId)
      if (newer !== undefined) return newer
      throw error
    }
    const newer = isNewest(running) ? undefined : answers.get(connectionId)
    if (newer !== undefined) return newer
    const known = places.ofRemote(connectionId, foundRemoteId)[0]
    const run = known === undefined ? 1 : assets.nextRun(known.id)
    const placeId = write(running, run, first.items, 0)
    const total = first.total ?? first.items.length
    places.markAssets(placeId, total, now())
    changed(placeId)
    void rest(running, run, first, placeId)
    return { placeId, total, facets: [...first.facets] }
  }

  const open = (query: SearchQuery): Promise<SearchResult> => {
    service.mustHave(query.connectionId, 'search')
    newest.get(query.connectionId)?.controller.abort()
    const running: Running = {
      query,
      controller: new AbortController(),
      note: null,
      placeId: places.ofRemote(query.connectionId, foundRemoteId)[0]?.id,
      isSyncing: true,
      failure: null,
    }
    newest.set(query.connectionId, running)
    const answer = begin(running)
    answers.set(query.connectionId, answer)
    return answer
  }

  const ofPlace = (placeId: PlaceId): Running | undefined =>
    [...newest.values()].find((running) => running.placeId === placeId)

  return {
    open: async (query) => open(query),
    state(placeId) {
      const running = ofPlace(placeId)
      return { isSyncing: running?.isSyncing ?? false, failure: running?.failure ?? null }
    },
    async again(placeId) {
      const running = ofPlace(placeId)
      if (running !== undefined) await open(running.query)
    },
  }
}

const foundRemoteId = 'found'

function foundPlace(text: string, note: Json): RemotePlace {
  return {
    remoteId: foundRemoteId,
    kind: 'folder',
    name: text,
    status: null,
    hasChildren: false,
    takesUploads: false,
    remote: note,
    shelf: 'found',
  }
}
