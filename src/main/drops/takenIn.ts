import type { PlaceId } from '../../shared/ids.ts'
import { providerOf } from '../connectors/registry.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { ConnectionStore } from '../store/connectionStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import type { Taken } from '../transfers/hostContract.ts'

export interface TakenParts {
  readonly assets: Pick<AssetStore, 'names'>
  readonly places: Pick<PlaceStore, 'get'>
  readonly connections: Pick<ConnectionStore, 'get'>
}

/** The names that are taken in a place, as far as it is known here, and whom they concern. */
export function takenIn(placeId: PlaceId, { assets, places, connections }: TakenParts): Taken {
  const owner = places.get(placeId)?.place.connectionId
  const provider = owner === undefined ? undefined : connections.get(owner)?.provider
  const isFlat = provider === undefined || providerOf(provider).keepsFolders !== true
  return { names: assets.names(placeId), isFlat }
}
