import { z } from 'zod'
import { failureSchema } from './errors.ts'
import { frameRateSchema } from './frameRate.ts'
import { commentIdSchema, versionIdSchema } from './ids.ts'

/** A point on the picture: 0..1 from its left and top edge, whatever size it is shown at. */
export const pointSchema = z.object({
  x: z.number().min(-1).max(2),
  y: z.number().min(-1).max(2),
  pressure: z.number().min(0).max(1).optional(),
})

/** Provider fields we do not know. Kept and sent back as they came. */
export const extraSchema = z.record(z.string(), z.json())

export const drawingShapeSchema = z.object({
  id: z.string().min(1).max(64),
  tool: z.enum(['pen', 'line', 'arrow', 'rectangle', 'ellipse', 'text']),
  points: z.array(pointSchema).min(1).max(20_000),
  /** `#rrggbb`. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** As a share of the picture's width. */
  strokeWidth: z.number().positive().max(1),
  opacity: z.number().min(0).max(1).default(1),
  text: z.string().max(2000).optional(),
  extra: extraSchema.optional(),
})
export type DrawingShape = z.infer<typeof drawingShapeSchema>

export const attachmentSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  mediaType: z.string().nullable(),
  bytes: z.number().int().nonnegative().nullable(),
})

export const authorSchema = z.object({
  remoteId: z.string().nullable(),
  name: z.string(),
  /** Written by the user of this app. */
  isMe: z.boolean(),
})

/**
 * Where in the media a comment stands: frames from 0 at the version's rate, both ends inclusive.
 * `remoteTime` is the service's own value (text of a number, or whatever it sent): it is written back untouched
 * as long as the frames were not changed here, so that opening and saving never moves somebody's note.
 */
export const commentSpanSchema = z
  .object({
    startFrame: z.number().int().nonnegative(),
    endFrame: z.number().int().nonnegative(),
    rate: frameRateSchema,
    remoteTime: z.object({ start: z.string(), end: z.string().nullable() }).optional(),
  })
  .refine((span) => span.endFrame >= span.startFrame, { message: 'The end is before the start.' })
export type CommentSpan = z.infer<typeof commentSpanSchema>

/** How far a write has come: not sent, being sent, refused. Null when the service has it, or when it stays local for good. */
export const pendingOperationSchema = z.object({
  kind: z.enum(['create', 'edit', 'remove']),
  state: z.enum(['queued', 'sending', 'failed']),
  failure: failureSchema.nullable(),
})

/** What a remark is. All but `comment` come from services that tell them apart. */
export const commentKindSchema = z.enum([
  'comment',
  'marker',
  'generic',
  'qc',
  'tag',
  'transcription',
  'scene',
  'person',
])
export type CommentKind = z.infer<typeof commentKindSchema>

export const commentSchema = z.object({
  id: commentIdSchema,
  remoteId: z.string().nullable(),
  versionId: versionIdSchema,
  parentId: commentIdSchema.nullable(),
  /** Null for a remark on the whole version. */
  span: commentSpanSchema.nullable(),
  text: z.string(),
  isResolved: z.boolean(),
  isInternal: z.boolean(),
  colour: z.string().nullable(),
  drawing: z.array(drawingShapeSchema),
  attachments: z.array(attachmentSchema),
  author: authorSchema,
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
  /** The back end cannot hold it; it lives on this computer. */
  isLocalOnly: z.boolean(),
  pending: pendingOperationSchema.nullable(),
  extra: extraSchema,
  kind: commentKindSchema.default('comment'),
  /** Name of the lane it stands in on a timeline. */
  track: z.string().max(200).nullable().default(null),
})
export type Comment = z.infer<typeof commentSchema>

/** The service holds more of its drawing than can be shown: connectors keep it under these names. Drawn anew it would be lost. */
export const hidesShapes = ({ extra }: Comment): boolean =>
  extra['drawing'] !== undefined || extra['has_drawing'] === true

/** What the user writes. The author, ids and times are main's. */
export const commentDraftSchema = z.object({
  versionId: versionIdSchema,
  parentId: commentIdSchema.nullable().default(null),
  span: commentSpanSchema.nullable(),
  text: z.string().trim().max(10_000),
  isInternal: z.boolean().default(false),
  colour: z.string().max(32).nullable().default(null),
  drawing: z.array(drawingShapeSchema).max(500).default([]),
  kind: commentKindSchema.default('comment'),
  track: z.string().max(200).nullable().default(null),
})
export type CommentDraft = z.infer<typeof commentDraftSchema>

export const commentChangeSchema = z.object({
  id: commentIdSchema,
  text: z.string().trim().max(10_000).optional(),
  span: commentSpanSchema.nullable().optional(),
  isResolved: z.boolean().optional(),
  isInternal: z.boolean().optional(),
  colour: z.string().max(32).nullable().optional(),
  drawing: z.array(drawingShapeSchema).max(500).optional(),
  kind: commentKindSchema.optional(),
  track: z.string().max(200).nullable().optional(),
})
export type CommentChange = z.infer<typeof commentChangeSchema>
