import { monotonicFactory } from 'ulid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  firstConnection,
  openLibraryBench,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import type { AssetId, EntryId, PlaylistId } from '../../shared/ids.ts'
import type { EntryDraft } from '../../shared/playlist.ts'
import { mostEntries, playlistStepSchema } from '../../shared/playlist.ts'
import { createEntryView } from '../store/entryView.ts'
import { createLocalVoteStore } from '../store/localVoteStore.ts'
import { createPlaylistStore } from '../store/playlistStore.ts'
import type { Playlists } from './playlists.ts'
import { createPlaylists } from './playlists.ts'
import { createStoredEntries } from './storedEntries.ts'

const twoVersions = (remoteId: string) =>
  remoteAsset(remoteId, {
    versions: [
      { remoteId: `${remoteId}-v2`, number: 2, createdAt: 2, author: null, review: 'inReview' },
      { remoteId: `${remoteId}-v1`, number: 1, createdAt: 1, author: null, review: 'approved' },
    ],
  })

describe('playlists', () => {
  let bench: LibraryBench
  let playlists: Playlists
  let told: (PlaylistId | null)[]

  const open = () =>
    createPlaylists({
      store: createPlaylistStore(bench.database.db),
      view: createEntryView(bench.database.db),
      assets: bench.assets,
      making: createStoredEntries(bench.assets, bench.refs),
      newId: monotonicFactory(),
      changed: (id) => told.push(id),
      now: () => bench.time,
    })
  const draft = (remoteId: string, more: Partial<EntryDraft> = {}): EntryDraft => ({
    assetId: bench.assetOf(remoteId),
    versionId: null,
    range: null,
    ...more,
  })
  const entriesOf = (id: PlaylistId) => playlists.get(id).entries
  const namesOf = (id: PlaylistId) => entriesOf(id).map((entry) => entry.name)
  const idsOf = (id: PlaylistId) => entriesOf(id).map((entry) => entry.id)
  const at = (ids: readonly EntryId[], index: number): EntryId => {
    const id = ids[index]
    if (id === undefined) throw new Error(`no entry ${index}`)
    return id
  }
  const versionOf = (assetId: AssetId, number: number) => {
    const version = bench.assets.versions(assetId).find((each) => each.number === number)
    if (version === undefined) throw new Error(`no version ${number}`)
    return version.id
  }

  beforeEach(async () => {
    bench = openLibraryBench()
    told = []
    bench.remote.places.set('', [remotePlace('day'), remotePlace('bin', { shelf: 'deleted' })])
    bench.remote.assets.set('day', [remoteAsset('a'), twoVersions('b'), remoteAsset('c')])
    bench.remote.assets.set('bin', [])
    await bench.readAll()
    playlists = open()
  })
  afterEach(() => bench.close())

  const make = (...remoteIds: string[]) =>
    playlists.create(
      'Monday',
      remoteIds.map((each) => draft(each)),
    ).id

  test('keeps its order, doubles too, over a restart', () => {
    const id = make('b', 'a', 'b')
    playlists = open()
    expect([namesOf(id), playlists.list()]).toEqual([
      ['b.mov', 'a.mov', 'b.mov'],
      [
        {
          ...{ id, name: 'Monday', entryCount: 3, changedAt: bench.time, home: null },
          ...{ may: [...playlistStepSchema.options], sources: [firstConnection] },
        },
      ],
    ])
    expect(new Set(idsOf(id)).size).toBe(3)
    expect(told).toEqual([null])
  })

  test('is renamed, doubled, taken away and brought back', () => {
    const id = make('a', 'b')
    playlists.rename(id, 'Tuesday')
    const copy = playlists.copy(id, 'Tuesday copy')
    expect(namesOf(copy.id)).toEqual(['a.mov', 'b.mov'])
    playlists.remove(id)
    expect(playlists.list().map(({ name }) => name)).toEqual(['Tuesday copy'])
    playlists.putBack(id)
    expect(namesOf(id)).toEqual(['a.mov', 'b.mov'])
    playlists.remove(id)
    playlists = open()
    return expect(refusalOf(() => playlists.putBack(id))).resolves.toBe('thing.notFound')
  })

  test('entries move, go and come back where they were', () => {
    const id = make('a', 'b', 'c')
    const ids = idsOf(id)
    playlists.move(id, [at(ids, 2)], at(ids, 0))
    expect(namesOf(id)).toEqual(['c.mov', 'a.mov', 'b.mov'])
    playlists.move(id, [at(ids, 2), at(ids, 0)], null)
    expect(namesOf(id)).toEqual(['b.mov', 'c.mov', 'a.mov'])
    playlists.removeEntries(id, [at(ids, 2)])
    playlists.move(id, [at(ids, 0)], at(ids, 1))
    expect(namesOf(id)).toEqual(['a.mov', 'b.mov'])
    playlists.putBackEntries(id, [at(ids, 2)])
    expect(namesOf(id)).toEqual(['a.mov', 'b.mov', 'c.mov'])
    playlists.move(id, [at(ids, 0)], at(ids, 0))
    expect(namesOf(id)).toEqual(['a.mov', 'b.mov', 'c.mov'])
  })

  test('an entry follows the newest version, or stays with one', async () => {
    const b = bench.assetOf('b')
    const { id } = playlists.create('Cuts', [draft('b'), draft('b', { versionId: versionOf(b, 1) })])
    expect(entriesOf(id)).toMatchObject([
      { versionNumber: 2, isPinned: false, review: 'inReview', versionCount: 2 },
      { versionNumber: 1, isPinned: true, review: 'approved' },
    ])
    const [first] = idsOf(id)
    if (first === undefined) throw new Error('no entry')
    playlists.change(id, first, { versionId: versionOf(b, 1), range: { startFrame: 3, endFrame: 9 } })
    playlists.change(id, first, { versionId: null })
    expect(entriesOf(id)[0]).toMatchObject({ versionNumber: 2, range: { startFrame: 3, endFrame: 9 } })
    playlists.change(id, first, { range: null })
    expect(entriesOf(id)[0]).toMatchObject({ range: null })
    const other = versionOf(bench.assetOf('a'), 1)
    expect(await refusalOf(() => playlists.change(id, first, { versionId: other }))).toBe('thing.notFound')
  })

  test('what is gone says so in its place, and is there again when it comes back', async () => {
    const id = make('a', 'b', 'c')
    const day = bench.placeOf('day')
    bench.remote.assets.set('day', [remoteAsset('c')])
    bench.remote.assets.set('bin', [twoVersions('b')])
    await bench.library.refresh(bench.placeOf('bin'))
    await bench.library.refresh(day)
    expect(entriesOf(id).map(({ name, problem, versionId }) => [name, problem, versionId === null])).toEqual([
      ['a.mov', 'asset', true],
      ['b.mov', 'trash', true],
      ['c.mov', null, false],
    ])
    bench.remote.assets.set('day', [remoteAsset('a'), remoteAsset('b'), remoteAsset('c')])
    bench.remote.assets.set('bin', [])
    await bench.library.refresh(day)
    await bench.library.refresh(bench.placeOf('bin'))
    expect(entriesOf(id).map(({ problem }) => problem)).toEqual([null, null, null])
    bench.removeConnection()
    expect(entriesOf(id).map(({ name, problem }) => [name, problem])).toEqual([
      ['a.mov', 'connection'],
      ['b.mov', 'connection'],
      ['c.mov', 'connection'],
    ])
  })

  test('a version that is gone is not silently another one', async () => {
    const b = bench.assetOf('b')
    const { id } = playlists.create('Cuts', [draft('b', { versionId: versionOf(b, 2) })])
    bench.remote.assets.set('day', [
      remoteAsset('b', {
        versions: [{ remoteId: 'b-v1', number: 1, createdAt: 1, author: null, review: 'none' }],
      }),
    ])
    await bench.library.refresh(bench.placeOf('day'))
    expect(entriesOf(id)).toMatchObject([{ problem: 'version', versionId: null, assetId: b }])
  })

  test('shows votes that are kept here alone', () => {
    const id = make('a')
    createLocalVoteStore(bench.database.db).put(
      { connectionId: firstConnection, assetRemoteId: 'a', versionRemoteId: 'a-v1' },
      { vote: 'needsChanges', note: '', author: 'Runa', votedAt: 1 },
    )
    expect(entriesOf(id)[0]?.review).toBe('needsChanges')
  })

  test('a thousand entries, and not one more', async () => {
    const drafts = Array.from({ length: mostEntries }, (_, index) => draft(index % 2 === 0 ? 'a' : 'b'))
    const { id } = playlists.create('Long', drafts)
    const ids = idsOf(id)
    const moved = processorTime(() => {
      playlists.move(id, [at(ids, 999)], at(ids, 0))
      return idsOf(id)
    })
    expect(moved.value.slice(0, 2)).toEqual([at(ids, 999), at(ids, 0)])
    expect(moved.ms).toBeLessThan(1000)
    expect(await refusalOf(() => playlists.add(id, [draft('c')]))).toBe('request.invalid tooMany')
    expect(entriesOf(id)).toHaveLength(mostEntries)
  })

  test('a list that is not kept leaves out what is not known', () => {
    const gone = bench.assetOf('c')
    const shown = playlists.preview([draft('a'), draft('b')])
    expect(shown.map(({ name }) => name)).toEqual(['a.mov', 'b.mov'])
    bench.removeConnection()
    expect([playlists.preview([{ assetId: gone, versionId: null, range: null }]), playlists.list()]).toEqual([
      [],
      [],
    ])
  })

  test('refuses what is not there', async () => {
    const id = make('a')
    playlists.remove(id)
    const acts = [
      () => playlists.get(id),
      () => playlists.rename(id, 'x'),
      () => playlists.add(id, [draft('a')]),
      () => playlists.move(id, [], null),
      () => playlists.remove(id),
    ]
    for (const act of acts) expect(await refusalOf(act)).toBe('thing.notFound')
  })
})
