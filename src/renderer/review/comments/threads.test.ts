import { expect, test } from 'vitest'
import type { Comment } from '../../../shared/review.ts'
import {
  authorsOf,
  type CommentView,
  chosenThreads,
  commentFrame,
  shownThreads,
  type Thread,
  threadsBefore,
  threadsOf,
  wholeView,
} from './threads.ts'

const comment = (id: string, frame: number | null, more: Partial<Comment> = {}): Comment =>
  ({
    id,
    parentId: null,
    createdAt: 0,
    isResolved: false,
    span: frame === null ? null : { startFrame: frame, endFrame: frame },
    ...more,
  }) as Comment

const threads = threadsOf([
  comment('late', 90),
  comment('whole', null),
  comment('early', 10, { isResolved: true }),
  comment('second', null, { parentId: 'late' as Comment['id'], createdAt: 2 }),
  comment('first', null, { parentId: 'late' as Comment['id'], createdAt: 1 }),
  comment('orphan', null, { parentId: 'gone' as Comment['id'], createdAt: 5 }),
])

test('threads stand in the order of the film, answers in the order of time', () => {
  expect(threads.map((thread) => thread.comment.id)).toEqual(['whole', 'orphan', 'early', 'late'])
  expect(threads.at(-1)?.replies.map((reply) => reply.id)).toEqual(['first', 'second'])
})

test('the playhead stands after everything that has begun', () => {
  expect(threadsBefore(threads, 0)).toBe(2)
  expect(threadsBefore(threads, 10)).toBe(3)
  expect(threadsBefore(threads, 89)).toBe(3)
  expect(threadsBefore(threads, 500)).toBe(4)
  expect(threadsBefore([], 5)).toBe(0)
})

test('from comment to comment', () => {
  expect(commentFrame(threads, 0, 1)).toBe(10)
  expect(commentFrame(threads, 10, 1)).toBe(90)
  expect(commentFrame(threads, 90, 1)).toBeUndefined()
  expect(commentFrame(threads, 90, -1)).toBe(10)
})

test('filters by what is resolved', () => {
  expect(
    shownThreads(threads, { ...wholeView, filter: 'resolved' }).map(({ comment }) => comment.id),
  ).toEqual(['early'])
  expect(shownThreads(threads, { ...wholeView, filter: 'open' })).toHaveLength(3)
})

test('finds words in answers too, and narrows by kind, author and drawing', () => {
  const ada = { remoteId: null, name: 'Ada', isMe: false }
  const mira = { remoteId: null, name: 'Mira', isMe: false }
  const said = threadsOf([
    comment('a', 1, { text: 'Strap', author: ada, kind: 'comment', drawing: [{} as never], createdAt: 1 }),
    comment('b', 2, {
      text: 'Sky',
      author: mira,
      kind: 'qc',
      drawing: [],
      isInternal: true,
      track: 'Grade',
      createdAt: 9,
    }),
    comment('r', null, {
      text: 'the STRAP again',
      author: mira,
      kind: 'comment',
      drawing: [],
      parentId: 'b' as Comment['id'],
    }),
  ])
  const ids = (view: Partial<CommentView>) =>
    shownThreads(said, { ...wholeView, ...view }).map((thread) => thread.comment.id)
  expect(ids({ find: 'strap' })).toEqual(['a', 'b'])
  expect(ids({ find: 'grade' })).toEqual(['b'])
  expect(ids({ kinds: ['qc'] })).toEqual(['b'])
  expect(ids({ authors: ['Ada'] })).toEqual(['a'])
  expect(ids({ isDrawnOnly: true })).toEqual(['a'])
  expect(ids({ isInternalOnly: true })).toEqual(['b'])
  expect(ids({ sort: 'newest' })).toEqual(['b', 'a'])
  expect(authorsOf(said)).toEqual(['Ada', 'Mira'])
})

test('what was chosen of an earlier version and is not shown any more is not of this one', () => {
  const own = threadsOf([comment('mine', 1), comment('hidden', 2), comment('other', 3)])
  const old = { ...threadsOf([comment('old', 1)])[0], from: 1 } as Thread
  const chosen = new Set(['mine', 'hidden', 'old'] as Comment['id'][])
  const ids = (shown: readonly Thread[]) => {
    const { own: mine, earlier } = chosenThreads(own, shown, chosen)
    return [mine, earlier].map((each) => each.map((thread) => thread.comment.id))
  }
  expect(ids([...own.slice(0, 1), old])).toEqual([['mine', 'hidden'], ['old']])
  expect(ids(own.slice(0, 1))).toEqual([['mine', 'hidden'], []])
})
