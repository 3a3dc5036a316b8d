import { expect, test } from 'vitest'
import { firstNumberOf, mostOwnNumbers, usualFrameNumbers, withFirstNumber } from './frameNumbers.ts'
import { assetIdSchema, connectionIdSchema } from './ids.ts'
import { readSettings } from './settings.ts'

const connectionId = connectionIdSchema.parse('01J00000000000000000000001')
const clip = (at: number) => ({
  id: assetIdSchema.parse(`01J${String(at).padStart(23, '0')}`),
  connectionId,
})
const [one, other] = [clip(1), clip(2)]

test('a clip has its own number, else its connection\u2019s, else 1', () => {
  expect(firstNumberOf(usualFrameNumbers, one)).toBe(1)
  const house = withFirstNumber(usualFrameNumbers, one, 1001, 'connection')
  expect(firstNumberOf(house, other)).toBe(1001)
  const odd = withFirstNumber(house, other, 1, 'clip')
  expect([firstNumberOf(odd, one), firstNumberOf(odd, other)]).toEqual([1001, 1])
})

test('a number for the connection is also that of the clip it was set at, and leaves others theirs', () => {
  const odd = withFirstNumber(withFirstNumber(usualFrameNumbers, one, 5, 'clip'), other, 9, 'clip')
  const house = withFirstNumber(odd, one, 1001, 'connection')
  expect([firstNumberOf(house, one), firstNumberOf(house, other)]).toEqual([1001, 9])
})

test('what is the default anyway is not kept, and the oldest goes when there are too many', () => {
  const own = withFirstNumber(usualFrameNumbers, one, 1001, 'clip')
  expect(withFirstNumber(own, one, 1, 'clip')).toEqual(usualFrameNumbers)
  expect(withFirstNumber(withFirstNumber(own, one, 7, 'connection'), one, 1, 'connection')).toEqual(
    usualFrameNumbers,
  )
  const full = Array.from({ length: mostOwnNumbers }, (_, at) => [clip(at).id, 1001])
  const before = { connections: {}, assets: Object.fromEntries(full) }
  const many = withFirstNumber(before, clip(mostOwnNumbers), 1001, 'clip')
  expect(Object.keys(many.assets)).toHaveLength(mostOwnNumbers)
  expect(firstNumberOf(many, clip(0))).toBe(1)
  expect(firstNumberOf(many, clip(mostOwnNumbers))).toBe(1001)
})

test('settings from before there were numbers count from 1', () => {
  expect(readSettings({ theme: 'dark' }).frameNumbers).toEqual(usualFrameNumbers)
  expect(readSettings({ frameNumbers: { connections: { a: -4 }, assets: {} } }).frameNumbers).toEqual(
    usualFrameNumbers,
  )
})
