import type { ApprovalState, Approver, Vote } from '../../../shared/approval.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ApprovalPower, RemoteApproval, VersionRef } from '../powers.ts'
import { calls } from './calls/index.ts'
import { versionsOf } from './mapping.ts'
import { nameOf, timeOf } from './mappingShared.ts'
import { isForbidden, isGone, orElse } from './paging.ts'
import type { Names } from './people.ts'
import type { Reviews } from './reviews.ts'
import type { Selves } from './self.ts'
import type { Session } from './session.ts'
import type { ApprovalRequest, ApprovalState as IconikState, Vote as IconikVote } from './wireApprovals.ts'
import { approvalRequestSchema, voteSchema, votesSchema } from './wireApprovals.ts'
import { assetSchema } from './wireAssets.ts'

export interface ApprovalParts {
  readonly session: Session
  readonly selves: Selves
  readonly names: Names
  readonly reviews: Reviews
}

const object_type = 'assets'

const states: Readonly<Record<IconikState, ApprovalState>> = {
  'N/A': 'none',
  REQUESTED: 'requested',
  APPROVED: 'approved',
  NOT_APPROVED: 'needsChanges',
  MIXED: 'mixed',
}
const votes = { approved: 'APPROVED', needsChanges: 'NOT_APPROVED' } as const satisfies Record<
  Vote,
  IconikState
>
const voteOf = (state: IconikState | null): Vote | null =>
  state === 'APPROVED' ? 'approved' : state === 'NOT_APPROVED' ? 'needsChanges' : null

/** Requests and votes. The service keeps them by version but takes new ones for the newest version only. */
export function createApprovals({ session, selves, names, reviews }: ApprovalParts): ApprovalPower {
  const { call, share } = session

  const readRequest = (version: VersionRef, signal: AbortSignal): Promise<ApprovalRequest | undefined> => {
    const path = { object_type, object_id: version.assetRemoteId, version_id: version.remoteId }
    return orElse(
      () => call(calls['assets.readVersionApprovalRequest'], { path, answer: approvalRequestSchema }, signal),
      undefined,
    )
  }
  const readVotes = async (version: VersionRef, signal: AbortSignal): Promise<IconikVote[]> => {
    const path = { object_type, object_id: version.assetRemoteId, version_id: version.remoteId }
    const answer = await orElse(
      () => call(calls['assets.readVersionApproval'], { path, answer: votesSchema }, signal),
      undefined,
    )
    return answer?.objects ?? []
  }

  const mustBeNewest = async (version: VersionRef, signal: AbortSignal): Promise<void> => {
    const path = { asset_id: version.assetRemoteId }
    const asset = await call(calls['assets.readAsset'], { path, answer: assetSchema }, signal)
    const newest = versionsOf(asset.versions)[0]
    if (newest !== undefined && newest.id !== version.remoteId)
      throw new AppError('request.invalid', { field: 'version', reason: 'notNewest' })
  }

  return {
    async read(version, signal): Promise<RemoteApproval> {
      const [request, given, self] = await Promise.all([
        readRequest(version, signal),
        readVotes(version, signal),
        selves.read(signal),
      ])
      const all = request === undefined || given.length > 0 ? given : request.approvals_by
      const state = request?.status ?? stateOf(all)
      reviews.note(version.remoteId, state)
      const known = new Map((request?.users_info ?? []).map((person) => [person.id, person]))
      const users = [...new Set([...(request?.users ?? []), ...all.flatMap(({ user }) => user ?? [])])]
      const found = await names.people(
        [...users.filter((id) => !known.has(id)), request?.requested_by ?? null],
        signal,
      )
      const groups = await names.groups(request?.groups ?? [], signal)
      const externals = [
        ...new Set([...(request?.externals ?? []), ...all.flatMap(({ external }) => external || [])]),
      ]
      const requestedBy = request?.requested_by ?? null
      return {
        state: states[state],
        minimum: Math.max(1, request?.min_number ?? 1),
        requestedBy: requestedBy === null ? null : (found.get(requestedBy)?.name ?? null),
        requestedAt: timeOf(request?.request_date, null),
        approvers: [
          ...users.map((id): Approver => {
            const person = known.get(id)
            const vote = all.find(({ user }) => user === id)
            return {
              key: id,
              name: nameOf(person) ?? found.get(id)?.name ?? 'Somebody',
              email: person?.email ?? found.get(id)?.email ?? null,
              ...voted(vote),
              isMe: share === null && id === self.me,
            }
          }),
          ...(request?.groups ?? []).map(
            (id): Approver => ({
              key: id,
              name: groups.get(id) ?? 'A group',
              email: null,
              vote: null,
              votedAt: null,
              isMe: false,
            }),
          ),
          ...externals.map(
            (email): Approver => ({
              key: null,
              name: email,
              email,
              ...voted(all.find(({ external }) => external === email)),
              isMe: share !== null && email.toLowerCase() === self.me?.toLowerCase(),
            }),
          ),
        ],
      }
    },

    reviews: (versions, signal) =>
      reviews.each(
        versions.map(({ assetRemoteId, remoteId }) => ({ assetId: assetRemoteId, versionId: remoteId })),
        signal,
      ),

    async request(version, { people, groups, emails, minimum }, signal) {
      await mustBeNewest(version, signal)
      const body = { users: people, groups, externals: emails, min_number: minimum }
      const path = { object_type, object_id: version.assetRemoteId }
      // Votes that nobody asked for are answered like a request, without who asked.
      const isThere = ((await readRequest(version, signal))?.requested_by ?? null) !== null
      const row = isThere ? calls['assets.replaceApprovalRequest'] : calls['assets.requestApproval']
      // A request to groups is worked on in the service's own time, and answered with a job alone.
      await call(row, { path, body, answer: approvalRequestSchema.partial().optional() }, signal)
      reviews.note(version.remoteId, 'REQUESTED')
    },

    async vote(version, vote, signal) {
      await mustBeNewest(version, signal)
      const { me } = await selves.read(signal)
      const path = { object_type, object_id: version.assetRemoteId }
      if (vote === null) {
        if (me !== undefined) await removeVote(path, me, signal)
        return
      }
      const external = share === null || me === undefined ? {} : { external: me }
      await give(path, { status: votes[vote], ...external }, signal)
    },

    async withdraw(version, signal) {
      await mustBeNewest(version, signal)
      const path = { object_type, object_id: version.assetRemoteId }
      const answer = approvalRequestSchema.partial().optional()
      await orElseGone(() => call(calls['assets.withdrawApprovalRequest'], { path, answer }, signal))
      reviews.note(version.remoteId, 'N/A')
    },

    async bulk(assetRemoteIds, vote, signal) {
      if (assetRemoteIds.length === 0) return
      const body = { object_type, object_ids: assetRemoteIds } as const
      if (vote === null) {
        await call(calls['assets.clearApprovals'], { body }, signal)
        return
      }
      const status = votes[vote]
      try {
        await call(calls['assets.setApprovals'], { body: { ...body, status } }, signal)
      } catch (error) {
        if (!isForbidden(error)) throw error
        // Whoever has no right to vote on many at once has one to vote on each.
        for (const object_id of assetRemoteIds) await give({ object_type, object_id }, { status }, signal)
      }
    },
  }

  async function give(
    path: { readonly object_type: string; readonly object_id: string },
    body: { readonly status: IconikState; readonly external?: string },
    signal: AbortSignal,
  ): Promise<void> {
    await call(calls['assets.setApproval'], { path, body, answer: voteSchema }, signal)
  }

  async function removeVote(
    path: { readonly object_type: string; readonly object_id: string },
    me: string,
    signal: AbortSignal,
  ): Promise<void> {
    await orElseGone(() =>
      share === null
        ? call(calls['assets.removeUserVote'], { path: { ...path, user_id: me } }, signal)
        : call(calls['assets.removeExternalVote'], { path: { ...path, email: me } }, signal),
    )
  }
}

const voted = (vote: IconikVote | undefined) => ({
  vote: voteOf(vote?.status ?? null),
  votedAt: voteOf(vote?.status ?? null) === null ? null : timeOf(vote?.change_date, null),
})

/** Votes that nobody asked for make a state all the same. */
function stateOf(all: readonly IconikVote[]): IconikState {
  const given = new Set(all.flatMap(({ status }) => voteOf(status) ?? []))
  if (given.size > 1) return 'MIXED'
  if (given.has('approved')) return 'APPROVED'
  return given.has('needsChanges') ? 'NOT_APPROVED' : 'N/A'
}

/** What is gone already is done. */
async function orElseGone(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (!isGone(error)) throw error
  }
}
