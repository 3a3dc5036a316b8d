import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { firstConnection, openClipBench } from '../../../tests/fakes/libraryBench.ts'
import { draftFor, fakeService, openOutboxBench } from '../../../tests/fakes/outboxBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Comment, CommentDraft } from '../../shared/review.ts'
import { createCommentStore } from '../store/commentStore.ts'

describe('the outbox', () => {
  let bench: LibraryBench
  let versionId: VersionId
  let service: ReturnType<typeof fakeService>
  let hasPower: boolean
  let isKnown: boolean
  let time: number
  let timers: { run: () => void; at: number }[]

  beforeEach(async () => {
    ;({ bench, versionId } = await openClipBench())
    service = fakeService()
    hasPower = true
    isKnown = true
    time = 1000
    timers = []
  })
  afterEach(() => bench.close())

  const open = () =>
    openOutboxBench({
      db: bench.database.db,
      power: () => (hasPower ? service.power : undefined),
      ref: () => (isKnown ? bench.refs.version(versionId).ref : undefined),
      now: () => time,
      later(milliseconds, run) {
        timers.push({ run, at: time + milliseconds })
        return () => undefined
      },
    })
  const draft = (text: string, more: Partial<CommentDraft> = {}) => draftFor(versionId, text, more)

  test('a comment shows at once as waiting, and is confirmed when the service has it', async () => {
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('Darken the strap'))
    expect(made.pending).toEqual({ kind: 'create', state: 'queued', failure: null })
    await outbox.wake(firstConnection)
    expect(
      comments.list(versionId).map((comment) => [comment.text, comment.pending, comment.remoteId]),
    ).toEqual([['Darken the strap', null, `remote-${made.id}`]])
    expect(waiting()).toBe(0)
  })

  test('writes go out in order, and a reply knows its parent at the service', async () => {
    const { outbox, comments } = open()
    const first = comments.create(draft('One'))
    comments.create(draft('Two', { parentId: first.id, span: null }))
    comments.change({ id: first.id, text: 'One, better' })
    await outbox.wake(firstConnection)
    expect(service.log).toEqual(['create One, better', 'create Two'])
    expect([...service.held.values()].map((entry) => entry.parent)).toEqual([null, `remote-${first.id}`])
  })

  test('words changed while they were on their way are sent again', async () => {
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('Draft'))
    let isFirst = true
    service.onAfter(() => {
      if (isFirst) comments.change({ id: made.id, text: 'Final' })
      isFirst = false
    })
    await outbox.wake(firstConnection)
    expect(service.held.get(`remote-${made.id}`)?.text).toBe('Final')
    expect(waiting()).toBe(0)
  })

  test('without a network it waits and goes on by itself; nothing is lost by a restart in between', async () => {
    const first = open()
    first.comments.create(draft('Offline'))
    service.onBefore(() => {
      throw new AppError('network.offline')
    })
    await first.outbox.wake(firstConnection)
    expect(first.comments.list(versionId)[0]?.pending).toEqual({
      kind: 'create',
      state: 'queued',
      failure: { code: 'network.offline', facts: {} },
    })
    expect(timers).toHaveLength(1)
    first.outbox.stop()

    const second = open()
    service.onBefore(() => undefined)
    time += 120_000
    await second.outbox.wake(firstConnection)
    expect(second.comments.list(versionId)[0]?.pending).toBeNull()
    expect(service.held.size).toBe(1)
  })

  test('a reply lost on the way does not double the comment', async () => {
    const { outbox, comments } = open()
    comments.create(draft('Once'))
    let isFirst = true
    service.onAfter(() => {
      if (isFirst) {
        isFirst = false
        throw new AppError('network.offline')
      }
    })
    await outbox.wake(firstConnection)
    time += 120_000
    await outbox.wake(firstConnection)
    expect(service.held.size).toBe(1)
    expect(comments.list(versionId)).toHaveLength(1)
    expect(comments.list(versionId)[0]?.pending).toBeNull()
  })

  test('a refusal stays with its comment, lets the others pass and can be mended', async () => {
    const { outbox, comments } = open()
    const refused = comments.create(draft('Refused'))
    comments.create(draft('Fine'))
    service.onBefore(() => {
      if (
        service.log.length === 0 &&
        !comments.list(versionId).some((comment) => comment.text === 'Mended')
      ) {
        service.log.push('refused')
        throw new AppError('remote.refused')
      }
    })
    await outbox.wake(firstConnection)
    expect(comments.list(versionId).map((comment) => comment.pending?.state ?? 'sent')).toEqual([
      'failed',
      'sent',
    ])
    comments.change({ id: refused.id, text: 'Mended' })
    await outbox.wake(firstConnection)
    expect(comments.list(versionId).map((comment) => comment.pending?.state ?? 'sent')).toEqual([
      'sent',
      'sent',
    ])
  })

  test('what was refused for want of a sign-in goes out after it; other refusals stay', async () => {
    const { outbox, comments } = open()
    comments.create(draft('Signed out'))
    comments.create(draft('Refused'))
    let codes: ('auth.expired' | 'remote.refused')[] = ['auth.expired', 'remote.refused']
    service.onBefore(() => {
      const code = codes.shift()
      if (code !== undefined) throw new AppError(code)
    })
    await outbox.wake(firstConnection)
    codes = []
    await outbox.signedIn(firstConnection)
    expect(comments.list(versionId).map((comment) => comment.pending?.failure?.code ?? 'sent')).toEqual([
      'sent',
      'remote.refused',
    ])
  })

  test('a write for a version that is not listed any more is shown as refused, not as sent', async () => {
    const { outbox, comments, waiting } = open()
    comments.create(draft('Whereto'))
    isKnown = false
    await outbox.wake(firstConnection)
    expect(comments.list(versionId)[0]?.pending?.failure?.code).toBe('remote.notFound')
    expect(waiting()).toBe(1)
  })

  test('a run that the database stops is not the last one', async () => {
    const { outbox, comments } = open()
    comments.create(draft('Later'))
    const { db } = bench.database
    db.exec('ALTER TABLE outbox RENAME TO away')
    await outbox.wake(firstConnection)
    db.exec('ALTER TABLE away RENAME TO outbox')
    await outbox.wake(firstConnection)
    expect(comments.list(versionId)[0]?.pending).toBeNull()
  })

  test('a comment removed before it was sent never reaches the service; one that was there is taken off it', async () => {
    const { outbox, comments, waiting } = open()
    comments.remove(comments.create(draft('Never mind')).id)
    await outbox.wake(firstConnection)
    expect(service.log).toEqual([])
    const sent = comments.create(draft('There'))
    await outbox.wake(firstConnection)
    comments.remove(sent.id)
    expect(comments.list(versionId)).toEqual([])
    await outbox.wake(firstConnection)
    expect(service.held.size).toBe(0)
    expect(waiting()).toBe(0)
  })

  test('where the back end holds no comments they stay here, and say so', async () => {
    hasPower = false
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('Local'))
    expect([made.isLocalOnly, made.pending, waiting()]).toEqual([true, null, 0])
    comments.change({ id: made.id, isResolved: true })
    await outbox.wake(firstConnection)
    expect(comments.list(versionId)[0]?.isResolved).toBe(true)
    comments.remove(made.id)
    expect(comments.list(versionId)).toEqual([])
  })

  test("the service's own time survives every change but one of the frames", () => {
    const { comments } = open()
    const made = comments.create(draft('Timed'))
    const remoteTime = { start: '417', end: '500' }
    const stored = createCommentStore(bench.database.db)
    stored.put({ ...made, span: { ...(made.span as NonNullable<Comment['span']>), remoteTime } })
    const { span } = comments.change({ id: made.id, text: 'Timed, reworded', span: draft('').span })
    expect(span?.remoteTime).toEqual(remoteTime)
    const moved = comments.change({
      id: made.id,
      span: { startFrame: 11, endFrame: 12, rate: { numerator: 24, denominator: 1 } },
    })
    expect(moved.span?.remoteTime).toBeUndefined()
  })

  test('a removal that has not gone out is taken back with the answers and the last words', async () => {
    const { outbox, comments, waiting } = open()
    const made = comments.create(draft('One'))
    comments.create(draft('Answer', { parentId: made.id, span: null }))
    const other = comments.create(draft('Answer, removed by itself', { parentId: made.id, span: null }))
    await outbox.wake(firstConnection)
    comments.change({ id: made.id, text: 'One, better' })
    comments.remove(other.id)
    comments.remove(made.id)
    expect(comments.list(versionId)).toEqual([])
    expect(comments.takeBack([made.id])).toEqual([made.id])
    expect(comments.list(versionId).map(({ text }) => text)).toEqual(['One, better', 'Answer'])
    await outbox.wake(firstConnection)
    expect(service.held.get(`remote-${made.id}`)?.text).toBe('One, better')
    expect([...service.held.keys()]).not.toContain(`remote-${other.id}`)
    expect(waiting()).toBe(0)
  })

  test('a removal that may have arrived is not taken back', async () => {
    const { outbox, comments } = open()
    const made = comments.create(draft('One'))
    await outbox.wake(firstConnection)
    service.onAfter(() => {
      throw new AppError('network.offline')
    })
    comments.remove(made.id)
    await outbox.wake(firstConnection)
    expect(comments.takeBack([made.id])).toEqual([])
    service.onAfter(() => undefined)
    time += 120_000
    await outbox.wake(firstConnection)
    expect(comments.takeBack([made.id])).toEqual([])
    expect(service.held.size).toBe(0)
  })

  test('an empty comment and one for a version that is gone are refused', () => {
    const { comments } = open()
    const codeOf = (run: () => unknown) => {
      try {
        run()
        return 'none'
      } catch (error) {
        return error instanceof AppError ? error.code : 'bug'
      }
    }
    expect(codeOf(() => comments.create(draft('')))).toBe('request.invalid')
    const gone = { ...draft('x'), versionId: '01J0000000000000000000ZZZZ' as VersionId }
    expect(codeOf(() => comments.create(gone))).toBe('thing.notFound')
  })
})
