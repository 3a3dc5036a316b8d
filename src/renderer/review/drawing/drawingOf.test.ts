import { beforeEach, expect, test, vi } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import { changeWithUndo } from '../words/undoStore.ts'
import { beginDrawingOf, canChangeDrawing, isDrawingKept, keepDrawing } from './drawingOf.ts'
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

vi.mock('../words/undoStore.ts', () => ({ changeWithUndo: vi.fn() }))
const sent = vi.mocked(changeWithUndo)

beforeEach(() => {
  forgetDrawing()
  sent.mockReset().mockResolvedValue(true)
})

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

test('saved twice in a row it is sent once, and what is drawn before the answer stays in the hand', async () => {
  const comment = written('Said before', { drawing: [shape('a')] })
  let answer: (isKept: boolean) => void = () => undefined
  sent.mockReturnValueOnce(
    new Promise((resolve) => {
      answer = resolve
    }),
  )
  changeDrawingOf(comment)
  addShape(shape('b'))
  const saved = keepDrawing()
  expect(await keepDrawing()).toBe(false)
  addShape(shape('c'))
  answer(true)
  expect(await saved).toBe(true)
  expect(sent).toHaveBeenCalledTimes(1)
  expect([ids(), useDraw.getState().of]).toEqual([['a', 'b', 'c'], comment])
  await keepDrawing()
  expect(sent.mock.lastCall).toMatchObject([comment, { drawing: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }])
  expect(useDraw.getState().of).toBeNull()
})

test('another comment’s drawing is taken up once this one is kept, and not while it cannot be', async () => {
  const other = written('Another', { drawing: [shape('z')] })
  changeDrawingOf(written('Said before', { drawing: [shape('a')] }))
  addShape(shape('b'))
  sent.mockResolvedValueOnce(false)
  await beginDrawingOf(other)
  expect(ids()).toEqual(['a', 'b'])
  await beginDrawingOf(other)
  expect([ids(), sent.mock.calls.length]).toEqual([['z'], 2])
})
