import type { SqlRows } from '../sqlRows.ts'
import { IconikError } from './iconikError.ts'
import type { Guest } from './tokens.ts'

/** Names in paths whose objects a guest may only reach inside of the share. */
const objectTypes: Readonly<Record<string, string>> = {
  asset_id: 'assets',
  collection_id: 'collections',
  playlist_id: 'playlists',
  sequence_id: 'sequences',
}

/** Whether an object is one of those named, or lies anywhere below one of them. */
export function isWithin(
  rows: SqlRows,
  objectType: string,
  objectId: string,
  scope: Guest['scope'],
): boolean {
  if (scope.some((entry) => entry.object_type === objectType && entry.object_id === objectId)) return true
  const collections = scope.filter(({ object_type }) => object_type === 'collections')
  if (collections.length > 0 && (objectType === 'assets' || objectType === 'collections')) {
    const above = rows.all(
      `WITH RECURSIVE above(id) AS (
         SELECT collection_id FROM iconik_content WHERE object_type = ? AND object_id = ?
         UNION SELECT c.collection_id FROM iconik_content c JOIN above ON c.object_type = 'collections' AND c.object_id = above.id)
       SELECT id FROM above`,
      objectType,
      objectId,
    )
    if (collections.some(({ object_id }) => above.some(({ id }) => id === object_id))) return true
  }
  if (objectType !== 'assets') return false
  const playlists = scope.filter(({ object_type }) => object_type === 'playlists')
  return playlists.some(({ object_id }) => {
    const sql =
      "SELECT id FROM iconik_playlist_item WHERE list_id = ? AND object_type = 'assets' AND object_id = ?"
    return rows.get(sql, object_id, objectId) !== undefined
  })
}

/** The objects that a path names. */
export function namedObjects(
  params: Readonly<Record<string, string>>,
): readonly { readonly type: string; readonly id: string }[] {
  const named = Object.entries(params).flatMap(([name, id]) => {
    const type = Object.hasOwn(objectTypes, name) ? objectTypes[name] : undefined
    return type === undefined ? [] : [{ type, id }]
  })
  const { object_type, object_id } = params
  return object_type !== undefined && object_id !== undefined
    ? [...named, { type: object_type, id: object_id }]
    : named
}

/** Fails with 403 when a path names something outside of the guest's share. */
export function checkReach(rows: SqlRows, guest: Guest, params: Readonly<Record<string, string>>): void {
  for (const { type, id } of namedObjects(params)) {
    if (!isWithin(rows, type, id, guest.scope)) throw IconikError.forbidden()
  }
}
