import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { AssetId, PlaceId, VersionId } from '../../shared/ids.ts'
import { assetIdSchema } from '../../shared/ids.ts'
import type { ReviewStatus } from '../../shared/place.ts'

/** Writes what a service has agreed to, before its lists say so. */
export interface AssetChanges {
  setFavourite(ids: readonly AssetId[], isFavourite: boolean): void
  /** Puts them on top of a place they may lie in already. */
  layIn(placeId: PlaceId, ids: readonly AssetId[]): void
  /** Takes them out of these places; those that then lie nowhere are forgotten. */
  takeFrom(placeIds: readonly PlaceId[], ids: readonly AssetId[]): void
  /** Moves one entry of a place before another, or to its end. */
  moveWithin(placeId: PlaceId, id: AssetId, before: AssetId | null): void
  setReview(versionId: VersionId, review: ReviewStatus): void
  makeCurrent(versionId: VersionId): void
  /** With its comments. */
  removeVersion(versionId: VersionId): void
}

export function createAssetChanges(database: Database, sweep: () => void): AssetChanges {
  const setFavourite = database.prepare('UPDATE asset SET is_favourite = ? WHERE id = ?')
  // The run of those that are there: the next walk decides whether it stays.
  const layIn = database.prepare(
    `INSERT OR IGNORE INTO placement(place_id, asset_id, created_at, name, bytes, kind, review, run, position)
     SELECT @placeId, id, coalesce(created_at, 0), name, coalesce(bytes, 0), kind, review,
       (SELECT coalesce(max(run), 0) FROM placement WHERE place_id = @placeId),
       (SELECT coalesce(min(position), 0) - 1 FROM placement WHERE place_id = @placeId)
     FROM asset WHERE id = @id`,
  )
  const takeFrom = database.prepare('DELETE FROM placement WHERE place_id = ? AND asset_id = ?')
  const selectOrder = database.prepare(
    'SELECT asset_id AS id, position FROM placement WHERE place_id = ? ORDER BY position, asset_id',
  )
  const setPosition = database.prepare(
    'UPDATE placement SET position = ? WHERE place_id = ? AND asset_id = ?',
  )
  const setVersionReview = database.prepare('UPDATE version SET review = ? WHERE id = ?')
  const spreadReview = database.prepare(
    `UPDATE asset SET review = @review WHERE id = (SELECT asset_id FROM version WHERE id = @versionId)
       AND @versionId = (SELECT id FROM version WHERE asset_id = asset.id ORDER BY is_current DESC, number DESC LIMIT 1) RETURNING id`,
  )
  const setPlacementReview = database.prepare('UPDATE placement SET review = ? WHERE asset_id = ?')
  const makeCurrent = database.prepare(
    'UPDATE version SET is_current = (id = @versionId) WHERE asset_id = (SELECT asset_id FROM version WHERE id = @versionId)',
  )
  const removeVersion = database.prepare('DELETE FROM version WHERE id = ?')
  const orderSchema = z.array(z.object({ id: assetIdSchema, position: z.number() }))
  const reviewed = z.object({ id: assetIdSchema }).optional()

  const transact = (run: () => void) => database.transaction(run).immediate()

  return {
    setFavourite(ids, isFavourite) {
      transact(() => {
        for (const id of ids) setFavourite.run(isFavourite ? 1 : 0, id)
      })
    },
    layIn(placeId, ids) {
      transact(() => {
        for (const id of ids) layIn.run({ placeId, id })
      })
    },
    takeFrom(placeIds, ids) {
      transact(() => {
        for (const placeId of placeIds) for (const id of ids) takeFrom.run(placeId, id)
        sweep()
      })
    },
    moveWithin(placeId, id, before) {
      transact(() => {
        const rows = orderSchema.parse(selectOrder.all(placeId))
        const others = rows.filter((row) => row.id !== id)
        const moved = rows.find((row) => row.id === id)
        if (moved === undefined) return
        const at = before === null ? others.length : others.findIndex((row) => row.id === before)
        others.splice(at === -1 ? others.length : at, 0, moved)
        others.forEach((row, position) => {
          if (row.position !== position) setPosition.run(position, placeId, row.id)
        })
      })
    },
    setReview(versionId, review) {
      transact(() => {
        setVersionReview.run(review, versionId)
        const asset = reviewed.parse(spreadReview.get({ review, versionId }))
        if (asset !== undefined) setPlacementReview.run(review, asset.id)
      })
    },
    makeCurrent(versionId) {
      makeCurrent.run({ versionId })
    },
    removeVersion(versionId) {
      removeVersion.run(versionId)
    },
  }
}
