import { z } from 'zod'
import type { TransferId } from '../../shared/ids.ts'
import { type SourceId, transferIdSchema } from '../../shared/ids.ts'
import { type SqliteDatabase, withStatements } from './database.ts'

/** A picture waiting to be laid beside its object. */
export const pendingThumbnailSchema = z.object({
  transferId: transferIdSchema,
  connectionId: z.string(),
  bucket: z.string(),
  objectKey: z.string(),
  jpeg: z.instanceof(Uint8Array),
})
export type PendingThumbnail = z.infer<typeof pendingThumbnailSchema>

/** Pictures of sources. `undefined`: never asked for; `null`: none can be had. */
export interface ThumbnailStore {
  of(id: SourceId): Uint8Array | null | undefined
  set(id: SourceId, jpeg: Uint8Array | null, now: number): void
  /** Pictures of objects in our own buckets that were not sent yet; canceled transfers have none. */
  pending(limit: number): readonly PendingThumbnail[]
  sent(id: TransferId): void
}

export function createThumbnailStore(database: SqliteDatabase): ThumbnailStore {
  const db = withStatements(database)
  return {
    of(id) {
      const row = db
        .prepare<[string], { jpeg: Uint8Array | null }>('SELECT jpeg FROM thumbnail WHERE source_id = ?')
        .get(id)
      return row === undefined ? undefined : row.jpeg
    },
    set(id, jpeg, now) {
      db.prepare(
        'INSERT OR REPLACE INTO thumbnail(source_id, jpeg, stored_at) SELECT id, ?, ? FROM source WHERE id = ?',
      ).run(jpeg, now, id)
    },
    pending: (limit) =>
      db
        .prepare(
          `SELECT t.id AS transferId, t.connection_id AS connectionId, t.bucket, t.object_key AS objectKey, p.jpeg
           FROM thumbnail p JOIN transfer t ON t.source_id = p.source_id
           WHERE p.jpeg IS NOT NULL AND t.thumbnail_state = 'none' AND t.transport = 's3' AND t.object_state IN ('stored', 'verified')
             AND t.state NOT IN ('canceling', 'canceled') LIMIT ?`,
        )
        .all(limit)
        .map((row) => pendingThumbnailSchema.parse(row)),
    sent(id) {
      db.prepare("UPDATE transfer SET thumbnail_state = 'sent' WHERE id = ?").run(id)
    },
  }
}
