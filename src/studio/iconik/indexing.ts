import type { Call } from './call.ts'
import { addJob } from './jobs/jobRows.ts'

/** Kinds of objects that a search finds. */
export type IndexedType = 'assets' | 'collections' | 'segments'

const tables: Readonly<Record<IndexedType, string>> = {
  assets: 'iconik_asset',
  collections: 'iconik_collection',
  segments: 'iconik_segment',
}

/**
 * Indexes objects again from what is stored of them, all of the kind when no ids are given, and tells the list of jobs
 * of it. Search documents that were written by hand are lost. Writing an object indexes it as well, so this changes
 * something only after that.
 */
export function reindexed(
  call: Pick<Call, 'rows' | 'viewer' | 'date' | 'api'>,
  type: IndexedType,
  ids?: readonly string[],
): void {
  const table = tables[type]
  const { rows } = call
  rows.transaction(() => {
    if (ids === undefined) rows.run(`UPDATE ${table} SET document = document`)
    else {
      const sql = `UPDATE ${table} SET document = document WHERE id IN (SELECT value FROM json_each(?))`
      rows.run(sql, JSON.stringify(ids))
    }
    addJob(call, { type: 'REINDEX', title: `Reindex ${ids?.length ?? 'all'} ${type}`, objectType: type })
  })
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return []
}

/**
 * Writes the search document of an object by hand: a search finds and shows what it says until the object is indexed
 * again. The object itself stays as it is.
 */
export function writeIndexed(
  { rows }: Pick<Call, 'rows'>,
  type: IndexedType,
  id: string,
  document: Readonly<Record<string, unknown>>,
): void {
  const { title, ...others } = document
  rows.run(
    `UPDATE iconik_indexed SET title = coalesce(?, title), body = ?, shown = ? WHERE object_type = ? AND object_id = ?`,
    typeof title === 'string' ? title : null,
    textsIn([others['external_id'], others['category'], others['description'], others['metadata']]).join(' '),
    JSON.stringify(document),
    type,
    id,
  )
}
