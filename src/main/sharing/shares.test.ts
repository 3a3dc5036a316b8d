import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
import type { ShareDraft } from '../../shared/share.ts'
import type { RemoteShare, RemoteShareTarget } from '../connectors/powers.ts'
import type { Shares } from './shares.ts'
import { createShares } from './shares.ts'

const link = 'https://share.example/secret-of-the-link'
const rights = {
  comment: true,
  approve: false,
  download: false,
  downloadProxy: false,
  upload: false,
  seeVersions: false,
  seeTranscriptions: false,
  mention: false,
}

describe('shares', () => {
  let bench: LibraryBench
  let shares: Shares
  let there: RemoteShare[]
  let made: { targets: readonly RemoteShareTarget[]; draft: Omit<ShareDraft, 'targets'> }[]
  let did: string[]
  let copied: string[]
  let refusal: AppError | undefined

  const share = (key: string, target: RemoteShareTarget | null): RemoteShare => ({
    key,
    target,
    targetName: null,
    title: key,
    kind: 'link',
    hasPassword: false,
    hasWatermark: false,
    isApproval: false,
    rights,
    guests: [],
    createdBy: 'Runa',
    createdAt: 1,
    expiresAt: 5_000_000,
    hasLink: true,
  })

  beforeEach(async () => {
    bench = openLibraryBench()
    there = []
    made = []
    did = []
    copied = []
    refusal = undefined
    bench.remote.places.set('', [remotePlace('day'), remotePlace('stars', { shelf: 'favourites' })])
    bench.remote.assets.set('day', [remoteAsset('a'), remoteAsset('b')])
    const act = async (text: string) => {
      if (refusal !== undefined) throw refusal
      did.push(text)
    }
    bench.remote.can = {
      shares: {
        async list(target) {
          await act(`list ${target === null ? 'all' : `${target.kind} ${target.remoteId}`}`)
          return there
        },
        async create(targets, draft) {
          await act('create')
          made.push({ targets, draft })
          return share('new', targets[0] ?? { kind: 'asset', remoteId: '' })
        },
        async link(key) {
          await act(`link ${key}`)
          return link
        },
        remove: (keys) => act(`remove ${keys.join()}`),
        async invite(key, email) {
          await act(`invite ${email}`)
          return share(key, { kind: 'asset', remoteId: 'a' })
        },
        async revoke(key, guestKey) {
          await act(`revoke ${guestKey}`)
          return share(key, { kind: 'place', remoteId: 'day' })
        },
      },
    }
    await bench.readAll()
    const { refs, service, whereabouts } = bench
    shares = createShares({
      refs,
      service,
      whereabouts,
      copy: (text) => copied.push(text),
      now: () => bench.time,
    })
  })
  afterEach(() => bench.close())

  const draft = (targets: ShareDraft['targets'], more: Partial<ShareDraft> = {}): ShareDraft => ({
    targets,
    kind: 'link',
    emails: [],
    title: 'Rushes of day 3',
    message: '',
    expiresAt: 5_000_000,
    hasWatermark: false,
    isApproval: false,
    rights,
    ...more,
  })
  const assetTarget = (remoteId: string) => ({ assetId: bench.assetOf(remoteId) })

  test('a share of several assets is one, and each stands in it once', async () => {
    const result = await shares.create(
      draft([assetTarget('a'), assetTarget('b'), assetTarget('a')], { password: 'very secret' }),
    )
    expect(made[0]?.targets).toEqual([
      { kind: 'asset', remoteId: 'a' },
      { kind: 'asset', remoteId: 'b' },
    ])
    expect(made[0]?.draft.password).toBe('very secret')
    expect(result.target).toEqual(assetTarget('a'))
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  test('one place, but not a place with something else, not a shelf, not things of two connections', async () => {
    const day = { placeId: bench.placeOf('day') }
    expect((await shares.create(draft([day]))).target).toEqual(day)
    expect(await refusalOf(() => shares.create(draft([day, assetTarget('a')])))).toBe(
      'request.invalid onePlace',
    )
    expect(await refusalOf(() => shares.create(draft([{ placeId: bench.placeOf('stars') }])))).toBe(
      'request.invalid shelf',
    )
    const root = bench.places.put(otherConnection, null, remotePlace('elsewhere')).id
    bench.assets.putPage(otherConnection, root, [remoteAsset('x')], 1)
    const assetId = bench.assets.ofRemote(otherConnection, 'x')
    if (assetId === undefined) throw new Error('not stored')
    expect(await refusalOf(() => shares.create(draft([assetTarget('a'), { assetId }])))).toBe(
      'request.invalid severalConnections',
    )
    expect(made).toHaveLength(1)
  })

  test('a share always ends, and not before it begins', async () => {
    expect(await refusalOf(() => shares.create(draft([assetTarget('a')], { expiresAt: bench.time })))).toBe(
      'request.invalid expiresAt',
    )
  })

  test('a lost answer is not asked for a second time: people would hear of it twice', async () => {
    refusal = new AppError('network.offline', { isSent: true })
    expect(await refusalOf(() => shares.create(draft([assetTarget('a')])))).toBe('network.offline')
    expect(did).toEqual([])
    refusal = undefined
    await shares.create(draft([assetTarget('a')]))
    expect(did).toEqual(['create'])
  })

  test('the link goes to the clipboard and nowhere else', async () => {
    expect(await shares.copyLink(firstConnection, 'k')).toBeUndefined()
    expect(copied).toEqual([link])
    refusal = new AppError('thing.notFound')
    expect(await refusalOf(() => shares.copyLink(firstConnection, 'k'))).toBe('thing.notFound')
    expect(copied).toEqual([link])
  })

  test('of all that are mine, those of things not seen yet stay unseen; those of things that are gone can still be ended', async () => {
    there = [
      share('one', { kind: 'asset', remoteId: 'a' }),
      share('two', { kind: 'asset', remoteId: 'far' }),
      share('three', { kind: 'place', remoteId: 'day' }),
      share('four', { kind: 'asset', remoteId: 'gone' }),
      share('playlist', null),
    ]
    bench.remote.known.set('far', remoteAsset('far'))
    const listed = await shares.list(firstConnection, null)
    expect(listed.map(({ key, target, isTargetGone }) => [key, target, isTargetGone])).toEqual([
      ['one', assetTarget('a'), false],
      ['two', null, false],
      ['three', { placeId: bench.placeOf('day') }, false],
      ['four', null, true],
      ['playlist', null, false],
    ])
    expect(bench.assets.ofRemote(firstConnection, 'far')).toBeUndefined()
    bench.remote.failure = new AppError('network.offline')
    there = [share('five', { kind: 'asset', remoteId: 'farther' })]
    expect(await refusalOf(() => shares.list(firstConnection, null))).toBe('network.offline')
  })

  test('those of one thing, by what the service calls it', async () => {
    await shares.list(firstConnection, assetTarget('b'))
    await shares.list(firstConnection, { placeId: bench.placeOf('day') })
    expect(did).toEqual(['list asset b', 'list place day'])
    expect(await refusalOf(() => shares.list(otherConnection, assetTarget('b')))).toBe(
      'request.invalid severalConnections',
    )
  })

  test('guests are invited and sent away, shares removed', async () => {
    const { target } = await shares.invite({
      connectionId: firstConnection,
      key: 'k',
      email: 'guest@north.example',
    })
    expect(target).toEqual(assetTarget('a'))
    await shares.revokeGuest({ connectionId: firstConnection, key: 'k', guestKey: 'g' })
    await shares.remove(firstConnection, ['k', 'l'])
    expect(did).toEqual(['invite guest@north.example', 'revoke g', 'remove k,l'])
  })

  test('without the power, or the connection, nobody is asked', async () => {
    const a = assetTarget('a')
    bench.remote.can = {}
    const acts = [
      () => shares.list(firstConnection, null),
      () => shares.create(draft([a])),
      () => shares.copyLink(firstConnection, 'k'),
      () => shares.remove(firstConnection, ['k']),
      () => shares.invite({ connectionId: firstConnection, key: 'k', email: 'x@y.example' }),
      () => shares.revokeGuest({ connectionId: firstConnection, key: 'k', guestKey: 'g' }),
    ]
    for (const run of acts) expect(await refusalOf(run)).toBe('request.invalid notSupported')
    bench.removeConnection()
    for (const run of acts) expect(await refusalOf(run)).toBe('thing.notFound')
    expect([did, copied]).toEqual([[], []])
  })
})
