import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { ReviewStatus } from '../../../shared/place.ts'
import type { ConnectorParts } from '../provider.ts'
import { calls } from './calls/index.ts'
import { eachOf, isForbidden, isGone, orElse } from './paging.ts'
import type { Selves } from './self.ts'
import type { Session } from './session.ts'
import { few, id, word } from './wire.ts'
import { type ApprovalState, approvalRequestSchema } from './wireApprovals.ts'

const mostKnown = 100_000
/** Where the service must be asked about each asset, only pages of so many are, each once in a while. */
const mostAsked = 60
const knownFor = 60_000

/**
 * Where versions stand in review. Lists do not tell it. A search tells it of many assets at once where the service
 * fills in `approval`; elsewhere the assets of short pages are asked about one by one. Every approval that was read tells
 * it as well.
 */
export interface Reviews {
  of(versionId: string): ReviewStatus
  note(versionId: string, state: ApprovalState | null): void
  /** Asks about the newest versions of some assets; what it is not told stays as it was known. */
  ask(assets: readonly OneVersion[], signal: AbortSignal): Promise<void>
  /**
   * Asks about each of some versions unless it just did; those that this account is not told of are left out. One that
   * cannot be read is left out, too: it fails only where nothing was told.
   */
  each(versions: readonly OneVersion[], signal: AbortSignal): Promise<ReadonlyMap<string, ReviewStatus>>
}
export interface OneVersion {
  readonly assetId: string
  readonly versionId: string
}

/** A single objection means work, whatever the others say. */
const statuses: Readonly<Record<ApprovalState, ReviewStatus>> = {
  'N/A': 'none',
  REQUESTED: 'inReview',
  APPROVED: 'approved',
  NOT_APPROVED: 'needsChanges',
  MIXED: 'needsChanges',
}

const isSignedOut = (error: unknown) => error instanceof AppError && error.code === 'auth.expired'

const approvalsSchema = z.object({
  objects: few(
    z.object({
      id,
      approval: z
        .object({ status: word(['N/A', 'REQUESTED', 'APPROVED', 'NOT_APPROVED', 'MIXED']) })
        .nullish(),
    }),
  ),
})

export function createReviews({ call, share }: Session, selves: Selves, { clock }: ConnectorParts): Reviews {
  const known = new Map<string, { readonly status: ReviewStatus; readonly until: number }>()
  // Guests have no search; a service that leaves the field out once is not asked for it again.
  let isTold = share === null

  const of = (versionId: string): ReviewStatus => known.get(versionId)?.status ?? 'unknown'
  const keep = (versionId: string, status: ReviewStatus) => {
    if (known.size > mostKnown) known.clear()
    known.set(versionId, { status, until: clock.now() + knownFor })
  }
  const note = (versionId: string, state: ApprovalState | null) => keep(versionId, statuses[state ?? 'N/A'])
  const staleOf = (versions: readonly OneVersion[]) =>
    versions.filter(({ versionId }) => (known.get(versionId)?.until ?? 0) <= clock.now())

  const search = async (assets: readonly OneVersion[], signal: AbortSignal): Promise<void> => {
    const answer = await orElse(
      () =>
        call(
          calls['search.search'],
          {
            query: { per_page: assets.length, generate_signed_url: false, save_search_history: false },
            body: {
              doc_types: ['assets'],
              query: '',
              filter: {
                operator: 'AND',
                terms: [{ name: 'id', value_in: assets.map(({ assetId }) => assetId) }],
              },
              include_fields: ['id', 'approval'],
            },
            answer: approvalsSchema,
          },
          signal,
        ),
      undefined,
    )
    const told = (answer?.objects ?? []).filter(({ approval }) => approval !== undefined)
    isTold = told.length > 0 || (answer !== undefined && answer.objects.length === 0)
    const states = new Map(told.map((one) => [one.id, one.approval?.status ?? null]))
    for (const { assetId, versionId } of assets) {
      const state = states.get(assetId)
      if (state !== undefined) note(versionId, state)
    }
  }

  /** Nobody was asked and nobody has voted where the service has no approval of it. */
  const readOne = async ({ assetId, versionId }: OneVersion, signal: AbortSignal): Promise<void> => {
    const path = { object_type: 'assets', object_id: assetId, version_id: versionId }
    try {
      const row = calls['assets.readVersionApprovalRequest']
      note(versionId, (await call(row, { path, answer: approvalRequestSchema }, signal)).status)
    } catch (error) {
      if (isGone(error)) note(versionId, null)
      else if (isForbidden(error)) keep(versionId, of(versionId))
      else throw error
    }
  }

  return {
    of,
    note,
    async ask(assets, signal) {
      if (assets.length === 0) return
      if (isTold) await search(assets, signal)
      if (isTold || assets.length > mostAsked || !selves.may('can_read_approval_request')) return
      await eachOf(staleOf(assets), (one) => readOne(one, signal))
    },
    async each(versions, signal) {
      let failure: unknown
      const read = async (one: OneVersion) => {
        try {
          await readOne(one, signal)
        } catch (error) {
          if (signal.aborted || isSignedOut(error)) throw error
          failure ??= error
        }
      }
      if (selves.may('can_read_approval_request')) await eachOf(staleOf(versions), read)
      const told = new Map(versions.map(({ versionId }) => [versionId, of(versionId)]))
      for (const [versionId, status] of told) if (status === 'unknown') told.delete(versionId)
      if (told.size === 0 && failure !== undefined) throw failure
      return told
    },
  }
}
