import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { openLibraryBench, refusalOf, remoteAsset, remotePlace } from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import { versionIdSchema } from '../../shared/ids.ts'
import { createGoneVersion } from './goneVersion.ts'

let bench: LibraryBench
beforeEach(async () => {
  bench = openLibraryBench()
  bench.remote.places.set('', [remotePlace('day'), remotePlace('night')])
  for (const place of ['day', 'night']) bench.remote.assets.set(place, [remoteAsset('a')])
  await bench.readAll()
})
afterEach(() => bench.close())

test('every list it lies in is read again; it fails with why one of them could not be', async () => {
  const versionId = bench.assets.get(bench.assetOf('a'))?.latestVersionId
  if (versionId === undefined) throw new Error('the asset was not stored')
  const gone = createGoneVersion(bench)
  const names = () => [bench.namesIn('day'), bench.namesIn('night')]

  bench.remote.assets.clear()
  bench.remote.failure = new AppError('remote.rateLimited')
  expect(await refusalOf(() => gone(versionId))).toBe('remote.rateLimited')
  expect(names()).toEqual([['a.mov'], ['a.mov']])

  bench.remote.failure = undefined
  expect(await refusalOf(() => gone(versionId))).toBe('nothing')
  expect(names()).toEqual([[], []])
})

test('of a version that is not in the library there is nothing to read', async () => {
  await createGoneVersion(bench)(versionIdSchema.parse('01J00000000000000000000009'))
  expect(bench.remote.asked).toEqual([])
})
