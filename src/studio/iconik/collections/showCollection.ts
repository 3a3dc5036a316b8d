import { permissionsOf } from '../acls/aclRows.ts'
import type { Call } from '../call.ts'
import { mediaOf } from '../media/assetMedia.ts'
import { valuesOf } from '../metadata/metadataRows.ts'
import { isWithin } from '../reach.ts'
import { type Collection, holdersOf } from './collectionRows.ts'
import { ancestorIds } from './tree.ts'

type Showing = Pick<Call, 'rows' | 'viewer' | 'link' | 'api'>

/** The project that wraps a collection, or the nearest one above it. */
function projectOf({ rows }: Showing, ids: readonly string[]): string | undefined {
  for (const id of ids) {
    const row = rows.get('SELECT id FROM iconik_project WHERE collection_id = ?', id)
    if (row !== undefined) return String(row['id'])
  }
  return undefined
}

/** Collections as every answer shows them. `positions` are of a collection that is ordered by hand. */
export function shownCollections(
  call: Showing,
  collections: readonly Collection[],
  positions: ReadonlyMap<string, number> = new Map(),
) {
  const { rows, viewer } = call
  const { guest } = viewer
  const metadata = valuesOf(
    rows,
    'collections',
    collections.map(({ id }) => id),
  )
  const isOpen = (id: string) => guest === undefined || isWithin(rows, 'collections', id, guest.scope)
  const favoured = (id: string) =>
    rows.get(
      "SELECT id FROM iconik_favourite WHERE user_id = ? AND object_type = 'collections' AND object_id = ?",
      viewer.userId,
      id,
    ) !== undefined
  const media = mediaOf(
    call,
    collections.flatMap(({ keyframe_asset_ids }) => keyframe_asset_ids),
  )
  return collections.map((collection) => {
    const ancestors = ancestorIds(rows, collection.id).filter(isOpen)
    const projectId = projectOf(call, [collection.id, ...ancestors.toReversed()])
    const position = positions.get(collection.id)
    const { deleted_by_user, date_deleted, ...shown } = collection
    return {
      ...shown,
      ...(deleted_by_user !== undefined && { deleted_by_user }),
      ...(date_deleted !== undefined && { date_deleted }),
      object_type: 'collections' as const,
      keyframes: collection.keyframe_asset_ids.flatMap((id) => media.get(id)?.keyframes.slice(0, 1) ?? []),
      parent_id: collection.parent_id == null || !isOpen(collection.parent_id) ? null : collection.parent_id,
      parents: ancestors,
      in_collections: holdersOf(rows, 'collections', collection.id).filter(isOpen),
      favoured: guest === undefined && favoured(collection.id),
      metadata: metadata.get(collection.id) ?? {},
      permissions:
        guest === undefined ? [...permissionsOf(rows, viewer, 'collections', collection.id)] : ['read'],
      ...(projectId !== undefined && { project_id: projectId }),
      ...(position !== undefined && { position }),
    }
  })
}

export function shownCollection(call: Showing, collection: Collection) {
  const [shown] = shownCollections(call, [collection])
  return shown
}
