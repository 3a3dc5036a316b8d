import { personId } from './accounts.ts'
import { addAsset } from './assets/assetRows.ts'
import type { IconikApi } from './call.ts'
import { addCollection, collectionByTitle, fileInto } from './collections/collectionRows.ts'
import { isoOf } from './dates.ts'
import { seedSegments } from './segments/seedSegments.ts'

export interface SeedWanted {
  /** Title of the root collection, which is made when it is missing. */
  readonly collection: string
  readonly assets: number
  /** Comments on the first asset. */
  readonly segments: number
}

export interface Seeded {
  readonly collectionId: string
  /** The first asset; null when none was wanted. */
  readonly assetId: string | null
}

/** Adds many plausible assets to a collection; the same ones for the same numbers. */
export function seedCollection(
  api: Pick<IconikApi, 'rows' | 'now'>,
  { collection: title, assets, segments }: SeedWanted,
): Seeded {
  const { rows } = api
  const userId = personId(api, 'me')
  const startedAt = api.now() - 30 * 24 * 3600 * 1000
  return rows.transaction(() => {
    const by = { created_by_user: userId, date_created: isoOf(startedAt) }
    const collection = collectionByTitle(rows, title) ?? addCollection(rows, { title, ...by })
    let assetId: string | null = null
    for (let index = 0; index < assets; index++) {
      const reel = String(1 + Math.floor(index / 400)).padStart(3, '0')
      const clip = String(1 + (index % 400)).padStart(3, '0')
      const date = isoOf(startedAt + index * 40_000)
      const { asset, version } = addAsset(rows, {
        title: `${'ABCD'[index % 4]}${reel}_C${clip}`,
        created_by_user: userId,
        date_created: date,
      })
      fileInto(rows, collection.id, 'assets', asset.id)
      if (assetId === null && segments > 0) seedSegments(api, asset.id, version.id, segments)
      assetId ??= asset.id
    }
    return { collectionId: collection.id, assetId }
  })
}
