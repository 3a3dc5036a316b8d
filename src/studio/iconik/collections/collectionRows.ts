import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { Documents, type Sent } from '../documents.ts'

const collectionSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  parent_id: z.string().nullish(),
  status: z.enum(['ACTIVE', 'HIDDEN', 'DELETED']).default('ACTIVE'),
  is_root: z.boolean(),
  storage_id: z.string().nullish(),
  category: z.string().nullish(),
  external_id: z.string().nullish(),
  custom_keyframe: z.string().nullish(),
  custom_poster: z.string().nullish(),
  keyframe_asset_ids: z.array(z.string()).default([]),
  custom_order_status: z.enum(['DISABLED', 'ENABLING', 'ENABLED']).default('DISABLED'),
  created_by_user: z.string(),
  deleted_by_user: z.string().optional(),
  date_created: z.string(),
  date_modified: z.string(),
  date_deleted: z.string().optional(),
})
export type Collection = z.infer<typeof collectionSchema>
export const collections = new Documents('iconik_collection', 'Collection', collectionSchema)

export type ContentType = 'assets' | 'collections'

/** Adds a collection, at the root or below `parent_id`. `id` and `date_modified` are made unless they are given. */
export function addCollection(
  rows: SqlRows,
  fields: Sent<Collection> & Pick<Collection, 'title' | 'created_by_user' | 'date_created'>,
): Collection {
  const parentId = fields.parent_id ?? null
  const collection = collections.insert(rows, {
    ...fields,
    id: fields.id ?? randomUUID(),
    date_modified: fields.date_modified ?? fields.date_created,
    is_root: parentId === null,
    parent_id: parentId,
  })
  if (parentId !== null) fileInto(rows, parentId, 'collections', collection.id)
  return collection
}

/** Puts an object into a collection, at the end where the order is by hand. Nothing changes when it is there already. */
export function fileInto(rows: SqlRows, collectionId: string, type: ContentType, objectId: string): void {
  const table = type === 'assets' ? 'iconik_asset' : 'iconik_collection'
  rows.run(
    `INSERT OR IGNORE INTO iconik_content(collection_id, object_type, object_id, position, is_queued, title,
       date_created, date_modified)
     SELECT ?, ?, id,
       (SELECT coalesce(max(position), -1) + 1 FROM iconik_content WHERE collection_id = ?),
       is_queued, title, date_created, date_modified FROM ${table} WHERE id = ?`,
    collectionId,
    type,
    collectionId,
    objectId,
  )
}

/** Ids of the collections that hold an object. */
export const holdersOf = (rows: SqlRows, type: ContentType, objectId: string): string[] =>
  rows
    .all(
      'SELECT collection_id FROM iconik_content WHERE object_id = ? AND object_type = ? ORDER BY id',
      objectId,
      type,
    )
    .map((row) => String(row['collection_id']))

/** An object of the samples by its title, for whoever adds to them. Undefined when somebody renamed or purged it. */
export const collectionByTitle = (rows: SqlRows, title: string): Collection | undefined =>
  collections.all(rows, [where('is_queued = 0 AND title = ?', title)])[0]
