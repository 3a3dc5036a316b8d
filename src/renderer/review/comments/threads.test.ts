import { expect, test } from 'vitest'
import type { Comment } from '../../../shared/review.ts'
import {
  authorsOf,
  type CommentView,
  chosenThreads,
  coloursOf,
  commentFrame,
  isNarrowed,
  mentionsOf,
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

const nobody: ReadonlySet<string> = new Set()

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
    shownThreads(threads, { ...wholeView, filter: 'resolved' }, nobody).map(({ comment }) => comment.id),
  ).toEqual(['early'])
  expect(shownThreads(threads, { ...wholeView, filter: 'open' }, nobody)).toHaveLength(3)
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
    shownThreads(said, { ...wholeView, ...view }, nobody).map((thread) => thread.comment.id)
  expect(ids({ find: 'strap' })).toEqual(['a', 'b'])
  expect(ids({ find: 'grade' })).toEqual(['b'])
  expect(ids({ kinds: ['qc'] })).toEqual(['b'])
  expect(ids({ authors: ['Ada'] })).toEqual(['a'])
  expect(ids({ isDrawnOnly: true })).toEqual(['a'])
  expect(ids({ isInternalOnly: true })).toEqual(['b'])
  expect(ids({ sort: 'newest' })).toEqual(['b', 'a'])
  expect(authorsOf(said)).toEqual(['Ada', 'Mira'])
})

const remark = (id: string, more: Partial<Comment> = {}) =>
  comment(id, 1, { text: id, colour: null, pending: null, ...more })
const queued = { kind: 'edit', state: 'queued', failure: null } as const

test('narrows by colour, range and what is not sent, also of an answer', () => {
  const said = threadsOf([
    remark('ranged', { span: { startFrame: 1, endFrame: 2 } as never, colour: '#E5484D', createdAt: 1 }),
    remark('near red', { colour: '#e04040', createdAt: 2 }),
    remark('grey', { colour: '#777777', createdAt: 3 }),
    remark('blue', { colour: '#3e63dd', createdAt: 4, pending: { ...queued, state: 'failed' } }),
    remark('whole', { span: null, createdAt: 5 }),
    remark('answer', { parentId: 'whole' as Comment['id'], pending: queued }),
  ])
  const ids = (view: Partial<CommentView>) =>
    shownThreads(said, { ...wholeView, ...view }, nobody).map((thread) => thread.comment.id)
  expect(coloursOf(said)).toEqual(['red', 'blue'])
  expect(coloursOf(said.slice(0, 1))).toEqual([])
  expect(ids({ colours: ['red'] })).toEqual(['ranged', 'near red'])
  expect(ids({ colours: ['red', 'blue'] })).toEqual(['ranged', 'near red', 'blue'])
  expect(ids({ colours: ['violet'] })).toEqual([])
  expect(ids({ isRangedOnly: true })).toEqual(['ranged'])
  expect(ids({ isUnsentOnly: true })).toEqual(['whole', 'blue'])
  expect(ids({ isUnsentOnly: true, colours: ['blue'] })).toEqual(['blue'])
})

test('narrows by who is mentioned, in answers too, the longest name counting', () => {
  const said = threadsOf([
    remark('to bea', { text: 'Look, @Bea.', createdAt: 1 }),
    remark('to lind', { text: '@bea lind, see here', createdAt: 2 }),
    remark('to nobody', { text: 'mail@bea and @Tomas', createdAt: 3 }),
    remark('answered', { text: 'So it is', createdAt: 4 }),
    remark('answer', { text: 'Yes, @BEA', parentId: 'answered' as Comment['id'] }),
  ])
  const names = new Set(['Bea', 'Bea Lind'])
  const unknown: string[] = []
  expect(mentionsOf(said, names, (word) => unknown.push(word))).toEqual(['Bea', 'bea lind'])
  expect(unknown).toEqual(['Tomas'])
  const ids = (mentions: readonly string[], known = names as ReadonlySet<string>) =>
    shownThreads(said, { ...wholeView, mentions }, known).map((thread) => thread.comment.id)
  expect(ids(['bea'])).toEqual(['to bea', 'answered'])
  expect(ids(['bea lind'])).toEqual(['to lind'])
  expect(ids(['bea'], nobody)).toEqual([])
})

test.each<Partial<CommentView>>([
  { colours: ['red'] },
  { mentions: ['bea'] },
  { isRangedOnly: true },
  { isUnsentOnly: true },
  { isDrawnOnly: true },
])('%o is more than all, open or resolved', (view) => {
  expect(isNarrowed({ ...wholeView, ...view })).toBe(true)
  expect(isNarrowed({ ...wholeView, filter: 'open', sort: 'newest', isEarlierShown: true })).toBe(false)
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
