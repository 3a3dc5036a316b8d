import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClipTiming,
  clipTimingSchema,
  formatClipFrame,
  frameAtSeconds,
  isVariableClip,
  parseClipFrame,
  seekSeconds,
  startSecondsOf,
} from './clipTiming.ts'
import { frameRates } from './frameRate.ts'
import {
  type FrameTimes,
  frameTableOf,
  frameTimesSchema,
  isSameTimes,
  mostFrames,
  mostRuns,
} from './frameTimes.ts'

const seed = Number(process.env['RUSHES_SEED'])

/** Frames of 3 ms to 2 s in ticks of a container. */
const anyTimes = fc
  .record({
    ticksPerSecond: fc.constantFrom(600, 1000, 12_800, 90_000, 1_000_000_000),
    startSeconds: fc.double({ min: 0, max: 3, noNaN: true }),
    runs: fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: 400 }),
        seconds: fc.double({ min: 0.003, max: 2, noNaN: true }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  })
  .map(
    ({ ticksPerSecond, startSeconds, runs }): FrameTimes => ({
      ticksPerSecond,
      startTicks: Math.round(startSeconds * ticksPerSecond),
      runs: runs.flatMap(({ count, seconds }) => [count, Math.max(2, Math.ceil(seconds * ticksPerSecond))]),
    }),
  )
const anyClip = fc
  .tuple(anyTimes, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
  .map(([times, share]) => {
    const { frameCount } = frameTableOf(times)
    const clip: ClipTiming = { rate: frameRates['30'], dropFrame: false, startFrame: 0, frameCount, times }
    return { clip, frame: Math.floor(frameCount * share) }
  })

/** When a frame starts, in ticks, the plain way: one frame after the other. */
function slowTicks({ startTicks, runs }: FrameTimes, frame: number): number {
  let ticks = startTicks
  let left = frame
  for (let run = 0; run < runs.length && left > 0; run += 2) {
    const count = Math.min(left, runs[run] ?? 0)
    ticks += count * (runs[run + 1] ?? 0)
    left -= count
  }
  return ticks
}

describe('a clip with times of its own', () => {
  test('starts each frame where its table says', () => {
    fc.assert(
      fc.property(anyClip, ({ clip, frame }) => {
        if (clip.times === undefined) throw new Error('made with times')
        expect(startSecondsOf(frame, clip)).toBeCloseTo(
          slowTicks(clip.times, frame) / clip.times.ticksPerSecond,
          9,
        )
      }),
      { seed, numRuns: 500 },
    )
  })

  test('finds the frame again from its start, its middle, and a start that was cut to a millisecond', () => {
    fc.assert(
      fc.property(anyClip, ({ clip, frame }) => {
        const start = startSecondsOf(frame, clip)
        for (const seconds of [seekSeconds(frame, clip), start, Math.floor(start * 1000) / 1000 + 1e-9])
          expect(frameAtSeconds(seconds, clip)).toBe(frame)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('finds every frame again from the millisecond it is told to others by, down to a millisecond a frame', () => {
    const short = fc.record({
      ticksPerSecond: fc.constantFrom(1000, 12_800, 90_000, 1_000_000_000),
      startTicks: fc.integer({ min: 0, max: 1_000_000 }),
      lengths: fc.array(fc.double({ min: 0.001, max: 0.06, noNaN: true }), { minLength: 1, maxLength: 300 }),
    })
    fc.assert(
      fc.property(short, ({ ticksPerSecond, startTicks, lengths }) => {
        const runs = lengths.flatMap((seconds) => [1, Math.ceil(seconds * ticksPerSecond)])
        const table = frameTableOf({ ticksPerSecond, startTicks, runs })
        for (let frame = 0; frame < table.frameCount; frame += 1) {
          const milliseconds = table.startMilliseconds(frame)
          expect(Number.isInteger(milliseconds)).toBe(true)
          expect(Math.abs(milliseconds - table.startSeconds(frame) * 1000)).toBeLessThan(1)
          expect(table.frameAtMilliseconds(milliseconds)).toBe(frame)
        }
      }),
      { seed, numRuns: 300 },
    )
  })

  test('tells others a millisecond inside the frame wherever frames are two milliseconds long', () => {
    fc.assert(
      fc.property(anyClip, ({ clip, frame }) => {
        if (clip.times === undefined) throw new Error('made with times')
        const table = frameTableOf(clip.times)
        const milliseconds = table.startMilliseconds(frame)
        expect(milliseconds).toBeGreaterThanOrEqual(table.startSeconds(frame) * 1000 - 1e-6)
        // In whole numbers: 8.139 s × 1000 is less than 8139 in floating point.
        const startTicks = BigInt(slowTicks(clip.times, frame))
        const cut = Number((startTicks * 1000n) / BigInt(clip.times.ticksPerSecond))
        expect([milliseconds, cut].map(table.frameAtMilliseconds)).toEqual([frame, frame])
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('times are the same when they say the same of every frame', () => {
    const times = { ticksPerSecond: 600, startTicks: 0, runs: [2, 20, 1, 25] }
    expect(isSameTimes(times, { ...times, runs: [...times.runs] })).toBe(true)
    expect(isSameTimes(times, { ...times, runs: [2, 20, 1, 26] })).toBe(false)
    expect(isSameTimes(times, { ...times, startTicks: 1 })).toBe(false)
    expect([isSameTimes(times, undefined), isSameTimes(undefined, undefined)]).toEqual([false, true])
  })

  test('finds the frame again from its label', () => {
    fc.assert(
      fc.property(anyClip, ({ clip, frame }) => {
        const wanted = { ok: true, value: frame }
        if (startSecondsOf(frame, clip) < 86_399)
          expect(parseClipFrame(formatClipFrame(frame, clip), clip)).toEqual(wanted)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('shows the first frame before it begins and the last after it ends', () => {
    const table = frameTableOf({ ticksPerSecond: 1000, startTicks: 500, runs: [2, 40, 1, 1000] })
    expect([0, 0.4, 0.5, 0.5389, 0.5395, 0.58, 1.5, 9].map((seconds) => table.frameAt(seconds))).toEqual([
      0, 0, 0, 0, 1, 2, 2, 2,
    ])
    expect([0, 1, 2, 3, 4].map((frame) => table.startSeconds(frame))).toEqual([0.5, 0.54, 0.58, 1.58, 1.58])
  })
})

const uneven: ClipTiming = {
  rate: frameRates['25'],
  dropFrame: false,
  startFrame: 0,
  frameCount: 4,
  times: { ticksPerSecond: 1000, startTicks: 0, runs: [1, 40, 1, 1960, 2, 100] },
}

test('labels of frames of different length are times', () => {
  expect(isVariableClip(uneven)).toBe(true)
  expect([0, 1, 2, 3].map((frame) => formatClipFrame(frame, uneven))).toEqual([
    '00:00:00.000',
    '00:00:00.040',
    '00:00:02.000',
    '00:00:02.100',
  ])
  const found = (value: number) => ({ ok: true, value })
  const problem = (name: string) => ({ ok: false, problem: name })
  expect(parseClipFrame('1.9', uneven)).toEqual(found(1))
  expect(parseClipFrame('0:02', uneven)).toEqual(found(2))
  expect(parseClipFrame('2,15', uneven)).toEqual(found(3))
  expect(parseClipFrame('+2', uneven, 1)).toEqual(found(3))
  expect(parseClipFrame('-9', uneven, 1)).toEqual(found(0))
  expect(parseClipFrame('+1.0', uneven, 0)).toEqual(found(1))
  expect(parseClipFrame('+2', uneven)).toEqual(problem('needsBase'))
  expect(parseClipFrame('2.3', uneven)).toEqual(problem('outsideClip'))
  expect(parseClipFrame('25:00:00', uneven)).toEqual(problem('outOfRange'))
  expect(parseClipFrame('', uneven)).toEqual(problem('empty'))
  expect(parseClipFrame('soon', uneven)).toEqual(problem('notATimecode'))
})

test('a start timecode moves the labels, typed short or whole', () => {
  const hour = { ...uneven, startFrame: 3600 * 25 }
  expect(formatClipFrame(1, hour)).toBe('01:00:00.040')
  expect(parseClipFrame('01:00:02.05', hour)).toEqual({ ok: true, value: 2 })
  expect(parseClipFrame('2.05', hour)).toEqual({ ok: true, value: 2 })
})

test('equal frames that only begin later keep their timecode', () => {
  const late: ClipTiming = {
    ...uneven,
    times: { ticksPerSecond: 25_000, startTicks: 17_500, runs: [4, 1000] },
  }
  expect(isVariableClip(late)).toBe(false)
  expect(formatClipFrame(1, late)).toBe('00:00:00:01')
  expect(seekSeconds(1, late)).toBeCloseTo(0.76, 9)
  expect(frameAtSeconds(0.74, late)).toBe(1)
})

test('the schema refuses what cannot be a table', () => {
  const times = { ticksPerSecond: 1000, startTicks: 0, runs: [1, 40] }
  expect(frameTimesSchema.safeParse(times).success).toBe(true)
  for (const wrong of [
    { ...times, runs: [] },
    { ...times, runs: [1] },
    { ...times, runs: [1, 0] },
    { ...times, runs: [mostFrames + 1, 40] },
    { ...times, runs: Array.from({ length: 2 * mostRuns + 2 }, () => 1) },
    { ...times, startTicks: -1 },
    { ...times, ticksPerSecond: 0 },
  ])
    expect(frameTimesSchema.safeParse(wrong).success).toBe(false)
  expect(clipTimingSchema.safeParse({ ...uneven }).success).toBe(true)
})
