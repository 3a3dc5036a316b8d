import { z } from 'zod'
import type { SqlRows, Value } from '../../sqlRows.ts'
import { descendantIds } from './tree.ts'

interface Counted {
  /** Leaves out what lies in the trash. */
  readonly onlyActive: boolean
  readonly withSubcollections: boolean
  /** Counts files of formats with this name only. */
  readonly formatName: string | undefined
}

const totalRow = z.object({
  storage_id: z.string().nullable(),
  assets_count: z.number(),
  file_count: z.number(),
  total_size: z.number(),
  total_duration_milliseconds: z.number(),
})

/** The assets below a collection, each once, as `a(id)`; takes the JSON list of collections and the trash bound. */
const assetsBelow = `a(id) AS (SELECT DISTINCT object_id FROM iconik_content
  WHERE collection_id IN (SELECT value FROM json_each(?)) AND object_type = 'assets' AND is_queued <= ?)`

const whereOf = (
  rows: SqlRows,
  id: string,
  { onlyActive, withSubcollections }: Counted,
): [string, number] => [
  JSON.stringify(withSubcollections ? descendantIds(rows, id) : [id]),
  onlyActive ? 0 : 1,
]

const formatOf = (formatName: string | undefined): { sql: string; values: Value[] } =>
  formatName === undefined
    ? { sql: '', values: [] }
    : { sql: 'AND f.format_id IN (SELECT id FROM iconik_format WHERE name = ?)', values: [formatName] }

/** Bytes of the files below a collection. */
export function sizeOf(rows: SqlRows, id: string, counted: Counted): number {
  const format = formatOf(counted.formatName)
  const row = rows.get(
    `WITH ${assetsBelow} SELECT coalesce(sum(f.size), 0) AS size FROM a JOIN iconik_file f ON f.asset_id = a.id ${format.sql}`,
    ...whereOf(rows, id, counted),
    ...format.values,
  )
  return Number(row?.['size'])
}

/** Milliseconds of an asset's media, by what its formats say of it. */
const durationSql = `SELECT max(CAST(document ->> '$.metadata[0].duration_milliseconds' AS INTEGER))
  FROM iconik_format WHERE asset_id = a.id`

/** What lies below a collection: assets, collections, bytes and milliseconds of media, by storage as well. */
export function totalsOf(rows: SqlRows, id: string, counted: Counted) {
  const [ids, queued] = whereOf(rows, id, counted)
  const format = formatOf(counted.formatName)
  const totals = rows.get(
    `WITH ${assetsBelow} SELECT count(*) AS assets, coalesce(sum((${durationSql})), 0) AS duration FROM a`,
    ids,
    queued,
  )
  const collections = rows.get(
    `SELECT count(DISTINCT object_id) AS count FROM iconik_content
      WHERE collection_id IN (SELECT value FROM json_each(?)) AND object_type = 'collections' AND is_queued <= ?`,
    ids,
    queued,
  )
  const storages = rows.all(
    `WITH ${assetsBelow}, s AS (SELECT a.id, f.storage_id, count(*) AS files, sum(f.size) AS bytes
         FROM a JOIN iconik_file f ON f.asset_id = a.id ${format.sql} GROUP BY a.id, f.storage_id)
       SELECT storage_id, count(*) AS assets_count, sum(files) AS file_count, coalesce(sum(bytes), 0) AS total_size,
         coalesce(sum((${durationSql.replace('a.id', 's.id')})), 0) AS total_duration_milliseconds
       FROM s GROUP BY storage_id ORDER BY storage_id`,
    ids,
    queued,
    ...format.values,
  )
  return {
    assets_count: Number(totals?.['assets']),
    collections_count: Number(collections?.['count']),
    total_duration_milliseconds: Number(totals?.['duration']),
    total_size: sizeOf(rows, id, counted),
    storage_info: storages.map((row) => {
      const { storage_id, ...shown } = totalRow.parse(row)
      return { ...shown, ...(storage_id !== null && { storage_id }) }
    }),
  }
}
