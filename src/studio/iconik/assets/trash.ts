import { type SqlRows, where } from '../../sqlRows.ts'
import { checkPermission } from '../acls/aclRows.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { removeDroppedObjects } from '../media/droppedObjects.ts'
import { assets } from './assetRows.ts'
import { noteHistory } from './history.ts'

/** Puts assets into the trash. One that lies there already stays as it is. Fails with 404 when one is missing. */
export function trashAssets(call: Call, ids: readonly string[]): void {
  const { rows, viewer, date } = call
  checkPermission(call, 'delete', 'assets', ids)
  rows.transaction(() => {
    for (const id of ids) {
      const asset = assets.get(rows, id)
      if (asset.status === 'DELETED') continue
      assets.save(rows, {
        ...asset,
        ...{ status: 'DELETED', date_deleted: date, deleted_by_user: viewer.userId, date_modified: date },
      })
      noteHistory(call, { assetId: id, operation: 'DELETE' })
    }
  })
}

/** Takes assets out of the trash; others stay as they are. Fails with 404 when one is missing. */
export function restoreAssets(call: Call, ids: readonly string[]): void {
  const { rows, date } = call
  checkPermission(call, 'delete', 'assets', ids)
  rows.transaction(() => {
    for (const id of ids) {
      const { date_deleted, deleted_by_user, ...asset } = assets.get(rows, id)
      if (asset.status !== 'DELETED') continue
      assets.save(rows, { ...asset, status: 'ACTIVE', date_modified: date })
      noteHistory(call, { assetId: id, operation: 'RESTORE' })
    }
  })
}

/** Removes assets for good, with their media. Fails with 404 when one is missing, and removes none then. */
export async function purgeAssets(call: Call, ids: readonly string[]): Promise<void> {
  const { rows, api } = call
  checkPermission(call, 'delete', 'assets', ids)
  rows.transaction(() => {
    for (const id of ids) assets.remove(rows, id)
  })
  await removeDroppedObjects({ rows, store: api.store })
}

/** Fails with 400 when one of the ids is not in the trash, as only what was trashed first may be purged. */
export function checkTrashed(rows: SqlRows, table: string, ids: readonly string[]): void {
  const trashed = rows.count(table, [
    where('is_queued = 1'),
    where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)),
  ])
  if (trashed !== ids.length) throw IconikError.badRequest('Only objects in the delete queue can be purged')
}

export const trashedIds = (rows: SqlRows, table: string): string[] =>
  rows.all(`SELECT id FROM ${table} WHERE is_queued = 1`).map((row) => String(row['id']))
