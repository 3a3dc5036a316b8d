import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { openLibraryBench, refusalOf, remoteAsset, remotePlace } from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { RemoteVersion } from '../connectors/remote.ts'
import { createReadAgain } from './readAgain.ts'
import type { VersionEdits } from './versionEdits.ts'
import { createVersionEdits } from './versionEdits.ts'

const version = (number: number): RemoteVersion => ({
  remoteId: `v${number}`,
  number,
  createdAt: number,
  author: null,
  review: number === 1 ? 'approved' : 'inReview',
})

describe('changing versions at their service', () => {
  let bench: LibraryBench
  let edits: VersionEdits
  let did: string[]

  beforeEach(async () => {
    bench = openLibraryBench()
    did = []
    const clip = remoteAsset('a', { versions: [version(2), version(1)] })
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [clip])
    bench.remote.known.set('a', clip)
    bench.remote.can = {
      versionEditing: {
        promote: async (asset, id) => void did.push(`promote ${id} of ${asset.remoteId}`),
        remove: async (asset, id) => void did.push(`remove ${id} of ${asset.remoteId}`),
        deleted: async () => [{ remoteId: 'v3', number: 3, createdAt: 3, author: 'Ida' }],
        restore: async (asset, id) => void did.push(`restore ${id} of ${asset.remoteId}`),
        purge: async (asset, id) => void did.push(`purge ${id} of ${asset.remoteId}`),
      },
    }
    await bench.readAll()
    const { assets, refs, service, library } = bench
    const readAgain = createReadAgain({ assets, refs, service, library })
    edits = createVersionEdits({ assets, refs, service, readAgain })
  })
  afterEach(() => bench.close())

  const idOf = (number: number): VersionId => {
    const found = bench.assets.versions(bench.assetOf('a')).find((each) => each.number === number)
    if (found === undefined) throw new Error('no such version')
    return found.id
  }

  test('an older version becomes the current one, as the service then says', async () => {
    bench.remote.known.set('a', remoteAsset('a', { versions: [version(1), version(2)] }))
    await edits.promote(idOf(1))
    expect(did).toEqual(['promote v1 of a'])
    expect(bench.assets.get(bench.assetOf('a'))).toMatchObject({
      latestVersionId: idOf(1),
      review: 'approved',
    })
    expect(bench.events).toContain(`assets:${bench.placeOf('day')}`)
  })

  test('it is current at once, even when the service cannot be read just then', async () => {
    const one = idOf(1)
    bench.remote.known.clear()
    await edits.promote(one)
    expect(bench.assets.get(bench.assetOf('a'))?.latestVersionId).toBe(one)
  })

  test('a version that is removed goes; the only one stays', async () => {
    bench.remote.known.set('a', remoteAsset('a', { versions: [version(1)] }))
    await edits.remove(idOf(2))
    expect(bench.assets.versions(bench.assetOf('a')).map((each) => each.number)).toEqual([1])
    expect(await refusalOf(() => edits.remove(idOf(1)))).toBe('request.invalid lastVersion')
    expect(did).toEqual(['remove v2 of a'])
  })

  test('a deleted version is listed and comes back', async () => {
    expect(await edits.deleted(bench.assetOf('a'))).toEqual([
      { key: 'v3', number: 3, createdAt: 3, author: 'Ida' },
    ])
    bench.remote.known.set('a', remoteAsset('a', { versions: [version(3), version(2), version(1)] }))
    await edits.restore(bench.assetOf('a'), 'v3')
    expect(did).toEqual(['restore v3 of a'])
    expect(bench.assets.get(bench.assetOf('a'))?.latestVersionId).toBe(idOf(3))
  })

  test('only what was deleted is deleted for good, and only the version that was meant', async () => {
    const purge = (key: string, number: number) => () => edits.purge(bench.assetOf('a'), key, number)
    expect(await refusalOf(purge('v2', 2))).toBe('request.invalid notInTrash')
    expect(await refusalOf(purge('v3', 2))).toBe('request.invalid notInTrash')
    expect(did).toEqual([])
    await purge('v3', 3)()
    expect(did).toEqual(['purge v3 of a'])
  })

  test('a version that somebody else removed goes with the next list', async () => {
    bench.remote.assets.set('day', [remoteAsset('a', { versions: [version(1)] })])
    await bench.library.refresh(bench.placeOf('day'))
    expect(bench.assets.versions(bench.assetOf('a')).map((each) => each.number)).toEqual([1])
  })

  test('what the service refuses or cannot do changes nothing', async () => {
    bench.remote.can = {
      versionEditing: {
        promote: () => Promise.reject(new AppError('auth.forbidden')),
        remove: () => Promise.reject(new AppError('auth.forbidden')),
        deleted: () => Promise.reject(new AppError('auth.forbidden')),
        restore: () => Promise.reject(new AppError('auth.forbidden')),
        purge: () => Promise.reject(new AppError('auth.forbidden')),
      },
    }
    const two = idOf(2)
    expect(await refusalOf(() => edits.promote(idOf(1)))).toBe('auth.forbidden')
    expect(await refusalOf(() => edits.remove(idOf(1)))).toBe('auth.forbidden')
    for (const run of [
      () => edits.deleted(bench.assetOf('a')),
      () => edits.restore(bench.assetOf('a'), 'v3'),
      () => edits.purge(bench.assetOf('a'), 'v3', 3),
    ])
      expect(await refusalOf(run)).toBe('auth.forbidden')
    bench.remote.can = {}
    expect(await refusalOf(() => edits.promote(idOf(1)))).toBe('request.invalid notSupported')
    expect(bench.assets.get(bench.assetOf('a'))?.latestVersionId).toBe(two)
    bench.removeConnection()
    expect(await refusalOf(() => edits.promote(two))).toBe('thing.notFound')
  })
})
