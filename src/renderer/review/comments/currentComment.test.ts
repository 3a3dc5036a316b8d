import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onlineConnection } from '../../../../tests/fakes/onlineConnection.ts'
import { rate, written } from '../../../../tests/fakes/writtenComment.ts'
import type { Connection } from '../../../shared/connection.ts'
import { connectionIdSchema } from '../../../shared/ids.ts'
import type { Comment } from '../../../shared/review.ts'
import { forgetDrafts, smallDraft } from '../words/draftStore.ts'
import { enterRoomOf } from '../words/mentionStore.ts'
import { useUndo } from '../words/undoStore.ts'
import { leaveComments, useCommentView } from './commentView.ts'
import {
  canEdit,
  canReply,
  canResolve,
  currentComment,
  editCurrent,
  focusCame,
  replyToCurrent,
  resolveCurrent,
  showComments,
} from './currentComment.ts'
import { SpanIndex } from './spanIndex.ts'
import { type Thread, threadsOf } from './threads.ts'

const at = (frame: number, text: string, more: Partial<Comment> = {}) =>
  written(text, { span: { startFrame: frame, endFrame: frame + 4, rate }, ...more })
const ada = { remoteId: null, name: 'Ada', isMe: false }
const early = at(10, 'Too dark', { author: ada })
const late = at(50, 'Too loud')
const alike = at(52, 'And too long')
const answer = written('It is', { parentId: early.id })
const threads = threadsOf([early, late, alike, answer])
const connection = onlineConnection(connectionIdSchema.parse('01J00000000000000000000000'), {
  powers: ['comments'],
  commentsHold: {
    ...{ ranges: true, drawings: true, replies: true, resolved: true, internal: true, colours: true },
    kinds: true,
  },
})
const lacking = (...lacks: Connection['lacks']): Connection => ({ ...connection, lacks })

let frame: number
/** What of the list has the focus: attributes by their names. */
let focus: Readonly<Record<string, string>>
let revealed: string[]
let sent: unknown[]
let hide: () => void

function show(shown: readonly Thread[]): void {
  const spans = new SpanIndex(shown)
  hide = showComments({
    threads: shown,
    frame: () => frame,
    here: () => spans.last(frame),
    reveal: ({ comment }) => revealed.push(comment.id),
  })
}
/** By the card, or by one of its answers. */
function focusOn(comment: Comment, reply?: Comment): void {
  focus = { comment: comment.id, ...(reply === undefined ? {} : { reply: reply.id }) }
  focusCame(frame, comment.id)
}
const words = () => currentComment()?.comment.text

beforeEach(() => {
  frame = 0
  focus = {}
  revealed = []
  sent = []
  const closest = (selector: string) => {
    const name = /data-(\w+)/.exec(selector)?.[1] ?? ''
    return name in focus ? { dataset: focus } : null
  }
  vi.stubGlobal('document', { activeElement: { closest }, fullscreenElement: null })
  vi.stubGlobal('window', {
    rushes: { call: async (...call: unknown[]) => ({ ok: sent.push(call) > 0, value: null }) },
  })
  enterRoomOf(connection)
  focusCame(-1, undefined)
  show(threads)
})
afterEach(() => {
  hide()
  leaveComments()
  forgetDrafts()
  enterRoomOf(undefined)
  vi.unstubAllGlobals()
})

test('it is the one that the playhead stands on, the last of several', () => {
  expect(words()).toBeUndefined()
  frame = 12
  expect(words()).toBe('Too dark')
  frame = 51
  expect(words()).toBe('Too loud')
  frame = 53
  expect(words()).toBe('And too long')
  frame = 90
  expect(words()).toBeUndefined()
})

test('a card with the focus comes first, until the playhead goes on to another', () => {
  frame = 12
  focusOn(late)
  expect(words()).toBe('Too loud')
  frame = 13
  expect(words()).toBe('Too dark')
  // Nobody else is there: it still has the focus.
  frame = 90
  expect(words()).toBe('Too loud')
  // It stands on both, and the other is the one that is marked.
  frame = 53
  expect(words()).toBe('And too long')
  frame = 51
  focusOn(early, answer)
  frame = 12
  expect(words(), 'still the answer').toBe('It is')
})

test('an element that now shows another comment means the one it had, and nothing once that is gone', () => {
  frame = 53
  focusOn(late)
  focus = { comment: alike.id }
  expect(words()).toBe('Too loud')
  hide()
  show(threads.filter(({ comment }) => comment !== late))
  expect(words()).toBeUndefined()
  frame = 54
  expect(words()).toBe('And too long')
})

test('nothing without a list, of what is being deleted, or of what is filtered away', () => {
  frame = 12
  useCommentView.setState({ leaving: new Set([early.id]) })
  expect(words()).toBeUndefined()
  useCommentView.setState({ leaving: new Set() })
  hide()
  expect(words()).toBeUndefined()
  show(threads.filter(({ comment }) => comment !== early))
  focusOn(early)
  expect(words()).toBeUndefined()
  expect([canReply(), canEdit(), canResolve()]).toEqual([false, false, false])
  for (const run of [replyToCurrent, editCurrent, resolveCurrent]) run()
  expect([sent, revealed]).toEqual([[], []])
})

test('rights decide, as they do at the card; words of others are not edited', () => {
  const can = () => [canReply(), canEdit(), canResolve()]
  frame = 51
  expect(can()).toEqual([true, true, true])
  enterRoomOf(lacking('comment'))
  expect(can()).toEqual([false, true, true])
  enterRoomOf(lacking('changeComments'))
  expect(can()).toEqual([true, false, false])
  enterRoomOf({ ...connection, commentsHold: null, isShare: true })
  expect(can()).toEqual([false, false, false])
  enterRoomOf(connection, true)
  expect(can()).toEqual([false, false, false])
  enterRoomOf(connection)
  frame = 12
  expect(can()).toEqual([true, false, true])
})

test('of an earlier version it is only marked as fixed', () => {
  hide()
  show(threads.map((thread) => ({ ...thread, from: 1 })))
  frame = 51
  expect([canReply(), canEdit(), canResolve()]).toEqual([false, false, true])
})

test('an answer opens its field in sight; of an answer with the focus the words are changed', () => {
  frame = 12
  replyToCurrent()
  expect(smallDraft('reply', early.id)).toMatchObject({ isOpen: true, isAsked: true, words: '' })
  expect(revealed).toEqual([early.id])
  focusOn(early, answer)
  expect(canEdit()).toBe(true)
  editCurrent()
  expect(smallDraft('edit', answer.id)).toMatchObject({ isOpen: true, isAsked: true, words: 'It is' })
  resolveCurrent()
  expect(sent).toEqual([['comments.change', { id: early.id, isResolved: true }]])
})

test('resolved and opened again; both are offered to be taken back', async () => {
  frame = 51
  resolveCurrent()
  await vi.waitFor(() => expect(useUndo.getState().offered).toBe('The comment is changed.'))
  hide()
  show(threadsOf([{ ...late, isResolved: true }]))
  resolveCurrent()
  expect(sent).toEqual([
    ['comments.change', { id: late.id, isResolved: true }],
    ['comments.change', { id: late.id, isResolved: false }],
  ])
})
