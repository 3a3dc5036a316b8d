import type { Output, Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { Refs } from './refs.ts'

/** What a service knows of an asset beyond its media. Asked anew each time, kept nowhere. */
export interface AssetFacts {
  history(id: AssetId): Promise<Output<'assets.history'>>
  relations(id: AssetId): Promise<Output<'assets.relations'>>
  /** `request.invalid` between two connections, or of an asset to itself. */
  relate(input: Parsed<'assets.relate'>): Promise<void>
  unrelate(input: Parsed<'assets.unrelate'>): Promise<void>
}

export function createAssetFacts(assets: AssetStore, refs: Refs, service: AskService): AssetFacts {
  return {
    async history(id) {
      const { connectionId, ref } = refs.asset(id)
      return [
        ...(await service.with(connectionId, 'history', (history, signal) => history.entries(ref, signal))),
      ]
    },
    async relations(id) {
      const { connectionId, ref } = refs.asset(id)
      const [found, types] = await service.with(connectionId, 'relations', (relations, signal) =>
        Promise.all([relations.list(ref, signal), relations.types(signal)]),
      )
      return {
        relations: found.map(({ type, words, otherRemoteId, otherName, description }) => ({
          type,
          words,
          otherKey: otherRemoteId,
          otherName,
          otherAssetId: assets.ofRemote(connectionId, otherRemoteId) ?? null,
          description,
        })),
        types: [...types],
      }
    },
    async relate({ id, otherId, type, description }) {
      if (id === otherId) throw new AppError('request.invalid', { call: 'assets.relate', reason: 'itself' })
      const { connectionId } = refs.assets([id, otherId])
      const { ref } = refs.asset(id)
      const other = refs.asset(otherId).ref
      await service.with(connectionId, 'relations', (relations, signal) =>
        relations.add(ref, other.remoteId, type, description, signal),
      )
    },
    async unrelate({ id, otherKey, type }) {
      const { connectionId, ref } = refs.asset(id)
      await service.with(connectionId, 'relations', (relations, signal) =>
        relations.remove(ref, otherKey, type, signal),
      )
    },
  }
}
