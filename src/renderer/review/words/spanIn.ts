import type { ClipTiming, FrameRange } from '../../../shared/clipTiming.ts'
import type { CommentSpan } from '../../../shared/review.ts'

/** Frames of the clip itself, however far they were marked. */
export const spanIn = (
  { rate, frameCount }: ClipTiming,
  { startFrame, endFrame }: FrameRange,
): CommentSpan => ({ startFrame, endFrame: Math.min(endFrame, frameCount - 1), rate })
