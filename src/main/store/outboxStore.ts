import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Failure } from '../../shared/errors.ts'
import { failureSchema } from '../../shared/errors.ts'
import type { CommentId, ConnectionId, OperationId } from '../../shared/ids.ts'
import { commentIdSchema, connectionIdSchema, operationIdSchema } from '../../shared/ids.ts'

const kindSchema = z.enum(['create', 'edit', 'remove'])
export type OperationKind = z.infer<typeof kindSchema>

const rowSchema = z
  .object({
    id: operationIdSchema,
    connection_id: connectionIdSchema,
    comment_id: commentIdSchema,
    kind: kindSchema,
    state: z.enum(['queued', 'sending', 'failed']),
    attempts: z.number(),
    next_at: z.number(),
    failure: z.string().nullable(),
    batch: operationIdSchema.nullable(),
  })
  .transform((row) => ({
    id: row.id,
    connectionId: row.connection_id,
    commentId: row.comment_id,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    nextAt: row.next_at,
    /** Of the last try. */
    failure: row.failure === null ? null : failureSchema.parse(JSON.parse(row.failure)),
    batch: row.batch,
  }))

/** One write to a review that the service has not confirmed. */
export type Operation = z.output<typeof rowSchema>

export interface OutboxStore {
  add(
    operation: {
      id: OperationId
      connectionId: ConnectionId
      commentId: CommentId
      kind: OperationKind
      /** Writes that were one act go out together. */
      batch?: OperationId
    },
    at: number,
  ): void
  /** The writes of one act that did not fail for good, in order. */
  ofBatch(batch: OperationId): Operation[]
  /** It goes out on its own, in its turn. */
  leaveBatch(id: OperationId): void
  ofComment(commentId: CommentId): Operation[]
  /** The oldest write of the connection that did not fail for good; writes of one connection go out in order. */
  next(connectionId: ConnectionId): Operation | undefined
  setSending(id: OperationId): void
  setWaiting(id: OperationId, nextAt: number, failure: Failure): void
  setFailed(id: OperationId, failure: Failure): void
  /** Comments that the service would not remove; those that only wait for a sign-in are not among them. */
  refusedRemovals(): CommentId[]
  /** Failed writes of a comment go out again. */
  requeue(commentId: CommentId): void
  /** What was refused only because nobody was signed in goes out again. Returns the comments it concerns. */
  requeueSignedOut(connectionId: ConnectionId): CommentId[]
  drop(id: OperationId): void
  /** After a start: what was being sent may or may not have arrived, and is looked at again. */
  recover(): void
  connections(): ConnectionId[]
}

/** In SQL, of a write: it stays until somebody does something. What waits for a sign-in goes out by itself after it. */
export const isRefused = "outbox.state = 'failed' AND outbox.failure ->> '$.code' <> 'auth.expired'"

export function createOutboxStore(database: Database): OutboxStore {
  const columns = 'id, connection_id, comment_id, kind, state, attempts, next_at, failure, batch'
  const insert = database.prepare(
    "INSERT INTO outbox(id, connection_id, comment_id, kind, state, created_at, batch) VALUES(?, ?, ?, ?, 'queued', ?, ?)",
  )
  const selectComment = database.prepare(`SELECT ${columns} FROM outbox WHERE comment_id = ? ORDER BY seq`)
  const selectNext = database.prepare(
    `SELECT ${columns} FROM outbox WHERE connection_id = ? AND state <> 'failed' ORDER BY seq LIMIT 1`,
  )
  const selectBatch = database.prepare(
    `SELECT ${columns} FROM outbox WHERE batch = ? AND state <> 'failed' ORDER BY seq`,
  )
  const leaveBatch = database.prepare("UPDATE outbox SET batch = NULL, state = 'queued' WHERE id = ?")
  const sending = database.prepare(
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?",
  )
  const waiting = database.prepare(
    "UPDATE outbox SET state = 'queued', next_at = ?, failure = ? WHERE id = ?",
  )
  const failed = database.prepare("UPDATE outbox SET state = 'failed', failure = ? WHERE id = ?")
  const selectRefused = database
    .prepare(`SELECT comment_id FROM outbox WHERE kind = 'remove' AND ${isRefused} ORDER BY seq`)
    .pluck()
  const requeue = database.prepare(
    "UPDATE outbox SET state = 'queued', next_at = 0, attempts = 0, failure = NULL WHERE comment_id = ? AND state = 'failed'",
  )
  const requeueSignedOut = database
    .prepare(
      "UPDATE outbox SET state = 'queued', next_at = 0, attempts = 0, failure = NULL WHERE connection_id = ? AND state = 'failed' AND failure ->> '$.code' = 'auth.expired' RETURNING comment_id",
    )
    .pluck()
  const remove = database.prepare('DELETE FROM outbox WHERE id = ?')
  const recover = database.prepare("UPDATE outbox SET state = 'queued' WHERE state = 'sending'")
  const selectConnections = database.prepare('SELECT DISTINCT connection_id FROM outbox').pluck()
  return {
    add(operation, at) {
      const { id, connectionId, commentId, kind, batch } = operation
      insert.run(id, connectionId, commentId, kind, at, batch ?? null)
    },
    ofComment: (commentId) => selectComment.all(commentId).map((row) => rowSchema.parse(row)),
    next(connectionId) {
      const row = selectNext.get(connectionId)
      return row === undefined ? undefined : rowSchema.parse(row)
    },
    ofBatch: (batch) => selectBatch.all(batch).map((row) => rowSchema.parse(row)),
    leaveBatch(id) {
      leaveBatch.run(id)
    },
    setSending(id) {
      sending.run(id)
    },
    setWaiting(id, nextAt, failure) {
      waiting.run(nextAt, JSON.stringify(failure), id)
    },
    setFailed(id, failure) {
      failed.run(JSON.stringify(failure), id)
    },
    refusedRemovals: () => selectRefused.all().map((id) => commentIdSchema.parse(id)),
    requeue(commentId) {
      requeue.run(commentId)
    },
    requeueSignedOut: (connectionId) =>
      requeueSignedOut.all(connectionId).map((id) => commentIdSchema.parse(id)),
    drop(id) {
      remove.run(id)
    },
    recover() {
      recover.run()
    },
    connections: () => selectConnections.all().map((id) => connectionIdSchema.parse(id)),
  }
}
