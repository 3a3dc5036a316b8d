import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HandTimers } from '../../../tests/fakes/handTimers.ts'
import { createHandTimers } from '../../../tests/fakes/handTimers.ts'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  firstConnection,
  openLibraryBench,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { Inbox } from '../../shared/inbox.ts'
import type { RemoteInboxItem } from '../connectors/powers.ts'
import type { InboxService } from './inbox.ts'
import { createInbox } from './inbox.ts'

const item = (key: string, more: Partial<RemoteInboxItem> = {}): RemoteInboxItem => ({
  key,
  kind: 'mention',
  from: 'Ida',
  title: key,
  text: '',
  at: 100,
  isRead: false,
  assetRemoteId: null,
  versionRemoteId: null,
  ...more,
})

describe('the inbox', () => {
  let bench: LibraryBench
  let inbox: InboxService
  let there: RemoteInboxItem[]
  let lists: number
  let marked: string[]
  let failure: AppError | undefined
  let onList: () => Promise<void>
  let told: Inbox[]
  let isVisible: boolean
  let timers: HandTimers

  beforeEach(async () => {
    bench = openLibraryBench()
    there = []
    lists = 0
    marked = []
    failure = undefined
    onList = async () => undefined
    told = []
    isVisible = true
    timers = createHandTimers()
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a')])
    bench.remote.can = {
      inbox: {
        async list() {
          lists += 1
          const answer = there
          await onList()
          if (failure !== undefined) throw failure
          return answer
        },
        async markRead(keys) {
          if (failure !== undefined) throw failure
          marked.push(...keys)
        },
      },
    }
    await bench.readAll()
    inbox = createInbox({
      assets: bench.assets,
      service: bench.service,
      whereabouts: bench.whereabouts,
      connections: () =>
        bench.connections.get(firstConnection) === undefined || bench.remote.can.inbox === undefined
          ? []
          : [firstConnection],
      changed: (now) => told.push(now),
      isVisible: () => isVisible,
      report: () => undefined,
      now: () => bench.time,
      later: timers.later,
    })
  })
  afterEach(() => {
    inbox.stop()
    bench.close()
  })

  const tick = () =>
    timers.tick((milliseconds) => {
      bench.time += milliseconds
    })

  test('newest first, with what is known here of where each leads', async () => {
    there = [
      item('old', { at: 1, isRead: true }),
      item('new', { at: 9, assetRemoteId: 'a', versionRemoteId: 'a-v1' }),
      item('far', { at: 5, assetRemoteId: 'never seen' }),
    ]
    await inbox.wake()
    const { items, unread } = inbox.list()
    expect(items.map((one) => one.key)).toEqual(['new', 'far', 'old'])
    expect(unread).toBe(2)
    expect(items[0]).toMatchObject({
      connectionId: firstConnection,
      assetId: bench.assetOf('a'),
      versionId: bench.assets.get(bench.assetOf('a'))?.latestVersionId,
    })
    expect(items[1]).toMatchObject({ assetId: null, versionId: null })
    expect(items[0]).not.toHaveProperty('assetRemoteId')
  })

  test('asked again and again, told only when something is new', async () => {
    inbox.start()
    await tick()
    there = [item('one')]
    await tick()
    await tick()
    expect([lists, told.length, told[0]?.unread]).toEqual([3, 1, 1])
    isVisible = false
    await tick()
    expect(lists).toBe(3)
    for (let n = 0; n < 3; n += 1) await tick()
    expect(lists).toBe(4)
  })

  test('what was read before stays while the service does not answer', async () => {
    there = [item('one')]
    await inbox.wake()
    failure = new AppError('network.offline')
    await inbox.wake()
    expect(inbox.list().items).toHaveLength(1)
    expect(told).toHaveLength(1)
  })

  test('read is what the service has heard is read', async () => {
    there = [item('one'), item('two')]
    await inbox.wake()
    failure = new AppError('network.offline')
    const mark = () => inbox.markRead({ connectionId: firstConnection, keys: ['one'] })
    expect(await refusalOf(mark)).toBe('network.offline')
    expect(inbox.list().unread).toBe(2)
    failure = undefined
    expect((await mark()).unread).toBe(1)
    expect([marked, told.at(-1)?.unread]).toEqual([['one'], 1])
  })

  test('a list that was on its way while something was marked does not undo it', async () => {
    there = [item('one')]
    await inbox.wake()
    onList = async () => {
      onList = async () => undefined
      await inbox.markRead({ connectionId: firstConnection, keys: ['one'] })
    }
    await inbox.wake()
    expect(inbox.list().unread).toBe(0)
  })

  test('one that leads to something not seen yet asks the service for it', async () => {
    there = [
      item('far', { assetRemoteId: 'far', versionRemoteId: 'far-v1' }),
      item('note'),
      item('lost', { assetRemoteId: 'lost' }),
    ]
    bench.remote.known.set('far', remoteAsset('far', { placeRemoteIds: ['day'] }))
    await inbox.wake()
    const open = (key: string) => inbox.open({ connectionId: firstConnection, key })
    const { assetId, versionId } = await open('far')
    expect(bench.assets.get(assetId)).toMatchObject({
      name: 'far.mov',
      placeId: bench.placeOf('day'),
      latestVersionId: versionId,
    })
    expect(await refusalOf(() => open('note'))).toBe('thing.notFound')
    expect(await refusalOf(() => open('lost'))).toBe('remote.notFound')
    expect(await refusalOf(() => open('unheard of'))).toBe('thing.notFound')
  })

  test('bounded, however much a service has to say', async () => {
    there = Array.from({ length: 1000 }, (_, n) =>
      item(`n${n}`, { at: n, text: 'x'.repeat(10_000), title: 't'.repeat(999) }),
    )
    await inbox.wake()
    const { items } = inbox.list()
    expect([items.length, items[0]?.key, items[0]?.text.length, items[0]?.title.length]).toEqual([
      200,
      'n999',
      2000,
      300,
    ])
  })

  test('of a connection that is gone, or without an inbox, nothing stays', async () => {
    there = [item('one')]
    await inbox.wake()
    bench.removeConnection()
    await inbox.wake()
    expect([inbox.list().items, told.at(-1)?.unread]).toEqual([[], 0])
    expect(await refusalOf(() => inbox.markRead({ connectionId: firstConnection, keys: ['one'] }))).toBe(
      'thing.notFound',
    )
  })

  test('a service without an inbox is not asked', async () => {
    bench.remote.can = {}
    await inbox.wake()
    expect(lists).toBe(0)
    expect(await refusalOf(() => inbox.markRead({ connectionId: firstConnection, keys: ['x'] }))).toBe(
      'request.invalid notSupported',
    )
  })
})
