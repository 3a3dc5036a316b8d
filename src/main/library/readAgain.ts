import { AppError } from '../../shared/errors.ts'
import type { AssetId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { Library } from './library.ts'
import type { Refs } from './refs.ts'

export interface ReadAgainParts {
  readonly assets: AssetStore
  readonly refs: Refs
  readonly service: AskService
  readonly library: Pick<Library, 'touched'>
}

/**
 * Asks the service for one asset whose versions have changed: a list that is walked newest first may not come to it.
 * Out of reach, the next walk brings it; never fails for that.
 */
export type ReadAgain = (id: AssetId) => Promise<void>

export function createReadAgain({ assets, refs, service, library }: ReadAgainParts): ReadAgain {
  return async (id) => {
    const { connectionId, ref } = refs.asset(id)
    try {
      const asset = await service.plain(connectionId, (connector, signal) => connector.asset(ref, signal))
      assets.putOne(connectionId, asset)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    } finally {
      library.touched(assets.placesOf([id]))
    }
  }
}
