import { expect, test } from 'vitest'
import { cellsOf } from './partCells.ts'

test('one cell a part', () => {
  expect(cellsOf('ssf.')).toEqual(['stored', 'stored', 'moving', 'open'])
  expect(cellsOf('')).toEqual([])
})

test('ten thousand parts share cells and lose none', () => {
  const cells = cellsOf(`${'s'.repeat(5000)}${'.'.repeat(5000)}`)
  expect(cells.length).toBeLessThanOrEqual(33 * 36)
  expect(cells.filter((cell) => cell === 'stored').length).toBeCloseTo(cells.length / 2, -1)
  // The last cell holds what is left, which may be one part.
  expect(
    cellsOf('s.'.repeat(5000))
      .slice(0, -1)
      .every((cell) => cell === 'some'),
  ).toBe(true)
})
