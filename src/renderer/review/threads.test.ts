import { expect, test } from 'vitest'
import type { Comment } from '../../shared/review.ts'
import { commentFrame, shownThreads, threadsBefore, threadsOf } from './threads.ts'

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
  expect(shownThreads(threads, 'resolved').map((thread) => thread.comment.id)).toEqual(['early'])
  expect(shownThreads(threads, 'open')).toHaveLength(3)
})
