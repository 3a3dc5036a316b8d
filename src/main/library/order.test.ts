import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  firstConnection,
  openLibraryBench,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import type { AssetSort } from '../../shared/place.ts'

let bench: LibraryBench
beforeEach(async () => {
  bench = openLibraryBench()
  bench.remote.places.set('', [
    remotePlace('reel', { isOrdered: true, mayEdit: false }),
    remotePlace('day'),
    remotePlace('recent', { shelf: 'recent' }),
  ])
  bench.remote.assets.set('reel', [clip('c', 1), clip('a', 3), clip('b', 2)])
  bench.remote.assets.set('day', [clip('a', 3), clip('b', 2), clip('c', 1)])
  bench.remote.assets.set('recent', [clip('b', 2), clip('c', 1)])
  await bench.readAll()
})
afterEach(() => bench.close())

const clip = (id: string, createdAt: number) => remoteAsset(id, { createdAt })
const listed = (remoteId: string, sort: AssetSort) =>
  bench.library
    .list({ placeId: bench.placeOf(remoteId), offset: 0, limit: 10, sort, filter: {} })
    .rows.map((row) => row.name.replace('.mov', ''))

test('a place ordered by hand, and a shelf, stand as the service gives them; others come newest first', () => {
  expect(listed('reel', 'given')).toEqual(['c', 'a', 'b'])
  expect(listed('recent', 'given')).toEqual(['b', 'c'])
  expect(listed('day', 'given')).toEqual(['a', 'b', 'c'])
  expect(listed('reel', 'newest')).toEqual(['a', 'b', 'c'])
})

test('an order that somebody else changed is seen, though the same assets are there', async () => {
  bench.remote.assets.set('reel', [clip('c', 1), clip('b', 2), clip('a', 3)])
  await bench.library.refresh(bench.placeOf('reel'))
  expect(listed('reel', 'given')).toEqual(['c', 'b', 'a'])
})

test('so it is when the change is deep in the list', async () => {
  bench.remote.pageSize = 1
  bench.remote.assets.set('reel', [clip('c', 1), clip('b', 2), clip('a', 3)])
  await bench.library.refresh(bench.placeOf('reel'))
  expect(listed('reel', 'given')).toEqual(['c', 'b', 'a'])
})

test('what the service says of a place is kept: shelf, order, and what may be done there', async () => {
  const [reel, day, recent] = bench.places.children(firstConnection, null)
  expect([reel?.isOrdered, reel?.mayEdit, reel?.shelf]).toEqual([true, false, null])
  expect([day?.isOrdered, day?.mayEdit, day?.shelf]).toEqual([false, null, null])
  expect(recent?.shelf).toBe('recent')
  expect(bench.places.get(bench.placeOf('reel'))?.remote).toMatchObject({ isOrdered: true, mayEdit: false })
})

test('an asset is of the place it lies in, not of the shelf that names it', () => {
  const b = bench.assetOf('b')
  expect(bench.assets.get(b)?.placeId).not.toBe(bench.placeOf('recent'))
  const latest = bench.assets.get(b)?.latestVersionId
  if (latest === undefined) throw new Error('no version')
  expect(bench.assets.originOf(latest)?.placeId).not.toBe(bench.placeOf('recent'))
})

test('so it is below a shelf: a starred folder is the same folder, seen from aside', async () => {
  bench.remote.places.set('', [remotePlace('stars', { shelf: 'favourites' }), remotePlace('day')])
  bench.remote.places.set('stars', [remotePlace('day')])
  bench.remote.assets.set('day', [clip('only', 1)])
  await bench.library.reconnected(firstConnection)
  await bench.readAll()
  const rows = bench.places.ofRemote(firstConnection, 'day')
  expect(rows.map((row) => row.parentId === null)).toEqual([true, false])
  expect(bench.assets.get(bench.assetOf('only'))?.placeId).toBe(rows[0]?.id)
  expect(bench.library.find('day', 10).places.map((place) => place.parentId)).toEqual([null])
  expect(bench.library.find('only', 10).assets).toHaveLength(1)
})
