import { z } from 'zod'
import { formatTime, parseTypedTime } from './clockTime.ts'
import { firstNumberSchema, usualFirstNumber } from './frameNumbers.ts'
import { frameRateSchema, isSameRate } from './frameRate.ts'
import { frameStartSeconds, frameToSeconds, secondsToFrame } from './frameTime.ts'
import { type FrameTimes, frameTableOf, frameTimesSchema } from './frameTimes.ts'
import {
  formatTimecode,
  framesPerDay,
  parseTypedTimecode,
  type Timebase,
  timebaseSchema,
} from './timecode.ts'

/** How a clip's frames, counted from 0, are labelled and how many there are. */
export interface ClipTiming extends Timebase {
  /** The label of the clip's first frame, as a frame count from 00:00:00:00. */
  readonly startFrame: number
  readonly frameCount: number
  /** Where each frame starts, where that does not follow from the rate. */
  readonly times?: FrameTimes | undefined
  /** What the clip's first frame is called when frames are counted; 1 where it is missing. */
  readonly firstNumber?: number | undefined
}

/** Frames of different length have no timecode: their labels are times, and only their numbers count. */
export const isVariableClip = ({ times }: ClipTiming): boolean => times !== undefined && times.runs.length > 2

/** Where to seek so that the player shows `frame`: its middle, safe from rounding at either end. */
export const seekSeconds = (frame: number, { rate, times }: ClipTiming): number =>
  times === undefined
    ? frameToSeconds(frame, rate)
    : (frameTableOf(times).startSeconds(frame) + frameTableOf(times).startSeconds(frame + 1)) / 2

/** The moment `frame` begins in the player's time. */
export const startSecondsOf = (frame: number, { rate, times }: ClipTiming): number =>
  times === undefined ? frameStartSeconds(frame, rate) : frameTableOf(times).startSeconds(frame)

/** The frame on the screen at the player's time; a time up to a millisecond before a frame counts as that frame. */
export const frameAtSeconds = (seconds: number, { rate, times }: ClipTiming): number =>
  times === undefined ? secondsToFrame(seconds, rate) : frameTableOf(times).frameAt(seconds)

/**
 * The frame of another clip that belongs to a frame of this one: the same, or, at another rate or where frames are not
 * equally long, the one on the screen at that moment. It may lie past the other clip's end.
 */
export function frameIn(other: ClipTiming, frame: number, own: ClipTiming): number {
  const isEven = !isVariableClip(own) && !isVariableClip(other) && isSameRate(own.rate, other.rate)
  return isEven ? frame : frameAtSeconds(startSecondsOf(frame, own), other)
}

export const clipTimingSchema = z
  .object({
    rate: frameRateSchema,
    dropFrame: z.boolean(),
    startFrame: z.int().nonnegative(),
    frameCount: z.int().positive(),
    times: frameTimesSchema.optional(),
    firstNumber: firstNumberSchema.optional(),
  })
  .readonly()
  .refine((timing) => timebaseSchema.safeParse(timing).success, {
    error: 'drop frame exists at 29.97 and 59.94 only',
  })

/** Frames of a clip counted from 0; the end is part of it, so one frame has the same start and end. */
export interface FrameRange {
  readonly startFrame: number
  readonly endFrame: number
}

export const frameRangeSchema = z
  .object({ startFrame: z.int().nonnegative(), endFrame: z.int().nonnegative() })
  .readonly()
  .refine(({ startFrame, endFrame }) => startFrame <= endFrame, { error: 'ends before it starts' })

export const frameCountOf = ({ startFrame, endFrame }: FrameRange): number => endFrame - startFrame + 1

/** The two frames in order, whichever was marked first. */
export const frameRangeOf = (a: number, b: number): FrameRange => ({
  startFrame: Math.min(a, b),
  endFrame: Math.max(a, b),
})

/** What the labels of a clip of variable rate begin at: the moment its start timecode means. */
const labelledFrom = ({ startFrame, rate }: ClipTiming): number => frameStartSeconds(startFrame, rate)

/**
 * The label of a clip's frame, with the clip's own start timecode. Past midnight the labels begin again. In a clip of
 * variable rate it is the frame's time, `hh:mm:ss.mmm`: the first whole millisecond inside the frame.
 */
export const formatClipFrame = (frame: number, timing: ClipTiming): string =>
  isVariableClip(timing)
    ? formatTime(labelledFrom(timing) + startSecondsOf(frame, timing))
    : formatTimecode(timing.startFrame + frame, timing)

/** What a frame of the clip is called by its number, as it is shown, typed and saved. */
export const frameNumberOf = (frame: number, { firstNumber = usualFirstNumber }: NumberedClip): number =>
  firstNumber + frame

/** A label, not a quantity: no separators. */
export const formatFrameNumber = (frame: number, clip: NumberedClip): string =>
  String(frameNumberOf(frame, clip))

type NumberedClip = Pick<ClipTiming, 'firstNumber'>

/** Somebody has said which number the clip begins at. */
export const hasOwnNumbers = ({ firstNumber = usualFirstNumber }: NumberedClip): boolean =>
  firstNumber !== usualFirstNumber

/** `01:00:12:00 \u2013 01:00:15:08`; a single frame is one label. */
export const formatClipRange = ({ startFrame, endFrame }: FrameRange, timing: ClipTiming): string =>
  startFrame === endFrame
    ? formatClipFrame(startFrame, timing)
    : `${formatClipFrame(startFrame, timing)} \u2013 ${formatClipFrame(endFrame, timing)}`

export type TypedClipProblem = 'empty' | 'notATimecode' | 'outOfRange' | 'needsBase' | 'outsideClip'
export type TypedClip<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: TypedClipProblem }

const problem = (name: TypedClipProblem): { readonly ok: false; readonly problem: TypedClipProblem } => ({
  ok: false,
  problem: name,
})
const frameFound = (value: number): TypedClip<number> => ({ ok: true, value })

/**
 * The clip's frame that typed text means (see `parseTypedTimecode` for what may be typed).
 *
 * Fields left out in front are 0 or, where that is outside of the clip, those of the first frame that fits: `24:11`
 * finds 01:00:24:11 in a clip that starts at 01:00:00:00. A distance (`+12`) is counted from `base`, the frame the
 * player shows, and stops at the clip's ends.
 *
 * `#1042` or `f1042` is a frame by its number. Where the clip's numbers were set, digits alone that are one of them need no
 * sign; other digits, and everything with a `:`, remain timecode.
 */
export function parseClipFrame(text: string, timing: ClipTiming, base?: number): TypedClip<number> {
  const numbered = parseFrameNumber(text, timing)
  if (numbered !== null) return numbered
  if (isVariableClip(timing)) return parseVariableFrame(text, timing, base)
  const typed = parseTypedTimecode(text, timing)
  if (typed.kind === 'problem') return problem(typed.problem)
  if (typed.kind === 'by') {
    if (base === undefined) return problem('needsBase')
    return frameFound(Math.min(timing.frameCount - 1, Math.max(0, base + typed.frames)))
  }
  const frame = insideClip(typed.frame, timing) ?? filledFromStart(typed.frame, typed.fieldsGiven, timing)
  return frame === undefined ? problem('outsideClip') : frameFound(frame)
}

/** The frame that typed text names by its number; null where it is to be read as a timecode. */
function parseFrameNumber(text: string, timing: ClipTiming): TypedClip<number> | null {
  const match = /^\s*([#f]?)\s*(\d{1,8})\s*$/i.exec(text)
  if (match === null) return null
  const isNamed = match[1] !== ''
  if (!isNamed && !hasOwnNumbers(timing)) return null
  const frame = Number(match[2]) - frameNumberOf(0, timing)
  if (frame >= 0 && frame < timing.frameCount) return frameFound(frame)
  return isNamed ? problem('outsideClip') : null
}

/** A time of the clip, or a distance in frames (`+12`) or in time (`+1:00`, `-0.5`). */
function parseVariableFrame(text: string, timing: ClipTiming, base: number | undefined): TypedClip<number> {
  const typed = parseTypedTime(text)
  if (typed.kind === 'problem') return problem(typed.problem)
  const last = timing.frameCount - 1
  if (typed.kind === 'at') {
    const from = labelledFrom(timing)
    // Fields left out in front may be the clip's own, as with timecode.
    const seconds = typed.seconds >= from ? typed.seconds - from : typed.seconds
    if (seconds >= startSecondsOf(timing.frameCount, timing)) return problem('outsideClip')
    return frameFound(frameAtSeconds(seconds, timing))
  }
  if (base === undefined) return problem('needsBase')
  const frame =
    typed.kind === 'frames'
      ? base + typed.frames
      : frameAtSeconds(startSecondsOf(base, timing) + typed.seconds, timing)
  return frameFound(Math.min(last, Math.max(0, frame)))
}

/** Two typed times with `\u2013`, `-` or `to` between them, in either order; one time alone is one frame. */
export function parseClipRange(text: string, timing: ClipTiming, base?: number): TypedClip<FrameRange> {
  const [first = '', second = first, ...more] = text.split(/\s*\u2013\s*|\s+-\s+|(?<=\d)-(?=[\d#f])|\s+to\s+/)
  if (more.length > 0) return problem('notATimecode')
  const start = parseClipFrame(first, timing, base)
  if (!start.ok) return start
  const end = parseClipFrame(second, timing, start.value)
  if (!end.ok) return end
  return { ok: true, value: frameRangeOf(start.value, end.value) }
}

/** The clip's frame for a label's frame, also across midnight; undefined if the clip does not hold it. */
function insideClip(labelFrame: number, timing: ClipTiming): number | undefined {
  const day = framesPerDay(timing)
  const frame = (((labelFrame - timing.startFrame) % day) + day) % day
  return frame < timing.frameCount ? frame : undefined
}

function filledFromStart(labelFrame: number, fieldsGiven: number, timing: ClipTiming): number | undefined {
  const missing = 4 - fieldsGiven
  const typed = formatTimecode(labelFrame, timing).split(/[:;]/).slice(missing)
  const start = formatTimecode(timing.startFrame, timing).split(/[:;]/).slice(0, missing).map(Number)
  // The clip may pass into the next hour, minute or second before it reaches what was typed.
  for (const step of [0, 1]) {
    const front = start.map((value, index) => (index === missing - 1 ? value + step : value))
    const filled = parseTypedTimecode([...front, ...typed].join(':'), timing)
    const frame = filled.kind === 'at' ? insideClip(filled.frame, timing) : undefined
    if (frame !== undefined) return frame
  }
  return undefined
}
