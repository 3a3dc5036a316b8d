import { z } from 'zod'
import { frameRateSchema } from './frameRate.ts'
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
}

export const clipTimingSchema = z
  .object({
    rate: frameRateSchema,
    dropFrame: z.boolean(),
    startFrame: z.int().nonnegative(),
    frameCount: z.int().positive(),
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

/** The label of a clip's frame, with the clip's own start timecode. Past midnight the labels begin again. */
export const formatClipFrame = (frame: number, timing: ClipTiming): string =>
  formatTimecode(timing.startFrame + frame, timing)

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
 */
export function parseClipFrame(text: string, timing: ClipTiming, base?: number): TypedClip<number> {
  const typed = parseTypedTimecode(text, timing)
  if (typed.kind === 'problem') return problem(typed.problem)
  if (typed.kind === 'by') {
    if (base === undefined) return problem('needsBase')
    return frameFound(Math.min(timing.frameCount - 1, Math.max(0, base + typed.frames)))
  }
  const frame = insideClip(typed.frame, timing) ?? filledFromStart(typed.frame, typed.fieldsGiven, timing)
  return frame === undefined ? problem('outsideClip') : frameFound(frame)
}

/** Two typed times with `\u2013`, ` - ` or `to` between them, in either order; one time alone is one frame. */
export function parseClipRange(text: string, timing: ClipTiming, base?: number): TypedClip<FrameRange> {
  const [first = '', second = first, ...more] = text.split(/\s*\u2013\s*|\s+-\s+|\s+to\s+/)
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
