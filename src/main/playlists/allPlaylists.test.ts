import { monotonicFactory } from 'ulid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakePlaylists } from '../../../tests/fakes/FakePlaylists.ts'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  firstConnection,
  openLibraryBench,
  otherConnection,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import { frameRates } from '../../shared/frameRate.ts'
import type { PlaylistId } from '../../shared/ids.ts'
import type { MediaInfo } from '../../shared/place.ts'
import { createEntryView } from '../store/entryView.ts'
import { createPlaylistStore } from '../store/playlistStore.ts'
import type { AllPlaylists } from './allPlaylists.ts'
import { createAllPlaylists } from './allPlaylists.ts'
import { createPlaylistReading } from './playlistReading.ts'
import { createPlaylists } from './playlists.ts'
import { createServicePlaylists } from './servicePlaylists.ts'
import { createStoredEntries } from './storedEntries.ts'

describe('playlists of a service', () => {
  let bench: LibraryBench
  let remote: FakePlaylists
  let playlists: AllPlaylists
  let told: (PlaylistId | null)[]
  let isSignedIn: boolean

  const open = () => {
    const store = createPlaylistStore(bench.database.db)
    const common = {
      ...{ store, service: bench.service, newId: monotonicFactory(), now: () => bench.time },
      view: createEntryView(bench.database.db),
      making: createStoredEntries(bench.assets, bench.refs),
      changed: (id: PlaylistId | null) => void told.push(id),
    }
    const powerOf = (id: string) =>
      isSignedIn && id === firstConnection ? bench.remote.can.playlists : undefined
    const reading = createPlaylistReading({
      ...common,
      connections: () =>
        [firstConnection, otherConnection].map((id) => ({ id, isSignedIn, power: powerOf(id) })),
      met: bench.whereabouts.met,
      isVisible: () => true,
      report: () => undefined,
      later: () => () => undefined,
    })
    return createAllPlaylists({
      ...{ store, reading },
      own: createPlaylists({ ...common, assets: bench.assets }),
      kept: createServicePlaylists({ ...common, reading, powerOf }),
    })
  }
  const kept = (name: string) => {
    const found = playlists.list().find((each) => each.name === name && each.home !== null)
    if (found === undefined) throw new Error(`no ${name}`)
    return found
  }
  const entriesOf = async (id: PlaylistId) => (await playlists.get(id)).entries
  const namesOf = async (id: PlaylistId) => (await entriesOf(id)).map(({ name }) => name.replace('.mov', ''))
  const idAt = async (id: PlaylistId, index: number) => {
    const found = (await entriesOf(id))[index]
    if (found === undefined) throw new Error(`no entry ${index}`)
    return found.id
  }
  /** What is asked in the background is answered. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

  beforeEach(async () => {
    bench = openLibraryBench()
    told = []
    isSignedIn = true
    remote = new FakePlaylists()
    bench.remote.can = { playlists: remote }
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a'), remoteAsset('b')])
    await bench.readAll()
    playlists = open()
    remote.put('one', 'Friday', 'a', 'x', 'b')
    remote.put('two', 'Empty')
    await playlists.refresh()
  })
  afterEach(() => {
    playlists.stop()
    bench.close()
  })

  test('are listed beside own ones, and read when one is opened; what nobody knew is there then', async () => {
    playlists.create('Zebra', [{ assetId: bench.assetOf('a'), versionId: null, range: null }])
    expect(playlists.list().map(({ name, entryCount, home }) => [name, entryCount, home === null])).toEqual([
      ['Zebra', 1, true],
      ['Empty', 0, false],
      ['Friday', 3, false],
    ])
    expect(playlists.services()).toMatchObject([
      { connectionId: firstConnection, isReading: false, readAt: bench.time, failure: null, mayCreate: true },
    ])
    const { id } = kept('Friday')
    expect(remote.asked).toEqual(['list'])
    expect(await namesOf(id)).toEqual(['a', 'x', 'b'])
    expect((await entriesOf(id)).map(({ problem, versionNumber }) => [problem, versionNumber])).toEqual([
      [null, 1],
      [null, 1],
      [null, 1],
    ])
    expect(remote.asked).toEqual(['list', 'read one'])
    expect(kept('Friday')).toMatchObject({
      home: { readAt: bench.time, failure: null },
      sources: [firstConnection],
    })
  })

  test('without the service are as they were, over a restart, and say why', async () => {
    const { id } = kept('Friday')
    await entriesOf(id)
    const before = await idAt(id, 1)
    playlists = open()
    remote.failure = new AppError('network.offline')
    bench.time += 60_000
    await playlists.refresh()
    expect(await namesOf(id)).toEqual(['a', 'x', 'b'])
    await settled()
    expect(await idAt(id, 1)).toBe(before)
    expect(kept('Friday').home).toMatchObject({
      readAt: bench.time - 60_000,
      failure: { code: 'network.offline' },
    })
    expect(playlists.services()).toMatchObject([{ failure: { code: 'network.offline' } }])
    // One that was never read has nothing to show.
    expect(await refusalOf(() => playlists.get(kept('Empty').id))).toBe('network.offline')
    isSignedIn = false
    expect(kept('Friday').may).toEqual([])
    remote.failure = undefined
    isSignedIn = true
    bench.time += 60_000
    await playlists.refresh()
    await namesOf(id)
    await settled()
    expect(kept('Friday').home).toMatchObject({ readAt: bench.time, failure: null })
    expect(playlists.services()).toMatchObject([{ failure: null }])
  })

  test('what others change is seen: another order, another list, one that is gone', async () => {
    const { id } = kept('Friday')
    const a = await idAt(id, 0)
    remote.lists.get('one')?.entries.reverse()
    remote.put('three', 'New')
    remote.lists.delete('two')
    told.length = 0
    await playlists.refresh()
    expect(told).toContain(id)
    expect(playlists.list().map(({ name }) => name)).toEqual(['Friday', 'New'])
    await namesOf(id)
    await settled()
    expect([await namesOf(id), await idAt(id, 2)]).toEqual([['b', 'x', 'a'], a])
    remote.lists.delete('one')
    bench.time += 60_000
    await namesOf(id)
    await settled()
    expect(await refusalOf(() => playlists.get(id))).toBe('thing.notFound')
  })

  test('every change is the service’s first, and shown as it answers', async () => {
    const { id } = kept('Friday')
    const [a, , b] = [await idAt(id, 0), 0, await idAt(id, 2)]
    await playlists.move(id, [b], a)
    expect(await namesOf(id)).toEqual(['b', 'a', 'x'])
    await playlists.add(id, [{ assetId: bench.assetOf('b'), versionId: null, range: null }])
    expect(await namesOf(id)).toEqual(['b', 'a', 'x', 'b'])
    expect((await playlists.rename(id, 'Saturday')).name).toBe('Saturday')
    await playlists.removeEntries(id, [b, a])
    expect(await namesOf(id)).toEqual(['x', 'b'])
    await playlists.putBackEntries(id, [b, a])
    expect(await namesOf(id)).toEqual(['b', 'a', 'x', 'b'])
    const at = remote.lists.get('one')
    expect([at?.name, at?.entries.map(({ assetRemoteId }) => assetRemoteId)]).toEqual([
      'Saturday',
      ['b', 'a', 'x', 'b'],
    ])
    await playlists.remove(id)
    expect([remote.lists.has('one'), playlists.list().map(({ name }) => name)]).toEqual([false, ['Empty']])
    expect(await refusalOf(() => playlists.putBack(id))).toBe('thing.notFound')
  })

  test('refused, a list stays what it was, and is looked at again', async () => {
    const { id } = kept('Friday')
    const [a, b] = [await idAt(id, 0), await idAt(id, 2)]
    remote.failure = new AppError('auth.forbidden')
    const acts = [
      () => playlists.move(id, [b], a),
      () => playlists.rename(id, 'x'),
      () => playlists.removeEntries(id, [a]),
      () => playlists.change({ id: a, versionId: null, range: null }),
      () => playlists.remove(id),
    ]
    for (const act of acts) expect(await refusalOf(act)).toBe('auth.forbidden')
    remote.failure = undefined
    remote.asked.length = 0
    expect(await namesOf(id)).toEqual(['a', 'x', 'b'])
    expect([kept('Friday').name, remote.asked]).toEqual(['Friday', ['read one']])
    expect(await refusalOf(() => playlists.putBackEntries(id, [a]))).toBe('thing.notFound')
  })

  /** What stands in the list at the service. */
  const there = () => remote.lists.get('one')?.entries.map(({ assetRemoteId }) => assetRemoteId)
  const mark = (at: number, problem: 'sequence' | 'forbidden') =>
    Object.assign(remote.lists.get('one')?.entries[at] ?? {}, { problem })

  test('what cannot be played is put back as it stood', async () => {
    mark(0, 'forbidden')
    mark(1, 'sequence')
    const { id } = kept('Friday')
    const ids = (await entriesOf(id)).map((entry) => entry.id)
    await playlists.removeEntries(id, ids)
    expect(there()).toEqual([])
    await playlists.putBackEntries(id, ids)
    expect(there()).toEqual(['a', 'x', 'b'])
    expect(remote.lists.get('one')?.entries[1]?.problem).toBe('sequence')
    expect(remote.asked.findLast((each) => each.startsWith('add'))).toBe('add one a')
    expect(await refusalOf(() => playlists.putBackEntries(id, ids))).toBe('thing.notFound')
  })

  test('what broke off half-way is put back by the next try, and nothing twice', async () => {
    const { id } = kept('Friday')
    const ids = (await entriesOf(id)).map((entry) => entry.id)
    await playlists.removeEntries(id, ids.slice(0, 2))
    remote.failure = new AppError('remote.rateLimited')
    remote.refused = /^add one x/
    expect(await refusalOf(() => playlists.putBackEntries(id, ids.slice(0, 2)))).toBe('remote.rateLimited')
    expect(there()).toEqual(['a', 'b'])
    remote.failure = undefined
    await playlists.putBackEntries(id, ids.slice(0, 2))
    expect(there()).toEqual(['a', 'x', 'b'])
  })

  test('what went before a removal broke off can be put back', async () => {
    const { id } = kept('Friday')
    const ids = (await entriesOf(id)).map((entry) => entry.id)
    const whole = remote.takeOut
    remote.takeOut = async (list, [first]) => {
      await whole(list, first === undefined ? [] : [first])
      throw new AppError('network.offline')
    }
    expect(await refusalOf(() => playlists.removeEntries(id, ids.slice(0, 2)))).toBe('network.offline')
    expect(await namesOf(id)).toEqual(['x', 'b'])
    await playlists.putBackEntries(id, ids.slice(0, 2))
    expect(there()).toEqual(['a', 'x', 'b'])
  })

  test('what is done is done, though the list cannot be read then', async () => {
    const { id } = kept('Friday')
    const [a] = (await entriesOf(id)).map((entry) => entry.id)
    if (a === undefined) throw new Error('no entry')
    remote.failure = new AppError('remote.rateLimited')
    remote.refused = /^read/
    await playlists.add(id, [{ assetId: bench.assetOf('b'), versionId: null, range: null }])
    expect((await playlists.rename(id, 'Saturday')).home?.failure?.code).toBe('remote.rateLimited')
    await playlists.removeEntries(id, [a])
    expect(await namesOf(id)).toEqual(['x', 'b'])
    const own = playlists.create('Mine', [{ assetId: bench.assetOf('a'), versionId: null, range: null }])
    const made = await playlists.keepAt(own.id, firstConnection, 'Theirs')
    expect(made).toMatchObject({ name: 'Theirs', entryCount: 1, home: { readAt: null } })
    remote.failure = undefined
    bench.time += 60_000
    await namesOf(id)
    await settled()
    expect([await namesOf(id), kept('Saturday').home?.failure]).toEqual([['x', 'b', 'b'], null])
    await playlists.putBackEntries(id, [a])
    expect(there()).toEqual(['a', 'x', 'b', 'b'])
    expect(await namesOf(made.id)).toEqual(['a'])
  })

  test('a service that tells one id twice is read as often as one likes', async () => {
    const [first, second] = remote.lists.get('one')?.entries ?? []
    Object.assign(second ?? {}, { remoteId: first?.remoteId })
    const { id } = kept('Friday')
    const ids = (await entriesOf(id)).map((entry) => entry.id)
    await playlists.refresh()
    await entriesOf(id)
    await settled()
    expect(kept('Friday').home?.failure).toBeNull()
    expect((await entriesOf(id)).map((entry) => entry.id)).toEqual(ids)
  })

  test('an answer that was on its way when something was written is not believed', async () => {
    const { id } = kept('Friday')
    await entriesOf(id)
    bench.time += 60_000
    const gate = { open: (): void => undefined }
    remote.hold = new Promise((resolve) => {
      gate.open = resolve
    })
    await entriesOf(id)
    const listing = playlists.refresh()
    remote.hold = Promise.resolve()
    await playlists.rename(id, 'Saturday')
    gate.open()
    await listing
    await settled()
    expect(kept('Saturday').id).toBe(id)
  })

  test('what was read while a write broke off is asked for again', async () => {
    const { id } = kept('Friday')
    await entriesOf(id)
    const gate = { open: (): void => undefined }
    remote.hold = new Promise((resolve) => {
      gate.open = resolve
    })
    remote.failure = new AppError('network.offline')
    const renamed = playlists.rename(id, 'Saturday')
    await settled()
    remote.hold = Promise.resolve()
    remote.failure = undefined
    await entriesOf(id)
    await settled()
    gate.open()
    expect(await refusalOf(() => renamed)).toBe('network.offline')
    remote.asked.length = 0
    await entriesOf(id)
    expect(remote.asked).toEqual(['read one'])
  })

  test('milliseconds are frames once the media are known, and frames milliseconds at the service', async () => {
    const [first] = remote.lists.get('one')?.entries ?? []
    if (first === undefined) throw new Error('no entry')
    Object.assign(first, { span: { startMs: 1001, endMs: 2002 } })
    const { id } = kept('Friday')
    expect((await entriesOf(id))[0]).toMatchObject({ range: null, span: { startMs: 1001, endMs: 2002 } })
    const a = await idAt(id, 0)
    const notMeasured = playlists.change({ id: a, range: { startFrame: 1, endFrame: 2 } })
    expect(await refusalOf(() => notMeasured)).toBe('request.invalid notMeasured')
    const { latestVersionId } = bench.assets.get(bench.assetOf('a')) ?? {}
    if (latestVersionId === undefined) throw new Error('no version')
    const info: MediaInfo = {
      ...{ kind: 'video', container: null, videoCodec: null, audioCodec: null, width: null, height: null },
      ...{
        rate: frameRates['23.976'],
        isVariableRate: false,
        frames: 100,
        startFrame: 0,
        isDropFrame: false,
      },
    }
    bench.assets.setMediaFacts(latestVersionId, { info, times: null })
    expect((await entriesOf(id))[0]).toMatchObject({ range: { startFrame: 24, endFrame: 48 }, span: null })
    await playlists.change({ id: a, versionId: null })
    expect(remote.lists.get('one')?.entries[0]?.span).toEqual({ startMs: 1001, endMs: 2002 })
    await playlists.change({ id: a, range: { startFrame: 1, endFrame: 47 } })
    expect(remote.lists.get('one')?.entries[0]?.span).toEqual({ startMs: 42, endMs: 1961 })
    expect((await entriesOf(id))[0]?.range).toEqual({ startFrame: 1, endFrame: 47 })
    await playlists.change({ id: a, range: null })
    expect(remote.lists.get('one')?.entries[0]?.span).toBeNull()
  })

  test('what is gone there keeps its place, and a copy here leaves only sequences out', async () => {
    remote.gone.add('b')
    const { id } = kept('Friday')
    expect((await entriesOf(id)).map(({ problem }) => problem)).toEqual([null, null, 'asset'])
    const [, second] = remote.lists.get('one')?.entries ?? []
    Object.assign(second ?? {}, { problem: 'sequence', span: { startMs: 5, endMs: 6 } })
    bench.time += 60_000
    await entriesOf(id)
    await settled()
    const copy = await playlists.duplicate(id, 'Mine')
    expect([copy.home, copy.entryCount]).toEqual([null, 2])
    // It is known here, and the service may have it again.
    expect((await entriesOf(copy.id)).map(({ name, problem }) => [name, problem])).toEqual([
      ['a.mov', null],
      ['b.mov', null],
    ])
    const back = await playlists.keepAt(copy.id, firstConnection, 'Theirs')
    expect([back.home?.connectionId, await namesOf(back.id)]).toEqual([firstConnection, ['a', 'b']])
    expect(remote.lists.get('list Theirs')?.entries).toHaveLength(2)
  })

  test('a list of several services, or of another, is kept at none', async () => {
    const { id } = playlists.create('Mine', [{ assetId: bench.assetOf('a'), versionId: null, range: null }])
    expect(await refusalOf(() => playlists.keepAt(id, otherConnection, 'x'))).toBe(
      'request.invalid severalConnections',
    )
    expect(remote.asked.filter((each) => each.startsWith('create'))).toEqual([])
  })

  test('go with their connection, and with the right to see them', async () => {
    await entriesOf(kept('Friday').id)
    bench.remote.can = {}
    expect([playlists.list(), playlists.services()]).toEqual([[], []])
    bench.remote.can = { playlists: remote }
    expect(playlists.list()).toHaveLength(2)
    bench.removeConnection()
    expect(playlists.list()).toEqual([])
  })
})
