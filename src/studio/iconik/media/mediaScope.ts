import type { z } from 'zod'
import { type Condition, type Row, where } from '../../sqlRows.ts'
import { currentVersion, versionOf } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import type { Documents } from '../documents.ts'
import { IconikError } from '../iconikError.ts'
import { checkVersion, maySeeVersions } from '../shares/guest.ts'

/** What of the path's asset a list is about: its current version, or all that the viewer may see. Fails with 404. */
export function scopeOf(call: Call, includeAll = false): Condition[] {
  const assetId = call.param('asset_id')
  const { id } = currentVersion(call.rows, assetId)
  const asset = where('asset_id = ?', assetId)
  return includeAll && maySeeVersions(call) ? [asset] : [asset, where('version_id = ?', id)]
}

/** The same for the version that the path names. */
export function scopeOfVersion(call: Call): Condition[] {
  const assetId = call.param('asset_id')
  const { id } = versionOf(call.rows, assetId, call.param('version_id'))
  checkVersion(call, id)
  return [where('asset_id = ?', assetId), where('version_id = ?', id)]
}

/** The version that something new is of. Fails with 404 and 403. */
export function versionFor(call: Call, versionId: string | null | undefined): string {
  const { id } = versionOf(call.rows, call.param('asset_id'), versionId)
  checkVersion(call, id)
  return id
}

/** The row of an object of the path's asset, whatever its version. Fails with 404, and 403 where guests may not look. */
export function rowOf<S extends z.ZodType<{ id: string }>>(
  call: Call,
  documents: Documents<S>,
  id: string,
  what: string,
): Row {
  const row = call.rows.get(`SELECT * FROM ${documents.table} WHERE id = ?`, id)
  if (row === undefined || row['asset_id'] !== call.param('asset_id')) throw IconikError.notFound(what)
  checkVersion(call, String(row['version_id']))
  return row
}
