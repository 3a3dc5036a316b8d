import { z } from 'zod'
import { count, few, flag, id, idOrNull, listSchema, number, pageSchema, text } from './wire.ts'
import { assetRowSchema } from './wireAssets.ts'

export const collectionSchema = z.object({
  id,
  title: z.string(),
  object_type: text,
  parent_id: idOrNull,
  parents: few(z.string()),
  in_collections: few(z.string()),
  is_root: flag,
  storage_id: idOrNull,
  status: text,
  category: text,
  external_id: text,
  project_id: idOrNull,
  custom_keyframe: idOrNull,
  custom_poster: idOrNull,
  custom_order_status: text,
  position: number,
  permissions: few(z.string(), 100),
  favoured: flag,
  created_by_user: idOrNull,
  date_created: text,
  date_modified: text,
  date_deleted: text,
})
export type Collection = z.infer<typeof collectionSchema>
export const collectionsSchema = pageSchema(collectionSchema)

/** What stands in a collection, among the stars or in the trash: told apart by `object_type`. */
export const entrySchema = z.union([
  collectionSchema.extend({ object_type: z.literal('collections') }),
  assetRowSchema.extend({ object_type: z.literal('assets') }),
])
export type Entry = z.infer<typeof entrySchema>

/** A page of entries; those of a kind we do not know (playlists, searches) are left out. */
export const entriesSchema = pageSchema(
  z.union([entrySchema, z.looseObject({ object_type: z.string() }).transform(() => null)]),
)

/** Totals below a collection. */
export const collectionInfoSchema = z.object({
  title: text,
  assets_count: count,
  collections_count: count,
  total_size: count,
  total_duration_milliseconds: number,
})

export const collectionPathSchema = z.string()

export const projectSchema = z.object({
  id,
  name: z.string(),
  collection_id: id,
  storage_id: idOrNull,
  status: text,
  created_by_user: idOrNull,
  date_created: text,
  date_modified: text,
})
export type Project = z.infer<typeof projectSchema>
export const projectsSchema = pageSchema(projectSchema)

/** `id` is the user's. */
export const projectMembersSchema = listSchema(z.object({ id, project_id: idOrNull, date_created: text }))
