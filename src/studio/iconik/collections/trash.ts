import { type SqlRows, where } from '../../sqlRows.ts'
import { checkPermission } from '../acls/aclRows.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { collections } from './collectionRows.ts'
import { descendantIds } from './tree.ts'

/** Puts collections into the trash; what lies in them stays as it is. Fails with 404 when one is missing. */
export function trashCollections(call: Call, ids: readonly string[]): void {
  const { rows, viewer, date } = call
  checkPermission(call, 'delete', 'collections', ids)
  rows.transaction(() => {
    for (const id of ids) {
      const collection = collections.get(rows, id)
      if (collection.status === 'DELETED') continue
      collections.save(rows, {
        ...collection,
        ...{ status: 'DELETED', date_deleted: date, deleted_by_user: viewer.userId, date_modified: date },
      })
    }
  })
}

/** Takes collections out of the trash; others stay as they are. Fails with 404 when one is missing. */
export function restoreCollections(call: Call, ids: readonly string[]): void {
  const { rows, date } = call
  checkPermission(call, 'delete', 'collections', ids)
  rows.transaction(() => {
    for (const id of ids) {
      const { date_deleted, deleted_by_user, ...collection } = collections.get(rows, id)
      if (collection.status !== 'DELETED') continue
      collections.save(rows, { ...collection, status: 'ACTIVE', date_modified: date })
    }
  })
}

/** Whether anything that is not in the trash itself lies below a collection. */
function holdsActive(rows: SqlRows, id: string): boolean {
  const below = JSON.stringify(descendantIds(rows, id))
  const isBelow = where('is_queued = 0 AND collection_id IN (SELECT value FROM json_each(?))', below)
  return rows.count('iconik_content', [isBelow]) > 0
}

/**
 * Removes collections for good, with the trashed ones below them. Assets are left, filed nowhere.
 * Fails with 404 when one is missing and 403 when one still holds something.
 */
export function purgeCollections(call: Call, ids: readonly string[]): void {
  const { rows } = call
  checkPermission(call, 'delete', 'collections', ids)
  rows.transaction(() => {
    for (const id of ids) {
      collections.get(rows, id)
      if (holdsActive(rows, id)) throw IconikError.forbidden('Collection is not empty')
    }
    for (const id of ids.flatMap((one) => descendantIds(rows, one))) {
      rows.run('DELETE FROM iconik_collection WHERE id = ?', id)
    }
  })
}
