import { AppError } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, PlaceId, VersionId } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { AskService } from '../connections/askService.ts'
import type { Connector } from '../connectors/connector.ts'
import type { RemoteAsset, RemotePlace } from '../connectors/remote.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import { rootNote } from './rootNote.ts'

export interface WhereaboutsParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly service: AskService
  readonly placesChanged: (connectionId: ConnectionId, parentId: PlaceId | null) => void
  readonly assetsChanged: (placeId: PlaceId) => void
}

/**
 * Things met before the place they lie in was ever listed: found by a search, named in an inbox or a share. The service
 * is asked where they belong, and the places on the way there are written into the tree.
 * Fails as the service does; what it knows nothing of is `remote.notFound`.
 */
export interface Whereabouts {
  asset(connectionId: ConnectionId, remoteId: string): Promise<AssetId>
  /** With the version, which the service may have made since the asset was last read; its current one where null. */
  version(
    connectionId: ConnectionId,
    assetRemoteId: string,
    versionRemoteId: string | null,
  ): Promise<{ assetId: AssetId; versionId: VersionId }>
  place(connectionId: ConnectionId, remoteId: string): Promise<PlaceId>
  /** Writes down assets that the service told of; those nobody knew here lie nowhere until one of them is opened. */
  met(connectionId: ConnectionId, given: readonly RemoteAsset[]): Promise<void>
  /** What is known here of it. Where nothing is, the service is asked whether it is there; nothing is written for that: null. */
  look(connectionId: ConnectionId, kind: 'asset' | 'place', remoteId: string): Promise<Looked | null>
  /** Finds the real place of an asset that is known from shelves only. Asked once a run; never fails. */
  settle(id: AssetId): Promise<void>
}

export function createWhereabouts(parts: WhereaboutsParts): Whereabouts {
  const { places, assets, service } = parts
  const settled = new Map<AssetId, Promise<void>>()

  /** A place that is known, or the way to it from the root. */
  const wayTo = async (
    connector: Connector,
    connectionId: ConnectionId,
    remoteId: string,
    signal: AbortSignal,
  ): Promise<Way> => {
    const known = places.ofRemote(connectionId, remoteId)[0]
    if (known !== undefined) return known.id
    if (connector.place === undefined) throw new AppError('remote.notFound', { thing: 'place' })
    return connector.place(remoteId, signal)
  }

  const walk = (connectionId: ConnectionId, way: Way): PlaceId => {
    if (typeof way === 'string') return way
    const [root, ...steps] = way
    const place = (parentId: PlaceId | null, step: RemotePlace): PlaceId => {
      const { id, isNew } = places.put(connectionId, parentId, step)
      if (isNew) parts.placesChanged(connectionId, parentId)
      return id
    }
    return steps.reduce<PlaceId>(place, place(null, root))
  }

  /** The asset, and the way to the first of its places that the service shows us; no way when it names none or closes them all. */
  const find = (connectionId: ConnectionId, remoteId: string): Promise<Met> =>
    service.plain(connectionId, async (connector, signal) => {
      const place = await rootNote(places, connector, connectionId, signal)
      const asset = await connector.asset({ remoteId, place }, signal)
      for (const home of (asset.placeRemoteIds ?? []).slice(0, mostHomes)) {
        try {
          return { asset, place, way: await wayTo(connector, connectionId, home, signal) }
        } catch (error) {
          if (!isHidden(error)) throw error
        }
      }
      return { asset, place }
    })

  const layIn = (connectionId: ConnectionId, placeId: PlaceId, asset: RemoteAsset): AssetId => {
    // As if the last walk had seen it: the next one decides whether it stays.
    assets.putPage(connectionId, placeId, [asset], Math.max(1, assets.nextRun(placeId) - 1))
    const id = assets.ofRemote(connectionId, asset.remoteId)
    if (id === undefined) throw new AppError('remote.notFound', { thing: 'asset' })
    parts.assetsChanged(placeId)
    return id
  }

  const meet = async (connectionId: ConnectionId, remoteId: string): Promise<AssetId> => {
    const { asset, place, way } = await find(connectionId, remoteId)
    const known = assets.putOne(connectionId, asset)
    if (known !== undefined) return known
    const placeId =
      way === undefined
        ? places.put(connectionId, null, { ...metPlace, remote: place }).id
        : walk(connectionId, way)
    return layIn(connectionId, placeId, asset)
  }

  const settle = async (id: AssetId): Promise<void> => {
    const origin = assets.assetOrigin(id)
    if (origin === undefined || places.get(origin.placeId)?.isAside !== true) return
    const { connectionId, assetRemoteId } = origin
    // What was thrown away lies nowhere any more.
    const bins = new Set(places.shelves(connectionId, 'deleted').map((place) => place.id))
    if (assets.placesOf([id]).some((placeId) => bins.has(placeId))) return
    const { asset, way } = await find(connectionId, assetRemoteId)
    if (way !== undefined) layIn(connectionId, walk(connectionId, way), asset)
  }

  return {
    asset: async (connectionId, remoteId) =>
      assets.ofRemote(connectionId, remoteId) ?? meet(connectionId, remoteId),
    async version(connectionId, assetRemoteId, versionRemoteId) {
      const known = assets.ofRemote(connectionId, assetRemoteId)
      const listed =
        known === undefined || versionRemoteId === null
          ? undefined
          : assets.versionOfRemote(known, versionRemoteId)
      if (known !== undefined && listed !== undefined) return { assetId: known, versionId: listed }
      const assetId =
        known !== undefined && versionRemoteId === null ? known : await meet(connectionId, assetRemoteId)
      const versionId =
        versionRemoteId === null
          ? assets.get(assetId)?.latestVersionId
          : assets.versionOfRemote(assetId, versionRemoteId)
      if (versionId === undefined) throw new AppError('remote.notFound', { thing: 'version' })
      return { assetId, versionId }
    },
    async met(connectionId, given) {
      const unknown = given.filter((asset) => assets.putOne(connectionId, asset) === undefined)
      if (unknown.length === 0) return
      const remote = await service.plain(connectionId, (connector, signal) =>
        rootNote(places, connector, connectionId, signal),
      )
      const { id } = places.put(connectionId, null, { ...metPlace, remote })
      assets.putPage(connectionId, id, unknown, Math.max(1, assets.nextRun(id) - 1))
      parts.assetsChanged(id)
    },
    async place(connectionId, remoteId) {
      const way = await service.plain(connectionId, (connector, signal) =>
        wayTo(connector, connectionId, remoteId, signal),
      )
      return walk(connectionId, way)
    },
    async look(connectionId, kind, remoteId) {
      const assetId = kind === 'asset' ? assets.ofRemote(connectionId, remoteId) : undefined
      if (assetId !== undefined) return { assetId }
      const place = kind === 'place' ? places.ofRemote(connectionId, remoteId)[0] : undefined
      if (place !== undefined) return { placeId: place.id }
      await service.plain(connectionId, async (connector, signal) => {
        if (kind === 'place') return wayTo(connector, connectionId, remoteId, signal)
        const note = await rootNote(places, connector, connectionId, signal)
        return connector.asset({ remoteId, place: note }, signal)
      })
      return null
    },
    settle(id) {
      const running =
        settled.get(id) ??
        settle(id).catch((error: unknown) => {
          // Where it lies is a nicety; out of reach, it is asked for when the asset is opened again.
          if (!isHidden(error)) settled.delete(id)
        })
      settled.set(id, running)
      return running
    },
  }
}

export type Looked = { readonly assetId: AssetId } | { readonly placeId: PlaceId }

interface Met {
  readonly asset: RemoteAsset
  /** The note it was asked for with. */
  readonly place: Json
  readonly way?: Way
}

type Way = PlaceId | readonly [RemotePlace, ...RemotePlace[]]

/** Some of its places may be closed to us; nobody needs all of them. */
const mostHomes = 5

function isHidden(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'remote.notFound' || error.code === 'auth.forbidden')
}

/** For what the service puts nowhere that we may look. */
const metPlace: Omit<RemotePlace, 'remote'> = {
  remoteId: 'met',
  kind: 'folder',
  name: '',
  status: null,
  hasChildren: false,
  takesUploads: false,
  shelf: 'found',
}
