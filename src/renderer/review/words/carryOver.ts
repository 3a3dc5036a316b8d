import { type ClipTiming, frameIn } from '../../../shared/clipTiming.ts'
import { toFailure } from '../../../shared/errors.ts'
import { isSameRate } from '../../../shared/frameRate.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { CommentSpan } from '../../../shared/review.ts'
import { ask } from '../../bridge.ts'
import { say, sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import type { Thread } from '../comments/threads.ts'
import { type Carried, rememberCarried, wasCarried } from './carriedStore.ts'
import { createdWithUndo, roomNow } from './undoStore.ts'

/**
 * The same stretch of another version: the same frames, or, at another rate or where frames are not equally long, those on
 * the screen at the same time; never past the end of a clip that is shorter. The service's own time was of the other
 * version and is left behind.
 * @param from how the version it was said of is counted; null where its media was not read here
 */
export function spanOn(
  span: CommentSpan | null,
  from: ClipTiming | null,
  timing: ClipTiming | null,
): CommentSpan | null {
  if (span === null) return null
  const { startFrame, endFrame, rate } = span
  if (timing === null) return { startFrame, endFrame, rate }
  // Counted before the media was read: at another rate than its own, and by no table.
  const times = from !== null && isSameRate(from.rate, rate) ? from.times : undefined
  const own: ClipTiming = { rate, dropFrame: false, startFrame: 0, frameCount: endFrame + 1, times }
  const to = (frame: number) => Math.max(0, Math.min(timing.frameCount - 1, frameIn(timing, frame, own)))
  return { startFrame: to(startFrame), endFrame: to(endFrame), rate: timing.rate }
}

/**
 * Says the same of a version: words, place, drawing, colour, and for whom it is. The answers stay where they were
 * given, and what was carried there already is not said twice. Says how many it was. The comments stand at that version's
 * frames already, as `spanOn` gives them.
 */
export async function carryOver(threads: readonly Thread[], versionId: VersionId): Promise<void> {
  const wanted = threads.filter(({ comment }) => !wasCarried(comment.id, versionId))
  const here = roomNow()
  let hasAnswers = false
  const carried: Carried[] = []
  for (const { comment, replies } of wanted) {
    const { text: words, span, drawing, isInternal, colour, kind, track } = comment
    const written = { versionId, text: words, span, isInternal, colour, kind, track, drawing: [...drawing] }
    try {
      const { id } = await ask('comments.create', written)
      carried.push({ of: comment.id, to: versionId, made: id })
      hasAnswers ||= replies.length > 0
    } catch (error) {
      say(toFailure(error))
      break
    }
  }
  rememberCarried(carried)
  createdWithUndo(
    carried.map(({ made }) => made),
    versionId,
    here,
  )
  if (carried.length === 0 && wanted.length > 0) return
  sayWords(text.remark.carried(carried.length, hasAnswers))
}
