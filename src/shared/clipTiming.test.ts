import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClipTiming,
  clipTimingSchema,
  formatClipFrame,
  formatClipRange,
  formatFrameNumber,
  frameCountOf,
  frameNumberOf,
  frameRangeOf,
  frameRangeSchema,
  parseClipFrame,
  parseClipRange,
} from './clipTiming.ts'
import { frameRates } from './frameRate.ts'
import { framesPerDay } from './timecode.ts'

const seed = Number(process.env['RUSHES_SEED'])

const hour = 3600 * 24
const film: ClipTiming = { rate: frameRates['24'], dropFrame: false, startFrame: hour, frameCount: 1440 }
const ntsc: ClipTiming = { rate: frameRates['29.97'], dropFrame: true, startFrame: 107_892, frameCount: 3600 }
const found = (value: number) => ({ ok: true, value })
const problem = (name: string) => ({ ok: false, problem: name })

const timing = fc
  .record({
    base: fc.constantFrom(
      { rate: frameRates['23.976'], dropFrame: false },
      { rate: frameRates['25'], dropFrame: false },
      { rate: frameRates['29.97'], dropFrame: true },
      { rate: frameRates['29.97'], dropFrame: false },
      { rate: frameRates['59.94'], dropFrame: true },
    ),
    startFrame: fc.nat(2_000_000),
    frameCount: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ base, ...rest }): ClipTiming => ({ ...base, ...rest }))

describe('a frame of a clip', () => {
  test('is labelled from the start timecode and found again, past midnight too', () => {
    fc.assert(
      fc.property(
        timing,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (clip, proportion) => {
          const frame = Math.floor(clip.frameCount * proportion)
          expect(parseClipFrame(formatClipFrame(frame, clip), clip)).toEqual(found(frame))
        },
      ),
      { seed, numRuns: 1000 },
    )
    const late = { ...film, startFrame: framesPerDay(film) - 10 }
    expect(formatClipFrame(10, late)).toBe('00:00:00:00')
    expect(parseClipFrame('00:00:00:01', late)).toEqual(found(11))
  })

  test('may be typed without the fields that the clip has in common', () => {
    expect(parseClipFrame('24:11', film)).toEqual(found(24 * 24 + 11))
    expect(parseClipFrame('2411', film)).toEqual(found(24 * 24 + 11))
    expect(parseClipFrame('11', film)).toEqual(found(11))
    expect(parseClipFrame('01:00:24:11', film)).toEqual(found(24 * 24 + 11))
    const crossing = { ...film, startFrame: hour * 2 - 48 }
    expect(parseClipFrame('58:00', crossing)).toEqual(found(0))
    expect(parseClipFrame('3:05', crossing)).toEqual(found(48 + 77))
    expect(parseClipFrame('1:00:00', ntsc)).toEqual(found(1800))
  })

  test('is taken as typed where the clip holds it so', () => {
    const fromZero = { ...film, startFrame: 0 }
    expect(parseClipFrame('24:11', fromZero)).toEqual(found(24 * 24 + 11))
  })

  test('may be typed as a distance, which stops at the ends of the clip', () => {
    expect(parseClipFrame('+12', film, 100)).toEqual(found(112))
    expect(parseClipFrame('-1:00', film, 100)).toEqual(found(76))
    expect(parseClipFrame('-10:00', film, 100)).toEqual(found(0))
    expect(parseClipFrame('+59:00', film, 100)).toEqual(found(1439))
    expect(parseClipFrame('+12', film)).toEqual(problem('needsBase'))
  })

  test('outside of the clip is refused with its reason', () => {
    expect(parseClipFrame('02:00:00:00', film)).toEqual(problem('outsideClip'))
    expect(parseClipFrame('01:01:00:00', film)).toEqual(problem('outsideClip'))
    expect(parseClipFrame('25:00:00:00', film)).toEqual(problem('outOfRange'))
    expect(parseClipFrame('soon', film)).toEqual(problem('notATimecode'))
    expect(parseClipFrame('', film)).toEqual(problem('empty'))
  })
})

describe('a range', () => {
  test('includes its end', () => {
    expect(frameCountOf({ startFrame: 3, endFrame: 3 })).toBe(1)
    expect(frameRangeOf(9, 3)).toEqual({ startFrame: 3, endFrame: 9 })
    expect(frameRangeSchema.safeParse({ startFrame: 4, endFrame: 3 }).success).toBe(false)
  })

  test('is written and read in labels', () => {
    const range = { startFrame: 288, endFrame: 368 }
    expect(formatClipRange(range, film)).toBe('01:00:12:00 \u2013 01:00:15:08')
    expect(formatClipRange({ startFrame: 0, endFrame: 0 }, film)).toBe('01:00:00:00')
    expect(parseClipRange(formatClipRange(range, film), film)).toEqual({ ok: true, value: range })
    expect(parseClipRange('12:00 to 15:08', film)).toEqual({ ok: true, value: range })
    expect(parseClipRange('15:08 - 12:00', film)).toEqual({ ok: true, value: range })
    expect(parseClipRange('12:00 - +80', film)).toEqual({ ok: true, value: range })
    expect(parseClipRange('12:00', film)).toEqual({ ok: true, value: { startFrame: 288, endFrame: 288 } })
    expect(parseClipRange('1 to 2 to 3', film)).toEqual(problem('notATimecode'))
    expect(parseClipRange('12:00 to late', film)).toEqual(problem('notATimecode'))
  })

  test('comes back from its own text for any clip', () => {
    fc.assert(
      fc.property(timing, fc.nat(), fc.nat(), (clip, a, b) => {
        const range = frameRangeOf(a % clip.frameCount, b % clip.frameCount)
        expect(parseClipRange(formatClipRange(range, clip), clip)).toEqual({ ok: true, value: range })
      }),
      { seed, numRuns: 1000 },
    )
  })
})

describe('a frame by its number', () => {
  const shot = { ...film, frameCount: 288, firstNumber: 1001 }
  const handle = { startFrame: 41, endFrame: 49 }
  const rates = [
    { rate: frameRates['23.976'], dropFrame: false },
    { rate: frameRates['24'], dropFrame: false },
    { rate: frameRates['25'], dropFrame: false },
    { rate: frameRates['29.97'], dropFrame: true },
    { rate: frameRates['50'], dropFrame: false },
    { rate: frameRates['59.94'], dropFrame: true },
  ]

  test('counts from 1, or from what the clip begins at, at every rate', () => {
    expect(formatFrameNumber(0, film)).toBe('1')
    for (const base of rates) {
      const clip = { ...shot, ...base }
      expect(formatFrameNumber(0, clip)).toBe('1001')
      expect(formatFrameNumber(287, clip)).toBe('1288')
      expect(parseClipFrame('1042', clip)).toEqual(found(41))
      expect(parseClipFrame(' f1001 ', clip)).toEqual(found(0))
      expect(parseClipRange('1042-1050', clip)).toEqual({ ok: true, value: handle })
      expect(parseClipRange('1050 to f1042', clip)).toEqual({ ok: true, value: handle })
      expect(formatClipFrame(41, clip)).toBe(formatClipFrame(41, { ...clip, firstNumber: undefined }))
    }
  })

  test('is found again in any clip, and every complete timecode still is one', () => {
    fc.assert(
      fc.property(timing, fc.nat(9_999_999), fc.nat(), (base, firstNumber, at) => {
        const clip = { ...base, firstNumber }
        const frame = at % clip.frameCount
        expect(parseClipFrame(`f${frameNumberOf(frame, clip)}`, clip)).toEqual(found(frame))
        if (firstNumber !== 1)
          expect(parseClipFrame(formatFrameNumber(frame, clip), clip)).toEqual(found(frame))
        expect(parseClipFrame(formatClipFrame(frame, clip), clip)).toEqual(found(frame))
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('digits that are none of its numbers, and those of a clip that was not numbered, are timecode', () => {
    expect(parseClipFrame('411', shot)).toEqual(found(4 * 24 + 11))
    expect(parseClipFrame('10:42', { ...shot, frameCount: 1440 })).toEqual(found(10 * 24 + 42))
    expect(parseClipFrame('2411', film)).toEqual(found(24 * 24 + 11))
    expect(parseClipFrame('f25', film)).toEqual(found(24))
    expect(parseClipFrame('+12', shot, 10)).toEqual(found(22))
    expect(parseClipFrame('f1289', shot)).toEqual(problem('outsideClip'))
    expect(parseClipFrame('f1000', shot)).toEqual(problem('outsideClip'))
    expect(parseClipFrame('f', shot)).toEqual(problem('notATimecode'))
  })

  test('is a number where frames are not equally long as well', () => {
    const times = { ticksPerSecond: 1000, startTicks: 0, runs: [100, 40, 1, 2500, 899, 40] }
    const uneven = { ...shot, startFrame: 0, frameCount: 1000, times }
    expect(parseClipFrame('1042', uneven)).toEqual(found(41))
    expect(parseClipFrame('00:00:04.500', uneven)).toEqual(parseClipFrame('f1101', uneven))
  })
})

test('the schema refuses a clip without frames and drop frame where there is none', () => {
  expect(clipTimingSchema.safeParse(ntsc).success).toBe(true)
  expect(clipTimingSchema.safeParse({ ...film, firstNumber: 1001 }).success).toBe(true)
  expect(clipTimingSchema.safeParse({ ...film, firstNumber: -1 }).success).toBe(false)
  expect(clipTimingSchema.safeParse({ ...film, frameCount: 0 }).success).toBe(false)
  expect(clipTimingSchema.safeParse({ ...film, dropFrame: true }).success).toBe(false)
})
