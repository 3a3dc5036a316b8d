import { expect, test } from 'vitest'
import {
  canDropFrames,
  formatFrameRate,
  frameRateFromDecimal,
  frameRateOf,
  frameRateSchema,
  frameRates,
  framesPerTimecodeSecond,
  isSameRate,
  knownFrameRates,
  parseFrameRate,
} from './frameRate.ts'

test('every known rate is in lowest terms, accepted by the schema and found again from its own text', () => {
  for (const [name, frameRate] of Object.entries(frameRates)) {
    expect(frameRateOf(frameRate.numerator * 3, frameRate.denominator * 3)).toEqual(frameRate)
    expect(frameRateSchema.parse(frameRate)).toEqual(frameRate)
    expect(formatFrameRate(frameRate)).toBe(name)
    expect(parseFrameRate(name)).toEqual(frameRate)
    expect(parseFrameRate(`${frameRate.numerator}/${frameRate.denominator}`)).toEqual(frameRate)
  }
})

test('decimals as servers write them mean the exact rate', () => {
  expect(frameRateFromDecimal(23.98)).toEqual(frameRates['23.976'])
  expect(frameRateFromDecimal(23.976023976)).toEqual(frameRates['23.976'])
  expect(frameRateFromDecimal(29.97002997)).toEqual(frameRates['29.97'])
  expect(frameRateFromDecimal(47.95)).toEqual(frameRates['47.952'])
  expect(frameRateFromDecimal(59.94)).toEqual(frameRates['59.94'])
  expect(frameRateFromDecimal(60)).toEqual(frameRates['60'])
  expect(frameRateFromDecimal(12.5)).toEqual({ numerator: 25, denominator: 2 })
  expect(frameRateFromDecimal(15)).toEqual({ numerator: 15, denominator: 1 })
})

test('what is no rate is undefined, never an error', () => {
  for (const value of [0, -25, 0.5, 481, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(frameRateFromDecimal(value)).toBeUndefined()
  }
  for (const text of ['', 'fast', '25/0', '0/1', '-25', '1e3', '24000/', '30000/1001/2']) {
    expect(parseFrameRate(text)).toBeUndefined()
  }
  for (const value of [
    { numerator: 25, denominator: 0 },
    { numerator: 23.976, denominator: 1 },
    { numerator: 1, denominator: 2 },
    { numerator: 500, denominator: 1 },
    { numerator: 1_000_000, denominator: 200_000 },
  ]) {
    expect(frameRateSchema.safeParse(value).success).toBe(false)
  }
})

test('drop frame exists at 29.97 and 59.94 only, however the fraction is written', () => {
  expect(knownFrameRates.filter(canDropFrames)).toEqual([frameRates['29.97'], frameRates['59.94']])
  expect(canDropFrames({ numerator: 60000, denominator: 2002 })).toBe(true)
  expect(isSameRate({ numerator: 50, denominator: 2 }, frameRates['25'])).toBe(true)
})

test('a second of timecode has the nearest whole number of frames', () => {
  expect(knownFrameRates.map(framesPerTimecodeSecond)).toEqual([
    24, 24, 25, 30, 30, 48, 48, 50, 60, 60, 100, 120, 120,
  ])
  expect(framesPerTimecodeSecond({ numerator: 1, denominator: 1 })).toBe(1)
})
