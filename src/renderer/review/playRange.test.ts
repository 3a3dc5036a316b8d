import { expect, test } from 'vitest'
import { PlayRange } from './playRange.ts'

test('in and out make a range, whichever comes first', () => {
  const range = new PlayRange()
  expect(range.within(100)).toEqual({ first: 0, last: 99 })
  range.markIn(10)
  range.markOut(20)
  expect(range.within(100)).toEqual({ first: 10, last: 20 })
  expect(range.within(15)).toEqual({ first: 10, last: 14 })
})

test('a mark beyond the other one takes the other away', () => {
  const range = new PlayRange()
  range.markIn(10)
  range.markOut(20)
  range.markIn(30)
  expect([range.start, range.end]).toEqual([30, null])
  range.markOut(5)
  expect([range.start, range.end]).toEqual([null, 5])
  range.clear()
  expect(range.isEmpty).toBe(true)
})

test('tells of every change', () => {
  const range = new PlayRange()
  let told = 0
  const end = range.subscribe(() => {
    told += 1
  })
  range.set(9, 3)
  range.loop(true)
  end()
  range.clear()
  expect([told, range.isLooping]).toEqual([2, true])
})
