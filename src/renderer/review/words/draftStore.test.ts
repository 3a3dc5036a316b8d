import { beforeEach, expect, test } from 'vitest'
import { drawnShape } from '../../../../tests/fakes/drawnShape.ts'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import { keptDraftsSchema } from '../../../shared/drafts.ts'
import type { CommentId, VersionId } from '../../../shared/ids.ts'
import { drawnOn } from '../drawing/drawnOn.ts'
import {
  addShape,
  beginDrawingOn,
  changeDrawingOf,
  closeDrawing,
  leaveDrawingOf,
  openDrawing,
  sendDrawing,
  useDraw,
} from '../drawing/drawStore.ts'
import {
  changeDraft,
  changeSmall,
  closeSmall,
  draftOf,
  dropSmall,
  forgetDrafts,
  giveBackDraft,
  leaveDraft,
  openSmall,
  putBackDrafts,
  smallDraft,
  smallState,
  takeDrawing,
  useDrafts,
} from './draftStore.ts'
import { draftsToKeep, standsAt } from './keptDrafts.ts'

const idOf = (at: number) => String(at).padStart(26, '0')
const one = idOf(1) as VersionId
const two = idOf(2) as VersionId
const comment = idOf(3) as CommentId
const said = { id: comment, versionId: one }
const start = { words: 'As it was', colour: null }
const none = { start: null, end: null }
const frame = (at: number) => ({ startFrame: at, endFrame: at })
const shape = (id: string) => drawnShape({ id, tool: 'line', points: [{ x: 0, y: 0 }] })
const drawnIds = () => useDraw.getState().shapes.map(({ id }) => id)

beforeEach(() => {
  closeDrawing()
  forgetDrafts()
})

test('what was written and drawn goes with its version and comes back with it', () => {
  openDrawing(one, takeDrawing(one))
  changeDraft(one, { words: 'Half a', colour: '#ff4d3d', isInternal: true })
  beginDrawingOn(drawnOn(12, none))
  addShape(shape('a'))
  addShape(shape('b'))
  leaveDraft(one, frame(40), closeDrawing())
  openDrawing(two, takeDrawing(two))
  expect([drawnIds(), draftOf(two).words]).toEqual([[], ''])
  leaveDraft(two, frame(0), closeDrawing())

  openDrawing(one, takeDrawing(one))
  expect(draftOf(one)).toMatchObject({ words: 'Half a', colour: '#ff4d3d', isInternal: true, at: frame(40) })
  expect([drawnIds(), useDraw.getState().on?.frame]).toEqual([['a', 'b'], 12])
  expect(useDraw.getState().past, 'with its steps').toHaveLength(2)
})

test('words keep the first place that they were left at, and what says nothing is not kept', () => {
  changeDraft(one, { words: 'Half a' })
  leaveDraft(one, frame(7), null)
  leaveDraft(one, frame(9), null)
  expect(draftOf(one).at).toEqual(frame(7))
  changeDraft(one, { words: ' \n' })
  leaveDraft(one, frame(9), null)
  changeDraft(two, { colour: '#ff4d3d' })
  leaveDraft(two, frame(9), null)
  expect(useDrafts.getState().versions.size).toBe(0)
})

test('a drawing without words is kept as well, and the change of a drawing that was sent', () => {
  openDrawing(one, null)
  beginDrawingOn(drawnOn(2, none))
  addShape(shape('a'))
  changeDrawingOf(written('Said before', { drawing: [shape('b')] }))
  addShape(shape('c'))
  leaveDraft(one, frame(2), closeDrawing())
  openDrawing(one, takeDrawing(one))
  expect([drawnIds(), useDraw.getState().of?.text]).toEqual([['b', 'c'], 'Said before'])
  leaveDrawingOf()
  expect(drawnIds()).toEqual(['a'])
  // One that was only looked at is not in the hand any more.
  changeDrawingOf(written('Said before', { drawing: [shape('b')] }))
  leaveDraft(one, frame(2), closeDrawing())
  openDrawing(one, takeDrawing(one))
  expect([drawnIds(), useDraw.getState().of]).toEqual([['a'], null])
})

test('what could not be kept is a draft again, also when its version has left the screen', () => {
  openDrawing(one, null)
  changeDraft(one, { words: 'Sent' })
  beginDrawingOn(drawnOn(3, none))
  addShape(shape('a'))
  const draft = draftOf(one)
  const drawing = sendDrawing()
  changeDraft(one, { words: '' })
  expect(drawnIds()).toEqual([])
  changeDraft(one, { words: 'Meanwhile' })
  giveBackDraft(one, draft, drawing)
  expect([draftOf(one).words, drawnIds(), useDraw.getState().on?.frame]).toEqual([
    'Sent\nMeanwhile',
    ['a'],
    3,
  ])

  const again = sendDrawing()
  changeDraft(one, { words: '' })
  leaveDraft(one, frame(5), closeDrawing())
  openDrawing(two, null)
  giveBackDraft(one, { ...draft, at: frame(3) }, again)
  expect(drawnIds()).toEqual([])
  expect(draftOf(one)).toMatchObject({ words: 'Sent', at: frame(3) })
  openDrawing(one, takeDrawing(one))
  expect(drawnIds()).toEqual(['a'])
})

test('an answer that is closed is kept, one that is unchanged, emptied or sent is not', () => {
  const close = (words: string) => {
    openSmall('edit', said, start)
    changeSmall('edit', comment, { words })
    closeSmall('edit', comment, start)
    return smallState('edit', comment, useDrafts.getState())
  }
  expect(close('Another')).toBe('closed')
  openSmall('edit', said, start)
  expect(smallDraft('edit', comment)).toMatchObject({
    words: 'Another',
    colour: null,
    isOpen: true,
    isAsked: true,
  })
  expect(smallState('reply', comment, useDrafts.getState())).toBe('none')
  expect(close('As it was ')).toBe('none')
  expect(close(' ')).toBe('none')
  openSmall('reply', said, { words: '', colour: null })
  dropSmall('reply', comment)
  expect(smallState('reply', comment, useDrafts.getState())).toBe('none')
})

test('what was touched longest ago goes when there is too much', () => {
  const id = (at: number) => `v${at}` as VersionId
  for (let at = 0; at < 100; at += 1) changeDraft(id(at), { words: String(at) })
  changeDraft(id(0), { words: 'Touched' })
  changeDraft(id(100), { words: '100' })
  expect([draftOf(id(0)).words, draftOf(id(1)).words, draftOf(id(2)).words]).toEqual(['Touched', '', '2'])
  expect(useDrafts.getState().versions.size).toBe(100)
})

test('what is kept for another run is there again, and nothing else is', () => {
  openDrawing(one, null)
  changeDraft(one, { words: 'Half a', isInternal: true })
  beginDrawingOn(drawnOn(12, { start: 10, end: 20 }))
  addShape(shape('a'))
  const leave = standsAt(one, () => frame(12))
  changeDraft(two, { words: ' ', colour: '#ff4d3d' })
  openSmall('reply', said, { words: '', colour: null })
  changeSmall('reply', comment, { words: 'Half an answer' })
  const kept = keptDraftsSchema.parse(draftsToKeep())
  leave()
  expect(kept.versions.map(({ versionId, at }) => [versionId, at])).toEqual([[one, frame(12)]])

  closeDrawing()
  forgetDrafts()
  changeDraft(two, { words: 'Begun since' })
  openDrawing(one, null)
  putBackDrafts(kept)
  expect(draftOf(one)).toMatchObject({ words: 'Half a', isInternal: true, at: frame(12), drawing: null })
  expect([drawnIds(), useDraw.getState().on]).toEqual([['a'], { frame: 12, startFrame: 10, endFrame: 20 }])
  expect([...useDrafts.getState().versions.keys()]).toContain(two)
  expect(smallDraft('reply', comment)).toMatchObject({ words: 'Half an answer', isAsked: false })
})
