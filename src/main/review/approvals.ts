import type { Approval, ApprovalRequest, ApprovalState, Vote } from '../../shared/approval.ts'
import type { Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, VersionId } from '../../shared/ids.ts'
import type { ReviewStatus } from '../../shared/place.ts'
import type { AskService } from '../connections/askService.ts'
import type { ApprovalPower, RemoteApproval, VersionRef } from '../connectors/powers.ts'
import type { Library } from '../library/library.ts'
import type { Refs } from '../library/refs.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { CommentService } from './comments.ts'

export interface ApprovalParts {
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly comments: Pick<CommentService, 'create'>
  readonly library: Pick<Library, 'touched'>
  /** Whether there is anybody to ask about approvals. */
  readonly isAsked: (connectionId: ConnectionId) => boolean
  readonly changed: (versionId: VersionId) => void
  /** Lists show something new of an asset. */
  readonly shownAnew: (assetId: AssetId) => void
  readonly now: () => number
  readonly report: (error: unknown) => void
}

/** Where its versions stand is asked of an asset once in so long, whatever was answered. */
const askedAgainAfter = 5 * 60_000

/** Who was asked for a yes, and what they said. Always the service's own answer; kept here only as the review status of lists. */
export interface Approvals {
  get(versionId: VersionId): Promise<Approval>
  /** Asks again and tells `changed` when somebody else has voted or asked since. Says whether the service answered. */
  readAgain(versionId: VersionId): Promise<boolean>
  /**
   * Asks where the versions of an asset stand of which that is not known, once in a few minutes, and tells `shownAnew`.
   * Never fails.
   */
  readUnknown(assetId: AssetId): Promise<void>
  /** `request.invalid` when nobody is asked. */
  request(request: ApprovalRequest): Promise<Approval>
  vote(input: Parsed<'approvals.vote'>): Promise<Approval>
  withdraw(versionId: VersionId): Promise<Approval>
  bulk(assetIds: readonly AssetId[], vote: Vote | null): Promise<void>
}

/** How an approval shows on a card. Disagreement is something to change. */
const reviewOf: Readonly<Record<ApprovalState, ReviewStatus>> = {
  none: 'none',
  requested: 'inReview',
  approved: 'approved',
  needsChanges: 'needsChanges',
  mixed: 'needsChanges',
}

export function createApprovals(parts: ApprovalParts): Approvals {
  const { assets, refs, service, library } = parts
  /** What was last answered to the page, as text. */
  const answered = new Map<VersionId, string>()
  /** How often something was done here: what was asked for before that is old. */
  const acts = new Map<VersionId, number>()

  const keep = (versionId: VersionId, assetId: AssetId, remote: RemoteApproval): Approval => {
    answered.set(versionId, JSON.stringify(remote))
    const review = reviewOf[remote.state]
    const version = assets.versions(assetId).find((each) => each.id === versionId)
    if (version !== undefined && version.review !== review) {
      assets.setReview(versionId, review)
      library.touched(assets.placesOf([assetId]))
    }
    return { versionId, ...remote, approvers: [...remote.approvers] }
  }
  const read = async (
    versionId: VersionId,
    act: (power: ApprovalPower, ref: VersionRef, signal: AbortSignal) => Promise<void>,
  ): Promise<{ approval: Approval; connectionId: ConnectionId }> => {
    const { connectionId, assetId, ref } = refs.version(versionId)
    const remote = await service.with(connectionId, 'approvals', async (power, signal) => {
      await act(power, ref, signal)
      return power.read(ref, signal)
    })
    return { approval: keep(versionId, assetId, remote), connectionId }
  }
  const changing = async (versionId: VersionId, act: Parameters<typeof read>[1]): Promise<Approval> => {
    acts.set(versionId, (acts.get(versionId) ?? 0) + 1)
    const { approval } = await read(versionId, act)
    parts.changed(versionId)
    return approval
  }

  const unknownOf = (assetId: AssetId) =>
    assets.versions(assetId).filter(({ review }) => review === 'unknown')
  const askedAt = new Map<AssetId, number>()
  const readUnknown = async (assetId: AssetId): Promise<void> => {
    if (parts.now() - (askedAt.get(assetId) ?? Number.NEGATIVE_INFINITY) < askedAgainAfter) return
    const unknown = unknownOf(assetId)
    if (unknown.length === 0) return
    try {
      const asked = unknown.map(({ id }) => ({ id, actsBefore: acts.get(id), ...refs.version(id) }))
      const connectionId = asked[0]?.connectionId
      if (connectionId === undefined || !parts.isAsked(connectionId)) return
      askedAt.set(assetId, parts.now())
      const found = await service.with(connectionId, 'approvals', (power, signal) =>
        power.reviews(
          asked.map(({ ref }) => ref),
          signal,
        ),
      )
      let isNew = false
      const stillUnknown = new Set(unknownOf(assetId).map(({ id }) => id))
      for (const { id, ref, actsBefore } of asked) {
        const review = found.get(ref.remoteId)
        const isOld = acts.get(id) !== actsBefore || !stillUnknown.has(id)
        if (review === undefined || isOld) continue
        assets.setReview(id, review)
        isNew = true
      }
      if (isNew) parts.shownAnew(assetId)
    } catch (error) {
      parts.report(error)
    }
  }

  const readEach = async (versions: readonly VersionId[]): Promise<void> => {
    try {
      for (const versionId of versions) await read(versionId, async () => undefined)
    } catch (error) {
      parts.report(error)
    }
  }

  return {
    get: async (versionId) => (await read(versionId, async () => undefined)).approval,
    async readAgain(versionId) {
      const [before, actsBefore] = [answered.get(versionId), acts.get(versionId)]
      try {
        const { connectionId, assetId, ref } = refs.version(versionId)
        const remote = await service.with(connectionId, 'approvals', (power, signal) =>
          power.read(ref, signal),
        )
        const isOld = acts.get(versionId) !== actsBefore || answered.get(versionId) !== before
        if (isOld || JSON.stringify(remote) === before) return true
        // Its version may have left the library while it was asked.
        refs.version(versionId)
        keep(versionId, assetId, remote)
        parts.changed(versionId)
        return true
      } catch (error) {
        parts.report(error)
        return false
      }
    },
    readUnknown,
    async request(request) {
      const asked = request.people.length + request.groups.length + request.emails.length
      if (asked === 0) throw new AppError('request.invalid', { call: 'approvals.request', field: 'people' })
      return changing(request.versionId, (power, ref, signal) => power.request(ref, request, signal))
    },
    async vote({ versionId, vote, note }) {
      const approval = await changing(versionId, (power, ref, signal) => power.vote(ref, vote, signal))
      if (note !== '') {
        parts.comments.create({
          versionId,
          parentId: null,
          span: null,
          text: note,
          isInternal: false,
          colour: null,
          drawing: [],
          kind: 'comment',
          track: null,
        })
      }
      return approval
    },
    withdraw: (versionId) => changing(versionId, (power, ref, signal) => power.withdraw(ref, signal)),
    async bulk(given, vote) {
      const { connectionId, ids, refs: found } = refs.assets(given)
      await service.with(connectionId, 'approvals', (power, signal) =>
        power.bulk(
          found.map(({ remoteId }) => remoteId),
          vote,
          signal,
        ),
      )
      library.touched(assets.placesOf(ids))
      const versions = ids.flatMap((id) => assets.get(id)?.latestVersionId ?? [])
      for (const versionId of versions) parts.changed(versionId)
      // What it came to depends on what others said. The answer does not tell, and nobody is kept waiting for it.
      void readEach(versions)
    },
  }
}
