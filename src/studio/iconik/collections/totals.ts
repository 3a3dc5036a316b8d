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

const storageRow = z.object({
  storage_id: z.string().nullable(),
  assets_count: z.number(),
  file_count: z.number(),
  total_size: z.number(),
  total_duration_milliseconds: z.number(),
})

interface Below {
  /** The assets below a collection, each once, as `a(id)`. */
  readonly sql: string
  readonly values: readonly Value[]
}

function assetsBelow(rows: SqlRows, id: string, { onlyActive, withSubcollections }: Counted): Below {
  const ids = withSubcollections ? descendantIds(rows, id) : [id]
  const collections = JSON.stringify(ids)
  // In one collection nothing lies twice, and a large one need not be gathered first.
  const distinct = ids.length === 1 ? '' : 'DISTINCT'
  return {
    values: [collections, onlyActive ? 0 : 1],
    sql: `a(id) AS (SELECT ${distinct} object_id FROM iconik_content
      WHERE collection_id IN (SELECT value FROM json_each(?)) AND object_type = 'assets' AND is_queued <= ?)`,
  }
}

/** Milliseconds of an asset's media, by what its formats say of it. */
const durationSql = `(SELECT max(CAST(document ->> '$.metadata[0].duration_milliseconds' AS INTEGER))
  FROM iconik_format WHERE asset_id = a.id)`

/** What lies on each storage. */
function storagesOf(rows: SqlRows, below: Below, formatName: string | undefined) {
  const inFormat =
    formatName === undefined ? '' : 'AND f.format_id IN (SELECT id FROM iconik_format WHERE name = ?)'
  const found = rows.all(
    `WITH ${below.sql}, s AS (SELECT a.id, f.storage_id, count(*) AS files, sum(f.size) AS bytes
         FROM a JOIN iconik_file f ON f.asset_id = a.id ${inFormat} GROUP BY a.id, f.storage_id)
       SELECT storage_id, count(*) AS assets_count, sum(files) AS file_count, coalesce(sum(bytes), 0) AS total_size,
         coalesce(sum(${durationSql}), 0) AS total_duration_milliseconds
       FROM s a GROUP BY storage_id ORDER BY storage_id`,
    ...below.values,
    ...(formatName === undefined ? [] : [formatName]),
  )
  return found.map((row) => storageRow.parse(row))
}

const sizeOnAll = (storages: readonly { readonly total_size: number }[]): number =>
  storages.reduce((sum, { total_size }) => sum + total_size, 0)

/** Bytes of the files below a collection. */
export const sizeOf = (rows: SqlRows, id: string, counted: Counted): number =>
  sizeOnAll(storagesOf(rows, assetsBelow(rows, id, counted), counted.formatName))

/** What lies below a collection: assets, collections, bytes and milliseconds of media, by storage as well. */
export function totalsOf(rows: SqlRows, id: string, counted: Counted) {
  const below = assetsBelow(rows, id, counted)
  const totals = rows.get(
    `WITH ${below.sql} SELECT count(*) AS assets, coalesce(sum(${durationSql}), 0) AS duration FROM a`,
    ...below.values,
  )
  const collections = rows.get(
    `SELECT count(DISTINCT object_id) AS count FROM iconik_content
      WHERE collection_id IN (SELECT value FROM json_each(?)) AND object_type = 'collections' AND is_queued <= ?`,
    ...below.values,
  )
  const storages = storagesOf(rows, below, counted.formatName)
  return {
    assets_count: Number(totals?.['assets']),
    collections_count: Number(collections?.['count']),
    total_duration_milliseconds: Number(totals?.['duration']),
    total_size: sizeOnAll(storages),
    storage_info: storages.map(({ storage_id, ...shown }) => ({
      ...shown,
      ...(storage_id !== null && { storage_id }),
    })),
  }
}
