import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { VersionId } from '../../shared/ids.ts'

/** Kept to the minute: what is open is read every few seconds. */
const keptEvery = 60_000

/** When the comments of versions were last read from their service. */
export interface CommentReadings {
  /** Epoch milliseconds, up to a minute early; null: never. */
  at(versionId: VersionId): number | null
  mark(versionId: VersionId, at: number): void
}

export function createCommentReadings(database: Database): CommentReadings {
  const select = database.prepare('SELECT comments_read_at FROM version WHERE id = ?').pluck()
  const update = database.prepare(
    'UPDATE version SET comments_read_at = @at WHERE id = @versionId AND coalesce(comments_read_at, 0) <= @at - @keptEvery',
  )
  const readAt = z.number().nullish()
  return {
    at: (versionId) => readAt.parse(select.get(versionId)) ?? null,
    mark(versionId, at) {
      update.run({ versionId, at, keptEvery })
    },
  }
}
