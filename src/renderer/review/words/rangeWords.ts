import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import { framesPerTimecodeSecond } from '../../../shared/frameRate.ts'
import type { CommentSpan } from '../../../shared/review.ts'

/** A range in the room of a chip: only the part of the labels that differs in a clip of this length. */
export function rangeWords(span: Pick<CommentSpan, 'startFrame' | 'endFrame'>, timing: ClipTiming): string {
  const isShort = timing.frameCount < 60 * framesPerTimecodeSecond(timing.rate)
  const short = (frame: number) => formatClipFrame(frame, timing).slice(isShort ? -5 : -8)
  return `${short(span.startFrame)} – ${short(span.endFrame)}`
}
