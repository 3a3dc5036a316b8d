import { currentVersion, versionOf } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { IconikError } from '../iconikError.ts'
import { checkVersion } from '../shares/guest.ts'
import type { Subject } from './approvalRows.ts'

/** What a type and id mean, by its newest version or the one named. Fails with 400, 403 and 404. */
export function subjectOf(call: Call, type: string, id: string, versionId?: string): Subject {
  if (type === 'assets') {
    const version =
      versionId === undefined ? currentVersion(call.rows, id) : versionOf(call.rows, id, versionId)
    checkVersion(call, version.id)
    return { object_type: 'assets', object_id: id, version_id: version.id }
  }
  if (type === 'collections' && versionId === undefined) {
    return { object_type: 'collections', object_id: collections.get(call.rows, id).id, version_id: '' }
  }
  throw IconikError.badRequest({ object_type: `${type} cannot be approved` })
}

/** What the path names. */
export function subjectOfPath(call: Call, hasVersion = false): Subject {
  const version = hasVersion ? call.param('version_id') : undefined
  return subjectOf(call, call.param('object_type'), call.param('object_id'), version)
}

/** The assets anywhere below a collection, each once. */
export function assetsBelow(call: Call, collectionId: string): string[] {
  const rows = call.rows.all(
    `WITH RECURSIVE below(id) AS (
       SELECT ?
       UNION SELECT c.object_id FROM iconik_content c JOIN below ON c.collection_id = below.id
         WHERE c.object_type = 'collections' AND c.is_queued = 0)
     SELECT DISTINCT c.object_id AS id FROM iconik_content c JOIN below ON c.collection_id = below.id
       WHERE c.object_type = 'assets' AND c.is_queued = 0`,
    collectionId,
  )
  return rows.map(({ id }) => String(id))
}
