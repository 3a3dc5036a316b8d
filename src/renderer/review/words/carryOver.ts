import type { ClipTiming } from '../../../shared/clipTiming.ts'
import { frameStartSeconds, secondsToFrame } from '../../../shared/frameTime.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { Comment, CommentSpan } from '../../../shared/review.ts'
import { sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import { createComment } from '../commentCalls.ts'

/**
 * The same stretch of another version: the same frames, or, at another rate, the frames at the same time; never past the
 * end of a clip that is shorter. The service's own time was of the other version and is left behind.
 */
export function spanOn(span: CommentSpan | null, timing: ClipTiming | null): CommentSpan | null {
  if (span === null) return null
  const { startFrame, endFrame, rate } = span
  if (timing === null) return { startFrame, endFrame, rate }
  const isSame = rate.numerator * timing.rate.denominator === timing.rate.numerator * rate.denominator
  const to = (frame: number) => {
    const there = isSame ? frame : secondsToFrame(frameStartSeconds(frame, rate), timing.rate)
    return Math.max(0, Math.min(timing.frameCount - 1, there))
  }
  return { startFrame: to(startFrame), endFrame: to(endFrame), rate: timing.rate }
}

/** Says the same of another version: words, place, drawing, colour, and for whom it is. Says how many it was. */
export async function carryOver(
  comments: readonly Comment[],
  versionId: VersionId,
  timing: ClipTiming | null,
): Promise<void> {
  let carried = 0
  for (const { text: words, span, drawing, isInternal, colour, kind, track } of comments) {
    const isKept = await createComment({
      ...{ versionId, text: words, span: spanOn(span, timing), isInternal, colour, kind, track },
      drawing: [...drawing],
    })
    if (!isKept) break
    carried += 1
  }
  if (carried > 0) sayWords(text.remark.carried(carried))
}
