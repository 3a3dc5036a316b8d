import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onlineConnection } from '../../../../tests/fakes/onlineConnection.ts'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import { connectionIdSchema } from '../../../shared/ids.ts'
import { sayNothing } from '../../shell/sayStore.ts'
import { enterRoomOf } from '../words/mentionStore.ts'
import { changeWithUndo, useUndo } from '../words/undoStore.ts'
import {
  changeMany,
  knowComments,
  leaveComments,
  removeComments,
  removeNow,
  undoLast,
  useCommentView,
} from './commentView.ts'

const connection = onlineConnection(connectionIdSchema.parse('01J00000000000000000000000'))
const said = written('Too loud')

let sent: unknown[]
beforeEach(() => {
  sent = []
  vi.stubGlobal('window', {
    rushes: {
      call: async (name: string, input: unknown) => {
        sent.push([name, input])
        return { ok: true, value: null }
      },
    },
  })
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  enterRoomOf(connection)
})
afterEach(() => {
  leaveComments()
  enterRoomOf(undefined)
  sayNothing()
  vi.unstubAllGlobals()
})

const back = ['comments.change', { id: said.id, text: 'Too loud' }]

test('of what was deleted while it is open nothing is changed back, and all of it once it is there again', async () => {
  await changeWithUndo(said, { text: 'Loud' })
  sent = []
  enterRoomOf(connection, true)
  undoLast()
  expect(sent).toEqual([])
  enterRoomOf(connection)
  undoLast()
  expect(sent).toEqual([back])
})

test('a removal that nobody was told of is taken back there all the same', () => {
  removeComments([said.id])
  enterRoomOf(connection, true)
  undoLast()
  expect(useCommentView.getState().leaving.size).toBe(0)
  expect(sent).toEqual([])
})

test('the last thing done is taken back first, though what was removed before it is not gone yet', async () => {
  const other = written('Too quiet')
  knowComments([said, other])
  removeComments([said.id])
  await changeWithUndo(other, { isResolved: true }, false)
  sent = []
  undoLast()
  expect(sent).toEqual([['comments.change', { id: other.id, isResolved: false }]])
  expect([...useCommentView.getState().leaving]).toEqual([said.id])
  await vi.waitFor(() => expect(useUndo.getState().steps).toEqual([]))
  undoLast()
  expect(useCommentView.getState().leaving.size).toBe(0)
})

test('what is removed after something else leaves what was removed before it alone', async () => {
  const [other, third] = [written('Too quiet'), written('Too long')]
  knowComments([said, other, third])
  removeComments([said.id])
  await changeWithUndo(other, { isResolved: true }, false)
  sent = []
  removeComments([third.id])
  expect(sent).toEqual([['comments.removeMany', { ids: [said.id] }]])
  undoLast()
  await vi.waitFor(() =>
    expect(useUndo.getState().steps.map(({ kind }) => kind)).toEqual(['remove', 'change']),
  )
  expect(useCommentView.getState().leaving.size).toBe(0)
})

test('many that are changed are one step, changed back each to what it was', async () => {
  const [other, third] = [
    { ...written('Too quiet'), isInternal: true },
    { ...written('Too long'), isInternal: true },
  ]
  knowComments([said, other, third])
  await changeMany([said.id, other.id, third.id], { isInternal: false })
  expect(useUndo.getState().offered).toBe('3 comments are for everybody now.')
  sent = []
  undoLast()
  await vi.waitFor(() =>
    expect(sent).toEqual([
      ['comments.changeMany', { ids: [said.id], change: { isInternal: false } }],
      ['comments.changeMany', { ids: [other.id, third.id], change: { isInternal: true } }],
    ]),
  )
})

test('the offer of a change stands, though the service is told of an earlier removal meanwhile', async () => {
  const other = written('Too quiet')
  knowComments([said, other])
  removeComments([said.id])
  await changeWithUndo(other, { text: 'Too quiet by half' })
  await removeNow()
  const { steps, offered } = useUndo.getState()
  expect([steps.map(({ kind }) => kind), offered]).toEqual([['remove', 'change'], 'The comment is changed.'])
})

test('what is written again, because the service had removed it, can still be changed back', async () => {
  const again = written('Too loud')
  vi.stubGlobal('window', {
    rushes: {
      call: async (name: string, input: unknown) => {
        sent.push([name, input])
        const value = name === 'comments.create' ? again : name === 'comments.change' ? null : []
        return { ok: true, value }
      },
    },
  })
  knowComments([said])
  await changeWithUndo(said, { text: 'Loud' })
  removeComments([said.id])
  await removeNow()
  undoLast()
  await vi.waitFor(() => expect(useUndo.getState().steps).toMatchObject([{ before: [{ id: again.id }] }]))
  sent = []
  undoLast()
  expect(sent).toEqual([['comments.change', { id: again.id, text: 'Too loud' }]])
})

test('one thing is offered to be taken back: the last', async () => {
  knowComments([said])
  await changeWithUndo(said, { text: 'Loud' })
  expect(useUndo.getState().offered).not.toBeNull()
  removeComments([said.id])
  expect(useUndo.getState().offered).toBeNull()
})
