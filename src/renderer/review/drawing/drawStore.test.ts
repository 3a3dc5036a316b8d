import { beforeEach, expect, test } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import { drawnOn, holdsFrame } from './drawnOn.ts'
import {
  addShape,
  beginDrawingOn,
  chooseShape,
  clearShapes,
  forgetDrawing,
  framesInHand,
  framesOfNext,
  markDrawing,
  moveDrawing,
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

const none = { start: null, end: null }
const frameOfNext = () => framesOfNext(useDraw.getState())?.frame

test('the first shape says which frame a drawing is on, until it is gone or moved', () => {
  beginDrawingOn(drawnOn(5, none))
  expect(frameOfNext(), 'nothing is drawn yet').toBeUndefined()
  addShape(shape('a'))
  beginDrawingOn(drawnOn(9, none))
  expect(frameOfNext()).toBe(5)
  clearShapes()
  beginDrawingOn(drawnOn(9, none))
  addShape(shape('b'))
  expect(frameOfNext()).toBe(9)
  undoDrawing()
  undoDrawing()
  expect([ids(), frameOfNext()], 'what comes back is where it was').toEqual([['a'], 5])
  redoDrawing()
  redoDrawing()
  expect([ids(), frameOfNext()]).toEqual([['b'], 9])
  addShape(shape('c'))
  moveDrawing({ frame: 20, startFrame: 20, endFrame: 20 })
  undoDrawing()
  expect([ids(), frameOfNext()], 'what was moved stays there').toEqual([['b'], 20])
})

test('a drawing is for the marked range that its frame lies in', () => {
  expect(drawnOn(5, { start: 6, end: 9 })).toEqual({ frame: 5, startFrame: 5, endFrame: 5 })
  beginDrawingOn(drawnOn(5, { start: 2, end: 9 }))
  addShape(shape('a'))
  const frames = () => {
    const held = framesInHand(useDraw.getState())
    return [1, 2, 5, 9, 10].filter((frame) => holdsFrame(held, frame))
  }
  expect(frames()).toEqual([2, 5, 9])
  markDrawing({ start: 5, end: 10 })
  expect(frames()).toEqual([5, 9, 10])
  markDrawing({ start: 20, end: 30 })
  expect(frames(), 'marks somewhere else').toEqual([5, 9, 10])
  markDrawing({ start: 5, end: null })
  expect(frames()).toEqual([5])
  clearShapes()
  expect(frames(), 'nothing is nowhere else').toEqual([1, 2, 5, 9, 10])
})
