import { z } from 'zod'
import { frameRangeSchema } from './clipTiming.ts'
import { commentIdSchema, versionIdSchema } from './ids.ts'
import { commentDraftSchema } from './review.ts'

const { colour, isInternal, drawing } = commentDraftSchema.shape
const words = z.string().max(10_000)

/** What somebody began to write and did not send: comments about versions, answers and changes of comments. The oldest first. */
export const keptDraftsSchema = z.object({
  versions: z
    .array(
      z.object({
        ...{ versionId: versionIdSchema, words, colour, isInternal },
        isWhole: z.boolean(),
        /** Where its words stood. */
        at: frameRangeSchema.nullable(),
        shapes: drawing,
        /** The frames that the shapes are for, and the one they were drawn on. */
        on: z.object({ frame: z.number().int().nonnegative(), range: frameRangeSchema }).nullable(),
      }),
    )
    .max(100),
  small: z
    .array(
      z.object({
        kind: z.enum(['reply', 'edit']),
        ...{ commentId: commentIdSchema, versionId: versionIdSchema, words, colour },
        isOpen: z.boolean(),
      }),
    )
    .max(300),
})
export type KeptDrafts = z.infer<typeof keptDraftsSchema>

/** The contract's calls about what was begun. */
export const draftCalls = {
  /** What an earlier run kept, without what is about a version that is gone. */
  'drafts.read': { input: z.void(), output: keptDraftsSchema },
  /** Takes the place of what was kept before. */
  'drafts.keep': { input: keptDraftsSchema, output: z.void() },
}
