import { beforeEach, expect, test } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import {
  addShape,
  chooseShape,
  clearShapes,
  forgetDrawing,
  redoDrawing,
  removeShape,
  replaceShape,
  takeLook,
  takeTool,
  undoDrawing,
  useDraw,
} from './drawStore.ts'

const shape = (id: string) => drawnShape({ id, tool: 'line', points: [{ x: 0, y: 0 }] })
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

test('a shape moved is one step, and what is taken back is nobody’s choice', () => {
  addShape(shape('a'))
  addShape(shape('b'))
  chooseShape('b')
  replaceShape({ ...shape('b'), points: [{ x: 0.5, y: 0.5 }] })
  expect(ids()).toEqual(['a', 'b'])
  expect(useDraw.getState().chosen).toBe('b')
  expect(undoDrawing()).toBe(true)
  expect(useDraw.getState().shapes[1]?.points).toEqual([{ x: 0, y: 0 }])
  expect(useDraw.getState().chosen).toBeNull()
  forgetDrawing()
  expect(undoDrawing()).toBe(false)
})

test('a colour is for what comes, and for the shape that is chosen', () => {
  addShape(shape('a'))
  addShape(shape('b'))
  chooseShape('a')
  takeLook({ colour: '#00ff00' })
  takeLook({ width: 0.008 })
  expect(useDraw.getState().shapes).toMatchObject([
    { colour: '#00ff00', strokeWidth: 0.008 },
    { colour: '#ff0000', strokeWidth: 0.004 },
  ])
  expect(useDraw.getState()).toMatchObject({ colour: '#00ff00', width: 0.008 })
  removeShape('a')
  expect(useDraw.getState().chosen).toBeNull()
})

test('the same tool twice is put away', () => {
  takeTool('pen')
  takeTool('arrow')
  expect(useDraw.getState().tool).toBe('arrow')
  takeTool('arrow')
  expect(useDraw.getState().tool).toBeNull()
})
