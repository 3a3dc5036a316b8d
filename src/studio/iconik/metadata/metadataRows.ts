import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import { Documents } from '../documents.ts'
import { IconikError } from '../iconikError.ts'

const optionSchema = z.strictObject({ label: z.string(), value: z.string() })

const fieldSchema = z.strictObject({
  /** The field's name. */
  id: z.string(),
  label: z.string(),
  field_type: z.string(),
  description: z.string().optional(),
  external_id: z.string().optional(),
  multi: z.boolean().default(false),
  required: z.boolean().nullish(),
  read_only: z.boolean().nullish(),
  auto_set: z.boolean().nullish(),
  hide_if_not_set: z.boolean().nullish(),
  is_block_field: z.boolean().default(false),
  is_warning_field: z.boolean().default(false),
  representative: z.boolean().default(false),
  sortable: z.boolean().default(false),
  use_as_facet: z.boolean().default(false),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  options: z.array(optionSchema).default([]),
  source_url: z.string().nullish(),
  mapped_field_name: z.string().optional(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type MetadataField = z.infer<typeof fieldSchema>
export const fields = new Documents('iconik_metadata_field', 'Metadata field', fieldSchema)

/** What a view says of a field goes before what the field says of itself. */
const viewFieldSchema = z.strictObject({
  name: z.string(),
  label: z.string().nullish(),
  required: z.boolean().nullish(),
  read_only: z.boolean().nullish(),
  auto_set: z.boolean().nullish(),
  hide_if_not_set: z.boolean().nullish(),
  options: z.array(optionSchema).optional(),
  source_url: z.string().nullish(),
})
const viewSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  view_fields: z.array(viewFieldSchema),
  date_created: z.string(),
  date_modified: z.string(),
})
export type MetadataView = z.infer<typeof viewSchema>
export const views = new Documents('iconik_metadata_view', 'Metadata view', viewSchema)

const valueSchema = z.looseObject({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
})
const valuesSchema = z.record(
  z.string(),
  z.strictObject({ date_created: z.string().optional(), field_values: z.array(valueSchema) }),
)
/** Values by field name, as the API shows them. */
export type MetadataValues = z.infer<typeof valuesSchema>

const storedSchema = z.strictObject({
  values: valuesSchema,
  date_created: z.string(),
  date_modified: z.string(),
})
export type StoredMetadata = z.infer<typeof storedSchema>

/** Whose values: an object's, or those of one version of it. */
export interface MetadataOwner {
  readonly objectType: string
  readonly objectId: string
  readonly versionId?: string | undefined
}

/** SQLite takes one NULL for different from another; an owner without a version has an empty one. */
const keyOf = ({ objectType, objectId, versionId }: MetadataOwner) =>
  [objectType, objectId, versionId ?? ''] as const

export function metadataOf(rows: SqlRows, owner: MetadataOwner): StoredMetadata | undefined {
  const sql =
    'SELECT document FROM iconik_metadata WHERE object_type = ? AND object_id = ? AND version_id = ?'
  const row = rows.get(sql, ...keyOf(owner))
  return row && storedSchema.parse(JSON.parse(String(row['document'])))
}

const wordsOf = (values: MetadataValues): string =>
  Object.values(values)
    .flatMap(({ field_values }) =>
      field_values.flatMap(({ value }) => (value == null ? [] : [String(value)])),
    )
    .join(' ')

/** Stores values in place of what the owner had, and lets a search find the object by them. */
export function saveMetadata(rows: SqlRows, owner: MetadataOwner, stored: StoredMetadata): void {
  const parsed = storedSchema.parse(stored)
  rows.run(
    `INSERT INTO iconik_metadata(object_type, object_id, version_id, document, words) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET document = excluded.document, words = excluded.words`,
    ...keyOf(owner),
    JSON.stringify(parsed),
    wordsOf(parsed.values),
  )
  if (owner.objectType === 'assets' || owner.objectType === 'collections') {
    const table = owner.objectType === 'assets' ? 'iconik_asset' : 'iconik_collection'
    rows.run(`UPDATE ${table} SET document = document WHERE id = ?`, owner.objectId)
  }
}

/** Plain values of many objects of one kind by id and field, as lists and searches show them. */
export function valuesOf(
  rows: SqlRows,
  objectType: string,
  ids: readonly string[],
): Map<string, Record<string, (string | number | boolean | null)[]>> {
  const found = rows.all(
    `SELECT object_id, document FROM iconik_metadata
      WHERE object_type = ? AND version_id = '' AND object_id IN (SELECT value FROM json_each(?))`,
    objectType,
    JSON.stringify(ids),
  )
  return new Map(
    found.map((row) => {
      const { values } = storedSchema.parse(JSON.parse(String(row['document'])))
      const plain = Object.entries(values).map(([name, { field_values }]) => [
        name,
        field_values.map(({ value }) => value ?? null),
      ])
      return [String(row['object_id']), Object.fromEntries(plain)]
    }),
  )
}

/** Gives an object the values of another one that it has none of itself. */
export function copyMetadata(rows: SqlRows, from: MetadataOwner, to: MetadataOwner): void {
  const source = metadataOf(rows, from)
  if (source === undefined) return
  const own = metadataOf(rows, to)
  saveMetadata(rows, to, { ...source, ...own, values: { ...source.values, ...own?.values } })
}

/** Fails with 400 when a field that the view requires has no value, and with 404 when there is no such view. */
export function checkRequired(rows: SqlRows, viewId: string, values: MetadataValues): void {
  const missing = mergedFields(rows, views.get(rows, viewId)).filter(({ id, required }) => {
    const given = values[id]?.field_values ?? []
    return (
      required === true && !given.some(({ value }) => value !== null && value !== undefined && value !== '')
    )
  })
  if (missing.length === 0) return
  throw IconikError.badRequest(Object.fromEntries(missing.map(({ id }) => [id, 'Is required'])))
}

/** The fields of a view in its order, with what the view says of them. Fields that are gone are left out. */
export function mergedFields(rows: SqlRows, view: MetadataView): MetadataField[] {
  return view.view_fields.flatMap(({ name, ...own }) => {
    const field = fields.find(rows, name)
    if (field === undefined) return []
    const said = Object.entries(own).filter(([, value]) => value !== null && value !== undefined)
    return [{ ...field, ...Object.fromEntries(said) }]
  })
}
