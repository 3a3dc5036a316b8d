import { kindOf } from '../assetKind.ts'
import { calls } from './calls/index.ts'
import { listContents } from './contents.ts'
import type { Media } from './media.ts'
import { eachOf, orElse } from './paging.ts'
import type { Session } from './session.ts'
import type { Asset, AssetRow } from './wireAssets.ts'
import { assetSchema } from './wireAssets.ts'
import type { Entry } from './wireCollections.ts'
import type { RemoteProxy } from './wireFiles.ts'

/** Ids of one question: they stand in its URL. */
const idsPerQuestion = 100

/** Rows of assets as lists show them, for places where only their ids are known. */
export interface WholeRows {
  /** Fails with `remote.notFound` for an asset that is gone. */
  one(id: string, signal: AbortSignal): Promise<AssetRow>
  /** Search results may tell little more than ids and titles; those that do are filled up. Gone ones are left out. */
  filled(rows: readonly AssetRow[], signal: AbortSignal): Promise<AssetRow[]>
  /** Rows of these assets out of a collection that holds them; those it does not hold are missing. */
  among(collectionId: string, ids: readonly string[], signal: AbortSignal): Promise<AssetRow[]>
}

export function createWholeRows(session: Session, media: Media): WholeRows {
  const { call } = session
  const readAsset = (id: string, signal: AbortSignal): Promise<Asset> =>
    call(
      calls['assets.readAsset'],
      {
        path: { asset_id: id },
        query: { include_collections: true, include_users: true },
        answer: assetSchema,
      },
      signal,
    )

  const withMedia = async (asset: Asset, signal: AbortSignal): Promise<AssetRow> => {
    const { id } = asset
    const [proxies, keyframes, files] = await Promise.all([
      orElse(() => media.proxies(id, signal), []),
      orElse(() => media.keyframes(id, signal), []),
      orElse(() => media.files(id, signal), []),
    ])
    return {
      ...asset,
      object_type: 'assets',
      media_type: files.length > 0 ? null : typeOfProxies(proxies),
      ...{ duration_milliseconds: null, comments_count: null, versions_number: null },
      ...{ position: null, ancestor_collections: [] },
      files: files.map((file) => ({ ...file, name: file.original_name })),
      proxies: proxies.map((proxy) => ({ ...proxy, type: null })),
      keyframes: keyframes.map((keyframe) => ({ ...keyframe, size: null })),
    }
  }

  const among: WholeRows['among'] = async (collectionId, ids, signal) => {
    const found: AssetRow[] = []
    for (let at = 0; at < ids.length; at += idsPerQuestion) {
      const some = ids.slice(at, at + idsPerQuestion)
      const object_ids = some.join(',')
      const query = { object_types: 'assets', object_ids, page: 1, per_page: some.length } as const
      const answer = await orElse(() => listContents(session, collectionId, query, signal), undefined)
      const rows =
        answer?.objects.filter((row): row is Entry & AssetRow => row?.object_type === 'assets') ?? []
      found.push(...rows.filter(({ id }) => some.includes(id)))
    }
    return found
  }

  return {
    one: async (id, signal) => withMedia(await readAsset(id, signal), signal),
    among,
    async filled(rows, signal) {
      const thin = rows.filter(({ versions }) => versions.length === 0)
      if (thin.length === 0) return [...rows]
      const assets = await eachOf(thin, ({ id }) => orElse(() => readAsset(id, signal), undefined))
      const whole = new Map<string, AssetRow | undefined>(thin.map(({ id }) => [id, undefined]))
      const left = new Map(assets.flatMap((asset) => (asset === undefined ? [] : [[asset.id, asset]])))
      // What lies in one collection is asked of it together.
      const byCollection = new Map<string, string[]>()
      for (const { id, in_collections } of left.values()) {
        const [first] = in_collections
        if (first !== undefined) byCollection.set(first, [...(byCollection.get(first) ?? []), id])
      }
      for (const [collectionId, ids] of byCollection) {
        for (const row of await among(collectionId, ids, signal)) {
          whole.set(row.id, row)
          left.delete(row.id)
        }
      }
      for (const asset of left.values()) whole.set(asset.id, await withMedia(asset, signal))
      return rows.flatMap((row) => (whole.has(row.id) ? (whole.get(row.id) ?? []) : row))
    },
  }
}

/** Who may not see the files still sees what was made of them, and so of what kind they are. */
function typeOfProxies(proxies: readonly RemoteProxy[]): string | null {
  for (const { filename, frame_rate } of proxies) {
    const kind = kindOf(null, filename?.split('.').at(-1))
    if (kind !== 'other') return kind
    if (frame_rate !== null) return 'video'
  }
  return null
}
