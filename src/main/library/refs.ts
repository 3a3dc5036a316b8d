import { AppError } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, PlaceId, VersionId } from '../../shared/ids.ts'
import type { Place } from '../../shared/place.ts'
import type { VersionRef } from '../connectors/powers.ts'
import type { RemotePlace, RemoteRef } from '../connectors/remote.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'

interface OfConnection {
  readonly connectionId: ConnectionId
}

/** What the services call the things we hold ids of. `thing.notFound` for what is not known here any more. */
export interface Refs {
  asset(id: AssetId): OfConnection & { readonly ref: RemoteRef }
  /** Each once, all of one connection: `request.invalid` with the reason `severalConnections` otherwise. */
  assets(ids: readonly AssetId[]): OfConnection & {
    readonly ids: readonly AssetId[]
    readonly refs: readonly RemoteRef[]
  }
  version(id: VersionId): OfConnection & { readonly assetId: AssetId; readonly ref: VersionRef }
  place(id: PlaceId): OfConnection & { readonly place: Place; readonly remote: RemotePlace }
}

export function createRefs(places: PlaceStore, assets: AssetStore): Refs {
  const noteOf = (placeId: PlaceId) => places.get(placeId)?.remote.remote ?? null
  const asset: Refs['asset'] = (id) => {
    const origin = assets.assetOrigin(id)
    if (origin === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
    const { connectionId, assetRemoteId, placeId } = origin
    return { connectionId, ref: { remoteId: assetRemoteId, place: noteOf(placeId) } }
  }
  return {
    asset,
    assets(given) {
      const ids = [...new Set(given)]
      const found = ids.map(asset)
      const connectionId = found[0]?.connectionId
      if (connectionId === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
      if (found.some((each) => each.connectionId !== connectionId))
        throw new AppError('request.invalid', { reason: 'severalConnections' })
      return { connectionId, ids, refs: found.map(({ ref }) => ref) }
    },
    version(id) {
      const origin = assets.originOf(id)
      if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
      const { connectionId, assetId, assetRemoteId, versionRemoteId, placeId } = origin
      const facts = assets.mediaFacts(id)
      const rate = facts?.info.rate ?? undefined
      const times = rate === undefined ? undefined : (facts?.times ?? undefined)
      return {
        connectionId,
        assetId,
        ref: {
          remoteId: versionRemoteId,
          assetRemoteId,
          place: noteOf(placeId),
          ...(rate === undefined ? {} : { rate }),
          ...(times === undefined ? {} : { times }),
        },
      }
    },
    place(id) {
      const found = places.get(id)
      if (found === undefined) throw new AppError('thing.notFound', { thing: 'place' })
      return { connectionId: found.place.connectionId, place: found.place, remote: found.remote }
    },
  }
}
