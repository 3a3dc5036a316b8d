import type { SqlRows } from '../../sqlRows.ts'
import { IconikError } from '../iconikError.ts'
import { type Collection, collections } from './collectionRows.ts'

/** Ids of the parents of a collection, the root first. */
export function ancestorIds(rows: SqlRows, id: string): string[] {
  const chain: string[] = []
  let parent = collections.find(rows, id)?.parent_id
  // A loop cannot be made by calls; a bound keeps a broken database from hanging a request.
  while (parent != null && chain.length < 1000) {
    chain.unshift(parent)
    parent = collections.find(rows, parent)?.parent_id
  }
  return chain
}

export const ancestors = (rows: SqlRows, id: string): Collection[] =>
  ancestorIds(rows, id).map((parent) => collections.get(rows, parent))

/** Ids of all collections below one, itself first. */
export const descendantIds = (rows: SqlRows, id: string): string[] =>
  rows
    .all(
      `WITH RECURSIVE below(id) AS (SELECT ? UNION SELECT c.object_id FROM iconik_content c
         JOIN below ON c.collection_id = below.id AND c.object_type = 'collections') SELECT id FROM below`,
      id,
    )
    .map((row) => String(row['id']))

/** Fails with 400 when a collection would come to lie inside of itself. */
export function checkNoLoop(rows: SqlRows, id: string, into: string): void {
  if (descendantIds(rows, id).includes(into)) {
    throw IconikError.badRequest({ parent_id: 'A collection cannot lie inside of itself' })
  }
}

/** Ids of what lies below collections, at any depth and of both kinds; each once, without the collections themselves. */
export function contentBelow(
  rows: SqlRows,
  ids: readonly string[],
): { readonly assets: string[]; readonly collections: string[] } {
  const found = rows.all(
    `WITH RECURSIVE below(id) AS (SELECT value FROM json_each(?) UNION SELECT c.object_id FROM iconik_content c
       JOIN below ON c.collection_id = below.id AND c.object_type = 'collections')
     SELECT DISTINCT object_type, object_id FROM iconik_content JOIN below ON collection_id = below.id`,
    JSON.stringify(ids),
  )
  const of = (type: string) =>
    found.filter((row) => row['object_type'] === type).map((row) => String(row['object_id']))
  return { assets: of('assets'), collections: of('collections').filter((id) => !ids.includes(id)) }
}
