import { AppError } from '../../../shared/errors.ts'
import type { TrashPower } from '../powers.ts'
import { calls } from './calls/index.ts'
import { collectionIdOf } from './editing.ts'
import { isGone } from './paging.ts'
import type { Session } from './session.ts'
import { assetSchema } from './wireAssets.ts'
import { collectionSchema } from './wireCollections.ts'

const perCall = 500

/**
 * The service's trash. One thing that is gone refuses a whole call, so that those are repeated one by one; what is gone
 * already counts as done.
 */
export function createTrash({ call }: Session): TrashPower {
  const readAsset = (asset_id: string, signal: AbortSignal) =>
    call(calls['assets.readAsset'], { path: { asset_id }, answer: assetSchema }, signal)
  const readCollection = (collection_id: string, signal: AbortSignal) =>
    call(calls['assets.readCollection'], { path: { collection_id }, answer: collectionSchema }, signal)

  const inPieces = async (
    ids: readonly string[],
    ask: (ids: readonly string[]) => Promise<unknown>,
    read: (id: string) => Promise<unknown>,
  ): Promise<void> => {
    for (let at = 0; at < ids.length; at += perCall) {
      const some = ids.slice(at, at + perCall)
      try {
        await ask(some)
      } catch (error) {
        if (!mayBeOneOnly(error)) throw error
        const [only, ...more] = some
        if (more.length > 0) for (const id of some) await inPieces([id], ask, read)
        else if (only !== undefined && !(await isAway(() => read(only)))) throw error
      }
    }
  }
  return {
    remove: (assets, signal) =>
      inPieces(
        assets.map(({ remoteId }) => remoteId),
        (ids) => call(calls['assets.trashAssets'], { body: { ids } }, signal),
        (id) => readAsset(id, signal),
      ),
    restore: (remoteIds, signal) =>
      inPieces(
        remoteIds,
        (ids) => call(calls['assets.untrashAssets'], { body: { ids } }, signal),
        (id) => readAsset(id, signal),
      ),
    purge: (remoteIds, signal) =>
      inPieces(
        remoteIds,
        (ids) => call(calls['assets.purgeAssets'], { body: { ids } }, signal),
        (id) => readAsset(id, signal),
      ),
    removePlace: (place, signal) =>
      inPieces(
        [collectionIdOf(place)],
        (ids) => call(calls['assets.trashCollections'], { body: { ids } }, signal),
        (id) => readCollection(id, signal),
      ),
    restorePlace: (place, signal) =>
      inPieces(
        [collectionIdOf(place)],
        (ids) => call(calls['assets.untrashCollections'], { body: { ids } }, signal),
        (id) => readCollection(id, signal),
      ),
    purgePlace: (place, signal) =>
      inPieces(
        [collectionIdOf(place)],
        (ids) => call(calls['assets.purgeCollections'], { body: { ids } }, signal),
        (id) => readCollection(id, signal),
      ),
  }
}

const mayBeOneOnly = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'remote.notFound' || error.code === 'remote.refused')

async function isAway(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read()
    return false
  } catch (error) {
    if (isGone(error)) return true
    throw error
  }
}
