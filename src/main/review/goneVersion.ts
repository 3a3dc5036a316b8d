import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Library } from '../library/library.ts'
import type { AssetStore } from '../store/assetStore.ts'

export interface GoneVersionParts {
  readonly assets: Pick<AssetStore, 'originOf' | 'placesOf'>
  readonly library: Pick<Library, 'refresh' | 'failure'>
}

/**
 * The service no longer has what a version belongs to: the lists it lies in are read again, and tell whether it is
 * elsewhere or nowhere. Fails with why one of them could not be read.
 */
export function createGoneVersion({ assets, library }: GoneVersionParts) {
  return async (versionId: VersionId): Promise<void> => {
    const origin = assets.originOf(versionId)
    const places = origin === undefined ? [] : assets.placesOf([origin.assetId])
    await Promise.all(places.map((id) => library.refresh(id)))
    for (const id of places) {
      const failure = library.failure(id)
      if (failure !== null) throw new AppError(failure.code, failure.facts)
    }
  }
}
