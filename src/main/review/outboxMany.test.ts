import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { firstConnection, openClipBench } from '../../../tests/fakes/libraryBench.ts'
import { draftFor, fakeService, openOutboxBench } from '../../../tests/fakes/outboxBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { CommentDraft } from '../../shared/review.ts'

describe('comments changed many at once', () => {
  let bench: LibraryBench
  let versionId: VersionId
  let service: ReturnType<typeof fakeService>
  let time: number

  beforeEach(async () => {
    ;({ bench, versionId } = await openClipBench())
    service = fakeService()
    time = 1000
  })
  afterEach(() => bench.close())

  const open = () =>
    openOutboxBench({
      db: bench.database.db,
      power: () => service.power,
      ref: () => bench.refs.version(versionId).ref,
      now: () => time,
    })
  const draft = (text: string, more: Partial<CommentDraft> = {}) => draftFor(versionId, text, more)
  const three = async (opened: ReturnType<typeof open>) => {
    const made = ['One', 'Two', 'Three'].map((text) => opened.comments.create(draft(text)).id)
    await opened.outbox.wake(firstConnection)
    service.log.length = 0
    return made
  }
  const states = ({ comments }: ReturnType<typeof open>) =>
    comments.list(versionId).map((comment) => comment.pending?.state ?? 'sent')

  test('one act goes out as one call', async () => {
    service.canMany()
    const opened = open()
    const ids = await three(opened)
    const changed = opened.comments.changeMany(ids, { isResolved: true, colour: 'red' })
    expect(changed.map((comment) => [comment.isResolved, comment.colour, comment.pending?.state])).toEqual(
      ids.map(() => [true, 'red', 'queued']),
    )
    await opened.outbox.wake(firstConnection)
    expect([service.log, states(opened), opened.waiting()]).toEqual([
      ['changeMany One,Two,Three'],
      ['sent', 'sent', 'sent'],
      0,
    ])
    opened.comments.removeMany(ids)
    expect(opened.comments.list(versionId)).toEqual([])
    await opened.outbox.wake(firstConnection)
    expect([service.log[1], service.held.size, opened.waiting()]).toEqual(['removeMany 3', 0, 0])
  })

  test('a service without such a call is asked one by one', async () => {
    const opened = open()
    const ids = await three(opened)
    opened.comments.changeMany(ids, { isResolved: true })
    await opened.outbox.wake(firstConnection)
    expect(service.log).toEqual(['change One', 'change Two', 'change Three'])
  })

  test('what the service has not heard of yet goes out as new, the others together', async () => {
    service.canMany()
    const opened = open()
    const ids = await three(opened)
    const unsent = opened.comments.create(draft('Four')).id
    opened.comments.changeMany([...ids, unsent], { isInternal: true })
    await opened.outbox.wake(firstConnection)
    expect(service.log).toEqual(['create Four', 'changeMany One,Two,Three'])
  })

  test('without a network all of them wait, and go out together afterwards', async () => {
    service.canMany()
    const opened = open()
    const ids = await three(opened)
    service.onBefore(() => {
      throw new AppError('network.offline')
    })
    opened.comments.changeMany(ids, { isResolved: true })
    await opened.outbox.wake(firstConnection)
    expect(states(opened)).toEqual(['queued', 'queued', 'queued'])
    service.onBefore(() => undefined)
    time += 120_000
    await opened.outbox.wake(firstConnection)
    expect(service.log).toEqual(['changeMany One,Two,Three'])
  })

  test('where one of them is at fault, it alone is refused', async () => {
    service.canMany()
    const opened = open()
    const ids = await three(opened)
    let left = 1
    service.onBefore((kind) => {
      if (kind === 'changeMany') throw new AppError('remote.refused')
      if (kind === 'change' && left-- === 0) throw new AppError('remote.notFound')
    })
    opened.comments.changeMany(ids, { isResolved: true })
    await opened.outbox.wake(firstConnection)
    expect(states(opened)).toEqual(['sent', 'failed', 'sent'])
  })

  test('signed out, nobody asks one by one; they go out together after the sign-in', async () => {
    service.canMany()
    const opened = open()
    const ids = await three(opened)
    let asked = 0
    service.onBefore(() => {
      asked += 1
      throw new AppError('auth.expired')
    })
    opened.comments.changeMany(ids, { isResolved: true })
    await opened.outbox.wake(firstConnection)
    expect([asked, states(opened)]).toEqual([1, ['failed', 'failed', 'failed']])
    service.onBefore(() => undefined)
    await opened.outbox.signedIn(firstConnection)
    expect(service.log).toEqual(['changeMany One,Two,Three'])
  })

  test('an act is of one version and of comments that are there, or nothing happens', async () => {
    const opened = open()
    const ids = await three(opened)
    const gone = '01J0000000000000000000ZZZZ' as (typeof ids)[number]
    expect(() => opened.comments.changeMany([...ids, gone], { isResolved: true })).toThrow('thing.notFound')
    expect(() => opened.comments.removeMany([...ids, gone])).toThrow('thing.notFound')
    expect(opened.comments.list(versionId).map((comment) => comment.isResolved)).toEqual([
      false,
      false,
      false,
    ])
  })

  test('answers of a comment that goes may be among those that were chosen', async () => {
    const opened = open()
    const root = opened.comments.create(draft('Root'))
    const answer = opened.comments.create(draft('Answer', { parentId: root.id, span: null }))
    opened.comments.removeMany([root.id, answer.id])
    expect([opened.comments.list(versionId), opened.waiting()]).toEqual([[], 0])
  })
})
