import { z } from 'zod'
import { approvalRequestSchema, approvalSchema, bulkApprovalSchema, voteSchema } from './approval.ts'
import { clipTimingSchema } from './clipTiming.ts'
import { failureSchema } from './errors.ts'
import { firstNumberSchema, usualFirstNumber } from './frameNumbers.ts'
import { commentIdSchema, versionIdSchema } from './ids.ts'
import { commentChangeSchema, commentDraftSchema, commentKindSchema, commentSchema } from './review.ts'

const nothing = z.void()

/** The contract's calls about what is said of a version: comments and approvals. */
export const reviewCalls = {
  'approvals.get': { input: z.object({ versionId: versionIdSchema }), output: approvalSchema },
  'approvals.request': { input: approvalRequestSchema, output: approvalSchema },
  /** `vote` null takes my own vote back. A note becomes a comment on the whole version. */
  'approvals.vote': {
    input: z.object({
      versionId: versionIdSchema,
      vote: voteSchema.nullable(),
      note: z.string().trim().max(2000).default(''),
    }),
    output: approvalSchema,
  },
  'approvals.withdraw': { input: z.object({ versionId: versionIdSchema }), output: approvalSchema },
  /** The service works on it in its own time; lists are asked again afterwards. */
  'approvals.bulk': { input: bulkApprovalSchema, output: nothing },
  'comments.list': { input: z.object({ versionId: versionIdSchema }), output: z.array(commentSchema) },
  /** Whether the comments of a version were ever read from its service, and how asking for them went the last time. */
  'comments.reading': {
    input: z.object({ versionId: versionIdSchema }),
    output: z.object({
      /** Its service holds none: they are on this computer, and nowhere else. */
      isHere: z.boolean(),
      /** Epoch milliseconds, up to a minute early; null: never. */
      readAt: z.number().int().nullable(),
      /** Why they could not be read the last time; null where they could, or nobody has asked. */
      failure: failureSchema.nullable(),
    }),
  },
  'comments.create': { input: commentDraftSchema, output: commentSchema },
  'comments.change': { input: commentChangeSchema, output: commentSchema },
  'comments.remove': { input: z.object({ id: commentIdSchema }), output: nothing },
  /** One change to many comments of one version, as one act. */
  'comments.changeMany': {
    input: z.object({
      ids: z.array(commentIdSchema).min(1).max(500),
      change: commentChangeSchema.omit({ id: true, span: true, text: true, drawing: true }),
    }),
    output: z.array(commentSchema),
  },
  'comments.removeMany': {
    input: z.object({ ids: z.array(commentIdSchema).min(1).max(500) }),
    output: nothing,
  },
  /** Brings back the removed whose removal the service has not been told of; answers which these were. */
  'comments.takeBack': {
    input: z.object({ ids: z.array(commentIdSchema).min(1).max(500) }),
    output: z.array(commentIdSchema),
  },
  /** What the service refused of a comment is sent again, with what it answers and the answers to it. */
  'comments.retry': { input: z.object({ id: commentIdSchema }), output: nothing },
  /**
   * What the service refused is given up: a comment that never arrived goes with the answers to it, a change makes way
   * for what the service holds, a removal leaves the comment.
   */
  'comments.discard': { input: z.object({ id: commentIdSchema }), output: nothing },
  /**
   * Saved where the user says; false when they changed their mind. For clients nothing internal is in it, whoever writes
   * the document; in a guest's session there is no other. For the team it is the service's own export where it has one.
   */
  'comments.export': {
    input: z.object({
      versionId: versionIdSchema,
      format: z.enum(['csv', 'srt', 'vtt']),
      kinds: z.array(commentKindSchema).max(8).default([]),
      audience: z.enum(['clients', 'team']),
      /** How the frames of the clip are labelled; null where it has none. */
      timing: clipTimingSchema.nullable().default(null),
      /** What its first frame is called. */
      firstNumber: firstNumberSchema.default(usualFirstNumber),
    }),
    output: z.object({ isSaved: z.boolean() }),
  },
  /** The version that is open: its comments and its approval are asked for again and again until another is, or null. */
  'comments.watch': { input: z.object({ versionId: versionIdSchema.nullable() }), output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
