import { expect, test } from 'vitest'
import { shareDraftSchema } from '../../shared/share.ts'
import { dayText, emptyShare, endOfDay, lastDay, shareInput, shareProblems } from './shareForm.ts'

const now = new Date(2026, 10, 22, 15).getTime()
const target = { assetId: '01JD4V5K3Z8Q6W7E9R2T4Y6X8A' } as never

test('a new share ends in two weeks and lets guests comment', () => {
  const form = emptyShare('Ridge', now)
  expect(form.until).toBe('2026-12-06')
  expect(shareProblems(form, now)).toEqual([])
  expect(shareDraftSchema.safeParse(shareInput(form, [target])).success).toBe(true)
})

test('says what is missing', () => {
  const form = { ...emptyShare(' ', now), kind: 'people' as const, until: dayText(now - 86_400_000) }
  expect(shareProblems(form, now)).toEqual(['title', 'people', 'until'])
})

test('today is long enough: a share lives to the end of its day', () => {
  expect(shareProblems({ ...emptyShare('Ridge', now), until: dayText(now) }, now)).toEqual([])
  expect(endOfDay('2026-11-22')).toBe(new Date(2026, 10, 22, 23, 59, 59, 999).getTime())
  expect(endOfDay('')).toBeUndefined()
})

test('five years are the most, and the day after is too far', () => {
  expect(lastDay(now)).toBe('2031-11-20')
  const until = (date: string) => shareProblems({ ...emptyShare('Ridge', now), until: date }, now)
  expect(until('2031-11-20')).toEqual([])
  expect(until('2031-11-21')).toEqual(['untilTooFar'])
  expect(until('9999-12-31')).toEqual(['untilTooFar'])
  expect(until('')).toEqual(['until'])
  expect((endOfDay(lastDay(now)) ?? 0) - now).toBeLessThanOrEqual(5 * 365 * 86_400_000)
})

test('addresses of an earlier choice do not travel with a link', () => {
  const people = [{ kind: 'email' as const, key: 'a@example.com', name: 'a@example.com' }]
  expect(shareInput({ ...emptyShare('Ridge', now), people }, [target]).emails).toEqual([])
})
