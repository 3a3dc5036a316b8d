import { describe, expect, test } from 'vitest'
import { type ClipTiming, frameAtSeconds, seekSeconds } from '../../shared/clipTiming.ts'
import { type FrameRate, frameRates } from '../../shared/frameRate.ts'
import { type FrameTimes, frameTableOf } from '../../shared/frameTimes.ts'
import type { MediaFacts } from '../store/assetStore.ts'
import { sameFrames, timesIn } from './renditionFrames.ts'
import { evenTimes } from './times/clipTimes.ts'

function facts(rate: FrameRate | null, frames: number | null, times: FrameTimes | null = null): MediaFacts {
  const isVariableRate = times !== null && times.runs.length > 2
  return {
    info: {
      ...{ kind: 'video', container: 'MPEG-4', videoCodec: 'AVC', audioCodec: null, width: 64, height: 36 },
      ...{ rate, isVariableRate, frames, startFrame: 0, isDropFrame: false },
    },
    times,
  }
}
const late = (rate: FrameRate, frames: number, seconds: number) =>
  facts(rate, frames, evenTimes(rate, seconds, frames))
const uneven: FrameTimes = { ticksPerSecond: 1000, startTicks: 0, runs: [2, 40, 3, 55, 5, 40] }

/** As the page counts with what main answers. */
const timingOf = ({ info }: MediaFacts, times: FrameTimes | null): ClipTiming => ({
  ...{ rate: info.rate ?? frameRates['25'], dropFrame: false, startFrame: 0 },
  frameCount: times === null ? (info.frames ?? 1) : frameTableOf(times).frameCount,
  ...(times === null ? {} : { times }),
})

describe('frames are', () => {
  const version = facts(frameRates['25'], 100)
  test.each([
    ['the same at the same rate and count', facts(frameRates['25'], 100), 'same'],
    ['the same where the first comes later', late(frameRates['25'], 100, 0.7), 'same'],
    ['of another rate', facts(frameRates['50'], 200), 'rate'],
    ['of another count', facts(frameRates['25'], 99), 'count'],
    ['unknown without a count', facts(frameRates['25'], null), 'unknown'],
    ['unknown without a rate', facts(null, 100), 'unknown'],
    ['unknown at lengths of their own', facts(frameRates['25'], 10, uneven), 'unknown'],
  ] as const)('%s', (_what, other, found) => {
    expect(sameFrames(version, other)).toBe(found)
  })

  test('the same where each is as long, of a clip of variable rate', () => {
    const varied = facts(frameRates['25'], 10, uneven)
    expect(sameFrames(varied, facts(frameRates['25'], 10, { ...uneven, startTicks: 40 }))).toBe('same')
    const other = { ...uneven, runs: [2, 40, 3, 56, 5, 40] }
    expect(sameFrames(varied, facts(frameRates['25'], 10, other))).toBe('rate')
  })

  test('no question of sound', () => {
    const sound = { info: { ...facts(null, null).info, kind: 'audio' as const }, times: null }
    expect(sameFrames(sound, sound)).toBe('same')
  })
})

describe('frames of the version are found', () => {
  /** The picture of `other` that a seek to each frame of the version ends on. */
  const landings = (version: MediaFacts, other: MediaFacts): number[] => {
    const timing = timingOf(version, timesIn(version, other))
    const own = timingOf(other, other.times)
    return Array.from({ length: timing.frameCount }, (_each, frame) =>
      frameAtSeconds(seekSeconds(frame, timing), own),
    )
  }
  const each = (count: number) => Array.from({ length: count }, (_each, frame) => frame)

  test.each(['24000/1001', '25', '30000/1001', '60'] as const)(
    'one by one at %s, wherever they begin',
    (name) => {
      const rate =
        Object.values(frameRates).find((one) => `${one.numerator}/${one.denominator}` === name) ??
        frameRates['25']
      const plain = facts(rate, 1000)
      for (const start of [0.04, 0.7, 3.2]) {
        expect(landings(plain, late(rate, 1000, start))).toEqual(each(1000))
        expect(landings(late(rate, 1000, start), plain)).toEqual(each(1000))
        expect(landings(late(rate, 1000, start), late(rate, 1000, 1.01))).toEqual(each(1000))
      }
      expect(timesIn(plain, plain)).toBeNull()
      expect(timesIn(late(rate, 1000, 0.7), plain)).toBeNull()
    },
  )

  test('by their time at another rate, and their number stays', () => {
    const halved = facts(frameRates['25'], 50)
    const whole = facts(frameRates['50'], 100)
    expect(landings(whole, halved)).toEqual(each(100).map((frame) => Math.floor(frame / 2)))
    expect(landings(halved, whole)).toEqual(each(50).map((frame) => frame * 2 + 1))
    expect(timingOf(whole, timesIn(whole, halved)).frameCount).toBe(100)
  })

  test('at lengths of their own, from another start', () => {
    const varied = facts(frameRates['25'], 10, uneven)
    const moved = facts(frameRates['25'], 10, { ...uneven, startTicks: 700 })
    expect(landings(varied, moved)).toEqual(each(10))
    expect(landings(moved, varied)).toEqual(each(10))
  })
})
