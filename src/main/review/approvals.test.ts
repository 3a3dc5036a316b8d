import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import { openLibraryBench, refusalOf, remoteAsset, remotePlace } from '../../../tests/fakes/libraryBench.ts'
import type { ApprovalRequest } from '../../shared/approval.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { ReviewStatus } from '../../shared/place.ts'
import type { CommentDraft } from '../../shared/review.ts'
import type { RemoteApproval } from '../connectors/powers.ts'
import type { RemoteAsset } from '../connectors/remote.ts'
import type { Approvals } from './approvals.ts'
import { createApprovals } from './approvals.ts'

describe('approvals', () => {
  let bench: LibraryBench
  let approvals: Approvals
  let there: RemoteApproval
  let did: string[]
  let notes: CommentDraft[]
  let told: VersionId[]
  let reported: unknown[]
  let refusal: AppError | undefined
  let asked: string[]
  let stand: ReadonlyMap<string, ReviewStatus>
  let isAsked: boolean
  let shown: AssetId[]
  let beforeAnswer: () => void
  let clock: number
  let versionId: VersionId

  beforeEach(async () => {
    bench = openLibraryBench()
    did = []
    notes = []
    told = []
    reported = []
    asked = []
    stand = new Map()
    isAsked = true
    shown = []
    clock = 0
    refusal = undefined
    beforeAnswer = () => undefined
    there = { state: 'none', minimum: 1, requestedBy: null, requestedAt: null, approvers: [] }
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a'), remoteAsset('b')])
    const act = async (text: string, next: Partial<RemoteApproval>) => {
      if (refusal !== undefined) throw refusal
      did.push(text)
      there = { ...there, ...next }
    }
    bench.remote.can = {
      approvals: {
        read: async (ref) => {
          if (refusal !== undefined) throw refusal
          expect(ref.assetRemoteId).toBe('a')
          const answer = there
          beforeAnswer()
          return answer
        },
        request: (ref, request) =>
          act(`request ${ref.remoteId} ${request.people.join()} ${request.minimum}`, {
            state: 'requested',
            minimum: request.minimum,
          }),
        vote: (_ref, vote) => act(`vote ${vote}`, { state: vote ?? 'requested' }),
        withdraw: () => act('withdraw', { state: 'none' }),
        reviews: async (versions) => {
          if (refusal !== undefined) throw refusal
          asked.push(...versions.map(({ remoteId }) => remoteId))
          const answer = stand
          beforeAnswer()
          return answer
        },
        bulk: (ids, vote) => act(`bulk ${ids.join()} ${vote}`, {}),
      },
    }
    await bench.readAll()
    const { assets, refs, service, library } = bench
    approvals = createApprovals({
      assets,
      refs,
      service,
      comments: {
        create: (draft) => {
          notes.push(draft)
          throw new Error('the comment itself is not of interest here')
        },
      },
      library,
      isAsked: () => isAsked,
      changed: (id) => told.push(id),
      shownAnew: (id) => shown.push(id),
      now: () => clock,
      report: (error) => reported.push(error),
    })
    versionId = assets.get(bench.assetOf('a'))?.latestVersionId as VersionId
  })
  afterEach(() => bench.close())

  const request = (more: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
    versionId,
    people: ['ida'],
    groups: [],
    emails: [],
    minimum: 2,
    ...more,
  })
  const review = () => bench.assets.get(bench.assetOf('a'))?.review

  test('a request shows as in review, and lists are told', async () => {
    expect(await approvals.request(request())).toMatchObject({ versionId, state: 'requested', minimum: 2 })
    expect([did, review(), told]).toEqual([['request a-v1 ida 2'], 'inReview', [versionId]])
    expect(bench.events).toContain(`assets:${bench.placeOf('day')}`)
    const { counts } = bench.library.list({
      placeId: bench.placeOf('day'),
      offset: 0,
      limit: 10,
      sort: 'name',
      filter: {},
    })
    expect(counts.inReview).toBe(1)
  })

  test('a request to nobody is none', async () => {
    expect(await refusalOf(() => approvals.request(request({ people: [] })))).toBe('request.invalid people')
    expect(await refusalOf(() => approvals.request(request({ people: [], emails: ['x@y.example'] })))).toBe(
      'nothing',
    )
  })

  test('a vote is given, taken back, and shown as the service then counts it', async () => {
    await approvals.vote({ versionId, vote: 'approved', note: '' })
    expect(review()).toBe('approved')
    await approvals.vote({ versionId, vote: null, note: '' })
    expect(review()).toBe('inReview')
    there = { ...there, state: 'mixed' }
    await approvals.get(versionId)
    expect(review()).toBe('needsChanges')
    expect([did, notes]).toEqual([['vote approved', 'vote null'], []])
  })

  test('a note becomes a comment on the whole version, once the vote was taken', async () => {
    refusal = new AppError('auth.forbidden')
    await refusalOf(() => approvals.vote({ versionId, vote: 'needsChanges', note: 'Too dark' }))
    expect(notes).toEqual([])
    refusal = undefined
    await refusalOf(() => approvals.vote({ versionId, vote: 'needsChanges', note: 'Too dark' }))
    expect(notes).toMatchObject([{ versionId, span: null, text: 'Too dark', isInternal: false }])
  })

  test("somebody else's vote is told once, and one that is as before is not", async () => {
    await approvals.get(versionId)
    expect([await approvals.readAgain(versionId), told]).toEqual([true, []])
    there = { ...there, state: 'approved' }
    expect(await approvals.readAgain(versionId)).toBe(true)
    expect([told, review()]).toEqual([[versionId], 'approved'])
    expect(bench.events).toContain(`assets:${bench.placeOf('day')}`)
    await approvals.readAgain(versionId)
    expect(told).toHaveLength(1)
  })

  test('an answer older than a vote of ours is thrown away', async () => {
    await approvals.get(versionId)
    there = { ...there, state: 'needsChanges' }
    let voting: Promise<unknown> = Promise.resolve()
    beforeAnswer = () => {
      beforeAnswer = () => undefined
      voting = approvals.vote({ versionId, vote: 'approved', note: '' })
    }
    await approvals.readAgain(versionId)
    await voting
    expect([review(), told]).toEqual(['approved', [versionId]])
  })

  test('out of reach it says so and keeps what it knew', async () => {
    await approvals.vote({ versionId, vote: 'approved', note: '' })
    refusal = new AppError('network.offline')
    expect(await approvals.readAgain(versionId)).toBe(false)
    expect([review(), told.length, reported]).toEqual(['approved', 1, [refusal]])
  })

  test('withdrawn, nothing is asked any more', async () => {
    await approvals.request(request())
    expect(await approvals.withdraw(versionId)).toMatchObject({ state: 'none' })
    expect(review()).toBe('none')
  })

  test('a vote on many at once; their lists are asked again', async () => {
    await approvals.bulk([bench.assetOf('a'), bench.assetOf('b')], 'approved')
    expect(did).toEqual(['bulk a,b approved'])
    expect([told.length, bench.events]).toEqual([2, [`assets:${bench.placeOf('day')}`]])
  })

  test('a vote on many shows on their cards as the service then counts it', async () => {
    there = { ...there, state: 'mixed' }
    await approvals.bulk([bench.assetOf('a')], 'approved')
    await expect.poll(review).toBe('needsChanges')
  })

  describe('versions of which nobody knows where they stand', () => {
    const version = (number: number, status: ReviewStatus) => ({
      ...{ remoteId: `take-${number}`, number, createdAt: number, author: null, review: status },
    })
    const list = async (first: ReviewStatus, ...older: ReviewStatus[]) => {
      const versions: RemoteAsset['versions'] = [
        version(older.length + 1, first),
        ...older.map((status, index) => version(older.length - index, status)),
      ]
      bench.remote.assets.set('day', [remoteAsset('a', { versions }), remoteAsset('b')])
      await bench.readAll()
    }
    const known = () => bench.assets.versions(bench.assetOf('a')).map((each) => each.review)

    test('are asked about when somebody looks, and stay known through lists that do not tell', async () => {
      await list('inReview', 'unknown', 'unknown')
      stand = new Map([
        ['take-2', 'needsChanges'],
        ['take-1', 'none'],
      ])
      await approvals.readUnknown(bench.assetOf('a'))
      expect(asked).toEqual(['take-2', 'take-1'])
      expect([known(), shown]).toEqual([['inReview', 'needsChanges', 'none'], [bench.assetOf('a')]])
      await list('inReview', 'unknown', 'unknown')
      expect(known()).toEqual(['inReview', 'needsChanges', 'none'])
      await approvals.readUnknown(bench.assetOf('a'))
      expect(asked).toHaveLength(2)
      await list('inReview', 'approved', 'unknown')
      expect(known(), 'a list that tells is heeded').toEqual(['inReview', 'approved', 'none'])
    })

    test('stay unknown where nobody can be asked, nothing is told or asking fails', async () => {
      await list('inReview', 'unknown')
      const look = () => approvals.readUnknown(bench.assetOf('a'))
      isAsked = false
      await look()
      expect(asked).toEqual([])
      isAsked = true
      await look()
      expect(asked).toEqual(['take-1'])
      refusal = new AppError('remote.unavailable')
      clock += 5 * 60_000
      await look()
      expect(reported).toEqual([refusal])
      expect([known(), shown]).toEqual([['inReview', 'unknown'], []])
    })

    test('are asked about once in a few minutes, however often somebody looks', async () => {
      await list('inReview', 'unknown')
      const look = () => approvals.readUnknown(bench.assetOf('a'))
      await Promise.all([look(), look()])
      await look()
      expect(asked).toEqual(['take-1'])
      clock += 5 * 60_000
      await look()
      expect(asked).toEqual(['take-1', 'take-1'])
    })

    test.each(['while it is on its way', 'and was answered'])(
      'stand where a vote left them that was given meanwhile, %s',
      async (when) => {
        await list('unknown')
        const current = bench.assets.versions(bench.assetOf('a'))[0]?.id as VersionId
        stand = new Map([['take-1', 'needsChanges']])
        let hold: () => void = () => undefined
        const held = new Promise<void>((release) => {
          hold = release
        })
        let voting: Promise<unknown> = Promise.resolve()
        beforeAnswer = () => {
          beforeAnswer = () => undefined
          voting = approvals.vote({ versionId: current, vote: 'approved', note: '' }).finally(hold)
        }
        const looking = approvals.readUnknown(bench.assetOf('a'))
        if (when === 'and was answered') await held
        await looking
        expect(shown).toEqual([])
        await voting
        expect(known()).toEqual(['approved'])
      },
    )
  })

  test('what is refused, not possible or gone changes nothing', async () => {
    refusal = new AppError('auth.forbidden')
    const acts = () => [
      () => approvals.get(versionId),
      () => approvals.request(request()),
      () => approvals.vote({ versionId, vote: 'approved', note: '' }),
      () => approvals.withdraw(versionId),
      () => approvals.bulk([bench.assetOf('a')], null),
    ]
    for (const run of acts()) expect(await refusalOf(run)).toBe('auth.forbidden')
    bench.remote.can = {}
    for (const run of acts()) expect(await refusalOf(run)).toBe('request.invalid notSupported')
    expect([review(), told]).toEqual(['none', []])
    bench.removeConnection()
    expect(await refusalOf(() => approvals.get(versionId))).toBe('thing.notFound')
  })
})
