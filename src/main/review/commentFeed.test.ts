import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdsAll } from '../../../tests/fakes/commentsHold.ts'
import { drawnShape } from '../../../tests/fakes/drawnShape.ts'
import type { HandTimers } from '../../../tests/fakes/handTimers.ts'
import { createHandTimers } from '../../../tests/fakes/handTimers.ts'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { firstConnection, openClipBench } from '../../../tests/fakes/libraryBench.ts'
import { draftFor, openOutboxBench } from '../../../tests/fakes/outboxBench.ts'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import { written } from '../../../tests/fakes/writtenComment.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommentId, VersionId } from '../../shared/ids.ts'
import { versionIdSchema } from '../../shared/ids.ts'
import type { Comment, CommentDraft } from '../../shared/review.ts'
import type { CommentPower } from '../connectors/powers.ts'
import { createCommentMerge } from '../store/commentMerge.ts'
import { createCommentReadings } from '../store/commentReadings.ts'
import { createCommentFeed } from './commentFeed.ts'

/** As a service lists it: ids mean something within the list alone. */
function listed(remoteId: string, more: Partial<Comment> = {}): Comment {
  return written(remoteId, {
    ...{ id: `list-${remoteId}` as CommentId, remoteId, versionId: 'elsewhere' as VersionId },
    ...{ author: { remoteId: 'u2', name: 'Ida', isMe: false }, createdAt: 100, updatedAt: 100 },
    ...more,
  })
}

describe('comments as their service has them', () => {
  let bench: LibraryBench
  let versionId: VersionId
  let there: Comment[]
  let lists: number
  let holds: CommentPower['holds']
  let beforeAnswer: () => Promise<void>
  let create: (comment: Comment) => Promise<string>
  let changes: number
  let isVisible: boolean
  let timers: HandTimers

  beforeEach(async () => {
    ;({ bench, versionId } = await openClipBench())
    there = []
    lists = 0
    holds = holdsAll
    beforeAnswer = async () => undefined
    create = async (comment) => `remote-${comment.text}`
    changes = 0
    isVisible = true
    timers = createHandTimers()
    bench.remote.can = {
      comments: {
        get holds() {
          return holds
        },
        async list(ref) {
          expect(ref).toMatchObject({ remoteId: 'a-v1', assetRemoteId: 'a' })
          lists += 1
          const answer = [...there]
          await beforeAnswer()
          return answer
        },
        create: async (_ref, comment) => ({ remoteId: await create(comment) }),
        change: async () => undefined,
        remove: async () => undefined,
      },
    }
  })
  afterEach(() => bench.close())

  const open = () => {
    const { db } = bench.database
    const changed = () => {
      changes += 1
    }
    const powerOf = () => bench.remote.can.comments
    const feed = createCommentFeed({
      refs: bench.refs,
      service: bench.service,
      canRead: (id) => bench.assets.originOf(id) !== undefined && powerOf() !== undefined,
      merge: createCommentMerge(db),
      readings: createCommentReadings(db),
      changed,
      isVisible: () => isVisible,
      report: () => undefined,
      now: () => bench.time,
      later: timers.later,
    })
    const { outbox, comments: service } = openOutboxBench({
      db,
      power: powerOf,
      ref: (id) => bench.refs.version(id).ref,
      now: () => bench.time,
      changed: (id) => feed.touched(id),
      readAgain: feed.again,
    })
    return { feed, outbox, service }
  }
  const draft = (text: string, more: Partial<CommentDraft> = {}) =>
    draftFor(versionId, text, { span: null, ...more })
  /** Looks, and waits until the answer is written. */
  const read = async (feed: ReturnType<typeof open>['feed']) => {
    bench.time += 60_000
    const before = lists
    feed.look(versionId)
    await expect.poll(() => lists).toBeGreaterThan(before)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const texts = (service: ReturnType<typeof open>['service']) =>
    service.list(versionId).map((comment) => comment.text)

  test('a change that is given up makes way for the words there, however fresh the list is', async () => {
    const { feed, outbox, service } = open()
    there = [listed('r1')]
    await read(feed)
    const id = service.list(versionId)[0]?.id as CommentId
    const { comments } = bench.remote.can
    if (comments === undefined) throw new Error('it holds no comments')
    const change = () => Promise.reject(new AppError('auth.forbidden'))
    bench.remote.can = { comments: { ...comments, change } }
    service.change({ id, text: 'Mine' })
    await outbox.wake(firstConnection)
    expect(texts(service)).toEqual(['Mine'])
    service.discard(id)
    await expect.poll(() => texts(service)).toEqual(['r1'])
    expect(service.list(versionId)[0]?.pending).toBeNull()
  })

  test('others’ comments come in with their answers below them, whatever the order', async () => {
    const { feed, service } = open()
    there = [listed('answer', { parentId: 'list-root' as CommentId, createdAt: 200 }), listed('root')]
    await read(feed)
    const [root, answer] = service.list(versionId)
    expect([root?.text, answer?.text, answer?.parentId]).toEqual(['root', 'answer', root?.id])
    expect([root?.pending, root?.isLocalOnly, root?.author.name, changes]).toEqual([null, false, 'Ida', 1])
  })

  test('ids stay; what changed is written, what is gone goes, what is the same is left alone', async () => {
    const { feed, service } = open()
    there = [listed('one'), listed('two'), listed('three')]
    await read(feed)
    const ids = service.list(versionId).map((comment) => comment.id)
    await read(feed)
    expect(changes).toBe(1)
    const writes = bench.database.db.prepare('SELECT total_changes()').pluck()
    const before = Number(writes.get())
    there = [listed('one'), listed('two', { text: 'Two!', isResolved: true, kind: 'qc', track: 'Sound' })]
    await read(feed)
    // One row rewritten, one erased, and when they were read.
    expect(Number(writes.get()) - before).toBe(3)
    expect(service.list(versionId)).toMatchObject([
      { id: ids[0], text: 'one' },
      { id: ids[1], text: 'Two!', isResolved: true, kind: 'qc', track: 'Sound' },
    ])
    expect(changes).toBe(2)
  })

  test('what waits to be sent is not lost, overwritten or doubled', async () => {
    const { feed, service, outbox } = open()
    there = [listed('one'), listed('two')]
    await read(feed)
    const [one, two] = service.list(versionId)
    if (one === undefined || two === undefined) throw new Error('not read')
    service.change({ id: one.id, text: 'Reworded here' })
    service.remove(two.id)
    service.create(draft('Mine'))
    there = [listed('one', { text: 'Reworded there' }), listed('two')]
    await read(feed)
    expect(texts(service).sort()).toEqual(['Mine', 'Reworded here'])
    await outbox.wake(firstConnection)
    there = [listed('one', { text: 'Reworded here' }), listed('remote-Mine', { text: 'Mine' })]
    await read(feed)
    expect(texts(service).sort()).toEqual(['Mine', 'Reworded here'])
  })

  test('an answer that was not sent yet outlasts what it answers', async () => {
    const { feed, service } = open()
    there = [listed('root')]
    await read(feed)
    const [root] = service.list(versionId)
    service.create(draft('My answer', { parentId: root?.id ?? null }))
    there = []
    await read(feed)
    expect(service.list(versionId)).toMatchObject([{ text: 'My answer', parentId: null }])
  })

  test('a comment that arrived, though its answer did not, is one comment', async () => {
    const { feed, service, outbox } = open()
    const mine = { author: { remoteId: 'u1', name: 'Runa', isMe: true } }
    create = async () => {
      // The service has it; the list is read before its answer comes.
      there = [listed('remote-Mine', { text: 'Mine', ...mine }), listed('other')]
      await read(feed)
      throw new AppError('network.offline')
    }
    service.create(draft('Mine'))
    await outbox.wake(firstConnection)
    expect(texts(service).sort()).toEqual(['Mine', 'other'])
    create = async () => 'remote-Mine'
    bench.time += 120_000
    await outbox.wake(firstConnection)
    await read(feed)
    expect(service.list(versionId).filter((comment) => comment.text === 'Mine')).toMatchObject([
      { remoteId: 'remote-Mine', pending: null },
    ])
  })

  test('brought in by a list under somebody else’s name, it becomes ours with its answers', async () => {
    const { feed, service, outbox } = open()
    const made = service.create(draft('Mine'))
    there = [
      listed('remote-Mine', { text: 'Mine' }),
      listed('answer', { parentId: 'list-remote-Mine' as CommentId }),
    ]
    await read(feed)
    await outbox.wake(firstConnection)
    expect(service.list(versionId)).toMatchObject([
      { text: 'answer', parentId: made.id },
      { id: made.id, text: 'Mine', remoteId: 'remote-Mine' },
    ])
  })

  test('a list that was on its way while a write was confirmed is older than the write, and asked for again', async () => {
    const { feed, service, outbox } = open()
    service.create(draft('Mine'))
    let isFirst = true
    beforeAnswer = async () => {
      if (!isFirst) return
      isFirst = false
      await outbox.wake(firstConnection)
      there = [listed('remote-Mine', { text: 'Mine', author: { remoteId: 'u1', name: 'Runa', isMe: true } })]
    }
    await read(feed)
    await expect.poll(() => lists).toBe(2)
    expect(service.list(versionId)).toMatchObject([{ text: 'Mine', remoteId: 'remote-Mine' }])
  })

  test('what the service cannot hold keeps what was written here', async () => {
    const { feed, service, outbox } = open()
    holds = { ...holdsAll, drawings: false, colours: false }
    const shape = drawnShape({ tool: 'pen' })
    service.create(draft('Mine', { drawing: [shape], colour: 'red' }))
    await outbox.wake(firstConnection)
    there = [listed('remote-Mine', { text: 'Mine, reworded' })]
    await read(feed)
    expect(service.list(versionId)).toMatchObject([
      { text: 'Mine, reworded', colour: 'red', drawing: [shape] },
    ])
  })

  test('a service of single moments does not shorten a range, but moves it', async () => {
    const { feed, service, outbox } = open()
    holds = { ...holdsAll, ranges: false }
    const rate = { numerator: 24, denominator: 1 }
    const moment = (frame: number) => ({ startFrame: frame, endFrame: frame, rate })
    service.create(draft('Mine', { span: { startFrame: 10, endFrame: 40, rate } }))
    await outbox.wake(firstConnection)
    there = [listed('remote-Mine', { text: 'Mine', span: moment(10) })]
    await read(feed)
    expect(service.list(versionId)[0]?.span).toMatchObject({ startFrame: 10, endFrame: 40 })
    bench.time += 60_000
    there = [listed('remote-Mine', { text: 'Mine', span: moment(12) })]
    await read(feed)
    expect(service.list(versionId)[0]?.span).toMatchObject({ startFrame: 12, endFrame: 12 })
  })

  test('ten thousand comments are written, and found unchanged, within a second each', async () => {
    const { service } = open()
    const merge = createCommentMerge(bench.database.db)
    const many = Array.from({ length: 10_000 }, (_, n) =>
      listed(`c${n}`, { parentId: n % 5 === 4 ? (`list-c${n - 1}` as CommentId) : null }),
    )
    const first = processorTime(() => merge(versionId, many, holdsAll))
    const second = processorTime(() => merge(versionId, many, holdsAll))
    const shown = processorTime(() => service.list(versionId).length)
    expect([first.value, second.value, shown.value]).toEqual([true, false, 10_000])
    for (const { ms } of [first, second, shown]) expect(ms).toBeLessThan(1000)
  })

  test('whether they were ever read, and why not the last time, is known and told once', async () => {
    const { feed } = open()
    expect(feed.reading(versionId)).toEqual({ readAt: null, failure: null })
    beforeAnswer = () => Promise.reject(new AppError('remote.unavailable'))
    await read(feed)
    await read(feed)
    expect(feed.reading(versionId)).toMatchObject({ readAt: null, failure: { code: 'remote.unavailable' } })
    expect(changes).toBe(1)
    beforeAnswer = async () => undefined
    await read(feed)
    const readAt = bench.time
    expect(feed.reading(versionId)).toEqual({ readAt, failure: null })
    expect(changes).toBe(2)
    expect(open().feed.reading(versionId).readAt, 'kept for the next start').toBe(readAt)
    beforeAnswer = () => Promise.reject(new AppError('network.offline'))
    await read(feed)
    expect(feed.reading(versionId)).toMatchObject({ readAt, failure: { code: 'network.offline' } })
    expect(changes).toBe(3)
  })

  describe('of the version that is open', () => {
    const tick = () =>
      timers.tick((milliseconds) => {
        bench.time += milliseconds
      })

    test('they are asked for again within ten seconds, and told only when something changed', async () => {
      const { feed, service } = open()
      feed.watch(versionId)
      expect(await tick()).toBeLessThan(10_000)
      expect(changes, 'that there are none is news').toBe(1)
      there = [listed('new')]
      await tick()
      expect([texts(service), changes]).toEqual([['new'], 2])
      await tick()
      expect([lists, changes]).toEqual([3, 2])
    })

    test('seldom while nobody looks, and soon again when somebody does', async () => {
      const { feed } = open()
      feed.watch(versionId)
      await tick()
      isVisible = false
      for (let n = 0; n < 9; n += 1) await tick()
      expect(lists).toBe(1)
      await tick()
      expect(lists).toBe(2)
      isVisible = true
      await tick()
      expect(lists).toBe(3)
    })

    test('less and less while the service does not answer, at once when it is back', async () => {
      const { feed } = open()
      beforeAnswer = () => Promise.reject(new AppError('network.offline'))
      feed.watch(versionId)
      const waits: number[] = []
      for (let n = 0; n < 6; n += 1) waits.push(await tick())
      expect(waits).toEqual([6000, 12_000, 24_000, 48_000, 60_000, 60_000])
      beforeAnswer = async () => undefined
      const before = lists
      feed.wake()
      await expect.poll(() => lists).toBe(before + 1)
      await expect.poll(() => timers.waiting()).toEqual([6000])
    })

    test('nobody is asked after it was closed, its connection has gone, or the app stopped', async () => {
      const { feed } = open()
      feed.watch(versionId)
      await tick()
      feed.watch(null)
      expect(timers.waiting()).toEqual([])
      feed.watch(versionId)
      bench.removeConnection()
      await tick()
      expect(lists).toBe(1)
      feed.stop()
      expect(timers.waiting()).toEqual([])
      feed.wake()
      expect(lists).toBe(1)
    })

    test('a version nobody knows is not asked for', () => {
      const { feed } = open()
      feed.look(versionIdSchema.parse('01J0000000000000000000ZZZZ'))
      expect(lists).toBe(0)
    })
  })
})
