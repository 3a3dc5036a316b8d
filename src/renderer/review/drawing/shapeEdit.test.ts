import { expect, test } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import type { DrawingShape } from '../../../shared/review.ts'
import { bounds, handlesOf, moved, resized } from './shapeEdit.ts'

const size = { width: 1000, height: 500 }
const places = ({ points }: DrawingShape) =>
  points.map(({ x, y }) => [Number(x.toFixed(4)), Number(y.toFixed(4))])

test('moved by shares of the picture, and never off it', () => {
  expect(places(moved(drawnShape(), 0.1, -0.1))).toEqual([
    [0.3, 0.1],
    [0.5, 0.5],
  ])
  expect(places(moved(drawnShape(), 5, -5))).toEqual([
    [0.9, -0.2],
    [1.1, 0.2],
  ])
})

test('a corner pulled leaves the opposite one where it is, whichever way the shape was drawn', () => {
  const drawnBackwards = drawnShape({
    points: [
      { x: 0.4, y: 0.6 },
      { x: 0.2, y: 0.2 },
    ],
  })
  for (const each of [drawnShape(), drawnBackwards]) {
    expect(bounds(resized(each, 'se', { x: 600, y: 400 }, size), size)).toMatchObject({ x: 200, y: 100 })
    const pulled = bounds(resized(each, 'nw', { x: 100, y: 50 }, size), size)
    expect([pulled.x + pulled.width, pulled.y + pulled.height].map(Math.round)).toEqual([400, 300])
    expect([pulled.x, pulled.y].map(Math.round)).toEqual([100, 50])
  }
})

test('a stroke keeps its form and its pressure; a flat one stays flat', () => {
  const stroke = drawnShape({
    tool: 'pen',
    points: [
      { x: 0.2, y: 0.2, pressure: 0.1 },
      { x: 0.3, y: 0.2, pressure: 0.9 },
      { x: 0.4, y: 0.2, pressure: 0.5 },
    ],
  })
  const pulled = resized(stroke, 'se', { x: 600, y: 400 }, size)
  expect(places(pulled)).toEqual([
    [0.2, 0.2],
    [0.4, 0.2],
    [0.6, 0.2],
  ])
  expect(pulled.points.map(({ pressure }) => pressure)).toEqual([0.1, 0.9, 0.5])
})

test('a line is taken at its ends, words at a corner that makes them larger', () => {
  const arrow = drawnShape({ tool: 'arrow' })
  expect(handlesOf(arrow, size).map(({ handle }) => handle)).toEqual(['from', 'to'])
  expect(places(resized(arrow, 'to', { x: 900, y: 50 }, size))).toEqual([
    [0.2, 0.2],
    [0.9, 0.1],
  ])
  const words = drawnShape({ tool: 'text', text: 'Strap', points: [{ x: 0.1, y: 0.5 }] })
  const [corner] = handlesOf(words, size)
  if (corner === undefined) throw new Error('no corner')
  const larger = resized(words, 'se', { x: 100 + (corner.x - 100) * 2, y: 0 }, size)
  expect(larger.strokeWidth).toBeCloseTo(0.008, 4)
  expect(larger.points).toEqual(words.points)
})

test('nothing leaves the bounds that a drawing may have', () => {
  for (const handle of ['nw', 'se'] as const)
    for (const { x, y } of resized(drawnShape(), handle, { x: 90_000, y: -90_000 }, size).points) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1)
      expect(Math.max(x, y)).toBeLessThanOrEqual(2)
    }
})
