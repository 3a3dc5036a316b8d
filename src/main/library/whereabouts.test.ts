import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  firstConnection,
  openLibraryBench,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'

describe('things met before their place', () => {
  let bench: LibraryBench
  const domain = remotePlace('domain', { kind: 'workspace', hasChildren: true, takesUploads: false })
  const show = remotePlace('show', { kind: 'production', hasChildren: true })
  const reel = remotePlace('reel')

  beforeEach(async () => {
    bench = openLibraryBench()
    const { remote } = bench
    remote.places.set('', [domain])
    remote.places.set('domain', [show, remotePlace('favourites', { shelf: 'favourites' })])
    remote.assets.set('favourites', [remoteAsset('starred', { placeRemoteIds: ['reel'] })])
    remote.chains.set('reel', [domain, show, reel])
    await bench.readAll()
  })
  afterEach(() => bench.close())

  const pathOf = async (remoteId: string) =>
    (await bench.library.asset(bench.assetOf(remoteId))).path.map((place) => place.name)

  test('an asset named elsewhere is put where it belongs, with the places on the way', async () => {
    bench.remote.known.set('x', remoteAsset('x', { placeRemoteIds: ['reel'] }))
    const id = await bench.whereabouts.asset(firstConnection, 'x')
    expect(bench.assets.get(id)?.placeId).toBe(bench.placeOf('reel'))
    expect(await pathOf('x')).toEqual(['domain', 'show', 'reel'])
    // Places that were known keep their ids; only the new one is told.
    expect(bench.events.filter((event) => event.startsWith('places:'))).toEqual([
      `places:${bench.placeOf('show')}`,
    ])
    bench.remote.asked.length = 0
    expect(await bench.whereabouts.asset(firstConnection, 'x')).toBe(id)
    expect(bench.remote.asked).toEqual([])
  })

  test('a place met this way is not taken for one that was read, and outlasts the list of its parent', async () => {
    bench.remote.known.set('x', remoteAsset('x', { placeRemoteIds: ['reel'] }))
    await bench.whereabouts.asset(firstConnection, 'x')
    const met = bench.placeOf('reel')
    expect(bench.places.get(met)?.place.assetCount).toBeNull()
    bench.remote.places.set('show', [remotePlace('other'), reel])
    bench.time += 60_000
    await bench.library.places(firstConnection, bench.placeOf('show'))
    await expect
      .poll(() => bench.places.children(firstConnection, bench.placeOf('show')).map((place) => place.name))
      .toEqual(['other', 'reel'])
    expect(bench.placeOf('reel')).toBe(met)
  })

  test('a place that was only met on the way is not taken for one whose folders are all known', async () => {
    bench.remote.places.set('domain', [show, remotePlace('other show', { hasChildren: true })])
    bench.remote.places.set('other show', [remotePlace('day 1'), remotePlace('far')])
    bench.remote.chains.set('far', [
      domain,
      remotePlace('other show', { hasChildren: true }),
      remotePlace('far'),
    ])
    await bench.whereabouts.place(firstConnection, 'far')
    const children = await bench.library.places(firstConnection, bench.placeOf('other show'))
    expect(children.map((place) => place.name)).toEqual(['day 1', 'far'])
  })

  test('an asset opened from a shelf shows the place it really lies in', async () => {
    bench.remote.known.set('starred', remoteAsset('starred', { placeRemoteIds: ['reel'] }))
    expect(await pathOf('starred')).toEqual(['domain', 'show', 'reel'])
    bench.remote.asked.length = 0
    await pathOf('starred')
    expect(bench.remote.asked).toEqual([])
  })

  test('out of reach, it is shown on its shelf and asked for again later', async () => {
    bench.remote.failure = new AppError('network.offline')
    expect(await pathOf('starred')).toEqual(['domain', 'favourites'])
    bench.remote.failure = undefined
    bench.remote.known.set('starred', remoteAsset('starred', { placeRemoteIds: ['reel'] }))
    expect(await pathOf('starred')).toEqual(['domain', 'show', 'reel'])
  })

  test('what was thrown away is not put back where it lay', async () => {
    const bin = bench.places.put(firstConnection, null, remotePlace('bin', { shelf: 'deleted' })).id
    bench.assets.putPage(firstConnection, bin, [remoteAsset('lost')], 1)
    bench.remote.known.set('lost', remoteAsset('lost', { placeRemoteIds: ['reel'] }))
    expect(await pathOf('lost')).toEqual(['bin'])
  })

  test('a closed place is passed over; without any, the asset is still there, and no place shows it', async () => {
    bench.remote.known.set('x', remoteAsset('x', { placeRemoteIds: ['closed', 'reel'] }))
    bench.remote.known.set('y', remoteAsset('y', { placeRemoteIds: ['closed'] }))
    await bench.whereabouts.asset(firstConnection, 'x')
    await bench.whereabouts.asset(firstConnection, 'y')
    expect(await pathOf('x')).toEqual(['domain', 'show', 'reel'])
    expect(await pathOf('y')).toEqual([])
    expect(bench.places.children(firstConnection, null).map((place) => place.name)).toEqual(['domain'])
    expect(bench.library.find('y', 10).places).toEqual([])
  })

  test('a version made since the asset was read is asked for', async () => {
    const old = remoteAsset('x', { placeRemoteIds: ['reel'] })
    bench.remote.known.set('x', old)
    await bench.whereabouts.asset(firstConnection, 'x')
    const [first] = old.versions
    bench.remote.known.set('x', { ...old, versions: [{ ...first, remoteId: 'newer', number: 2 }, first] })
    const met = await bench.whereabouts.version(firstConnection, 'x', 'newer')
    expect(bench.assets.versions(met.assetId).map((each) => each.number)).toEqual([2, 1])
    expect(bench.assets.get(met.assetId)?.latestVersionId).toBe(met.versionId)
    expect(await bench.whereabouts.version(firstConnection, 'x', null)).toEqual(met)
    expect(await refusalOf(() => bench.whereabouts.version(firstConnection, 'x', 'never'))).toBe(
      'remote.notFound',
    )
  })

  test('what the service does not know, and a connection that is gone, are said so', async () => {
    expect(await refusalOf(() => bench.whereabouts.asset(firstConnection, 'nobody'))).toBe('remote.notFound')
    expect(await refusalOf(() => bench.whereabouts.place(firstConnection, 'nowhere'))).toBe('remote.notFound')
    bench.removeConnection()
    expect(await refusalOf(() => bench.whereabouts.asset(firstConnection, 'x'))).toBe('thing.notFound')
  })
})
