import { z } from 'zod'
import type { Comment } from '../../../shared/review.ts'
import type { VersionRef } from '../powers.ts'
import { calls } from './calls/index.ts'
import { timeOf } from './mappingShared.ts'
import { externalIdOf } from './segmentId.ts'
import type { Session } from './session.ts'
import { id, pageSchema, text } from './wire.ts'

const perPage = 500
const mostPages = 40
/** How far our clock may be ahead of the service's before a segment of ours looks older than its comment. */
const clockSlack = 24 * 3_600_000

const rowsSchema = pageSchema(z.object({ id, external_id: text, date_created: text }))

/**
 * The segment that an earlier attempt made of a comment, when its answer was lost. There is no filter by our key, so
 * the newest ones are looked through as far back as the comment is old.
 */
export async function findOurSegment(
  { call }: Session,
  version: VersionRef,
  comment: Comment,
  signal: AbortSignal,
): Promise<string | undefined> {
  const key = externalIdOf(comment.id, version.remoteId)
  const since = comment.createdAt - clockSlack
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await call(
      calls['assets.listSegments'],
      {
        path: { asset_id: version.assetRemoteId },
        query: {
          version_id: version.remoteId,
          includes: 'id,external_id,date_created',
          sort: 'date_created,desc',
          per_page: perPage,
          page,
        },
        answer: rowsSchema,
      },
      signal,
    )
    const own = answer.objects.find(({ external_id }) => external_id === key)
    if (own !== undefined) return own.id
    const isOld = answer.objects.every(({ date_created }) => timeOf(date_created, since) < since)
    if (isOld || page >= (answer.pages ?? 1)) return undefined
  }
  return undefined
}
