import type { DeletedVersion } from '../../shared/assetLife.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId, VersionId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { ReadAgain } from './readAgain.ts'
import type { Refs } from './refs.ts'

export interface VersionEditParts {
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  /** The service numbers and marks versions in its own way: what it says is written over what we concluded. */
  readonly readAgain: ReadAgain
}

/** What the user does to versions at their service; nothing here changes before it has agreed. */
export interface VersionEdits {
  promote(id: VersionId): Promise<void>
  /** `request.invalid` with the reason `lastVersion` for the only one there is. */
  remove(id: VersionId): Promise<void>
  /** What was removed and can come back. Asked anew each time, kept nowhere. */
  deleted(assetId: AssetId): Promise<DeletedVersion[]>
  restore(assetId: AssetId, key: string): Promise<void>
  /** Only of a version that was removed before, and only of the number somebody said yes to. */
  purge(assetId: AssetId, key: string, number: number): Promise<void>
}

export function createVersionEdits({ assets, refs, service, readAgain }: VersionEditParts): VersionEdits {
  return {
    async promote(id) {
      const { connectionId, assetId, ref } = refs.version(id)
      const asset = refs.asset(assetId).ref
      await service.with(connectionId, 'versionEditing', (versions, signal) =>
        versions.promote(asset, ref.remoteId, signal),
      )
      assets.makeCurrent(id)
      await readAgain(assetId)
    },
    async remove(id) {
      const { connectionId, assetId, ref } = refs.version(id)
      const asset = refs.asset(assetId).ref
      if (assets.versions(assetId).length === 1)
        throw new AppError('request.invalid', { call: 'versions.remove', reason: 'lastVersion' })
      await service.with(connectionId, 'versionEditing', (versions, signal) =>
        versions.remove(asset, ref.remoteId, signal),
      )
      assets.removeVersion(id)
      await readAgain(assetId)
    },
    async deleted(assetId) {
      const { connectionId, ref } = refs.asset(assetId)
      const found = await service.with(connectionId, 'versionEditing', (versions, signal) =>
        versions.deleted(ref, signal),
      )
      return found.map(({ remoteId, ...version }) => ({ ...version, key: remoteId }))
    },
    async restore(assetId, key) {
      const { connectionId, ref } = refs.asset(assetId)
      await service.with(connectionId, 'versionEditing', (versions, signal) =>
        versions.restore(ref, key, signal),
      )
      await readAgain(assetId)
    },
    async purge(assetId, key, number) {
      const { connectionId, ref } = refs.asset(assetId)
      await service.with(connectionId, 'versionEditing', async (versions, signal) => {
        const found = (await versions.deleted(ref, signal)).find(({ remoteId }) => remoteId === key)
        if (found?.number !== number)
          throw new AppError('request.invalid', { call: 'versions.purge', reason: 'notInTrash' })
        await versions.purge(ref, key, signal)
      })
    },
  }
}
