import { z } from 'zod'
import { few, flag, id, idOrNull, listSchema, number, text } from './wire.ts'

/** A field of a view. `options` name the values it takes, where it takes only some. */
export const metadataFieldSchema = z.object({
  name: z.string().min(1),
  label: text,
  /** `string`, `text`, `integer`, `float`, `boolean`, `date`, `datetime`, `drop_down`, `tag_cloud`, `url`, … */
  field_type: text,
  description: text,
  required: flag,
  read_only: flag,
  multi: flag,
  hide_if_not_set: flag,
  min_value: number,
  max_value: number,
  options: few(z.object({ value: z.string(), label: text }), 5000),
})
export type MetadataField = z.infer<typeof metadataFieldSchema>

export const metadataViewSchema = z.object({
  id,
  name: z.string(),
  description: text,
  view_fields: z.array(metadataFieldSchema).max(1000),
})
export type MetadataView = z.infer<typeof metadataViewSchema>
export const metadataViewsSchema = listSchema(metadataViewSchema)

/** Which views belong to a kind of object; the views themselves where they were asked for. */
export const categorySchema = z.object({
  name: z.string(),
  label: text,
  object_type: text,
  view_ids: few(z.string()),
  views: few(metadataViewSchema),
})
export const categoriesSchema = listSchema(categorySchema)

/** A value is text, a number or a flag; what else it says is the service's. */
const valueSchema = z.looseObject({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).catch(null),
  label: text,
})

export const metadataValuesSchema = z.object({
  object_id: idOrNull,
  object_type: text,
  version_id: idOrNull,
  metadata_values: z.record(z.string(), z.object({ field_values: few(valueSchema, 5000) })),
  date_modified: text,
})
export type MetadataValues = z.infer<typeof metadataValuesSchema>
