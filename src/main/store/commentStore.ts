import type { Database } from 'better-sqlite3'
import type { CommentId, VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { commentRowSchema, contentColumns, contentOf } from './commentRow.ts'
import { isRefused } from './outboxStore.ts'

export interface CommentStore {
  /** In order of writing; removed ones are left out. */
  ofVersion(versionId: VersionId): Comment[]
  /** Also finds a removed one whose removal the service has not heard of yet. */
  get(id: CommentId): Comment | undefined
  /** Inserts, or replaces what is there under the same id. */
  put(comment: Comment): void
  /** The service has it under this id; what a list brought in under the same id becomes this one. */
  setRemoteId(id: CommentId, remoteId: string): void
  /** Hides it, and its replies, until the removal has reached the service. */
  hide(id: CommentId): void
  /** There again unless what it answers is not, with its replies but those whose own removal is on its way. */
  show(id: CommentId): void
  /** Forgets it and its replies. */
  erase(id: CommentId): void
}

export function createCommentStore(database: Database): CommentStore {
  const columns = `comment.id, version_id, parent_id, remote_id, span, text, is_resolved, is_internal, colour, drawing, attachments, author,
    comment.created_at, updated_at, is_local_only, extra, comment.kind, track, pending.kind AS pending_kind, pending.state AS pending_state, pending.failure AS pending_failure`
  const pending =
    "LEFT JOIN outbox AS pending ON pending.seq = (SELECT seq FROM outbox WHERE comment_id = comment.id ORDER BY kind <> 'remove', seq LIMIT 1)"
  const selectVersion = database.prepare(
    `SELECT ${columns} FROM comment ${pending} WHERE version_id = ? AND is_removed = 0 ORDER BY comment.created_at, comment.id`,
  )
  const selectOne = database.prepare(`SELECT ${columns} FROM comment ${pending} WHERE comment.id = ?`)
  const upsert = database.prepare(
    `INSERT INTO comment(id, version_id, is_local_only, ${contentColumns.join(', ')})
     VALUES(@id, @versionId, @isLocalOnly, ${contentColumns.map((column) => `@${column}`).join(', ')})
     ON CONFLICT(id) DO UPDATE SET ${contentColumns
       .filter((column) => column !== 'parent_id' && column !== 'created_at')
       .map((column) => `${column} = excluded.${column}`)
       .join(', ')}`,
  )
  // A list may have brought it in as somebody's comment before the answer to our own write came.
  const adoptReplies = database.prepare(
    `UPDATE comment SET parent_id = @id WHERE parent_id = (SELECT other.id FROM comment AS other, comment AS own
       WHERE own.id = @id AND other.version_id = own.version_id AND other.remote_id = @remoteId AND other.id <> own.id)`,
  )
  const eraseTwin = database.prepare(
    `DELETE FROM comment WHERE remote_id = @remoteId AND id <> @id AND version_id = (SELECT version_id FROM comment WHERE id = @id)`,
  )
  const updateRemote = database.prepare('UPDATE comment SET remote_id = ? WHERE id = ?')
  const hide = database.prepare('UPDATE comment SET is_removed = 1 WHERE id = @id OR parent_id = @id')
  const show = database.prepare(
    `UPDATE comment SET is_removed = 0 WHERE
       (id = @id AND NOT EXISTS (SELECT 1 FROM comment AS above WHERE above.id = comment.parent_id AND above.is_removed = 1))
       OR (parent_id = @id AND NOT EXISTS
         (SELECT 1 FROM outbox WHERE comment_id = comment.id AND outbox.kind = 'remove' AND NOT (${isRefused})))`,
  )
  const erase = database.prepare('DELETE FROM comment WHERE id = ?')
  const setRemoteId = database.transaction((id: CommentId, remoteId: string) => {
    adoptReplies.run({ id, remoteId })
    eraseTwin.run({ id, remoteId })
    updateRemote.run(remoteId, id)
  })
  return {
    ofVersion: (versionId) => selectVersion.all(versionId).map((row) => commentRowSchema.parse(row)),
    get(id) {
      const row = selectOne.get(id)
      return row === undefined ? undefined : commentRowSchema.parse(row)
    },
    put(comment) {
      upsert.run({
        id: comment.id,
        versionId: comment.versionId,
        isLocalOnly: comment.isLocalOnly ? 1 : 0,
        ...contentOf(comment),
      })
    },
    setRemoteId: (id, remoteId) => setRemoteId.immediate(id, remoteId),
    hide(id) {
      hide.run({ id })
    },
    show(id) {
      show.run({ id })
    },
    erase(id) {
      erase.run(id)
    },
  }
}
