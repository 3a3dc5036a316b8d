import type { FrameRange } from '../../../shared/clipTiming.ts'

/** Where a drawing is: the frame it was drawn on, and the frames that it is for. */
export interface DrawnOn extends FrameRange {
  readonly frame: number
}

/** In and out; null where there is none. */
export interface Marks {
  readonly start: number | null
  readonly end: number | null
}

/** What words at the playhead are about: the marked range where both ends are, else the frame that is shown. */
export const spanAt = (frame: number, { start, end }: Marks): FrameRange =>
  start === null || end === null
    ? { startFrame: frame, endFrame: frame }
    : { startFrame: start, endFrame: end }

/** Null is every frame. */
export const holdsFrame = (range: FrameRange | null, frame: number): boolean =>
  range === null || (range.startFrame <= frame && frame <= range.endFrame)

/** The frames of a drawing: a marked range that its frame lies in, else the frame alone. */
export function drawnOn(frame: number, marks: Marks): DrawnOn {
  const span = spanAt(frame, marks)
  return holdsFrame(span, frame) ? { ...span, frame } : { frame, startFrame: frame, endFrame: frame }
}
