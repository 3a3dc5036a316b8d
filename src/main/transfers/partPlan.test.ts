import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  choosePartSize,
  GiB,
  MiB,
  partCountOf,
  partRange,
  planParts,
  preferredPartSize,
  s3Limits,
} from './partPlan.ts'

const preferred = 16 * MiB
const { maxParts, minPart, maxPart, maxObject } = s3Limits

describe('the size of parts', () => {
  test('follows the measured speed', () => {
    expect(preferredPartSize(undefined)).toBe(16 * MiB)
    expect(preferredPartSize(0.4 * MiB)).toBe(8 * MiB)
    expect(preferredPartSize(0.5 * MiB)).toBe(16 * MiB)
    expect(preferredPartSize(100 * MiB)).toBe(16 * MiB)
    expect(preferredPartSize(101 * MiB)).toBe(32 * MiB)
  })

  test.each([
    [200 * GiB, 21 * MiB, 9753],
    [1024 * GiB, 105 * MiB, 9987],
    [5 * 1024 * GiB, 525 * MiB, 9987],
    [10_000 * 16 * MiB, 16 * MiB, 10_000],
    [10_000 * 16 * MiB + 1, 17 * MiB, 9412],
    [10_000 * 16 * MiB - 1, 16 * MiB, 10_000],
  ])('of %i bytes is %i, in %i parts', (bytes, size, count) => {
    expect(choosePartSize(bytes, preferred)).toBe(size)
    expect(partCountOf(bytes, size)).toBe(count)
  })

  test('refuses what no store takes', () => {
    expect(choosePartSize(maxObject, preferred)).toBe(maxPart)
    expect(() => choosePartSize(maxObject + 1, preferred)).toThrow('storage.tooLarge')
  })
})

describe('a plan', () => {
  test('of an empty file is one empty part', () => {
    expect(planParts(0, preferred)).toEqual([{ number: 1, start: 0, bytes: 0 }])
  })

  test.each([1, 5 * MiB, 16 * MiB, 32 * MiB, 48 * MiB].flatMap((edge) => [edge - 1, edge, edge + 1]))(
    'of %i bytes covers each byte once',
    (bytes) => {
      const parts = planParts(bytes, preferred)
      expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
      expect(parts.slice(0, -1).every((part) => part.bytes === preferred)).toBe(true)
    },
  )

  test('of any file is within the limits, without gap or overlap', () => {
    const seed = Number(process.env['RUSHES_SEED'] ?? 1)
    fc.assert(
      fc.property(
        fc.oneof(fc.nat(200 * MiB), fc.integer({ min: 0, max: maxObject })),
        fc.constantFrom(undefined, 0.1 * MiB, 10 * MiB, 500 * MiB),
        (bytes, speed) => {
          const size = choosePartSize(bytes, preferredPartSize(speed))
          const count = partCountOf(bytes, size)
          expect(size).toBeGreaterThanOrEqual(minPart)
          expect(size).toBeLessThanOrEqual(maxPart)
          expect(size % MiB).toBe(0)
          expect(count).toBeLessThanOrEqual(maxParts)
          const last = partRange(bytes, size, count)
          expect(last.start + last.bytes).toBe(bytes)
          expect(last.bytes > 0 || bytes === 0).toBe(true)
          const middle = partRange(bytes, size, Math.ceil(count / 2))
          expect(middle.start).toBe((middle.number - 1) * size)
        },
      ),
      { seed, numRuns: 2000 },
    )
  })
})
