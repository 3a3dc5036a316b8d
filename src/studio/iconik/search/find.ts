import { z } from 'zod'
import { type Condition, joined, type Value, where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { valuesOf } from '../metadata/metadataRows.ts'
import type { Criteria } from './criteria.ts'
import { conditionOfFilter, scalarOf } from './terms.ts'
import { textQuery } from './textQuery.ts'

type Searching = Pick<Call, 'rows' | 'viewer'>

const foundRow = z.object({
  object_type: z.string(),
  object_id: z.string(),
  title: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
  shown: z.string().nullable(),
})
export type Found = z.infer<typeof foundRow>

const bodyFields = ['metadata', 'description', 'external_id', 'category']

/** The columns that words are looked for in. Fails with 400 for a field without words. */
function columnsOf(fields: readonly string[] | undefined): ('title' | 'body')[] {
  if (fields === undefined || fields.length === 0) return ['title', 'body']
  const columns = fields.map((field) => {
    if (field === 'title' || field === 'segment_text') return 'title'
    if (bodyFields.includes(field) || field.startsWith('metadata.')) return 'body'
    throw IconikError.badRequest({ search_fields: `${field} holds no words` })
  })
  return [...new Set(columns)]
}

interface Asked {
  readonly conditions: readonly Condition[]
  /** Rows that hold the words, best first, are joined in when there are any to look for. */
  readonly words: string | undefined
}

/** Fails with 400 for criteria that cannot be followed. */
function asked({ rows, viewer }: Searching, criteria: Criteria): Asked {
  const { doc_types = ['assets', 'collections'], facets_filters = [] } = criteria
  const words = textQuery(criteria.query ?? '', columnsOf(criteria.search_fields))
  const filters = [
    ...(criteria.filter === undefined ? [] : [criteria.filter]),
    ...facets_filters.flatMap(({ name, value_in }) =>
      value_in === undefined ? [] : [{ operator: 'AND', terms: [{ name, value_in }] }],
    ),
  ]
  const [only] = doc_types
  return {
    words: words ?? undefined,
    conditions: [
      doc_types.length === 1 && only !== undefined
        ? where('t.object_type = ?', only)
        : where('t.object_type IN (SELECT value FROM json_each(?))', JSON.stringify(doc_types)),
      where('t.is_queued = 0'),
      ...(words === null ? [where('FALSE')] : []),
      ...filters.flatMap((filter) => conditionOfFilter(filter, viewer.userId) ?? []),
      ...readable(rows, viewer, 't.object_type', 't.object_id'),
    ],
  }
}

const matching = 'iconik_words w CROSS JOIN iconik_indexed t ON t.id = w.rowid'

/** FROM and WHERE of the search, with their values. */
function source({ conditions, words }: Asked): { from: string; clause: string; values: Value[] } {
  const { clause, values } = joined(conditions)
  if (words === undefined) return { from: 'iconik_indexed t', clause, values }
  return { from: matching, clause: `${clause} AND w.iconik_words MATCH ?`, values: [...values, words] }
}

interface Ordering {
  readonly sql: string
  readonly values: readonly Value[]
  readonly isDescending: boolean
}

function orderingsOf(criteria: Criteria, hasWords: boolean, userId: string): Ordering[] {
  const given = (criteria.sort ?? []).filter(({ name }) => hasWords || name !== '_score')
  if (given.length === 0) {
    return hasWords
      ? [{ sql: 'w.rank', values: [], isDescending: false }]
      : [{ sql: 't.date_created', values: [], isDescending: true }]
  }
  return given.map(({ name, order = 'asc' }) => {
    const isDescending = order.toLowerCase() === 'desc'
    // The rank of FTS5 is the better the smaller it is.
    if (name === '_score') return { sql: 'w.rank', values: [], isDescending: !isDescending }
    return { ...scalarOf(name.replace(/\.keyword$/, ''), userId), isDescending }
  })
}

/**
 * Rows that come after one whose sort values are given, as Elasticsearch's `search_after` has it: the values of the
 * sort fields in their order, and the object's id last when equal ones may be met.
 */
function conditionAfter(orderings: readonly Ordering[], after: readonly (Value | boolean)[]): Condition {
  const plain = after.map((value) => (typeof value === 'boolean' ? Number(value) : value))
  const [last] = orderings.slice(-1)
  const keys = [...orderings, { sql: 't.object_id', values: [], isDescending: last?.isDescending === true }]
  const tested = keys.slice(0, plain.length)
  if (plain.length < orderings.length || plain.length > keys.length) {
    throw IconikError.badRequest({ search_after: 'Does not fit the sort' })
  }
  const alternatives = tested.map((key, index) => {
    const equal = tested
      .slice(0, index)
      .map(({ sql, values }, at) => where(`${sql} = ?`, ...values, plain[at] ?? null))
    const beyond = where(`${key.sql} ${key.isDescending ? '<' : '>'} ?`, ...key.values, plain[index] ?? null)
    return [...equal, beyond]
  })
  const sql = alternatives.map((parts) => `(${parts.map((part) => part.sql).join(' AND ')})`).join(' OR ')
  return where(sql, ...alternatives.flat().flatMap(({ values }) => values))
}

export function countFound(call: Searching, criteria: Criteria): number {
  const { from, clause, values } = source(asked(call, criteria))
  return Number(call.rows.get(`SELECT count(*) AS n FROM ${from} ${clause}`, ...values)?.['n'])
}

/** What is found, in order. Fails with 400 for criteria that cannot be followed. */
export function find(call: Searching, criteria: Criteria, limit: number, offset: number): Found[] {
  const search = asked(call, criteria)
  const orderings = orderingsOf(criteria, search.words !== undefined, call.viewer.userId)
  const after = criteria.search_after
  const conditions =
    after === undefined ? search.conditions : [...search.conditions, conditionAfter(orderings, after)]
  const { from, clause, values } = source({ ...search, conditions })
  const by = orderings.map(({ sql, isDescending }) => `${sql} ${isDescending ? 'DESC' : 'ASC'}`)
  const tie = `t.object_id ${orderings.at(-1)?.isDescending === true ? 'DESC' : 'ASC'}`
  return call.rows
    .all(
      `SELECT t.object_type, t.object_id, t.title, t.date_created, t.date_modified, t.shown FROM ${from} ${clause}
         ORDER BY ${[...by, tie].join(', ')} LIMIT ? OFFSET ?`,
      ...values,
      ...orderings.flatMap((ordering) => ordering.values),
      limit,
      offset,
    )
    .map((row) => foundRow.parse(row))
}

const maxBuckets = 200

/** How often each value of the wanted fields is among what was found, the most frequent first. */
export function facetsOf(call: Searching, criteria: Criteria) {
  const { from, clause, values } = source(asked(call, criteria))
  const facets = (criteria.facets ?? []).map((name) => {
    const scalar = scalarOf(name, call.viewer.userId)
    const rows = call.rows.all(
      `SELECT key, count(*) AS doc_count FROM (SELECT ${scalar.sql} AS key FROM ${from} ${clause})
        WHERE key IS NOT NULL GROUP BY key ORDER BY doc_count DESC, key LIMIT ${maxBuckets}`,
      ...scalar.values,
      ...values,
    )
    return [name, { buckets: rows.map(({ key, doc_count }) => ({ key, doc_count })) }] as const
  })
  return Object.fromEntries(facets)
}

/** What there is to say of a segment, which has no metadata of its own in the index. */
const segmentSql = `SELECT id, document ->> 'asset_id' AS asset_id, document ->> 'version_id' AS version_id,
  document ->> 'segment_type' AS segment_type, document ->> 'time_start_milliseconds' AS time_start_milliseconds,
  document ->> 'time_end_milliseconds' AS time_end_milliseconds
  FROM iconik_segment WHERE id IN (SELECT value FROM json_each(?))`

/** What answers show of what was found: no more than the service's own file knows of. */
export function shownFound({ rows }: Searching, found: readonly Found[], criteria: Criteria) {
  const idsOf = (type: string) =>
    found.filter(({ object_type }) => object_type === type).map((one) => one.object_id)
  const metadata = new Map<string, object>([
    ...valuesOf(rows, 'assets', idsOf('assets')),
    ...valuesOf(rows, 'collections', idsOf('collections')),
    ...rows
      .all(segmentSql, JSON.stringify(idsOf('segments')))
      .map(({ id, ...row }) => [String(id), row] as const),
  ])
  const { include_fields, exclude_fields = [] } = criteria
  const isWanted = (name: string) =>
    (include_fields?.includes(name) ?? true) && !exclude_fields.includes(name)
  return found.map(({ object_type, object_id: id, title, date_created, date_modified, shown }) => {
    const byHand = shown === null ? {} : (JSON.parse(shown) as { metadata?: object; description?: string })
    return {
      ...{ id, object_type, title },
      ...(isWanted('date_created') && { date_created }),
      ...(isWanted('date_modified') && { date_modified }),
      ...(isWanted('metadata') && { metadata: byHand.metadata ?? metadata.get(id) ?? {} }),
      ...(isWanted('description') && byHand.description !== undefined && { description: byHand.description }),
    }
  })
}
