import { z } from 'zod'
import type { AssetId, ConnectionId, PlaceId, SourceId, VersionId } from '../../shared/ids.ts'
import {
  assetIdSchema,
  connectionIdSchema,
  placeIdSchema,
  sourceIdSchema,
  transferIdSchema,
  versionIdSchema,
} from '../../shared/ids.ts'
import type { Asset, AssetKind, Version } from '../../shared/place.ts'
import {
  assetKindSchema,
  localPictureKey,
  madePictureKey,
  mediaInfoSchema,
  reviewStatusSchema,
} from '../../shared/place.ts'

/** Beside the fields of the service that are kept as they are. */
export const transferKey = 'rushesTransfer'

/** Comments of a version as everybody counts them: what was said, without the answers to it. */
export const threadCount = (versionId: string): string =>
  `(SELECT count(*) FROM comment WHERE version_id = ${versionId} AND is_removed = 0 AND parent_id IS NULL)`

/** Columns of an asset whose current version is joined as `latest`. */
export const assetColumns = `asset.id, asset.connection_id, asset.name, asset.kind, asset.media_type, asset.bytes, asset.created_at, asset.is_ready,
    asset.thumbnail_key, asset.source_id, asset.review, asset.is_favourite,
    (SELECT count(*) FROM version WHERE asset_id = asset.id) AS version_count,
    ${threadCount('latest.id')} AS comment_count, asset.extra->>'${transferKey}' AS transfer_id,
    latest.id AS latest_version_id, latest.media_info`
/** The one the service calls current; where none is marked, the highest number. */
export const joinLatest =
  'JOIN version AS latest ON latest.id = (SELECT id FROM version WHERE asset_id = asset.id ORDER BY is_current DESC, number DESC LIMIT 1)'
/** Of several places the one it really lies in: a shelf only names it. */
export const realPlaceFirst = 'ORDER BY place.is_aside, place.id LIMIT 1'

const assetRowSchema = z.object({
  id: assetIdSchema,
  connection_id: connectionIdSchema,
  place_id: placeIdSchema,
  name: z.string(),
  kind: assetKindSchema,
  media_type: z.string().nullable(),
  bytes: z.number().nullable(),
  created_at: z.number().nullable(),
  is_ready: z.number(),
  thumbnail_key: z.string().nullable(),
  source_id: sourceIdSchema.nullable(),
  review: reviewStatusSchema,
  is_favourite: z.number(),
  latest_version_id: versionIdSchema,
  version_count: z.number(),
  comment_count: z.number(),
  // Whatever somebody else wrote into that field is no transfer of ours.
  transfer_id: transferIdSchema.nullable().catch(null),
  media_info: z.string().nullable(),
})

/**
 * Until the service has a picture, the one of the file it was sent from; of a clip that came from elsewhere one that is
 * made here.
 */
export function thumbnailKeyOf(row: {
  readonly thumbnail_key: string | null
  readonly source_id: SourceId | null
  readonly kind: AssetKind | null
  readonly latest_version_id: VersionId | null
}): string | null {
  if (row.thumbnail_key !== null) return row.thumbnail_key
  if (row.source_id !== null) return localPictureKey(row.source_id)
  const hasPicture = row.kind === 'video' || row.kind === 'image'
  return hasPicture && row.latest_version_id !== null ? madePictureKey(row.latest_version_id) : null
}

export function assetOf(raw: unknown): Asset {
  const row = assetRowSchema.parse(raw)
  const info = row.media_info === null ? null : mediaInfoSchema.parse(JSON.parse(row.media_info))
  return {
    id: row.id,
    connectionId: row.connection_id,
    placeId: row.place_id,
    name: row.name,
    kind: row.kind,
    mediaType: row.media_type,
    bytes: row.bytes,
    createdAt: row.created_at,
    latestVersionId: row.latest_version_id,
    versionCount: row.version_count,
    isReady: row.is_ready === 1,
    review: row.review,
    commentCount: row.comment_count,
    thumbnailKey: thumbnailKeyOf(row),
    durationFrames: info?.frames ?? null,
    rate: info?.rate ?? null,
    isFavourite: row.is_favourite === 1,
    transferId: row.transfer_id,
  }
}

export const versionRowSchema = z
  .object({
    id: versionIdSchema,
    asset_id: assetIdSchema,
    number: z.number(),
    created_at: z.number().nullable(),
    author: z.string().nullable(),
    review: reviewStatusSchema,
  })
  .transform(
    (row): Version => ({
      id: row.id,
      assetId: row.asset_id,
      number: row.number,
      createdAt: row.created_at,
      author: row.author,
      review: row.review,
    }),
  )

/** What is needed to ask the back end about an asset: its id there, and the place it was found in. */
export interface AssetOrigin {
  readonly connectionId: ConnectionId
  readonly assetId: AssetId
  readonly placeId: PlaceId
  readonly assetRemoteId: string
}

/** The same of one of its versions. */
export interface VersionOrigin extends AssetOrigin {
  readonly versionRemoteId: string
  readonly sourceId: SourceId | null
}

const originColumns = {
  connection_id: connectionIdSchema,
  asset_id: assetIdSchema,
  place_id: placeIdSchema,
  asset_remote_id: z.string(),
}
const assetOriginOf = (row: z.output<z.ZodObject<typeof originColumns>>): AssetOrigin => ({
  connectionId: row.connection_id,
  assetId: row.asset_id,
  placeId: row.place_id,
  assetRemoteId: row.asset_remote_id,
})
export const assetOriginSchema = z.object(originColumns).transform(assetOriginOf)
export const versionOriginSchema = z
  .object({ ...originColumns, version_remote_id: z.string(), source_id: sourceIdSchema.nullable() })
  .transform(
    (row): VersionOrigin => ({
      ...assetOriginOf(row),
      versionRemoteId: row.version_remote_id,
      sourceId: row.source_id,
    }),
  )
