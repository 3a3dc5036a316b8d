import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onlineConnection } from '../../../../tests/fakes/onlineConnection.ts'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import { connectionIdSchema } from '../../../shared/ids.ts'
import type { Comment } from '../../../shared/review.ts'
import { sayNothing, useSaid } from '../../shell/sayStore.ts'
import { rememberCarried, wasCarried } from '../words/carriedStore.ts'
import { enterRoomOf } from '../words/mentionStore.ts'
import { changeWithUndo, createdWithUndo, roomNow, useUndo } from '../words/undoStore.ts'
import {
  changeMany,
  giveUp,
  knowComments,
  leaveComments,
  removeComments,
  removeNow,
  undoLast,
  useCommentView,
} from './commentView.ts'

const connection = onlineConnection(connectionIdSchema.parse('01J00000000000000000000000'))
const said = written('Too loud')

/** What main was asked to do. */
let sent: unknown[]
/** What main holds. */
let there: readonly Comment[]
/** What main answers, by the name of the call. */
let answers: Readonly<Record<string, unknown>>
/** Why main refuses what it is asked to do. */
let refusal: ErrorCode | null
beforeEach(() => {
  sent = []
  there = [said]
  answers = {}
  refusal = null
  vi.stubGlobal('window', {
    rushes: {
      call: async (name: string, input: { readonly versionId?: string }) => {
        if (name === 'comments.list')
          return { ok: true, value: there.filter(({ versionId }) => versionId === input.versionId) }
        sent.push([name, input])
        if (refusal !== null) return { ok: false, failure: { code: refusal, facts: {} } }
        return { ok: true, value: answers[name] ?? null }
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
  await vi.waitFor(() => expect(sent).toEqual([back]))
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
  there = [said, other]
  knowComments(there)
  removeComments([said.id])
  await changeWithUndo(other, { isResolved: true }, false)
  sent = []
  undoLast()
  await vi.waitFor(() => expect(sent).toEqual([['comments.change', { id: other.id, isResolved: false }]]))
  expect([...useCommentView.getState().leaving]).toEqual([said.id])
  expect(useUndo.getState().steps).toEqual([])
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
  there = [said, other, third]
  knowComments(there)
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
  answers = { 'comments.create': again, 'comments.takeBack': [] }
  knowComments([said])
  await changeWithUndo(said, { text: 'Loud' })
  createdWithUndo([said.id], said.versionId, roomNow())
  const earlier = written('Too loud')
  rememberCarried([{ of: earlier.id, to: said.versionId, made: said.id }])
  removeComments([said.id])
  there = []
  await removeNow()
  undoLast()
  await vi.waitFor(() =>
    expect(useUndo.getState().steps).toMatchObject([{ before: [{ id: again.id }] }, { ids: [again.id] }]),
  )
  there = [{ ...again, versionId: said.versionId }]
  knowComments(there)
  expect(wasCarried(earlier.id, said.versionId)).toBe(true)
  sent = []
  undoLast()
  await vi.waitFor(() => expect(sent).toEqual([['comments.removeMany', { ids: [again.id] }]]))
  sent = []
  undoLast()
  await vi.waitFor(() => expect(sent).toEqual([['comments.change', { id: again.id, text: 'Too loud' }]]))
})

test('one thing is offered to be taken back: the last', async () => {
  knowComments([said])
  await changeWithUndo(said, { text: 'Loud' })
  expect(useUndo.getState().offered).not.toBeNull()
  removeComments([said.id])
  expect(useUndo.getState().offered).toBeNull()
})

test('of what was deleted meanwhile nothing is taken back; the rest is, and what was done before it', async () => {
  const other = written('Too quiet', { versionId: said.versionId })
  knowComments([said, other])
  await changeWithUndo(said, { text: 'Loud' })
  await changeMany([said.id, other.id], { isResolved: true })
  createdWithUndo([other.id], said.versionId, roomNow())
  sent = []
  undoLast()
  await vi.waitFor(() => expect(useSaid.getState().said?.words).toBe('Taken back.'))
  expect(sent).toEqual([])
  undoLast()
  await vi.waitFor(() =>
    expect(useSaid.getState().said?.words).toBe(
      '1 comment was deleted meanwhile and cannot be changed back.',
    ),
  )
  expect(sent).toEqual([['comments.change', { id: said.id, isResolved: false }]])
  sent = []
  undoLast()
  await vi.waitFor(() => expect(sent).toEqual([back]))
})

test('an answer whose comment is written again is written again at it', async () => {
  const again = written('Too loud')
  const reply = written('It is', { versionId: said.versionId, parentId: said.id })
  answers = { 'comments.create': again, 'comments.takeBack': [] }
  knowComments([said, reply])
  removeComments([reply.id])
  await removeNow()
  knowComments([said])
  removeComments([said.id])
  there = []
  await removeNow()
  undoLast()
  await vi.waitFor(() => expect(useUndo.getState().steps).toHaveLength(1))
  await vi.waitFor(() => expect(useSaid.getState().said?.words).toBe('Taken back.'))
  there = [{ ...again, versionId: said.versionId }]
  sent = []
  undoLast()
  await vi.waitFor(() =>
    expect(sent[1]).toMatchObject(['comments.create', { text: 'It is', parentId: again.id }]),
  )
})

test('what ends after the room was left cannot be taken back in the next one', async () => {
  knowComments([said])
  const changes = [changeWithUndo(said, { text: 'Loud' }), changeMany([said.id], { isResolved: true })]
  leaveComments()
  await Promise.all(changes)
  expect(useUndo.getState().steps).toEqual([])
})

test('a refused comment on an earlier version that is discarded is there again with its answers', async () => {
  const refused: Comment = {
    ...said,
    pending: { kind: 'create', state: 'failed', failure: null },
  }
  const reply = written('It is', { versionId: said.versionId, parentId: said.id })
  there = [refused, reply]
  knowComments([written('Of the version on the screen')])
  await giveUp({ ...refused, span: null })
  expect(sent).toEqual([['comments.discard', { id: said.id }]])
  expect(useUndo.getState().steps).toMatchObject([{ kind: 'remove', comments: [refused, reply] }])
})

test('what fails to be taken back can be tried again; what is deleted at that moment cannot, and bars nothing', async () => {
  await changeWithUndo(said, { text: 'Loud' })
  await changeWithUndo(said, { isResolved: true })
  const after = async (code: ErrorCode) => {
    refusal = code
    undoLast()
    await vi.waitFor(() => expect(useSaid.getState().said?.failure?.code).toBe(code))
    return useUndo.getState().steps.length
  }
  expect([await after('database.full'), await after('thing.notFound')]).toEqual([2, 1])
})

test('what fails to be taken back after the room was left is not in the next one', async () => {
  await changeWithUndo(said, { text: 'Loud' })
  refusal = 'database.full'
  undoLast()
  leaveComments()
  await vi.waitFor(() => expect(useSaid.getState().said?.failure?.code).toBe('database.full'))
  expect(useUndo.getState().steps).toEqual([])
})
