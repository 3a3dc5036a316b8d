import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AskService } from '../../src/main/connections/askService.ts'
import { createAskService } from '../../src/main/connections/askService.ts'
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { Powers } from '../../src/main/connectors/powers.ts'
import type { RemoteAsset, RemotePlace } from '../../src/main/connectors/remote.ts'
import type { Library } from '../../src/main/library/library.ts'
import { createLibrary } from '../../src/main/library/library.ts'
import type { Refs } from '../../src/main/library/refs.ts'
import { createRefs } from '../../src/main/library/refs.ts'
import type { Search } from '../../src/main/library/search.ts'
import { createSearch } from '../../src/main/library/search.ts'
import type { Whereabouts } from '../../src/main/library/whereabouts.ts'
import { createWhereabouts } from '../../src/main/library/whereabouts.ts'
import type { AssetStore } from '../../src/main/store/assetStore.ts'
import { createAssetStore } from '../../src/main/store/assetStore.ts'
import type { ConnectionStore } from '../../src/main/store/connectionStore.ts'
import { createConnectionStore } from '../../src/main/store/connectionStore.ts'
import type { OpenDatabase } from '../../src/main/store/database.ts'
import { openDatabase } from '../../src/main/store/database.ts'
import { libraryMigrations } from '../../src/main/store/libraryMigrations.ts'
import type { PlaceStore } from '../../src/main/store/placeStore.ts'
import { createPlaceStore } from '../../src/main/store/placeStore.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { AssetId, ConnectionId, PlaceId, VersionId } from '../../src/shared/ids.ts'
import { connectionIdSchema } from '../../src/shared/ids.ts'

export const firstConnection = connectionIdSchema.parse('01J00000000000000000000000')
export const otherConnection = connectionIdSchema.parse('01J00000000000000000000001')

export function remotePlace(remoteId: string, more: Partial<RemotePlace> = {}): RemotePlace {
  return {
    remoteId,
    kind: 'folder',
    name: remoteId,
    status: null,
    hasChildren: false,
    takesUploads: true,
    remote: { collection: remoteId },
    ...more,
  }
}

export function remoteAsset(remoteId: string, more: Partial<RemoteAsset> = {}): RemoteAsset {
  return {
    remoteId,
    name: `${remoteId}.mov`,
    kind: 'video',
    mediaType: 'video/quicktime',
    bytes: 1000,
    createdAt: 1000,
    isReady: true,
    thumbnailKey: null,
    versions: [{ remoteId: `${remoteId}-v1`, number: 1, createdAt: 1, author: null, review: 'none' }],
    extra: {},
    ...more,
  }
}

/** What a service holds, for a test to change. */
export interface RemoteSide {
  /** By the parent's remote id; an empty text for the roots. */
  readonly places: Map<string, RemotePlace[]>
  readonly assets: Map<string, RemoteAsset[]>
  /** Asked for alone, whether they are listed or not. */
  readonly known: Map<string, RemoteAsset>
  readonly chains: Map<string, readonly [RemotePlace, ...RemotePlace[]]>
  failure: AppError | undefined
  can: Powers
  /** Assets of one answer. */
  pageSize: number
  readonly asked: string[]
}

export interface LibraryBench {
  readonly database: OpenDatabase
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly connections: ConnectionStore
  readonly service: AskService
  readonly refs: Refs
  readonly search: Search
  readonly whereabouts: Whereabouts
  readonly library: Library
  readonly remote: RemoteSide
  /** `places:<parent or nothing>` and `assets:<place>`, as told. */
  readonly events: string[]
  time: number
  /** Reads the roots and everything below them. */
  readAll(): Promise<void>
  placeOf(remoteId: string): PlaceId
  assetOf(remoteId: string): AssetId
  /** Names of a place's assets in the service's order. */
  namesIn(remoteId: string): string[]
  /** As if the user had removed the connection. */
  removeConnection(): void
  close(): void
}

/** A library on a database of its own, before a service in memory. */
export function openLibraryBench(): LibraryBench {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-bench-'))
  const database = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
  const { db } = database
  const connections = createConnectionStore(db)
  for (const [id, provider] of [
    [firstConnection, 'iconik'],
    [otherConnection, 'candidio'],
  ] as const)
    connections.add({ id, provider, name: provider, host: 'localhost', isStudio: false, settings: {} }, 1)

  const remote: RemoteSide = {
    places: new Map([['', []]]),
    assets: new Map(),
    known: new Map(),
    chains: new Map(),
    failure: undefined,
    can: {},
    pageSize: 1000,
    asked: [],
  }
  const orFail = <T>(asked: string, answer: T | undefined): Promise<T> => {
    remote.asked.push(asked)
    if (remote.failure !== undefined) return Promise.reject(remote.failure)
    return answer === undefined ? Promise.reject(new AppError('remote.notFound')) : Promise.resolve(answer)
  }
  const whole = <T>(items: readonly T[]) => ({ items, cursor: undefined, total: items.length })
  const connector: Connector = {
    provider: 'iconik',
    account: () => orFail('account', { name: 'Runa' }),
    places: (parent) => {
      const key = parent?.remoteId ?? ''
      return orFail(`places ${key}`, whole(remote.places.get(key) ?? []))
    },
    assets: (place, cursor) => {
      const all = remote.assets.get(place.remoteId) ?? []
      const from = Number(cursor ?? 0)
      const next = from + remote.pageSize
      const page = {
        items: all.slice(from, next),
        cursor: next < all.length ? String(next) : undefined,
        total: all.length,
      }
      return orFail(`assets ${place.remoteId}`, page)
    },
    asset: (ref) => orFail(`asset ${ref.remoteId}`, remote.known.get(ref.remoteId)),
    media: () => Promise.resolve(undefined),
    place: (remoteId) => orFail(`place ${remoteId}`, remote.chains.get(remoteId)),
    get can() {
      return remote.can
    },
  }
  const connectorOf = (id: ConnectionId): Connector => {
    if (connections.get(id) === undefined) throw new AppError('thing.notFound', { thing: 'connection' })
    return connector
  }

  const places = createPlaceStore(db)
  const assets = createAssetStore(db)
  const events: string[] = []
  const service = createAskService({ connector: connectorOf, reported: () => undefined })
  const refs = createRefs(places, assets)
  const touched = (placeId: PlaceId) => library.touched([placeId])
  const placesChanged = (_id: ConnectionId, parentId: PlaceId | null) =>
    events.push(`places:${parentId ?? ''}`)
  const search = createSearch({ places, assets, service, changed: touched, now: () => bench.time })
  const whereabouts = createWhereabouts({ places, assets, service, placesChanged, assetsChanged: touched })
  const library = createLibrary({
    places,
    assets,
    connector: connectorOf,
    search,
    whereabouts,
    reported: () => undefined,
    placesChanged,
    assetsChanged: (placeId) => events.push(`assets:${placeId}`),
    now: () => bench.time,
    later: () => () => undefined,
  })

  const must = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw new Error(`${what} is not in the library`)
    return found
  }
  const bench: LibraryBench = {
    database,
    places,
    assets,
    connections,
    service,
    refs,
    search,
    whereabouts,
    library,
    remote,
    events,
    time: 1_000_000,
    async readAll() {
      const below = async (parentId: PlaceId | null): Promise<void> => {
        for (const place of await library.places(firstConnection, parentId)) {
          await library.refresh(place.id)
          await below(place.id)
        }
      }
      await below(null)
      events.length = 0
      remote.asked.length = 0
    },
    placeOf: (remoteId) => must(places.ofRemote(firstConnection, remoteId)[0]?.id, remoteId),
    assetOf: (remoteId) => must(assets.ofRemote(firstConnection, remoteId), remoteId),
    namesIn: (remoteId) =>
      assets.page(bench.placeOf(remoteId), 0, 500, 'given', {}).map((asset) => asset.name),
    removeConnection: () => connections.remove(firstConnection),
    close() {
      service.stop()
      library.stop()
      database.close()
      rmSync(folder, { recursive: true })
    },
  }
  return bench
}

/** A library that has read one asset, `a`, in the place `day`; with the id of its version. */
export async function openClipBench(): Promise<{ bench: LibraryBench; versionId: VersionId }> {
  const bench = openLibraryBench()
  bench.remote.places.set('', [remotePlace('day')])
  bench.remote.assets.set('day', [remoteAsset('a')])
  await bench.readAll()
  const asset = bench.assets.get(bench.assetOf('a'))
  if (asset === undefined) throw new Error('the asset was not stored')
  return { bench, versionId: asset.latestVersionId }
}

/** The code and the reason of a refusal; `nothing` when there was none, the text of anything else. */
export async function refusalOf(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'nothing'
  } catch (error) {
    if (!(error instanceof AppError)) return String(error)
    const said = error.facts['reason'] ?? error.facts['field']
    return said === undefined ? error.code : `${error.code} ${String(said)}`
  }
}
