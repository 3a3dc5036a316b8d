import type { Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Share, ShareDraft, ShareTarget } from '../../shared/share.ts'
import type { AskService } from '../connections/askService.ts'
import type { RemoteShare, RemoteShareTarget } from '../connectors/powers.ts'
import type { Refs } from '../library/refs.ts'
import type { Whereabouts } from '../library/whereabouts.ts'

/** Of a longer list the newest, as the service orders them, are shown. */
const mostShares = 500

export interface ShareParts {
  readonly refs: Refs
  readonly service: AskService
  readonly whereabouts: Pick<Whereabouts, 'asset' | 'place' | 'look'>
  /** The system's clipboard: a link is a secret and goes nowhere else. */
  readonly copy: (text: string) => void
  readonly now: () => number
}

/** What was given to people outside. Always the service's own answer; nothing of it is kept here. */
export interface Shares {
  /** One whose thing the service no longer shows has no target: its link opens nothing, and it can be ended. */
  list(connectionId: ConnectionId, target: ShareTarget | null): Promise<Share[]>
  /** Asked of the service once: a repeat would write to people a second time. */
  create(draft: ShareDraft): Promise<Share>
  copyLink(connectionId: ConnectionId, key: string): Promise<void>
  remove(connectionId: ConnectionId, keys: readonly string[]): Promise<void>
  invite(input: Parsed<'shares.invite'>): Promise<Share>
  revokeGuest(input: Parsed<'shares.revokeGuest'>): Promise<Share>
}

export function createShares({ refs, service, whereabouts, copy, now }: ShareParts): Shares {
  const remoteTarget = (target: ShareTarget): RemoteShareTarget & { readonly connectionId: ConnectionId } => {
    if ('placeId' in target) {
      const { connectionId, remote, place } = refs.place(target.placeId)
      if (place.shelf !== null) throw new AppError('request.invalid', { field: 'targets', reason: 'shelf' })
      return { connectionId, kind: 'place', remoteId: remote.remoteId }
    }
    const { connectionId, ref } = refs.asset(target.assetId)
    return { connectionId, kind: 'asset', remoteId: ref.remoteId }
  }
  const ours = async (connectionId: ConnectionId, share: RemoteShare): Promise<Share> => {
    if (share.target === null) return { ...share, target: null, isTargetGone: false }
    const { kind, remoteId } = share.target
    const target =
      kind === 'asset'
        ? { assetId: await whereabouts.asset(connectionId, remoteId) }
        : { placeId: await whereabouts.place(connectionId, remoteId) }
    return { ...share, target, isTargetGone: false }
  }
  /** Of many, most things were never looked at here: it is enough to know that they are there. */
  const looked = async (connectionId: ConnectionId, share: RemoteShare): Promise<Share> => {
    if (share.target === null) return { ...share, target: null, isTargetGone: false }
    const { kind, remoteId } = share.target
    const target = await whereabouts.look(connectionId, kind, remoteId)
    return { ...share, target, isTargetGone: false }
  }
  const oneOf = (found: readonly RemoteShareTarget[]): RemoteShareTarget[] => {
    const isOnePlace = found.length === 1
    if (!isOnePlace && found.some(({ kind }) => kind === 'place'))
      throw new AppError('request.invalid', { field: 'targets', reason: 'onePlace' })
    const byId = new Map(found.map(({ kind, remoteId }) => [remoteId, { kind, remoteId }]))
    return [...byId.values()]
  }

  return {
    async list(connectionId, target) {
      const wanted = target === null ? null : remoteTarget(target)
      if (wanted !== null && wanted.connectionId !== connectionId)
        throw new AppError('request.invalid', { call: 'shares.list', reason: 'severalConnections' })
      const named = wanted === null ? null : { kind: wanted.kind, remoteId: wanted.remoteId }
      const found = await service.with(connectionId, 'shares', (shares, signal) => shares.list(named, signal))
      return Promise.all(
        found.slice(0, mostShares).map((share) =>
          (target === null ? looked(connectionId, share) : ours(connectionId, share)).catch(
            (error: unknown): Share => {
              if (isGone(error)) return { ...share, target: null, isTargetGone: true }
              throw error
            },
          ),
        ),
      )
    },
    async create({ targets, ...draft }) {
      const found = targets.map(remoteTarget)
      const connectionId = found[0]?.connectionId
      if (connectionId === undefined) throw new AppError('request.invalid', { field: 'targets' })
      if (found.some((each) => each.connectionId !== connectionId))
        throw new AppError('request.invalid', { field: 'targets', reason: 'severalConnections' })
      if (draft.expiresAt <= now()) throw new AppError('request.invalid', { field: 'expiresAt' })
      const shared = oneOf(found)
      const made = await service.with(connectionId, 'shares', (shares, signal) =>
        shares.create(shared, draft, signal),
      )
      return ours(connectionId, made)
    },
    async copyLink(connectionId, key) {
      const link = await service.with(connectionId, 'shares', (shares, signal) => shares.link(key, signal))
      copy(link)
    },
    remove: (connectionId, keys) =>
      service.with(connectionId, 'shares', (shares, signal) => shares.remove(keys, signal)),
    async invite({ connectionId, key, email }) {
      const share = await service.with(connectionId, 'shares', (shares, signal) =>
        shares.invite(key, email, signal),
      )
      return ours(connectionId, share)
    },
    async revokeGuest({ connectionId, key, guestKey }) {
      const share = await service.with(connectionId, 'shares', (shares, signal) =>
        shares.revoke(key, guestKey, signal),
      )
      return ours(connectionId, share)
    },
  }
}

function isGone(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'remote.notFound' || error.code === 'auth.forbidden')
}
