import type { FrameRate } from './frameRate.ts'

/**
 * Frames and time, for the two edges where time is spoken: the player (seconds) and wire formats (milliseconds).
 * Everything between counts frames. Frame 0 is the first picture of the clip; labels play no part here.
 */

/** Files and browsers round a frame's start to a millisecond, some downwards: this early still means the frame. */
const earlySeconds = 0.001

/** Where to seek so that the player shows `frame`: its middle, safe from rounding at either end. */
export const frameToSeconds = (frame: number, { numerator, denominator }: FrameRate): number =>
  ((frame + 0.5) * denominator) / numerator

/** The moment `frame` begins, for drawing a time line or stamping a packet; to seek, use `frameToSeconds`. */
export const frameStartSeconds = (frame: number, { numerator, denominator }: FrameRate): number =>
  (frame * denominator) / numerator

/** The frame on the screen at `seconds`; a time up to a millisecond before a frame counts as that frame. */
export const secondsToFrame = (seconds: number, { numerator, denominator }: FrameRate): number =>
  Math.floor(((seconds + earlySeconds) * numerator) / denominator)

/** How many frames a duration holds, to the nearest: files state it rounded either way. */
export const secondsToFrameCount = (seconds: number, { numerator, denominator }: FrameRate): number =>
  Math.round((seconds * numerator) / denominator)

/**
 * The first whole millisecond inside `frame`. A reader who rounds down and one who rounds to the nearest both find
 * the frame again.
 */
export const frameToMilliseconds = (frame: number, { numerator, denominator }: FrameRate): number =>
  Math.ceil((frame * denominator * 1000) / numerator)

/**
 * The frame that a time from a wire format means: the one on the screen then, or the one that starts less than a
 * millisecond later, because others cut off or round a frame's start.
 *
 * `millisecondsToFrame(frameToMilliseconds(frame, rate), rate) === frame` for every frame of a day at every rate
 * that `frameRateSchema` takes.
 */
export const millisecondsToFrame = (milliseconds: number, { numerator, denominator }: FrameRate): number =>
  Math.ceil(((milliseconds + 1) * numerator) / (denominator * 1000)) - 1
