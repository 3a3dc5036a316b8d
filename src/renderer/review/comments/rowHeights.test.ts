import { expect, test } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import { RowHeights } from './rowHeights.ts'

/** The same by adding up. */
const plainTop = (heights: readonly number[], row: number) =>
  heights.slice(0, row).reduce((sum, height) => sum + height, 0)

test('tops and places are those of adding up, before and after corrections', () => {
  const random = seeded(31)
  for (const count of [1, 2, 3, 7, 8, 9, 100, 257]) {
    const heights = Array.from({ length: count }, () => 20 + random.below(200))
    const rows = new RowHeights(count, (row) => heights[row] ?? 0)
    for (let change = 0; change < 50; change += 1) {
      const row = random.below(count)
      heights[row] = 20 + random.below(200)
      rows.set(row, heights[row])
      const other = random.below(count)
      const top = plainTop(heights, other)
      expect(rows.top(other)).toBe(top)
      expect(rows.rowAt(top)).toBe(other)
      expect(rows.rowAt(top + rows.height(other) - 1)).toBe(other)
    }
    expect(rows.total).toBe(plainTop(heights, count))
  }
})

test('places beyond the ends are the first and the last row', () => {
  const rows = new RowHeights(5, () => 10)
  expect(rows.rowAt(-30)).toBe(0)
  expect(rows.rowAt(50)).toBe(4)
  expect(rows.rowAt(5_000)).toBe(4)
  expect(rows.top(9)).toBe(50)
})

test('an empty list has no height', () => {
  const rows = new RowHeights(0, () => 10)
  expect(rows.total).toBe(0)
  expect(rows.rowAt(10)).toBe(0)
})
