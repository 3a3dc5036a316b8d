import { z } from 'zod'
import type { Row, SqlRows } from '../../sqlRows.ts'
import { assets } from '../assets/assetRows.ts'
import { shownAssets } from '../assets/showAsset.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { orderOf } from '../page.ts'
import { type Collection, type ContentType, collections } from './collectionRows.ts'
import { shownCollections } from './showCollection.ts'

const contentRow = z.object({
  id: z.number(),
  collection_id: z.string(),
  object_type: z.enum(['assets', 'collections']),
  object_id: z.string(),
  position: z.number().nullable(),
})
export type Content = z.infer<typeof contentRow>
export const parseContent = (row: Row): Content => contentRow.parse(row)

export const contentOrders = {
  ...{ title: 'title', date_created: 'date_created', date_modified: 'date_modified' },
  ...{ object_type: 'object_type', position: 'position' },
} as const

export const isContentType = (type: string): type is ContentType =>
  type === 'assets' || type === 'collections'

/** The kind that a path or a body names. Fails with 400. */
export function contentType(type: string): ContentType {
  if (!isContentType(type)) throw IconikError.badRequest({ object_type: 'Is neither assets nor collections' })
  return type
}

/** Fails with 404. */
export function contentOf(rows: SqlRows, collectionId: string, type: ContentType, objectId: string): Content {
  const sql = 'SELECT * FROM iconik_content WHERE collection_id = ? AND object_type = ? AND object_id = ?'
  const row = rows.get(sql, collectionId, type, objectId)
  if (row === undefined) throw IconikError.notFound('Content object')
  return parseContent(row)
}

/** Whether an object of the kind is there. Fails with 400, as it is a body that names it. */
export function checkObject(rows: SqlRows, type: ContentType, id: string): void {
  const found = type === 'assets' ? assets.find(rows, id) : collections.find(rows, id)
  if (found === undefined) throw IconikError.badRequest({ object_id: 'Does not exist' })
}

/** The fields of a collection that the vendor's row of a content list has; it knows rows of assets only. */
function asContent(shown: ReturnType<typeof shownCollections>[number]) {
  const { id, title, object_type, category, external_id, favoured, keyframes, metadata, in_collections } =
    shown
  return {
    ...{ id, title, object_type, favoured, keyframes, metadata, in_collections },
    ...(category !== undefined && { category }),
    ...(external_id !== undefined && { external_id }),
    ...(shown.custom_keyframe !== undefined && { custom_keyframe: shown.custom_keyframe }),
    ...(shown.custom_poster !== undefined && { custom_poster: shown.custom_poster }),
    ...(shown.status !== 'HIDDEN' && { status: shown.status }),
    ...(shown.position !== undefined && { position: shown.position }),
    ancestor_collections: shown.parents,
    created_by_user: shown.created_by_user,
    ...{ date_created: shown.date_created, date_modified: shown.date_modified },
  }
}

const documentsOf = (rows: SqlRows, table: string, ids: readonly string[]): Row[] =>
  rows.all(`SELECT document FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids))

/** Objects of both kinds in the order of the rows, looked up together. */
export function shownContents(call: Call, contents: readonly Content[], withPositions: boolean) {
  const positions = new Map(
    withPositions
      ? contents.flatMap((one) => (one.position === null ? [] : [[one.object_id, one.position]]))
      : [],
  )
  const idsOf = (type: ContentType) =>
    contents.filter(({ object_type }) => object_type === type).map(({ object_id }) => object_id)
  const foundAssets = documentsOf(call.rows, assets.table, idsOf('assets')).map((row) => assets.parse(row))
  const foundCollections = documentsOf(call.rows, collections.table, idsOf('collections')).map((row) =>
    collections.parse(row),
  )
  const shown = new Map<string, object>([
    ...shownAssets(call, foundAssets, positions).map((asset) => [asset.id, asset] as const),
    ...shownCollections(call, foundCollections, positions).map((one) => [one.id, asContent(one)] as const),
  ])
  return contents.flatMap(({ object_id }) => shown.get(object_id) ?? [])
}

/** Numbers the content of a collection from 0 on in the wanted order: `title,asc`. Fails with 400 for another field. */
export function orderByHand(rows: SqlRows, collection: Collection, sort: string | undefined): void {
  const [by = 'object_type DESC, title ASC'] = [orderOf(sort, contentOrders).join(', ')].filter(
    (text) => text !== '',
  )
  rows.run(
    `UPDATE iconik_content AS c SET position = n.place - 1
       FROM (SELECT id, row_number() OVER (ORDER BY ${by}, id) AS place FROM iconik_content WHERE collection_id = ?) AS n
      WHERE c.id = n.id`,
    collection.id,
  )
}

/** Moves one entry to a place, counted from 0 without it; past the end is the end. */
export function moveContent(rows: SqlRows, { id, collection_id, position }: Content, wanted: number): void {
  const last = rows.count('iconik_content', [{ sql: 'collection_id = ?', values: [collection_id] }]) - 1
  const from = position ?? last
  const to = wanted < 0 ? last : Math.min(wanted, last)
  const [shift, low, high] = to > from ? [-1, from + 1, to] : [1, to, from - 1]
  rows.run(
    'UPDATE iconik_content SET position = position + ? WHERE collection_id = ? AND position BETWEEN ? AND ?',
    ...[shift, collection_id, low, high],
  )
  rows.run('UPDATE iconik_content SET position = ? WHERE id = ?', to, id)
}
