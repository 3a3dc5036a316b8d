import type { calls } from '../../shared/contract.ts'
import type { AssetId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { Connections } from '../connections/connections.ts'
import type { Library } from '../library/library.ts'
import type { Search } from '../library/search.ts'

type Names = Extract<
  keyof typeof calls,
  | `connections.${string}`
  | 'places.list'
  | 'places.get'
  | 'assets.list'
  | 'assets.refresh'
  | 'assets.get'
  | 'search.open'
  | `library.${string}`
>

export interface LibraryCallParts {
  readonly connections: Connections
  readonly library: Library
  readonly search: Search
  /** Somebody looks at an asset: asks where its versions stand, where that is not known. Never fails. */
  readonly readUnknown: (assetId: AssetId) => Promise<void>
}

export function libraryCalls({
  connections,
  library,
  search,
  readUnknown,
}: LibraryCallParts): Pick<Handlers<typeof calls>, Names> {
  return {
    'connections.list': async () => connections.list(),
    'connections.add': (input) => connections.add(input),
    'connections.openStudio': ({ provider }) => connections.openStudio(provider),
    'connections.signIn': ({ id, secrets }) => connections.signIn(id, secrets),
    'connections.retry': ({ id }) => connections.retry(id),
    'connections.remove': ({ id }) => connections.remove(id),
    'places.list': ({ connectionId, parentId }) => library.places(connectionId, parentId),
    'places.get': async ({ id }) => library.place(id),
    'assets.list': async (input) => library.list(input),
    'assets.refresh': ({ placeId }) => library.refresh(placeId),
    'assets.get': async ({ id }) => {
      const found = await library.asset(id)
      void readUnknown(id)
      return { ...found, sharesComments: connections.holdsComments(found.asset.connectionId) }
    },
    'search.open': (query) => search.open(query),
    'library.find': async ({ text, limit }) => library.find(text, limit),
  }
}
