import { z } from 'zod'
import { count, few, flag, id, idOrNull, number, pageSchema, personOrNull, text } from './wire.ts'

export const versionSchema = z.object({
  id,
  version_number: count,
  status: text,
  is_online: flag,
  created_by_user: idOrNull,
  created_by_user_info: personOrNull,
  date_created: text,
})
export type Version = z.infer<typeof versionSchema>

const assetFields = {
  id,
  title: z.string(),
  type: text,
  status: text,
  category: text,
  external_id: text,
  warning: text,
  is_online: flag,
  is_blocked: flag,
  favoured: flag,
  archive_status: text,
  custom_keyframe: idOrNull,
  custom_poster: idOrNull,
  original_asset_id: idOrNull,
  time_start_milliseconds: number,
  time_end_milliseconds: number,
  in_collections: few(z.string()),
  created_by_user: idOrNull,
  created_by_user_info: personOrNull,
  date_created: text,
  date_modified: text,
  date_deleted: text,
  versions: few(versionSchema),
}

export const assetSchema = z.object(assetFields)
export type Asset = z.infer<typeof assetSchema>

/** Versions of an asset as the calls that make one answer. The newest has the highest number. */
export const assetVersionsSchema = z.object({ asset_id: id, versions: z.array(versionSchema).min(1) })

/** A picture, a proxy or a file inside a row of a list. Its URLs are signed: never stored. */
const attachedSchema = z.looseObject({
  id: idOrNull,
  type: text,
  status: text,
  url: text,
  name: text,
  size: count,
  version_id: idOrNull,
})

/** A row of a list: an asset with what the index knows of it. */
export const assetRowSchema = z.object({
  ...assetFields,
  object_type: text,
  media_type: text,
  duration_milliseconds: number,
  comments_count: count,
  versions_number: count,
  position: number,
  files: few(attachedSchema),
  proxies: few(attachedSchema),
  keyframes: few(attachedSchema),
  ancestor_collections: few(z.string()),
})
export type AssetRow = z.infer<typeof assetRowSchema>
export const assetRowsSchema = pageSchema(assetRowSchema)

export const relationSchema = z.object({
  id: idOrNull,
  asset_id: idOrNull,
  related_to_asset_id: id,
  relation_type: z.string(),
  description: text,
  date_created: text,
})
export type Relation = z.infer<typeof relationSchema>

/** The list of relations answers the related assets; how each is related stands in `relations`. */
export const relatedAssetSchema = assetRowSchema.extend({
  relations: few(
    z.object({
      related_from_asset_id: idOrNull,
      related_to_asset_id: idOrNull,
      relation_type: z.string(),
      description: text,
    }),
  ),
})
export const relatedAssetsSchema = pageSchema(relatedAssetSchema)

export const relationTypeSchema = z.object({
  name: z.string().min(1),
  source_label: z.string(),
  destination_label: z.string(),
  is_directional: flag,
  description: text,
})
export const relationTypesSchema = pageSchema(relationTypeSchema)

export const historyEntrySchema = z.object({
  id,
  operation_type: z.string(),
  operation_description: text,
  asset_id: idOrNull,
  version_id: idOrNull,
  user_id: idOrNull,
  share_id: idOrNull,
  share_user_id: idOrNull,
  job_id: idOrNull,
  date_created: text,
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>
export const historySchema = pageSchema(historyEntrySchema)
