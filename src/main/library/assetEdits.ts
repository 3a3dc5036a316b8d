import { AppError } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Asset, Shelf } from '../../shared/place.ts'
import type { AskService } from '../connections/askService.ts'
import type { RemoteRef } from '../connectors/remote.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import type { Library } from './library.ts'
import type { Refs } from './refs.ts'

export interface AssetEditParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly library: Pick<Library, 'touched' | 'touchedAll'>
}

/**
 * What the user does to assets at their service. Nothing here changes before it has agreed; what it refused half-way is
 * asked for again. Fails as the service does, with `request.invalid` where it cannot do such a thing.
 */
export interface AssetEdits {
  rename(id: AssetId, name: string): Promise<Asset>
  favourite(ids: readonly AssetId[], isFavourite: boolean): Promise<void>
  remove(ids: readonly AssetId[]): Promise<void>
  restore(ids: readonly AssetId[]): Promise<void>
  /** Only of what lies in the trash, and only as many as somebody said yes to. */
  purge(ids: readonly AssetId[], count: number): Promise<void>
  /** Before another entry of the place, or to its end. */
  move(placeId: PlaceId, id: AssetId, before: AssetId | null): Promise<void>
}

export function createAssetEdits({ places, assets, refs, service, library }: AssetEditParts): AssetEdits {
  const shelves = (connectionId: ConnectionId, shelf: Shelf) =>
    places.shelves(connectionId, shelf).map((place) => place.id)

  /** Asks, then writes; every list that holds one of them is looked at anew, whatever came of it. */
  const agree = async (
    given: readonly AssetId[],
    ask: (connectionId: ConnectionId, found: readonly RemoteRef[]) => Promise<void>,
    write: (connectionId: ConnectionId, ids: readonly AssetId[]) => readonly PlaceId[],
  ): Promise<void> => {
    const { connectionId, ids, refs: found } = refs.assets(given)
    const before = assets.placesOf(ids)
    try {
      await ask(connectionId, found)
    } catch (error) {
      library.touched(before)
      throw error
    }
    library.touched([...new Set([...before, ...write(connectionId, ids)])])
  }
  const remoteIds = (found: readonly RemoteRef[]) => found.map(({ remoteId }) => remoteId)

  return {
    async rename(id, name) {
      const { connectionId, ref } = refs.asset(id)
      const renamed = await service.with(connectionId, 'editing', (editing, signal) =>
        editing.renameAsset(ref, name, signal),
      )
      assets.putOne(connectionId, renamed)
      library.touched(assets.placesOf([id]))
      const asset = assets.get(id)
      if (asset === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
      return asset
    },
    favourite: (given, isFavourite) =>
      agree(
        given,
        (connectionId, found) =>
          service.with(connectionId, 'favourites', (favourites, signal) =>
            favourites.set(remoteIds(found), isFavourite, signal),
          ),
        (connectionId, ids) => {
          const shown = shelves(connectionId, 'favourites')
          assets.setFavourite(ids, isFavourite)
          if (isFavourite) for (const shelf of shown) assets.layIn(shelf, ids)
          else assets.takeFrom(shown, ids)
          return shown
        },
      ),
    remove: (given) =>
      agree(
        given,
        (connectionId, found) =>
          service.with(connectionId, 'trash', (trash, signal) => trash.remove(found, signal)),
        (connectionId, ids) => {
          const bins = shelves(connectionId, 'deleted')
          const before = assets.placesOf(ids).filter((placeId) => !bins.includes(placeId))
          for (const bin of bins) assets.layIn(bin, ids)
          assets.takeFrom(before, ids)
          return bins
        },
      ),
    restore: (given) =>
      agree(
        given,
        (connectionId, found) =>
          service.with(connectionId, 'trash', (trash, signal) => trash.restore(remoteIds(found), signal)),
        (connectionId, ids) => {
          const bins = shelves(connectionId, 'deleted')
          assets.takeFrom(bins, ids)
          // Where they lay is known to the service alone.
          library.touchedAll(connectionId)
          return bins
        },
      ),
    async purge(given, count) {
      const { connectionId, ids } = refs.assets(given)
      if (ids.length !== count)
        throw new AppError('request.invalid', { call: 'assets.purge', reason: 'count' })
      const bins = new Set(shelves(connectionId, 'deleted'))
      const isThrownAway = (id: AssetId) => assets.placesOf([id]).some((placeId) => bins.has(placeId))
      if (!ids.every(isThrownAway))
        throw new AppError('request.invalid', { call: 'assets.purge', reason: 'notInTrash' })
      await agree(
        ids,
        (_connectionId, found) =>
          service.with(connectionId, 'trash', (trash, signal) => trash.purge(remoteIds(found), signal)),
        () => {
          assets.takeFrom(assets.placesOf(ids), ids)
          return []
        },
      )
    },
    async move(placeId, id, before) {
      const { connectionId, place, remote } = refs.place(placeId)
      const entry = refs.asset(id)
      const next = before === null ? null : refs.asset(before)
      if (!place.isOrdered)
        throw new AppError('request.invalid', { call: 'assets.move', reason: 'notOrdered' })
      const liesHere = [id, ...(before === null ? [] : [before])].every((each) =>
        assets.placesOf([each]).includes(placeId),
      )
      if (!liesHere || before === id)
        throw new AppError('request.invalid', { call: 'assets.move', reason: 'notInPlace' })
      await service.with(connectionId, 'ordering', (ordering, signal) =>
        ordering.move(remote, entry.ref.remoteId, next?.ref.remoteId ?? null, signal),
      )
      assets.moveWithin(placeId, id, before)
      library.touched([placeId])
    },
  }
}
