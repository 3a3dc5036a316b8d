import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  openLibraryBench,
  otherConnection,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import { placeIdSchema } from '../../shared/ids.ts'
import type { AssetEdits } from './assetEdits.ts'
import { createAssetEdits } from './assetEdits.ts'

describe('changing assets at their service', () => {
  let bench: LibraryBench
  let edits: AssetEdits
  let did: string[]
  let refusal: AppError | undefined

  beforeEach(async () => {
    bench = openLibraryBench()
    did = []
    refusal = undefined
    const { remote } = bench
    remote.places.set('', [
      remotePlace('day', { isOrdered: true }),
      remotePlace('favourites', { shelf: 'favourites' }),
      remotePlace('bin', { shelf: 'deleted' }),
    ])
    remote.assets.set(
      'day',
      ['a', 'b', 'c'].map((id) => remoteAsset(id)),
    )
    remote.assets.set('bin', [remoteAsset('old'), remoteAsset('older')])
    const act = async (text: string) => {
      if (refusal !== undefined) throw refusal
      did.push(text)
    }
    remote.can = {
      editing: {
        renameAsset: async (ref, name) => {
          await act(`rename ${ref.remoteId} ${name}`)
          return remoteAsset(ref.remoteId, { name })
        },
        renamePlace: (place) => Promise.resolve(place),
        createPlace: (parent) => Promise.resolve(parent),
      },
      favourites: { set: (ids, is) => act(`favourite ${ids.join()} ${is}`) },
      trash: {
        remove: (refs) => act(`remove ${refs.map((ref) => ref.remoteId).join()}`),
        restore: (ids) => act(`restore ${ids.join()}`),
        purge: (ids) => act(`purge ${ids.join()}`),
        removePlace: () => act('removePlace'),
        restorePlace: () => act('restorePlace'),
        purgePlace: () => act('purgePlace'),
      },
      ordering: {
        setOrdered: (place) => Promise.resolve(place),
        move: (place, id, before) => act(`move ${id} before ${before} in ${place.remoteId}`),
      },
    }
    await bench.readAll()
    const { places, assets, refs, service, library } = bench
    edits = createAssetEdits({ places, assets, refs, service, library })
  })
  afterEach(() => bench.close())

  const listed = (remoteId: string) => bench.remote.assets.get(remoteId) ?? []

  test('a new name stands everywhere once the service has taken it, and lists are told', async () => {
    const renamed = await edits.rename(bench.assetOf('b'), 'Opening.mov')
    expect([renamed.name, did]).toEqual(['Opening.mov', ['rename b Opening.mov']])
    expect(bench.namesIn('day')).toEqual(['a.mov', 'Opening.mov', 'c.mov'])
    expect(bench.events).toContain(`assets:${bench.placeOf('day')}`)
  })

  test('what the service refuses changes nothing here', async () => {
    refusal = new AppError('auth.forbidden')
    const a = bench.assetOf('a')
    expect(await refusalOf(() => edits.rename(a, 'Other'))).toBe('auth.forbidden')
    expect(await refusalOf(() => edits.favourite([a], true))).toBe('auth.forbidden')
    expect(await refusalOf(() => edits.remove([a]))).toBe('auth.forbidden')
    expect(await refusalOf(() => edits.move(bench.placeOf('day'), a, null))).toBe('auth.forbidden')
    expect(bench.namesIn('day')).toEqual(['a.mov', 'b.mov', 'c.mov'])
    expect([bench.assets.get(a)?.isFavourite, bench.namesIn('favourites')]).toEqual([false, []])
  })

  test('a favourite shows its star and stands on the shelf; without it, neither', async () => {
    const ids = [bench.assetOf('a'), bench.assetOf('c')]
    await edits.favourite(ids, true)
    expect(bench.namesIn('favourites').sort()).toEqual(['a.mov', 'c.mov'])
    expect(bench.assets.get(bench.assetOf('a'))?.isFavourite).toBe(true)
    // A shelf only names it: it lies where it lay.
    expect(bench.assets.get(bench.assetOf('a'))?.placeId).toBe(bench.placeOf('day'))
    await edits.favourite([bench.assetOf('a')], false)
    expect(bench.namesIn('favourites')).toEqual(['c.mov'])
    expect(bench.assets.get(bench.assetOf('a'))?.isFavourite).toBe(false)
    expect(did).toEqual(['favourite a,c true', 'favourite a false'])
  })

  test('the star survives a list that says nothing of stars', async () => {
    await edits.favourite([bench.assetOf('a')], true)
    bench.remote.assets.set('day', [remoteAsset('a', { bytes: 7 })])
    await bench.library.refresh(bench.placeOf('day'))
    expect(bench.assets.get(bench.assetOf('a'))).toMatchObject({ bytes: 7, isFavourite: true })
  })

  test('what is removed goes into the trash with its id, and comes back when it is restored', async () => {
    const a = bench.assetOf('a')
    await edits.remove([a, a])
    expect(did).toEqual(['remove a'])
    expect(bench.namesIn('day')).toEqual(['b.mov', 'c.mov'])
    expect(bench.namesIn('bin')).toContain('a.mov')
    expect(bench.assetOf('a')).toBe(a)
    await edits.restore([a])
    expect(bench.namesIn('bin')).not.toContain('a.mov')
    // Every list that was read is asked for anew: where it lay is known to the service alone.
    bench.library.list({ placeId: bench.placeOf('day'), offset: 0, limit: 10, sort: 'given', filter: {} })
    await bench.library.refresh(bench.placeOf('day'))
    expect(bench.namesIn('day')).toEqual(listed('day').map((asset) => asset.name))
  })

  test('only what lies in the trash is purged, and only as many as somebody said yes to', async () => {
    const [old, older, a] = ['old', 'older', 'a'].map(bench.assetOf) as [never, never, never]
    expect(await refusalOf(() => edits.purge([old, older], 1))).toBe('request.invalid count')
    expect(await refusalOf(() => edits.purge([old, old], 2))).toBe('request.invalid count')
    expect(await refusalOf(() => edits.purge([old, a], 2))).toBe('request.invalid notInTrash')
    expect(did).toEqual([])
    await edits.purge([old, older], 2)
    expect([did, bench.namesIn('bin')]).toEqual([['purge old,older'], []])
    expect(() => bench.assetOf('old')).toThrow()
  })

  test('a refusal half-way lets the lists be read again: some may be gone', async () => {
    refusal = new AppError('remote.unavailable')
    await refusalOf(() => edits.remove([bench.assetOf('a')]))
    bench.remote.asked.length = 0
    bench.library.list({ placeId: bench.placeOf('day'), offset: 0, limit: 10, sort: 'given', filter: {} })
    expect(bench.remote.asked).toEqual(['assets day'])
  })

  test('an entry of an ordered place moves before another or to the end', async () => {
    const day = bench.placeOf('day')
    const [a, b, c] = ['a', 'b', 'c'].map(bench.assetOf) as [never, never, never]
    await edits.move(day, c, a)
    expect(bench.namesIn('day')).toEqual(['c.mov', 'a.mov', 'b.mov'])
    await edits.move(day, c, null)
    await edits.move(day, b, a)
    expect(bench.namesIn('day')).toEqual(['b.mov', 'a.mov', 'c.mov'])
    expect(did).toEqual(['move c before a in day', 'move c before null in day', 'move b before a in day'])
  })

  test('there is nothing to move where no order is kept, nor of what lies elsewhere', async () => {
    const [old, a] = ['old', 'a'].map(bench.assetOf) as [never, never]
    expect(await refusalOf(() => edits.move(bench.placeOf('bin'), old, null))).toBe(
      'request.invalid notOrdered',
    )
    expect(await refusalOf(() => edits.move(bench.placeOf('day'), old, null))).toBe(
      'request.invalid notInPlace',
    )
    expect(await refusalOf(() => edits.move(bench.placeOf('day'), a, a))).toBe('request.invalid notInPlace')
    const stranger = placeIdSchema.parse('01J0000000000000000000ZZZZ')
    expect(await refusalOf(() => edits.move(stranger, a, null))).toBe('thing.notFound')
  })

  test('a service that cannot do such a thing is not asked', async () => {
    bench.remote.can = {}
    const a = bench.assetOf('a')
    const old = bench.assetOf('old')
    for (const run of [
      () => edits.rename(a, 'x'),
      () => edits.favourite([a], true),
      () => edits.remove([a]),
      () => edits.restore([old]),
      () => edits.purge([old], 1),
      () => edits.move(bench.placeOf('day'), a, null),
    ])
      expect(await refusalOf(run)).toBe('request.invalid notSupported')
    expect(did).toEqual([])
  })

  test('things of two connections are not one act', async () => {
    const root = bench.places.put(otherConnection, null, remotePlace('elsewhere')).id
    bench.assets.putPage(otherConnection, root, [remoteAsset('x')], 1)
    const x = bench.assets.ofRemote(otherConnection, 'x')
    if (x === undefined) throw new Error('not stored')
    expect(await refusalOf(() => edits.remove([bench.assetOf('a'), x]))).toBe(
      'request.invalid severalConnections',
    )
  })

  test('of a connection that is gone nothing is known, and an answer that comes later writes nothing', async () => {
    const a = bench.assetOf('a')
    let answer = (): void => undefined
    bench.remote.can = {
      ...bench.remote.can,
      favourites: { set: () => new Promise((resolve) => (answer = resolve)) },
    }
    const running = refusalOf(() => edits.favourite([a], true))
    bench.removeConnection()
    answer()
    expect(await running).toBe('thing.notFound')
    expect(await refusalOf(() => edits.rename(a, 'x'))).toBe('thing.notFound')
  })
})
