import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { failureSchema } from '../../shared/errors.ts'
import type { CommentId, VersionId } from '../../shared/ids.ts'
import { commentIdSchema, versionIdSchema } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import {
  attachmentSchema,
  authorSchema,
  commentSpanSchema,
  drawingShapeSchema,
  extraSchema,
} from '../../shared/review.ts'

const json = (text: string) => JSON.parse(text) as unknown

const rowSchema = z
  .object({
    id: commentIdSchema,
    version_id: versionIdSchema,
    parent_id: commentIdSchema.nullable(),
    remote_id: z.string().nullable(),
    span: z.string().nullable(),
    text: z.string(),
    is_resolved: z.number(),
    is_internal: z.number(),
    colour: z.string().nullable(),
    drawing: z.string(),
    attachments: z.string(),
    author: z.string(),
    created_at: z.number(),
    updated_at: z.number(),
    is_local_only: z.number(),
    extra: z.string(),
    pending_kind: z.enum(['create', 'edit', 'remove']).nullable(),
    pending_state: z.enum(['queued', 'sending', 'failed']).nullable(),
    pending_failure: z.string().nullable(),
  })
  .transform(
    (row): Comment => ({
      id: row.id,
      versionId: row.version_id,
      parentId: row.parent_id,
      remoteId: row.remote_id,
      span: row.span === null ? null : commentSpanSchema.parse(json(row.span)),
      text: row.text,
      isResolved: row.is_resolved === 1,
      isInternal: row.is_internal === 1,
      colour: row.colour,
      drawing: z.array(drawingShapeSchema).parse(json(row.drawing)),
      attachments: z.array(attachmentSchema).parse(json(row.attachments)),
      author: authorSchema.parse(json(row.author)),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      isLocalOnly: row.is_local_only === 1,
      pending:
        row.pending_kind === null || row.pending_state === null
          ? null
          : {
              kind: row.pending_kind,
              state: row.pending_state,
              failure: row.pending_failure === null ? null : failureSchema.parse(json(row.pending_failure)),
            },
      extra: extraSchema.parse(json(row.extra)),
    }),
  )

export interface CommentStore {
  /** In order of writing; removed ones are left out. */
  ofVersion(versionId: VersionId): Comment[]
  /** Also finds a removed one whose removal the service has not heard of yet. */
  get(id: CommentId): Comment | undefined
  /** Inserts, or replaces what is there under the same id. */
  put(comment: Comment): void
  setRemoteId(id: CommentId, remoteId: string): void
  /** Hides it, and its replies, until the removal has reached the service. */
  hide(id: CommentId): void
  /** Forgets it and its replies. */
  erase(id: CommentId): void
}

export function createCommentStore(database: Database): CommentStore {
  const columns = `comment.id, version_id, parent_id, remote_id, span, text, is_resolved, is_internal, colour, drawing, attachments, author,
    comment.created_at, updated_at, is_local_only, extra, pending.kind AS pending_kind, pending.state AS pending_state, pending.failure AS pending_failure`
  const pending =
    'LEFT JOIN outbox AS pending ON pending.seq = (SELECT min(seq) FROM outbox WHERE comment_id = comment.id)'
  const selectVersion = database.prepare(
    `SELECT ${columns} FROM comment ${pending} WHERE version_id = ? AND is_removed = 0 ORDER BY comment.created_at, comment.id`,
  )
  const selectOne = database.prepare(`SELECT ${columns} FROM comment ${pending} WHERE comment.id = ?`)
  const upsert = database.prepare(
    `INSERT INTO comment(id, version_id, parent_id, remote_id, span, text, is_resolved, is_internal, colour, drawing, attachments, author,
       created_at, updated_at, is_local_only, extra)
     VALUES(@id, @versionId, @parentId, @remoteId, @span, @text, @isResolved, @isInternal, @colour, @drawing, @attachments, @author,
       @createdAt, @updatedAt, @isLocalOnly, @extra)
     ON CONFLICT(id) DO UPDATE SET remote_id = excluded.remote_id, span = excluded.span, text = excluded.text,
       is_resolved = excluded.is_resolved, is_internal = excluded.is_internal, colour = excluded.colour, drawing = excluded.drawing,
       attachments = excluded.attachments, author = excluded.author, updated_at = excluded.updated_at, extra = excluded.extra`,
  )
  const updateRemote = database.prepare('UPDATE comment SET remote_id = ? WHERE id = ?')
  const hide = database.prepare('UPDATE comment SET is_removed = 1 WHERE id = @id OR parent_id = @id')
  const erase = database.prepare('DELETE FROM comment WHERE id = ?')
  return {
    ofVersion: (versionId) => selectVersion.all(versionId).map((row) => rowSchema.parse(row)),
    get(id) {
      const row = selectOne.get(id)
      return row === undefined ? undefined : rowSchema.parse(row)
    },
    put(comment) {
      upsert.run({
        id: comment.id,
        versionId: comment.versionId,
        parentId: comment.parentId,
        remoteId: comment.remoteId,
        span: comment.span === null ? null : JSON.stringify(comment.span),
        text: comment.text,
        isResolved: comment.isResolved ? 1 : 0,
        isInternal: comment.isInternal ? 1 : 0,
        colour: comment.colour,
        drawing: JSON.stringify(comment.drawing),
        attachments: JSON.stringify(comment.attachments),
        author: JSON.stringify(comment.author),
        createdAt: comment.createdAt,
        updatedAt: comment.updatedAt,
        isLocalOnly: comment.isLocalOnly ? 1 : 0,
        extra: JSON.stringify(comment.extra),
      })
    },
    setRemoteId(id, remoteId) {
      updateRemote.run(remoteId, id)
    },
    hide(id) {
      hide.run({ id })
    },
    erase(id) {
      erase.run(id)
    },
  }
}
