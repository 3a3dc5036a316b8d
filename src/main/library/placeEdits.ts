import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Place } from '../../shared/place.ts'
import type { AskService } from '../connections/askService.ts'
import type { RemotePlace } from '../connectors/remote.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import type { Library } from './library.ts'
import type { Refs } from './refs.ts'

export interface PlaceEditParts {
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly library: Pick<Library, 'touched' | 'touchedAll' | 'touchedBelow'>
}

/**
 * What the user does to places at their service: nothing here changes before it has agreed. Shelves are the service's own
 * and refused with `request.invalid`.
 */
export interface PlaceEdits {
  create(parentId: PlaceId, name: string): Promise<Place>
  rename(id: PlaceId, name: string): Promise<Place>
  remove(id: PlaceId): Promise<void>
  restore(id: PlaceId): Promise<void>
  /** Only of what lies in the trash, and only of the name somebody said yes to. */
  purge(id: PlaceId, name: string): Promise<void>
  setOrdered(id: PlaceId, isOrdered: boolean): Promise<Place>
}

export function createPlaceEdits({ places, assets, refs, service, library }: PlaceEditParts): PlaceEdits {
  const editable = (id: PlaceId, call: string) => {
    const found = refs.place(id)
    if (found.place.shelf !== null) throw new AppError('request.invalid', { call, reason: 'shelf' })
    return found
  }
  const parentsOf = (connectionId: ConnectionId, remoteId: string) =>
    new Set(places.ofRemote(connectionId, remoteId).map((row) => row.parentId))

  /** Writes it into each row there is of it. */
  const write = (id: PlaceId, connectionId: ConnectionId, changed: RemotePlace): Place => {
    places.change(connectionId, changed)
    library.touchedBelow(connectionId, [...parentsOf(connectionId, changed.remoteId)])
    return refs.place(id).place
  }
  const isThrownAway = (id: PlaceId) => places.path(id).some((step) => step.shelf === 'deleted')
  const forget = (connectionId: ConnectionId, remoteId: string, except: 'deleted' | null) => {
    const parents = parentsOf(connectionId, remoteId)
    places.remove(connectionId, remoteId, except)
    assets.sweep()
    for (const bin of places.shelves(connectionId, 'deleted')) parents.add(bin.id)
    library.touchedBelow(connectionId, [...parents])
  }

  return {
    async create(parentId, name) {
      const { connectionId, place, remote } = editable(parentId, 'places.create')
      const made = await service.with(connectionId, 'editing', (editing, signal) =>
        editing.createPlace(remote, name, signal),
      )
      if (!place.hasChildren) write(parentId, connectionId, { ...remote, hasChildren: true })
      const { id } = places.put(connectionId, parentId, made)
      library.touchedBelow(connectionId, [parentId])
      return refs.place(id).place
    },
    async rename(id, name) {
      const { connectionId, remote } = editable(id, 'places.rename')
      const renamed = await service.with(connectionId, 'editing', (editing, signal) =>
        editing.renamePlace(remote, name, signal),
      )
      return write(id, connectionId, renamed)
    },
    async remove(id) {
      const { connectionId, remote } = editable(id, 'places.remove')
      await service.with(connectionId, 'trash', (trash, signal) => trash.removePlace(remote, signal))
      forget(connectionId, remote.remoteId, 'deleted')
    },
    async restore(id) {
      const { connectionId, remote } = editable(id, 'places.restore')
      await service.with(connectionId, 'trash', (trash, signal) => trash.restorePlace(remote, signal))
      forget(connectionId, remote.remoteId, null)
      // Where it belongs is known to the service alone.
      library.touchedBelow(connectionId, 'all')
      library.touchedAll(connectionId)
    },
    async purge(id, name) {
      const { connectionId, place, remote } = editable(id, 'places.purge')
      if (place.name !== name) throw new AppError('request.invalid', { call: 'places.purge', reason: 'name' })
      if (!isThrownAway(id))
        throw new AppError('request.invalid', { call: 'places.purge', reason: 'notInTrash' })
      await service.with(connectionId, 'trash', (trash, signal) => trash.purgePlace(remote, signal))
      forget(connectionId, remote.remoteId, null)
    },
    async setOrdered(id, isOrdered) {
      const { connectionId, remote } = editable(id, 'places.setOrdered')
      const changed = await service.with(connectionId, 'ordering', (ordering, signal) =>
        ordering.setOrdered(remote, isOrdered, signal),
      )
      const place = write(id, connectionId, changed)
      library.touched([id])
      return place
    },
  }
}
