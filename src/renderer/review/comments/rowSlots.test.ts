import { expect, test } from 'vitest'
import { noRows, placeRows } from './rowSlots.ts'

test('a row that stays keeps its element while others take those that are free', () => {
  const start = placeRows(noRows, 0, 5)
  expect(start).toEqual({ first: 0, slots: [0, 1, 2, 3, 4] })
  const down = placeRows(start, 2, 7)
  expect(down).toEqual({ first: 2, slots: [2, 3, 4, 0, 1] })
  expect(placeRows(down, 1, 6)).toEqual({ first: 1, slots: [1, 2, 3, 4, 0] })
})

test('a jump leaves every element where it stands', () => {
  const start = placeRows(placeRows(noRows, 0, 4), 2, 6)
  expect(placeRows(start, 900, 904).slots).toEqual(start.slots)
  expect(placeRows(start, 0, 2).slots).toEqual(start.slots.slice(0, 2))
})

test('more rows than elements make new ones, each used once', () => {
  const more = placeRows(placeRows(noRows, 10, 13), 500, 506)
  expect(new Set(more.slots).size).toBe(6)
  expect(placeRows(more, 502, 502)).toEqual({ first: 502, slots: [] })
})
