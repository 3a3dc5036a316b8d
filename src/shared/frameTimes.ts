import { z } from 'zod'

/**
 * Where every picture of a clip starts, as the file's own table says. Needed where frames are not equally long, or where
 * the first one does not start at the player's zero.
 */
export interface FrameTimes {
  readonly ticksPerSecond: number
  /** Of the first picture; the player's time begins at tick 0. */
  readonly startTicks: number
  /** Count and length in turn: so many pictures of so many ticks each. */
  readonly runs: readonly number[]
}

/** Eleven hours at 24 frames a second. */
export const mostFrames = 1_000_000
/** What a page may be sent and a database may keep of one clip: two hours of pictures at 30 a second, each of another length. */
export const mostRuns = 250_000

export const frameTimesSchema = z
  .object({
    ticksPerSecond: z.int().positive(),
    startTicks: z.int().nonnegative(),
    runs: z
      .array(z.int().positive())
      .min(2)
      .max(2 * mostRuns)
      .readonly(),
  })
  .readonly()
  .refine(({ runs }) => runs.length % 2 === 0 && countIn(runs) <= mostFrames, {
    error: 'not pairs of a count and a length, or too many pictures',
  })

function countIn(runs: readonly number[]): number {
  let count = 0
  for (let at = 0; at < runs.length; at += 2) count += runs[at] ?? 0
  return count
}

/** Files and browsers round a picture's start, some downwards: this early still means the picture. */
const earlySeconds = 0.001

/** Frame to time and back by the file's own table; both take the time of a search, never of the clip's length. */
export interface FrameTable {
  readonly frameCount: number
  /** When the picture starts; of a frame past the end, when the last one ends. */
  startSeconds(frame: number): number
  /** The picture on the screen at a time; the first before it, the last after the end. */
  frameAt(seconds: number): number
  /**
   * The first whole millisecond inside the picture; the one before it where the next picture would be taken for it.
   * `frameAtMilliseconds(startMilliseconds(frame)) === frame` for every picture of a millisecond or more.
   */
  startMilliseconds(frame: number): number
  /** The picture that a time from a wire format means: as `frameAt`, for starts that were cut off or rounded by others. */
  frameAtMilliseconds(milliseconds: number): number
}

/** Whether both say the same of every picture. */
export const isSameTimes = (a: FrameTimes | undefined, b: FrameTimes | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.ticksPerSecond === b.ticksPerSecond &&
    a.startTicks === b.startTicks &&
    a.runs.length === b.runs.length &&
    a.runs.every((value, at) => value === b.runs[at]))

const tables = new WeakMap<FrameTimes, FrameTable>()

/** Made once for each table that is handed in. */
export function frameTableOf(times: FrameTimes): FrameTable {
  const known = tables.get(times)
  if (known !== undefined) return known
  const made = makeTable(times)
  tables.set(times, made)
  return made
}

function makeTable({ ticksPerSecond, startTicks, runs }: FrameTimes): FrameTable {
  const runCount = runs.length / 2
  const firstFrames = new Float64Array(runCount + 1)
  const firstTicks = new Float64Array(runCount + 1)
  firstTicks[0] = startTicks
  let shortest = Number.POSITIVE_INFINITY
  for (let run = 0; run < runCount; run += 1) {
    const count = runs[run * 2] ?? 0
    const ticks = runs[run * 2 + 1] ?? 1
    firstFrames[run + 1] = at(firstFrames, run) + count
    firstTicks[run + 1] = at(firstTicks, run) + count * ticks
    shortest = Math.min(shortest, ticks)
  }
  const frameCount = at(firstFrames, runCount)
  const early = Math.min(earlySeconds * ticksPerSecond, shortest / 2)
  const startOf = (frame: number): number => {
    const inside = Math.max(0, Math.min(frameCount, frame))
    const run = Math.min(runCount - 1, lastNotAfter(firstFrames, inside))
    return at(firstTicks, run) + (inside - at(firstFrames, run)) * (runs[run * 2 + 1] ?? 1)
  }
  const frameAtTicks = (ticks: number): number => {
    const run = Math.min(runCount - 1, lastNotAfter(firstTicks, ticks))
    const frame = at(firstFrames, run) + Math.floor((ticks - at(firstTicks, run)) / (runs[run * 2 + 1] ?? 1))
    return Math.max(0, Math.min(frameCount - 1, frame))
  }
  const frameAtMilliseconds = (milliseconds: number): number => {
    const ticks = ((milliseconds + 1) * ticksPerSecond) / 1000
    const frame = frameAtTicks(ticks)
    // Whole milliseconds name what starts in them, not what starts with the next one.
    return frame > 0 && startOf(frame) >= ticks ? frame - 1 : frame
  }
  return {
    frameCount,
    startSeconds: (frame) => startOf(frame) / ticksPerSecond,
    frameAt: (seconds) => frameAtTicks(seconds * ticksPerSecond + early),
    startMilliseconds(frame) {
      const exact = (startOf(frame) * 1000) / ticksPerSecond
      const inside = Math.ceil(exact)
      return frameAtMilliseconds(inside) === frame ? inside : Math.floor(exact)
    },
    frameAtMilliseconds,
  }
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0

/** The last place whose value is not above `wanted`; 0 where all are. The values rise. */
function lastNotAfter(values: Float64Array, wanted: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (at(values, middle) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
