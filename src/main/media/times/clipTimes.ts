import type { FrameRate } from '../../../shared/frameRate.ts'
import { frameRateFromDecimal, frameRateOf, framesPerTimecodeSecond } from '../../../shared/frameRate.ts'
import { type FrameTimes, mostRuns } from '../../../shared/frameTimes.ts'
import type { MediaInfo } from '../../../shared/place.ts'
import type { MediaBytes } from '../mediaInfo.ts'
import { ByteWindow, OutOfReach, type ReadBudget } from './byteWindow.ts'
import type { FrameStarts } from './frameStarts.ts'
import { matroskaTimes } from './matroskaTimes.ts'
import { movieTimes } from './movieTimes.ts'

/** What is known of a clip once its own table was read: the facts it corrects, and the times, where the rate does not tell them. */
export interface ClipTimes {
  readonly info: MediaInfo
  readonly times: FrameTimes | null
}

/**
 * Reads the container's own table of times. A clip of one rate from zero needs none, and no table that cannot be read,
 * believed or kept is used: then the clip counts at the rate that `info` has, and `isVariableRate` says whether that is
 * an average. Errors of the file pass through.
 */
export async function readClipTimes(
  bytes: MediaBytes,
  info: MediaInfo,
  budget: ReadBudget,
): Promise<ClipTimes> {
  if (info.kind !== 'video') return { info, times: null }
  const window = new ByteWindow(bytes, budget)
  try {
    const starts = (await movieTimes(window)) ?? (await matroskaTimes(window))
    return starts === undefined ? { info, times: null } : clipTimesOf(starts, info)
  } catch (error) {
    // Too far to go, or numbers that lead outside of the file.
    if (error instanceof OutOfReach || error instanceof RangeError) return { info, times: null }
    throw error
  }
}

export function clipTimesOf(found: FrameStarts, info: MediaInfo): ClipTimes {
  const { starts, ticksPerSecond, lastTicks, isComplete } = found
  const first = starts[0]
  // WebM states no rate where there is none.
  const stated = info.rate ?? averageRate(found)
  if (first === undefined || first < 0 || stated === undefined) return { info, times: null }
  const rate = evenRate(found, stated)
  if (rate !== undefined) {
    const even = {
      ...info,
      rate,
      isVariableRate: false,
      frames: isComplete ? starts.length : info.frames,
      // Labels were read at the stated rate; at another count they would be of another moment.
      ...(framesPerTimecodeSecond(rate) === framesPerTimecodeSecond(stated)
        ? {}
        : { startFrame: 0, isDropFrame: false }),
    }
    const isAtZero = first / ticksPerSecond < 0.0015
    const frames = even.frames ?? starts.length
    return {
      info: even,
      times: isAtZero || frames < 1 ? null : evenTimes(rate, first / ticksPerSecond, frames),
    }
  }
  if (!isComplete) return { info, times: null }
  const runs = runsOf(starts, lastTicks)
  const facts = { ...info, rate: stated, isVariableRate: true, frames: starts.length }
  return runs === undefined
    ? { info: facts, times: null }
    : { info: facts, times: { ticksPerSecond, startTicks: first, runs } }
}

function averageRate({ starts, ticksPerSecond, lastTicks }: FrameStarts): FrameRate | undefined {
  const ticks = (starts.at(-1) ?? 0) + lastTicks - (starts[0] ?? 0)
  return ticks > 0 ? frameRateFromDecimal((starts.length * ticksPerSecond) / ticks) : undefined
}

/** Times in a file are cut or rounded to its ticks, often milliseconds. */
const apartSeconds = 0.0011

/** The one rate at which all starts lie, to their rounding: the table's own, else the stated one. */
function evenRate({ starts, ticksPerSecond }: FrameStarts, stated: FrameRate): FrameRate | undefined {
  const first = starts[0] ?? 0
  const isEvenAt = ({ numerator, denominator }: FrameRate, apartTicks: number) =>
    starts.every(
      (start, frame) =>
        Math.abs(start - first - (frame * denominator * ticksPerSecond) / numerator) <= apartTicks,
    )
  const second = starts[1]
  if (second === undefined) return stated
  if (isEvenAt(stated, apartSeconds * ticksPerSecond)) return stated
  const own = frameRateOf(ticksPerSecond, second - first)
  return own !== undefined && isEvenAt(own, 0) ? own : undefined
}

/** Enough parts of a second that the start is right to a thousandth of a frame. */
const parts = 1000

/** The times of so many frames at one rate, the first one at `startSeconds`. */
export function evenTimes(
  { numerator, denominator }: FrameRate,
  startSeconds: number,
  frames: number,
): FrameTimes {
  return {
    ticksPerSecond: numerator * parts,
    startTicks: Math.round(startSeconds * numerator * parts),
    runs: [frames, denominator * parts],
  }
}

/** Counts and lengths in turn; undefined for more than can be kept. */
function runsOf(starts: readonly number[], lastTicks: number): number[] | undefined {
  const runs: number[] = []
  let ticks = 0
  let count = 0
  for (const [frame, start] of starts.entries()) {
    const next = (starts[frame + 1] ?? start + lastTicks) - start
    if (next !== ticks && count > 0) {
      runs.push(count, ticks)
      count = 0
    }
    ticks = next
    count += 1
  }
  runs.push(count, ticks)
  return runs.length > 2 * mostRuns ? undefined : runs
}
