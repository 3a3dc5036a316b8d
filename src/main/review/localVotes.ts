import type { Approval } from '../../shared/approval.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { Library } from '../library/library.ts'
import type { AssetStore, VersionOrigin } from '../store/assetStore.ts'
import type { LocalVoteStore } from '../store/localVoteStore.ts'
import type { Approvals } from './approvals.ts'

export interface LocalVoteParts {
  readonly assets: Pick<AssetStore, 'originOf' | 'get' | 'setReview' | 'placesOf'>
  readonly library: Pick<Library, 'touched'>
  readonly votes: LocalVoteStore
  /** The service is known and takes no votes. */
  readonly isLocal: (connectionId: ConnectionId) => boolean
  readonly myName: (connectionId: ConnectionId) => string
  readonly changed: (versionId: VersionId) => void
  readonly now: () => number
}

/**
 * Approvals for every version: where the service takes no votes, the user's own is kept on this computer with its note
 * and time, and the answer says so (`isLocal`). Asking people needs a service.
 */
export function withLocalVotes<Kind extends Approvals>(remote: Kind, parts: LocalVoteParts): Kind {
  const { assets, votes, changed } = parts
  const originOf = (versionId: VersionId): VersionOrigin => {
    const origin = assets.originOf(versionId)
    if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
    return origin
  }
  const isLocal = (versionId: VersionId) => parts.isLocal(originOf(versionId).connectionId)
  const read = (versionId: VersionId): Approval => {
    const kept = votes.get(originOf(versionId))
    const me = kept && {
      key: null,
      name: kept.author,
      email: null,
      vote: kept.vote,
      votedAt: kept.votedAt,
      isMe: true,
      ...(kept.note === '' ? {} : { note: kept.note }),
    }
    return {
      versionId,
      state: kept?.vote ?? 'none',
      minimum: 1,
      requestedBy: null,
      requestedAt: null,
      approvers: me === undefined ? [] : [me],
      isLocal: true,
    }
  }
  const set = (versionId: VersionId, vote: Parameters<Approvals['vote']>[0]['vote'], note: string) => {
    const origin = originOf(versionId)
    if (vote === null) votes.remove(origin)
    else votes.put(origin, { vote, note, author: parts.myName(origin.connectionId), votedAt: parts.now() })
    assets.setReview(versionId, vote ?? 'none')
    parts.library.touched(assets.placesOf([origin.assetId]))
    changed(versionId)
  }
  return {
    ...remote,
    get: async (versionId: VersionId) => (isLocal(versionId) ? read(versionId) : remote.get(versionId)),
    async vote(input: Parameters<Approvals['vote']>[0]) {
      if (!isLocal(input.versionId)) return remote.vote(input)
      set(input.versionId, input.vote, input.note)
      return read(input.versionId)
    },
    async bulk(...[assetIds, vote]: Parameters<Approvals['bulk']>) {
      const found = assetIds.flatMap((id) => assets.get(id) ?? [])
      if (found.length === 0 || !found.every((asset) => parts.isLocal(asset.connectionId)))
        return remote.bulk(assetIds, vote)
      for (const { latestVersionId } of found) set(latestVersionId, vote, '')
    },
  }
}
