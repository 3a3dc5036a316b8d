/** A comment as somebody here has just written it, on frame 10 unless `more` says otherwise. */
import { ulid } from 'ulid'
import { commentIdSchema, versionIdSchema } from '../../src/shared/ids.ts'
import type { Comment } from '../../src/shared/review.ts'

export const rate = { numerator: 25, denominator: 1 }

export function written(text: string, more: Partial<Comment> = {}): Comment {
  const at = Date.now()
  return {
    id: commentIdSchema.parse(ulid()),
    remoteId: null,
    versionId: versionIdSchema.parse(ulid()),
    parentId: null,
    span: { startFrame: 10, endFrame: 10, rate },
    text,
    isResolved: false,
    isInternal: false,
    colour: null,
    drawing: [],
    attachments: [],
    author: { remoteId: null, name: 'Me', isMe: true },
    createdAt: at,
    updatedAt: at,
    isLocalOnly: false,
    pending: null,
    extra: {},
    kind: 'comment',
    track: null,
    ...more,
  }
}
