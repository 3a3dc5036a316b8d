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
import type { PlaceEdits } from './placeEdits.ts'
import { createPlaceEdits } from './placeEdits.ts'

describe('changing places at their service', () => {
  let bench: LibraryBench
  let edits: PlaceEdits
  let did: string[]
  let refusal: AppError | undefined

  beforeEach(async () => {
    bench = openLibraryBench()
    did = []
    refusal = undefined
    const { remote } = bench
    remote.places.set('', [
      remotePlace('show', { kind: 'production', hasChildren: true }),
      remotePlace('favourites', { shelf: 'favourites', hasChildren: true }),
      remotePlace('bin', { shelf: 'deleted', hasChildren: true }),
    ])
    remote.places.set('show', [remotePlace('day1'), remotePlace('day2')])
    // One folder, met a second time on a shelf.
    remote.places.set('favourites', [remotePlace('day1')])
    remote.places.set('bin', [remotePlace('lost')])
    remote.assets.set('day1', [remoteAsset('a')])
    const act = async (text: string) => {
      if (refusal !== undefined) throw refusal
      did.push(text)
    }
    remote.can = {
      editing: {
        renameAsset: () => Promise.reject(new AppError('remote.refused')),
        async renamePlace(place, name) {
          await act(`rename ${place.remoteId} ${name}`)
          return { ...place, name }
        },
        async createPlace(parent, name) {
          await act(`create ${name} in ${parent.remoteId}`)
          return remotePlace(`new-${name}`, { name })
        },
      },
      trash: {
        remove: () => act('remove'),
        restore: () => act('restore'),
        purge: () => act('purge'),
        removePlace: (place) => act(`remove ${place.remoteId}`),
        restorePlace: (place) => act(`restore ${place.remoteId}`),
        purgePlace: (place) => act(`purge ${place.remoteId}`),
      },
      ordering: {
        async setOrdered(place, isOrdered) {
          await act(`order ${place.remoteId} ${isOrdered}`)
          return { ...place, isOrdered }
        },
        move: () => act('move'),
      },
    }
    await bench.readAll()
    const { places, assets, refs, service, library } = bench
    edits = createPlaceEdits({ places, assets, refs, service, library })
  })
  afterEach(() => bench.close())

  const namesBelow = (remoteId: string) =>
    bench.places.children(firstConnection, bench.placeOf(remoteId)).map((place) => place.name)

  test('a new folder stands after its brothers, and its parent can be opened', async () => {
    const made = await edits.create(bench.placeOf('day2'), 'Pickups')
    expect(made).toMatchObject({ name: 'Pickups', parentId: bench.placeOf('day2'), shelf: null })
    expect(bench.places.get(bench.placeOf('day2'))?.place.hasChildren).toBe(true)
    expect(namesBelow('day2')).toEqual(['Pickups'])
    expect(bench.events).toContain(`places:${bench.placeOf('day2')}`)
    expect(bench.events).toContain(`places:${bench.placeOf('show')}`)
  })

  test('a new name stands on every row of the place', async () => {
    const renamed = await edits.rename(bench.placeOf('day1'), 'Day one')
    expect(renamed.name).toBe('Day one')
    expect([namesBelow('show'), namesBelow('favourites')]).toEqual([['Day one', 'day2'], ['Day one']])
    expect(bench.events).toEqual([`places:${bench.placeOf('show')}`, `places:${bench.placeOf('favourites')}`])
  })

  test('a place that is removed is gone from everywhere but the trash', async () => {
    bench.remote.places.set('bin', [remotePlace('lost'), remotePlace('day1')])
    await edits.remove(bench.placeOf('day1'))
    expect([did, namesBelow('show'), namesBelow('favourites')]).toEqual([['remove day1'], ['day2'], []])
    expect(() => bench.assetOf('a')).toThrow()
    await bench.library.places(firstConnection, bench.placeOf('bin'))
    await expect.poll(() => namesBelow('bin')).toEqual(['lost', 'day1'])
  })

  test('one that is restored leaves the trash, and everything is looked at anew', async () => {
    const lost = bench.placeOf('lost')
    await edits.restore(lost)
    expect([did, namesBelow('bin')]).toEqual([['restore lost'], []])
    expect(bench.events).toContain('places:')
    expect(bench.events).toContain(`places:${bench.placeOf('show')}`)
  })

  test('only what lies in the trash is purged, and only under the name somebody read', async () => {
    const lost = bench.placeOf('lost')
    expect(await refusalOf(() => edits.purge(lost, 'Lost'))).toBe('request.invalid name')
    expect(await refusalOf(() => edits.purge(bench.placeOf('day2'), 'day2'))).toBe(
      'request.invalid notInTrash',
    )
    expect(did).toEqual([])
    await edits.purge(lost, 'lost')
    expect([did, namesBelow('bin')]).toEqual([['purge lost'], []])
  })

  test('an order kept by hand is switched on and off', async () => {
    expect(await edits.setOrdered(bench.placeOf('day1'), true)).toMatchObject({ isOrdered: true })
    expect(await edits.setOrdered(bench.placeOf('day1'), false)).toMatchObject({ isOrdered: false })
    expect(did).toEqual(['order day1 true', 'order day1 false'])
  })

  test('shelves are the service’s own', async () => {
    const shelf = bench.placeOf('favourites')
    for (const run of [
      () => edits.create(shelf, 'x'),
      () => edits.rename(shelf, 'x'),
      () => edits.remove(shelf),
      () => edits.purge(shelf, 'favourites'),
      () => edits.setOrdered(shelf, true),
    ])
      expect(await refusalOf(run)).toBe('request.invalid shelf')
  })

  test('what the service refuses or cannot do changes nothing here', async () => {
    refusal = new AppError('auth.forbidden')
    const day = bench.placeOf('day1')
    for (const run of [
      () => edits.create(day, 'x'),
      () => edits.rename(day, 'x'),
      () => edits.remove(day),
      () => edits.setOrdered(day, true),
    ])
      expect(await refusalOf(run)).toBe('auth.forbidden')
    bench.remote.can = {}
    expect(await refusalOf(() => edits.rename(day, 'x'))).toBe('request.invalid notSupported')
    expect(namesBelow('show')).toEqual(['day1', 'day2'])
    expect(bench.events).toEqual([])
  })

  test('of a connection that is gone there is no place', async () => {
    const day = bench.placeOf('day1')
    bench.removeConnection()
    expect(await refusalOf(() => edits.rename(day, 'x'))).toBe('thing.notFound')
  })
})
