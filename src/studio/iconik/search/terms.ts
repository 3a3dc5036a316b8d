import { type Condition, type Value, where } from '../../sqlRows.ts'
import { isoOf, timeOf } from '../dates.ts'
import { IconikError } from '../iconikError.ts'
import type { Filter, Term } from './criteria.ts'

/** The values of a field for the row `t` of the index, as a SELECT of the column `v`. */
interface FieldValues {
  readonly sql: string
  readonly values: readonly Value[]
}

/** Columns that the index of assets holds, so that no document is read for them. */
const assetColumns = ['created_by_user']
const documentFields = [
  ...['category', 'external_id', 'external_link', 'warning', 'site_name', 'is_online', 'is_blocked'],
  ...['analyze_status', 'face_recognition_status', 'updated_by_user', 'deleted_by_user', 'date_imported'],
  ...['date_deleted', 'original_asset_id', 'original_version_id', 'has_unconfirmed_persons', 'parent_id'],
  ...[
    'storage_id',
    'is_root',
    'custom_order_status',
    'asset_id',
    'version_id',
    'segment_type',
    'segment_color',
  ],
  ...['segment_track', 'segment_checked', 'is_internal', 'share_id', 'project_id', 'person_id', 'user_id'],
]
const ownColumns: Readonly<Record<string, string>> = {
  ...{ id: 'object_id', object_type: 'object_type', title: 'title' },
  ...{
    date_created: 'date_created',
    date_modified: 'date_modified',
    type: 'type',
    archive_status: 'archive_status',
  },
}
const tables = {
  assets: 'iconik_asset',
  collections: 'iconik_collection',
  segments: 'iconik_segment',
} as const

const inDocument = (name: string) =>
  `SELECT CASE t.object_type ${Object.entries(tables)
    .map(
      ([type, table]) =>
        `WHEN '${type}' THEN (SELECT document ->> '${name}' FROM ${table} WHERE id = t.object_id)`,
    )
    .join(' ')} END AS v`

const mediaType = `SELECT f.document ->> '$.metadata[0].media_type' AS v FROM iconik_format f
  WHERE t.object_type = 'assets' AND f.asset_id = t.object_id AND f.status = 'ACTIVE' AND v IS NOT NULL LIMIT 1`
const duration = mediaType.replace('media_type', 'duration_milliseconds')

const special: Readonly<Record<string, string>> = {
  status: `SELECT CASE WHEN t.is_queued = 1 THEN 'DELETED'
    WHEN t.object_type = 'collections' THEN (SELECT status FROM iconik_collection WHERE id = t.object_id) ELSE 'ACTIVE' END AS v`,
  media_type: mediaType,
  duration_milliseconds: duration,
  'files.storage_id': 'SELECT storage_id AS v FROM iconik_file WHERE asset_id = t.object_id',
  'files.name': "SELECT document ->> 'name' AS v FROM iconik_file WHERE asset_id = t.object_id",
  person_ids: 'SELECT person_id AS v FROM iconik_appearance WHERE asset_id = t.object_id',
  in_collections:
    'SELECT collection_id AS v FROM iconik_content c WHERE c.object_id = t.object_id AND c.object_type = t.object_type',
  ancestor_collections: `WITH RECURSIVE above(id) AS (SELECT collection_id FROM iconik_content c
      WHERE c.object_id = t.object_id AND c.object_type = t.object_type
    UNION SELECT c.collection_id FROM iconik_content c JOIN above
      ON c.object_type = 'collections' AND c.object_id = above.id) SELECT id AS v FROM above`,
}

/** Fails with 400 for a field that nothing is known of. */
export function valuesOfField(name: string, userId: string): FieldValues {
  const own = Object.hasOwn(ownColumns, name) ? ownColumns[name] : undefined
  if (own !== undefined) return { sql: `SELECT t.${own} AS v`, values: [] }
  const known = Object.hasOwn(special, name) ? special[name] : undefined
  if (known !== undefined) return { sql: known, values: [] }
  if (name === 'date_viewed') {
    return {
      sql: 'SELECT date_viewed AS v FROM iconik_viewed WHERE user_id = ? AND asset_id = t.object_id',
      values: [userId],
    }
  }
  if (name === 'favoured') {
    return {
      sql: `SELECT EXISTS (SELECT 1 FROM iconik_favourite f WHERE f.user_id = ? AND f.object_type = t.object_type
        AND f.object_id = t.object_id) AS v`,
      values: [userId],
    }
  }
  if (assetColumns.includes(name)) {
    const other = inDocument(name).slice('SELECT '.length, -' AS v'.length)
    return {
      sql: `SELECT CASE t.object_type WHEN 'assets'
        THEN (SELECT a.${name} FROM iconik_asset a INDEXED BY iconik_asset_facets WHERE a.id = t.object_id)
        ELSE ${other} END AS v`,
      values: [],
    }
  }
  if (documentFields.includes(name)) return { sql: inDocument(name), values: [] }
  const field = /^metadata\.([\w.-]{1,100})$/.exec(name)?.[1]
  if (field !== undefined) {
    return {
      sql: `SELECT e.value ->> 'value' AS v FROM iconik_metadata m, json_each(m.document, ?) e
        WHERE m.object_type = t.object_type AND m.object_id = t.object_id AND m.version_id = ''`,
      values: [`$.values."${field}".field_values`],
    }
  }
  throw IconikError.badRequest({ [name]: 'Cannot be searched by' })
}

/** One value of a field, to sort and count by. */
export function scalarOf(name: string, userId: string): FieldValues {
  const { sql, values } = valuesOfField(name, userId)
  const own = /^SELECT (t\.\w+) AS v$/.exec(sql)?.[1]
  return own === undefined ? { sql: `(SELECT v FROM (${sql}) LIMIT 1)`, values } : { sql: own, values }
}

/** `true` and `false` are 1 and 0 to SQLite; dates come in any ISO form. */
const plain = (value: string) => (value === 'true' ? '1' : value === 'false' ? '0' : value)
function bound(name: string, value: string): Value {
  if (name.startsWith('date_') && !Number.isNaN(timeOf(value))) return isoOf(timeOf(value))
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

function conditionOfTerm(term: Term, userId: string): Condition {
  const { sql, values } = valuesOfField(term.name, userId)
  const own = /^SELECT (t\.\w+) AS v$/.exec(sql)?.[1]
  const any = (test: string, ...tested: Value[]): Condition =>
    own === undefined
      ? where(`EXISTS (SELECT 1 FROM (${sql}) WHERE ${test})`, ...values, ...tested)
      : where(test.replaceAll(/\bv\b/g, own), ...tested)
  if (term.exists === true || term.missing === false) return any('v IS NOT NULL')
  if (term.missing === true || term.exists === false) {
    const { sql: found, values: tested } = any('v IS NOT NULL')
    return where(`NOT (${found})`, ...tested)
  }
  const wanted = [...(term.value === undefined ? [] : [term.value]), ...(term.value_in ?? [])]
  if (wanted.length > 0) {
    return any('CAST(v AS TEXT) IN (SELECT value FROM json_each(?))', JSON.stringify(wanted.map(plain)))
  }
  const { min, max } = term.range ?? {}
  if (min === undefined && max === undefined)
    throw IconikError.badRequest({ [term.name]: 'Says nothing to look for' })
  const cast = (value: Value) => (typeof value === 'number' ? 'CAST(v AS REAL)' : 'v')
  const sides = [
    ...(min === undefined ? [] : [{ value: bound(term.name, min), sign: '>=' }]),
    ...(max === undefined ? [] : [{ value: bound(term.name, max), sign: '<=' }]),
  ]
  const test = sides.map(({ value, sign }) => `${cast(value)} ${sign} ?`).join(' AND ')
  return any(test, ...sides.map(({ value }) => value))
}

/** The condition that rows of the index meet. Fails with 400 for fields that cannot be searched by. */
export function conditionOfFilter(filter: Filter, userId: string): Condition | undefined {
  const parts = [
    ...(filter.terms ?? []).map((term) => conditionOfTerm(term, userId)),
    ...(filter.filters ?? []).flatMap((inner) => conditionOfFilter(inner, userId) ?? []),
  ]
  if (parts.length === 0) return undefined
  const operator = filter.operator.toUpperCase()
  const sql = parts.map((part) => `(${part.sql})`).join(operator === 'AND' ? ' AND ' : ' OR ')
  return where(operator === 'NOT' ? `NOT (${sql})` : sql, ...parts.flatMap(({ values }) => values))
}
