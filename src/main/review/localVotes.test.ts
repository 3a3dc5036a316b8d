import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { openLibraryBench, refusalOf, remoteAsset, remotePlace } from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import { createLocalVoteStore } from '../store/localVoteStore.ts'
import type { Approvals } from './approvals.ts'
import { withLocalVotes } from './localVotes.ts'

const refuse = () => Promise.reject(new AppError('request.invalid', { reason: 'notSupported' }))

/** A service that takes no votes. */
const noPower = {
  get: refuse,
  request: refuse,
  vote: refuse,
  withdraw: refuse,
  bulk: refuse,
} satisfies Partial<Record<keyof Approvals, () => Promise<never>>>

describe('votes of a service that takes none', () => {
  let bench: LibraryBench
  let isLocal: boolean
  let told: VersionId[]
  let versionId: VersionId

  const open = () =>
    withLocalVotes(noPower as Pick<Approvals, keyof typeof noPower> as Approvals, {
      assets: bench.assets,
      library: bench.library,
      votes: createLocalVoteStore(bench.database.db),
      isLocal: () => isLocal,
      myName: () => 'Runa',
      changed: (id) => told.push(id),
      now: () => bench.time,
    })

  beforeEach(async () => {
    bench = openLibraryBench()
    isLocal = true
    told = []
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a'), remoteAsset('b')])
    await bench.readAll()
    versionId = bench.assets.get(bench.assetOf('a'))?.latestVersionId as VersionId
  })
  afterEach(() => bench.close())

  test('are kept here with note, name and time, and say so', async () => {
    expect(await open().get(versionId)).toMatchObject({ state: 'none', approvers: [], isLocal: true })
    await open().vote({ versionId, vote: 'needsChanges', note: 'Too dark' })
    expect(await open().get(versionId)).toEqual({
      versionId,
      state: 'needsChanges',
      minimum: 1,
      requestedBy: null,
      requestedAt: null,
      approvers: [
        {
          key: null,
          name: 'Runa',
          email: null,
          vote: 'needsChanges',
          votedAt: bench.time,
          isMe: true,
          note: 'Too dark',
        },
      ],
      isLocal: true,
    })
    expect(told).toEqual([versionId])
  })

  test('show in lists, also after the service was read again', async () => {
    const day = bench.placeOf('day')
    const review = () => bench.assets.get(bench.assetOf('a'))?.review
    await open().vote({ versionId, vote: 'approved', note: '' })
    expect([review(), bench.assets.counts(day).approved]).toEqual(['approved', 1])
    await bench.library.refresh(day)
    expect([review(), bench.assets.counts(day).approved]).toEqual(['approved', 1])
    expect(bench.assets.versions(bench.assetOf('a'))).toMatchObject([{ review: 'approved' }])
    await open().vote({ versionId, vote: null, note: '' })
    expect([review(), bench.assets.counts(day).approved]).toEqual(['none', 0])
  })

  test('are changed and taken back', async () => {
    await open().vote({ versionId, vote: 'approved', note: '' })
    await open().vote({ versionId, vote: 'needsChanges', note: '' })
    expect((await open().get(versionId)).approvers).toMatchObject([{ vote: 'needsChanges' }])
    await open().vote({ versionId, vote: null, note: '' })
    expect(await open().get(versionId)).toMatchObject({ state: 'none', approvers: [] })
  })

  test('outlive what is cached of the asset', async () => {
    await open().vote({ versionId, vote: 'approved', note: '' })
    const day = bench.placeOf('day')
    bench.remote.assets.set('day', [])
    await bench.library.refresh(day)
    expect(await refusalOf(() => open().get(versionId))).toBe('thing.notFound')
    bench.remote.assets.set('day', [remoteAsset('a')])
    await bench.library.refresh(day)
    const again = bench.assets.get(bench.assetOf('a'))?.latestVersionId as VersionId
    expect(await open().get(again)).toMatchObject({ state: 'approved' })
  })

  test('on many at once', async () => {
    await open().bulk([bench.assetOf('a'), bench.assetOf('b')], 'approved')
    expect(told).toHaveLength(2)
    expect(await open().get(versionId)).toMatchObject({ state: 'approved' })
  })

  test('a service that takes votes is asked, and nobody can be asked without one', async () => {
    expect(await refusalOf(() => open().withdraw(versionId))).toBe('request.invalid notSupported')
    isLocal = false
    const acts = [
      () => open().get(versionId),
      () => open().vote({ versionId, vote: 'approved', note: '' }),
      () => open().bulk([bench.assetOf('a')], null),
    ]
    for (const act of acts) expect(await refusalOf(act)).toBe('request.invalid notSupported')
    expect(
      createLocalVoteStore(bench.database.db).get(bench.assets.originOf(versionId) as never),
    ).toBeUndefined()
  })
})
