import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyName, objectKeyFor } from './objectKey.ts'

test.each([
  ['A001_C003.mov', 'A001_C003.mov'],
  ['e\u0301te\u0301.mov', 'été.mov'],
  ['🎬 take 1.mov', '🎬 take 1.mov'],
  ['a/b\\c.mov', 'a_b_c.mov'],
  ['line\nbreak.mov', 'line_break.mov'],
  ['..', '_'],
  ['', '_'],
])('%j becomes %j in a key', (name, expected) => {
  expect(keyName(name)).toBe(expected)
})

test('a long name keeps its ending', () => {
  const name = keyName(`${'x'.repeat(300)}.mov`)
  expect(name).toHaveLength(160)
  expect(name.endsWith('.mov')).toBe(true)
})

test('no name leaves its folder, breaks a line or splits a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const key = keyName(name)
      expect(key).not.toMatch(/[/\\\r\n]/)
      expect(key.length).toBeGreaterThan(0)
      expect(key.length).toBeLessThanOrEqual(160)
      expect(['.', '..']).not.toContain(key)
      expect(Buffer.from(key, 'utf8').toString('utf8')).toBe(key)
    }),
    { seed: Number(process.env['RUSHES_SEED'] ?? 1), numRuns: 1000 },
  )
})

test('a key tells station and transfer apart', () => {
  expect(objectKeyFor('in/', 'station', '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'a.mov')).toBe(
    'in/station/01ARZ3NDEKTSV4RRFFQ69G5FAV/a.mov',
  )
})
