import type { EventName, Payload } from '../shared/contract.ts'
import type { ConnectionId, PlaceId } from '../shared/ids.ts'
import type { AskService } from './connections/askService.ts'
import type { Connections } from './connections/connections.ts'
import type { AssetCallParts } from './ipc/assetCalls.ts'
import { createAssetEdits } from './library/assetEdits.ts'
import { createAssetFacts } from './library/assetFacts.ts'
import type { Coalescer } from './library/coalesce.ts'
import type { Library } from './library/library.ts'
import { createLibrary } from './library/library.ts'
import { createMetadata } from './library/metadata.ts'
import { createPlaceEdits } from './library/placeEdits.ts'
import type { ReadAgain } from './library/readAgain.ts'
import { createReadAgain } from './library/readAgain.ts'
import type { Refs } from './library/refs.ts'
import { createRefs } from './library/refs.ts'
import type { Search } from './library/search.ts'
import { createSearch } from './library/search.ts'
import { createVersionEdits } from './library/versionEdits.ts'
import type { Whereabouts } from './library/whereabouts.ts'
import { createWhereabouts } from './library/whereabouts.ts'
import type { AssetStore } from './store/assetStore.ts'
import type { PlaceStore } from './store/placeStore.ts'

export interface ComposeLibraryParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly service: AskService
  readonly connections: () => Connections
  readonly coalescer: Coalescer
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
  readonly report: (error: unknown, where?: string) => void
}

/** Places and assets, and what can be done to them. */
export interface LibrarySide extends AssetCallParts {
  readonly library: Library
  readonly search: Search
  readonly whereabouts: Whereabouts
  readonly refs: Refs
  readonly readAgain: ReadAgain
}

export function composeLibrary(parts: ComposeLibraryParts): LibrarySide {
  const { places, assets, service, connections, coalescer, tell, now, later, report } = parts
  const refs = createRefs(places, assets)
  const placesChanged = (connectionId: ConnectionId, parentId: PlaceId | null) =>
    tell('places.changed', { connectionId, parentId })
  const touched = (placeId: PlaceId) => library.touched([placeId])
  const search = createSearch({ places, assets, service, changed: touched, now })
  const whereabouts = createWhereabouts({ places, assets, service, placesChanged, assetsChanged: touched })
  const library: Library = createLibrary({
    places,
    assets,
    connector: (id) => connections().connector(id),
    search,
    whereabouts,
    reported(id, error) {
      if (error !== undefined) report(error, 'library')
      connections().report(id, error)
    },
    placesChanged,
    assetsChanged: (placeId) =>
      coalescer.tell(`assets:${placeId}`, () => tell('assets.changed', { placeId })),
    now,
    later,
  })
  const readAgain = createReadAgain({ assets, refs, service, library })
  return {
    library,
    search,
    whereabouts,
    refs,
    readAgain,
    assetEdits: createAssetEdits({ places, assets, refs, service, library }),
    placeEdits: createPlaceEdits({ places, assets, refs, service, library }),
    versionEdits: createVersionEdits({ assets, refs, service, readAgain }),
    facts: createAssetFacts(assets, refs, service),
    metadata: createMetadata(refs, service),
  }
}
