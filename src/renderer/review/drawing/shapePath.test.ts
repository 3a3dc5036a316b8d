import { expect, test } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import type { DrawingShape } from '../../../shared/review.ts'
import { arrowHead, box, isNear, penPath } from './shapePath.ts'

const size = { width: 1920, height: 1080 }
/** A line across the middle of the picture, unless `more` says otherwise. */
const shape = (more: Partial<DrawingShape> = {}) => {
  const ends = [0.25, 0.75].map((share) => ({ x: share, y: share }))
  return drawnShape({ tool: 'line', points: ends, ...more })
}

test('a stroke keeps its shape at every size: the same path, scaled', () => {
  const stroke = shape({
    tool: 'pen',
    points: [
      { x: 0.1, y: 0.1, pressure: 0.2 },
      { x: 0.2, y: 0.3, pressure: 0.9 },
      { x: 0.4, y: 0.2, pressure: 0.5 },
    ],
  })
  const numbers = (path: string) => path.match(/-?\d+\.\d+/g)?.map(Number) ?? []
  const large = numbers(penPath(stroke, size))
  const small = numbers(penPath(stroke, { width: 960, height: 540 }))
  expect(large.length).toBeGreaterThan(10)
  expect(small).toHaveLength(large.length)
  for (const [index, value] of large.entries()) expect(small[index]).toBeCloseTo(value / 2, 1)
})

test('a box is the same whichever corner it was pulled from', () => {
  const points = [
    { x: 0.75, y: 0.75 },
    { x: 0.25, y: 0.25 },
  ]
  expect(box(shape({ tool: 'rectangle', points }), size)).toEqual({ x: 480, y: 270, width: 960, height: 540 })
})

test('an arrow ends at its tip', () => {
  expect(arrowHead(shape({ tool: 'arrow' }), size)[0]).toEqual({ x: 1440, y: 810 })
})

test('the eraser means what it touches: a line anywhere on it, a rectangle on its edge', () => {
  expect(isNear(shape(), { x: 960, y: 540 }, size)).toBe(true)
  expect(isNear(shape(), { x: 960, y: 700 }, size)).toBe(false)
  const rectangle = shape({ tool: 'rectangle' })
  expect(isNear(rectangle, { x: 480, y: 500 }, size)).toBe(true)
  expect(isNear(rectangle, { x: 960, y: 540 }, size)).toBe(false)
  expect(isNear(shape({ tool: 'text', text: 'Strap' }), { x: 490, y: 280 }, size)).toBe(true)
})
