import { where } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { copyMetadata } from '../metadata/metadataRows.ts'
import { addCollection, type Collection, collections, fileInto } from './collectionRows.ts'

interface CopyOptions {
  readonly withKeyframes: boolean
  readonly onCopied: (from: Collection, to: Collection) => void
}

/**
 * Repeats a collection and all collections below it inside of another one. Assets are not doubled: they come to lie
 * in the copies as well. What is in the trash is left out.
 */
export function copyTree(call: Call, source: Collection, parentId: string, options: CopyOptions): Collection {
  const { rows, viewer, date } = call
  const { title, category, storage_id, custom_order_status } = source
  const copy = addCollection(rows, {
    ...{ title, category, storage_id, custom_order_status, parent_id: parentId },
    ...(options.withKeyframes && {
      ...{ custom_keyframe: source.custom_keyframe, custom_poster: source.custom_poster },
      keyframe_asset_ids: source.keyframe_asset_ids,
    }),
    ...{ created_by_user: viewer.userId, date_created: date },
  })
  const owner = { objectType: 'collections' }
  copyMetadata(rows, { ...owner, objectId: source.id }, { ...owner, objectId: copy.id })
  options.onCopied(source, copy)
  const contents = rows.all(
    'SELECT object_type, object_id FROM iconik_content WHERE collection_id = ? AND is_queued = 0 ORDER BY position',
    source.id,
  )
  for (const { object_type, object_id } of contents) {
    const id = String(object_id)
    if (object_type === 'assets') fileInto(rows, copy.id, 'assets', id)
    else
      for (const below of collections.all(rows, [where('id = ?', id)]))
        copyTree(call, below, copy.id, options)
  }
  return copy
}
