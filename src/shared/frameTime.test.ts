import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FrameRate, frameRateSchema, frameRates, knownFrameRates } from './frameRate.ts'
import {
  frameStartSeconds,
  frameToMilliseconds,
  frameToSeconds,
  millisecondsToFrame,
  secondsToFrame,
  secondsToFrameCount,
} from './frameTime.ts'

const seed = Number(process.env['RUSHES_SEED'])

const rate = fc.oneof(
  fc.constantFrom(...knownFrameRates),
  fc
    .tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 1, max: 480, noNaN: true }))
    .map(([denominator, perSecond]) => ({ numerator: Math.floor(perSecond * denominator), denominator }))
    .filter((value) => frameRateSchema.safeParse(value).success),
)
const timed = fc
  .tuple(rate, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([value, proportion]): [FrameRate, number] => [
    value,
    Math.floor((86_400 * value.numerator * proportion) / value.denominator),
  ])

test('milliseconds lead back to every frame of two hours at every known rate', () => {
  let wrong = 0
  for (const known of knownFrameRates) {
    const last = secondsToFrameCount(7200, known)
    for (let frame = 0; frame <= last; frame++) {
      if (millisecondsToFrame(frameToMilliseconds(frame, known), known) !== frame) wrong++
    }
  }
  expect(wrong).toBe(0)
})

test('milliseconds and seconds lead back to any frame of a day at any rate', () => {
  fc.assert(
    fc.property(timed, ([value, frame]) => {
      expect(millisecondsToFrame(frameToMilliseconds(frame, value), value)).toBe(frame)
      expect(secondsToFrame(frameToSeconds(frame, value), value)).toBe(frame)
      expect(secondsToFrame(frameStartSeconds(frame, value), value)).toBe(frame)
      expect(secondsToFrameCount(frameStartSeconds(frame, value), value)).toBe(frame)
    }),
    { seed, numRuns: 2000 },
  )
})

test('a start that others cut off or rounded to a millisecond still means its frame', () => {
  fc.assert(
    fc.property(timed, ([value, frame]) => {
      // Whole numbers until the last step: 8368.925 s × 1000 is less than 8368925 in floating point.
      const start = (frame * value.denominator * 1000) / value.numerator
      for (const milliseconds of [Math.floor(start), Math.round(start), Math.ceil(start)]) {
        expect(millisecondsToFrame(milliseconds, value)).toBe(frame)
      }
      expect(secondsToFrame(Math.round(start) / 1000, value)).toBe(frame)
    }),
    { seed, numRuns: 2000 },
  )
})

test('a reader who rounds to the nearest frame finds the same frame', () => {
  fc.assert(
    fc.property(timed, ([value, frame]) => {
      const milliseconds = frameToMilliseconds(frame, value)
      expect(Math.round((milliseconds * value.numerator) / value.denominator / 1000)).toBe(frame)
    }),
    { seed, numRuns: 2000 },
  )
})

test('time inside a frame is that frame until a millisecond before the next', () => {
  const { '25': pal, '29.97': ntsc } = frameRates
  expect([0, 38, 39, 40, 78, 80].map((milliseconds) => millisecondsToFrame(milliseconds, pal))).toEqual([
    0, 0, 0, 1, 1, 2,
  ])
  expect(frameToMilliseconds(1, ntsc)).toBe(34)
  expect(frameToSeconds(0, pal)).toBe(0.02)
  expect(secondsToFrame(0.0389, pal)).toBe(0)
  expect(secondsToFrame(0.0395, pal)).toBe(1)
  expect(secondsToFrame(0, ntsc)).toBe(0)
})

test('later frames never have earlier times', () => {
  fc.assert(
    fc.property(timed, ([value, frame]) => {
      expect(frameToMilliseconds(frame + 1, value)).toBeGreaterThan(frameToMilliseconds(frame, value))
      expect(frameToSeconds(frame + 1, value)).toBeGreaterThan(frameToSeconds(frame, value))
    }),
    { seed },
  )
})
