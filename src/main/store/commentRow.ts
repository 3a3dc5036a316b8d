import { z } from 'zod'
import { failureSchema } from '../../shared/errors.ts'
import { commentIdSchema, versionIdSchema } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import {
  attachmentSchema,
  authorSchema,
  commentKindSchema,
  commentSpanSchema,
  drawingShapeSchema,
  extraSchema,
} from '../../shared/review.ts'

const json = (text: string) => JSON.parse(text) as unknown

/** A comment with the oldest write of it that the service has not confirmed. */
export const commentRowSchema = z
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
    kind: commentKindSchema,
    track: z.string().nullable(),
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
      kind: row.kind,
      track: row.track,
    }),
  )

/** What of a comment a service may change: every column but its own id, its version and what belongs to this computer. */
export const contentColumns = [
  'parent_id',
  'remote_id',
  'span',
  'text',
  'is_resolved',
  'is_internal',
  'colour',
  'drawing',
  'attachments',
  'author',
  'created_at',
  'updated_at',
  'extra',
  'kind',
  'track',
] as const
export type ContentColumn = (typeof contentColumns)[number]
export type ContentRow = Readonly<Record<ContentColumn, string | number | null>>

/** Each field in one writing, so that two comments are equal exactly when their columns are. */
export function contentOf(comment: Comment): ContentRow {
  const { span, author } = comment
  return {
    parent_id: comment.parentId,
    remote_id: comment.remoteId,
    span: span === null ? null : JSON.stringify(spanOf(span)),
    text: comment.text,
    is_resolved: comment.isResolved ? 1 : 0,
    is_internal: comment.isInternal ? 1 : 0,
    colour: comment.colour,
    drawing: JSON.stringify(comment.drawing),
    attachments: JSON.stringify(comment.attachments),
    author: JSON.stringify({ remoteId: author.remoteId, name: author.name, isMe: author.isMe }),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    extra: JSON.stringify(comment.extra),
    kind: comment.kind,
    track: comment.track,
  }
}

function spanOf({ startFrame, endFrame, rate, remoteTime }: NonNullable<Comment['span']>) {
  const { numerator, denominator } = rate
  return {
    startFrame,
    endFrame,
    rate: { numerator, denominator },
    ...(remoteTime === undefined ? {} : { remoteTime: { start: remoteTime.start, end: remoteTime.end } }),
  }
}
