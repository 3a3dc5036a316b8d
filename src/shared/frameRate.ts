import { z } from 'zod'

/**
 * Frames per second as an exact fraction, always in lowest terms when it comes from this file.
 * 29.97 is `30000/1001`: a decimal would be a frame wrong after some hours.
 */
export interface FrameRate {
  readonly numerator: number
  readonly denominator: number
}

/** Above this, a millisecond is no longer fine enough to name a frame. */
export const highestFramesPerSecond = 480

/** Keeps every product of a day's frames, milliseconds and a rate's terms inside exact integers. */
const largestDenominator = 100_000

const fitsRate = ({ numerator, denominator }: FrameRate) =>
  numerator >= denominator && numerator <= highestFramesPerSecond * denominator

/** A rate from outside: whole positive terms, 1 to 480 frames a second. */
export const frameRateSchema = z
  .object({
    numerator: z.int().positive(),
    denominator: z.int().positive().max(largestDenominator),
  })
  .readonly()
  .refine(fitsRate, { error: 'not between 1 and 480 frames a second' })

const rate = (numerator: number, denominator = 1): FrameRate => Object.freeze({ numerator, denominator })

/** The rates that cameras, edit systems and broadcasters use, by the name people give them. */
export const frameRates = Object.freeze({
  '23.976': rate(24000, 1001),
  '24': rate(24),
  '25': rate(25),
  '29.97': rate(30000, 1001),
  '30': rate(30),
  '47.952': rate(48000, 1001),
  '48': rate(48),
  '50': rate(50),
  '59.94': rate(60000, 1001),
  '60': rate(60),
  '100': rate(100),
  '119.88': rate(120000, 1001),
  '120': rate(120),
})

/** The same rates, slowest first. */
export const knownFrameRates: readonly FrameRate[] = Object.freeze(
  Object.values(frameRates).sort((a, b) => a.numerator / a.denominator - b.numerator / b.denominator),
)

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/** The rate `numerator/denominator` in lowest terms; undefined if it is no rate that we can count with. */
export function frameRateOf(numerator: number, denominator: number): FrameRate | undefined {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return undefined
  if (numerator <= 0 || denominator <= 0) return undefined
  const divisor = greatestCommonDivisor(numerator, denominator)
  const reduced = rate(numerator / divisor, denominator / divisor)
  return reduced.denominator <= largestDenominator && fitsRate(reduced) ? reduced : undefined
}

/**
 * The rate behind a decimal as servers and files write it: 23.98, 23.976 and 23.976024 are all 24000/1001.
 * A decimal near no known rate is taken to a thousandth; undefined outside of 1 to 480.
 */
export function frameRateFromDecimal(framesPerSecond: number): FrameRate | undefined {
  if (!Number.isFinite(framesPerSecond)) return undefined
  // Half the gap that two decimals leave: 23.98 is 0.004 away from what it means, 29.97 and 30 are 0.03 apart.
  const known = knownFrameRates.find(
    (candidate) => Math.abs(framesPerSecondOf(candidate) - framesPerSecond) < 0.005,
  )
  return known ?? frameRateOf(Math.round(framesPerSecond * 1000), 1000)
}

/** Reads `24000/1001`, `23.976`, `25` or `25 fps`; undefined for anything else. */
export function parseFrameRate(text: string): FrameRate | undefined {
  const fraction = /^\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*$/.exec(text)
  if (fraction) return frameRateOf(Number(fraction[1]), Number(fraction[2]))
  const decimal = /^\s*(\d{1,3}(?:\.\d{1,9})?)\s*(?:fps)?\s*$/i.exec(text)
  return decimal ? frameRateFromDecimal(Number(decimal[1])) : undefined
}

/** Frames per second as a number, for showing and for rough sums; never to compute a frame's time. */
export const framesPerSecondOf = ({ numerator, denominator }: FrameRate): number => numerator / denominator

/** `23.976`, `25`, `12.5`: at most three decimals, no zeros at the end. */
export const formatFrameRate = (frameRate: FrameRate): string =>
  String(Math.round(framesPerSecondOf(frameRate) * 1000) / 1000)

/** Whether two rates are the same number, however their fractions are written. */
export const isSameRate = (a: FrameRate, b: FrameRate): boolean =>
  a.numerator * b.denominator === b.numerator * a.denominator

/** How many frame numbers one second of timecode has: 30 at 29.97, 24 at 23.976, 13 at 12.5. */
export const framesPerTimecodeSecond = (frameRate: FrameRate): number =>
  Math.max(1, Math.round(framesPerSecondOf(frameRate)))

/** Drop frame is defined for 29.97 and 59.94 only (SMPTE ST 12-1). */
export const canDropFrames = (frameRate: FrameRate): boolean =>
  isSameRate(frameRate, frameRates['29.97']) || isSameRate(frameRate, frameRates['59.94'])
