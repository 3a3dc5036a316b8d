import { AppError } from '../../../shared/errors.ts'
import type { EditingPower, OrderingPower } from '../powers.ts'
import type { RemotePlace } from '../remote.ts'
import type { AssetLists } from './assets.ts'
import { calls } from './calls/index.ts'
import { collectionPlace, type PlaceRights } from './mapping.ts'
import { allRows } from './paging.ts'
import { noteOf, type PlaceNote } from './placeNote.ts'
import type { Session } from './session.ts'
import { assetSchema } from './wireAssets.ts'
import {
  type Collection,
  collectionSchema,
  collectionsSchema,
  entriesSchema,
  projectSchema,
} from './wireCollections.ts'

const perPage = 500
const mostSiblings = 10_000

/** The collection behind a place. `request.invalid` for the domain and the shelves. */
export function collectionIdOf(place: RemotePlace): string {
  const { collectionId } = noteOf(place)
  if (collectionId === null) throw new AppError('request.invalid', { field: 'place' })
  return collectionId
}

/** The place as it is after a change, with what the list that it came from said of it. */
function changed(place: RemotePlace, collection: Collection, rights: PlaceRights): RemotePlace {
  const { domainId } = noteOf(place)
  const kind = place.kind === 'production' ? 'production' : 'folder'
  const next = collectionPlace(domainId, collection, kind, rights)
  const { projectId } = noteOf(place)
  if (projectId === undefined) return next
  return { ...next, name: place.name, remote: { ...(next.remote as object), projectId } }
}

export function createEditing(
  { call }: Session,
  { asset }: Pick<AssetLists, 'asset'>,
  rights: () => PlaceRights,
): EditingPower {
  const siblings = async (note: PlaceNote, signal: AbortSignal): Promise<Collection[]> => {
    const { collectionId } = note
    if (collectionId === null)
      return allRows(
        (page) =>
          call(
            calls['assets.listCollections'],
            { query: { page, per_page: perPage, is_root: 'true' }, answer: collectionsSchema },
            signal,
          ),
        mostSiblings,
      )
    const entries = await allRows(
      (page) =>
        call(
          calls['assets.listCollectionContents'],
          {
            path: { collection_id: collectionId },
            query: { page, per_page: perPage, object_types: 'collections' },
            answer: entriesSchema,
          },
          signal,
        ),
      mostSiblings,
    )
    return entries.filter((entry) => entry?.object_type === 'collections') as Collection[]
  }

  return {
    async renameAsset(ref, name, signal) {
      const path = { asset_id: ref.remoteId }
      await call(calls['assets.patchAsset'], { path, body: { title: name }, answer: assetSchema }, signal)
      // The list's index may still hold the old name.
      return { ...(await asset(ref, signal)), name }
    },
    async renamePlace(place, name, signal) {
      const collection_id = collectionIdOf(place)
      const { projectId } = noteOf(place)
      if (projectId !== undefined) {
        const body = { name, collection_id }
        await call(
          calls['assets.patchProject'],
          { path: { project_id: projectId }, body, answer: projectSchema },
          signal,
        )
        return { ...place, name }
      }
      const collection = await call(
        calls['assets.patchCollection'],
        { path: { collection_id }, body: { title: name }, answer: collectionSchema },
        signal,
      )
      return changed(place, collection, rights())
    },
    async createPlace(parent, name, signal) {
      const note = noteOf(parent)
      if (note.shelf !== undefined) throw new AppError('request.invalid', { field: 'place' })
      const { collectionId: parent_id } = note
      const kind = parent_id === null ? 'production' : 'folder'
      const twin = (await siblings(note, signal)).find(
        ({ title, status }) => title === name && status !== 'DELETED',
      )
      if (twin !== undefined) return collectionPlace(note.domainId, twin, kind, rights())
      const collection = await call(
        calls['assets.createCollection'],
        {
          query: { apply_default_acls: true, ...(parent_id === null ? {} : { apply_collection_acls: true }) },
          body: { title: name, ...(parent_id === null ? { is_root: true } : { parent_id }) },
          answer: collectionSchema,
        },
        signal,
      )
      return collectionPlace(note.domainId, collection, kind, rights())
    },
  }
}

export function createOrdering({ call }: Session, rights: () => PlaceRights): OrderingPower {
  return {
    async setOrdered(place, isOrdered, signal) {
      const path = { collection_id: collectionIdOf(place) }
      if (isOrdered) {
        const body = { custom_order_sort: 'title,asc' }
        await call(calls['assets.enableCustomOrder'], { path, body }, signal)
      } else await call(calls['assets.disableCustomOrder'], { path }, signal)
      const collection = await call(
        calls['assets.readCollection'],
        { path, answer: collectionSchema },
        signal,
      )
      // The service may still be at work on it; what was asked for is what will be.
      return changed(
        place,
        { ...collection, custom_order_status: isOrdered ? 'ENABLED' : 'DISABLED' },
        rights(),
      )
    },
    async move(place, remoteId, before, signal) {
      const path = { collection_id: collectionIdOf(place), object_type: 'assets', object_id: remoteId }
      const body = before === null ? { position: -1 } : { before_object_id: before }
      await call(calls['assets.moveCollectionEntry'], { path, body }, signal)
    },
  }
}
