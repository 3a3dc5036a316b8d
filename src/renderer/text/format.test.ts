import { describe, expect, test } from 'vitest'
import { age, bytes, bytesOf, count, duration, moment, percent, plural } from './format.ts'

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [412_000_000, '412 MB'],
    [9_800_000_000, '9.8 GB'],
    [39_500_000_000, '39.5 GB'],
    [381_000_000_000, '381 GB'],
    [999_960_000, '1 GB'],
    [1.2e13, '12 TB'],
  ])('%d is %s', (value, words) => expect(bytes(value)).toBe(words))
  test('a part of a whole names the unit once if it is the same', () => {
    expect(bytesOf(6_100_000_000, 9_800_000_000)).toBe('6.1 of 9.8 GB')
    expect(bytesOf(978_000_000, 3_200_000_000)).toBe('978 MB of 3.2 GB')
  })
})

test('a share is 100 only when all of it is there', () => {
  expect(percent(999, 1000)).toBe('99 %')
  expect(percent(1000, 1000)).toBe('100 %')
  expect(percent(1, 0)).toBe('0 %')
})

test('counts are rounded above ten thousand only', () => {
  expect(count(9_999)).toBe('9,999')
  expect(count(10_000)).toBe('10,000')
  expect(count(50_000)).toBe('50 k')
  expect(count(1_240_000)).toBe('1.2 M')
  expect(plural(1, 'file', 'files')).toBe('1 file')
  expect(plural(41, 'file', 'files')).toBe('41 files')
})

test('stretches of time', () => {
  expect(duration(0.2)).toBe('1 s')
  expect(duration(59)).toBe('59 s')
  expect(duration(60)).toBe('1 min')
  expect(duration(3600)).toBe('1 h')
  expect(duration(7800)).toBe('2 h 10 min')
  expect(duration(86_400)).toBe('1 day')
})

test('how long ago', () => {
  const now = Date.parse('2026-03-03T12:00:00Z')
  expect(age(now - 10_000, now)).toBe('now')
  expect(age(now + 10_000, now)).toBe('now')
  expect(age(now - 240_000, now)).toBe('4 min')
  expect(age(now - 7_200_000, now)).toBe('2 h')
  expect(age(now - 3 * 86_400_000, now)).toBe('3 days')
})

test('days are the calendar’s, not 24 hours', () => {
  const now = new Date(2026, 2, 3, 0, 30).getTime()
  expect(moment(new Date(2026, 2, 3, 0, 5).getTime(), now)).toBe('Today 00:05')
  expect(moment(new Date(2026, 2, 2, 23, 50).getTime(), now)).toBe('Yesterday 23:50')
  expect(moment(new Date(2025, 2, 2).getTime(), now)).toMatch(/2025/)
})
