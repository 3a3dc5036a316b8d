import { beforeEach, expect, test } from 'vitest'
import type { DrawingShape } from '../../../shared/review.ts'
import {
  addShape,
  clearShapes,
  forgetDrawing,
  redoDrawing,
  removeShape,
  takeTool,
  undoDrawing,
  useDraw,
} from './drawStore.ts'

const shape = (id: string): DrawingShape => ({
  id,
  tool: 'line',
  points: [{ x: 0, y: 0 }],
  colour: '#ff0000',
  strokeWidth: 0.004,
  opacity: 1,
})
const ids = () => useDraw.getState().shapes.map(({ id }) => id)

beforeEach(forgetDrawing)

test('every step is taken back and done again, one by one', () => {
  addShape(shape('a'))
  addShape(shape('b'))
  removeShape('a')
  clearShapes()
  const seen = [ids()]
  for (let step = 0; step < 4; step += 1) {
    undoDrawing()
    seen.push(ids())
  }
  expect(seen).toEqual([[], ['b'], ['a', 'b'], ['a'], []])
  undoDrawing()
  redoDrawing()
  redoDrawing()
  expect(ids()).toEqual(['a', 'b'])
})

test('something new after taking back leaves nothing to do again', () => {
  addShape(shape('a'))
  undoDrawing()
  addShape(shape('b'))
  redoDrawing()
  expect(ids()).toEqual(['b'])
})

test('the same tool twice is put away', () => {
  takeTool('pen')
  takeTool('arrow')
  expect(useDraw.getState().tool).toBe('arrow')
  takeTool('arrow')
  expect(useDraw.getState().tool).toBeNull()
})
