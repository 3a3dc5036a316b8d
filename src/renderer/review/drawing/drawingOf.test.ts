import { beforeEach, expect, test } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import { canChangeDrawing, isDrawingKept } from './drawingOf.ts'
import {
  addShape,
  changeDrawingOf,
  clearShapes,
  forgetDrawing,
  leaveDrawingOf,
  removeShape,
  setShapesOfNext,
  shapesOfNext,
  useDraw,
} from './drawStore.ts'

const shape = (id: string) => drawnShape({ id, tool: 'arrow' })
const ids = () => useDraw.getState().shapes.map(({ id }) => id)
const idsOfNext = () => shapesOfNext(useDraw.getState()).map(({ id }) => id)

beforeEach(forgetDrawing)

test('what was drawn for the next comment waits aside while another’s drawing is changed', () => {
  addShape(shape('new'))
  changeDrawingOf(written('Said before', { drawing: [shape('a'), shape('b')] }))
  expect([ids(), idsOfNext()]).toEqual([['a', 'b'], ['new']])
  removeShape('a')
  changeDrawingOf(written('Another', { drawing: [shape('c')] }))
  expect([ids(), idsOfNext()]).toEqual([['c'], ['new']])
  leaveDrawingOf()
  expect([ids(), idsOfNext(), useDraw.getState().of]).toEqual([['new'], ['new'], null])
})

test('a comment sent meanwhile takes what waited aside, and leaves what is in the hand', () => {
  addShape(shape('new'))
  changeDrawingOf(written('Said before', { drawing: [shape('a')] }))
  setShapesOfNext([])
  expect([ids(), idsOfNext()]).toEqual([['a'], []])
  setShapesOfNext([shape('new')])
  leaveDrawingOf()
  expect(ids()).toEqual(['new'])
})

test('kept only when it was changed, and when the comment still says something', () => {
  const isKept = () => isDrawingKept(useDraw.getState())
  changeDrawingOf(written('', { drawing: [shape('a'), shape('b')] }))
  expect(isKept()).toBe(false)
  removeShape('a')
  expect(isKept()).toBe(true)
  clearShapes()
  expect(isKept()).toBe(false)
  leaveDrawingOf()
  expect(isKept()).toBe(false)
  changeDrawingOf(written('Words', { drawing: [shape('a')] }))
  clearShapes()
  expect(isKept()).toBe(true)
})

test('only one’s own, and only where all of it can be seen', () => {
  const author = { remoteId: 'other', name: 'Other', isMe: false }
  expect(canChangeDrawing(written('Mine'))).toBe(true)
  expect(canChangeDrawing(written('Theirs', { author }))).toBe(false)
  expect(canChangeDrawing(written('In part', { extra: { drawing: { primitives: [] } } }))).toBe(false)
  expect(canChangeDrawing(written('Told of', { extra: { has_drawing: true } }))).toBe(false)
})
