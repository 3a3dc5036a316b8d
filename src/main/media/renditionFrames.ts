import { isSameRate } from '../../shared/frameRate.ts'
import type { FrameTimes } from '../../shared/frameTimes.ts'
import type { Rendition } from '../../shared/rendition.ts'
import type { MediaFacts } from '../store/assetStore.ts'
import { evenTimes } from './times/clipTimes.ts'

const startOf = ({ times }: MediaFacts): number =>
  times === null ? 0 : times.startTicks / times.ticksPerSecond

const isUneven = (times: FrameTimes | null): times is FrameTimes => times !== null && times.runs.length > 2

const hasSameLengths = (a: FrameTimes, b: FrameTimes): boolean =>
  a.ticksPerSecond === b.ticksPerSecond &&
  a.runs.length === b.runs.length &&
  a.runs.every((value, at) => value === b.runs[at])

/** Whether a rendition has the frames that its version is counted in. Sound alone has none of its own. */
export function sameFrames(version: MediaFacts, other: MediaFacts): Rendition['frames'] {
  if (version.info.kind === 'audio') return 'same'
  if (isUneven(version.times) && isUneven(other.times))
    return hasSameLengths(version.times, other.times) ? 'same' : 'rate'
  const { rate, frames, isVariableRate } = version.info
  if (isVariableRate || other.info.isVariableRate) return 'unknown'
  if (rate === null || other.info.rate === null) return 'unknown'
  if (!isSameRate(rate, other.info.rate)) return 'rate'
  if (frames === null || other.info.frames === null) return 'unknown'
  return frames === other.info.frames ? 'same' : 'count'
}

/**
 * Where the version's frames are in a rendition of it: each as long after the first one as in the version, wherever the
 * rendition's own first one is. Null: they follow from the version's rate, from zero.
 */
export function timesIn(version: MediaFacts, other: MediaFacts): FrameTimes | null {
  const start = startOf(other)
  const { times, info } = version
  if (isUneven(times)) return { ...times, startTicks: Math.round(start * times.ticksPerSecond) }
  if (start === 0 || info.rate === null || info.frames === null || info.frames === 0) return null
  return evenTimes(info.rate, start, info.frames)
}
