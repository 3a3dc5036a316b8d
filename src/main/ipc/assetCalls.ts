import type { calls } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { AssetEdits } from '../library/assetEdits.ts'
import type { AssetFacts } from '../library/assetFacts.ts'
import type { Metadata } from '../library/metadata.ts'
import type { PlaceEdits } from '../library/placeEdits.ts'
import type { VersionEdits } from '../library/versionEdits.ts'

type Names =
  | Exclude<Extract<keyof typeof calls, `assets.${string}`>, 'assets.list' | 'assets.refresh' | 'assets.get'>
  | Exclude<Extract<keyof typeof calls, `places.${string}`>, 'places.list' | 'places.get'>
  | Extract<keyof typeof calls, `versions.${string}` | `metadata.${string}`>

export interface AssetCallParts {
  readonly assetEdits: AssetEdits
  readonly placeEdits: PlaceEdits
  readonly versionEdits: VersionEdits
  readonly facts: AssetFacts
  readonly metadata: Metadata
}

export function assetCalls(parts: AssetCallParts): Pick<Handlers<typeof calls>, Names> {
  const { assetEdits, placeEdits, versionEdits, facts, metadata } = parts
  return {
    'assets.rename': ({ id, name }) => assetEdits.rename(id, name),
    'assets.favourite': ({ ids, isFavourite }) => assetEdits.favourite(ids, isFavourite),
    'assets.remove': ({ ids }) => assetEdits.remove(ids),
    'assets.restore': ({ ids }) => assetEdits.restore(ids),
    'assets.purge': ({ ids, count }) => assetEdits.purge(ids, count),
    'assets.move': ({ placeId, id, before }) => assetEdits.move(placeId, id, before),
    'assets.history': ({ id }) => facts.history(id),
    'assets.relations': ({ id }) => facts.relations(id),
    'assets.relate': (input) => facts.relate(input),
    'assets.unrelate': (input) => facts.unrelate(input),
    'places.create': ({ parentId, name }) => placeEdits.create(parentId, name),
    'places.rename': ({ id, name }) => placeEdits.rename(id, name),
    'places.remove': ({ id }) => placeEdits.remove(id),
    'places.restore': ({ id }) => placeEdits.restore(id),
    'places.purge': ({ id, name }) => placeEdits.purge(id, name),
    'places.setOrdered': ({ id, isOrdered }) => placeEdits.setOrdered(id, isOrdered),
    'versions.promote': ({ id }) => versionEdits.promote(id),
    'versions.remove': ({ id }) => versionEdits.remove(id),
    'versions.deleted': ({ assetId }) => versionEdits.deleted(assetId),
    'versions.restore': ({ assetId, key }) => versionEdits.restore(assetId, key),
    'versions.purge': ({ assetId, key, number }) => versionEdits.purge(assetId, key, number),
    'metadata.get': ({ assetId }) => metadata.get(assetId),
    'metadata.save': (input) => metadata.save(input),
    'metadata.wanted': ({ placeId }) => metadata.wanted(placeId),
  }
}
