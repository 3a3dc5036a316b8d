import { z } from 'zod'
import type { FrameRange } from './clipTiming.ts'
import type { FrameRate } from './frameRate.ts'
import { frameToMilliseconds, millisecondsToFrame } from './frameTime.ts'
import { type FrameTimes, frameTableOf } from './frameTimes.ts'

/**
 * The part of a clip that is played, as services tell it: whole milliseconds of the media, both of them inside the
 * part. Null is the clip's own end.
 */
export const playedSpanSchema = z
  .object({ startMs: z.number().int().nullable(), endMs: z.number().int().nullable() })
  .readonly()
export type PlayedSpan = z.infer<typeof playedSpanSchema>

/** What of a clip has to be known before its milliseconds are frames. */
export interface Counted {
  readonly frames: number
  readonly rate: FrameRate
  /** Where frames are not equally long. */
  readonly times?: FrameTimes | null | undefined
}

/** The frames on the screen from one moment to the other, both included, inside the clip; null where that is all of it. */
export function rangeOfSpan(
  { startMs, endMs }: PlayedSpan,
  { frames, rate, times }: Counted,
): FrameRange | null {
  const last = frames - 1
  const at = (ms: number) =>
    times ? frameTableOf(times).frameAtMilliseconds(ms) : millisecondsToFrame(ms, rate)
  const inside = (frame: number) => Math.max(0, Math.min(last, frame))
  const startFrame = startMs === null ? 0 : inside(at(startMs))
  const endFrame = endMs === null ? last : Math.max(startFrame, inside(at(endMs)))
  return last < 0 || (startFrame === 0 && endFrame === last) ? null : { startFrame, endFrame }
}

/** The first whole millisecond inside each of the two frames: `rangeOfSpan` finds both again. */
export function spanOfRange(
  { startFrame, endFrame }: FrameRange,
  { rate, times }: Pick<Counted, 'rate' | 'times'>,
): PlayedSpan {
  const at = (frame: number) =>
    times ? frameTableOf(times).startMilliseconds(frame) : frameToMilliseconds(frame, rate)
  return { startMs: at(startFrame), endMs: at(endFrame) }
}
