import { expect, test } from 'vitest'
import { gridLayout } from './gridShape.ts'

test('as many columns as fit, never none', () => {
  expect(gridLayout(880, 184).columns).toBe(4)
  expect(gridLayout(720, 184).columns).toBe(3)
  expect(gridLayout(1650, 184).columns).toBe(8)
  expect(gridLayout(100, 184).columns).toBe(1)
})

test('a row holds the picture, the words under it and the gap', () => {
  const { columns, rowHeight } = gridLayout(888, 184)
  const card = (888 - 40 - 16 * (columns - 1)) / columns
  expect(rowHeight).toBe(Math.round((card * 9) / 16) + 68)
})
