import { z } from 'zod'
import { encode } from '../../s3/signature.ts'
import { ApiError } from '../apiError.ts'
import { dateText } from '../dates.ts'
import { assetTypeSql, previewOf, thumbnailKey } from '../media.ts'
import { type Resource, type Showing, showing } from '../resource.ts'
import { byFlag, byId, byUser, through } from '../scopes.ts'

const assetRow = z.object({
  id: z.string(),
  bucket: z.string(),
  object_key: z.string(),
  file_name: z.string(),
  file_type: z.string(),
  mimetype: z.string(),
  size: z.number(),
  video_duration: z.number().nullable(),
  is_stock: z.number(),
  is_transcoded: z.number(),
  is_completed_production: z.number(),
  created_at: z.number(),
  updated_at: z.number(),
  has_thumbnail: z.number(),
})
type AssetRow = z.infer<typeof assetRow>

const hasThumbnail = `EXISTS(SELECT 1 FROM object
  WHERE object.bucket = asset.bucket AND object.key = asset.object_key || '.thumb.jpg')`

/** The service shows the name without its ending, which is a field of its own. */
function shownName({ file_name: name, file_type: ending }: AssetRow): string {
  const suffix = `.${ending.toLowerCase()}`
  const isBare = ending === '' || !name.toLowerCase().endsWith(suffix) || name.length === suffix.length
  return isBare ? name : name.slice(0, -suffix.length)
}

/** Every name survives in the encoded form, and none can end the header. */
const savedAs = (name: string) => `attachment; filename*=UTF-8''${encode(name)}`

function linksOf(asset: AssetRow, { link }: Showing) {
  const { bucket, object_key: key } = asset
  const kind = asset.is_transcoded ? previewOf(asset.file_type) : undefined
  const itself = kind === undefined ? null : link(bucket, key, { 'response-content-type': asset.mimetype })
  const thumbnail = asset.has_thumbnail
    ? link(bucket, thumbnailKey(key), { 'response-content-type': 'image/jpeg' })
    : null
  return {
    link_download: link(bucket, key, { 'response-content-disposition': savedAs(asset.file_name) }),
    link_thumbnail: thumbnail ?? (kind === 'image' ? itself : null),
    link_fullsize: kind === 'image' ? itself : thumbnail,
    link_preview_mp4: kind === 'mp4' ? itself : null,
    link_preview_webm: kind === 'webm' ? itself : null,
  }
}

export const asset: Resource = {
  table: 'asset',
  words: 'asset',
  workspaceColumn: 'workspace_id',
  extraColumns: `${hasThumbnail} AS has_thumbnail`,
  show: showing(assetRow, (row, context) => ({
    type: 'asset',
    id: row.id,
    file_name: shownName(row),
    file_type: row.file_type,
    mimetype: row.mimetype,
    size: row.size,
    video_duration: row.video_duration,
    is_stock: row.is_stock === 1,
    is_transcoded: row.is_transcoded === 1,
    is_completed_production: row.is_completed_production === 1,
    ...linksOf(row, context),
    created_at: dateText(row.created_at),
    updated_at: dateText(row.updated_at),
  })),
  includes: {
    workspace: { kind: 'one', of: 'workspace', column: 'workspace_id' },
    production: { kind: 'one', of: 'production', column: 'production_id' },
    description: { kind: 'one', of: 'description', column: 'description_id' },
    owner: { kind: 'one', of: 'user', column: 'user_id' },
    created_by: { kind: 'one', of: 'user', column: 'user_id' },
    uploadable: {
      kind: 'target',
      columns: [
        ['description_id', 'description'],
        ['deliverable_id', 'deliverable'],
        ['revision_id', 'revision'],
        ['video_series_id', 'video_series'],
        ['production_id', 'production'],
      ],
    },
  },
  scopes: {
    assetType: (argument = '') => {
      const sql = assetTypeSql(argument)
      if (sql === undefined) throw ApiError.badRequest('assetType is audio, image, video or other.')
      return { sql, values: [] }
    },
    completed: byFlag('is_completed_production = 1'),
    hasFailedJobs: byFlag(
      `is_transcoded = 0 OR NOT (mimetype LIKE 'image/%' OR mimetype LIKE 'audio/%' OR ${hasThumbnail})`,
    ),
    stock: byFlag('is_stock = 1'),
    descriptionType: through('description_id IN (SELECT id FROM description WHERE shot_type = ?)'),
    production: byId('production_id'),
    workspace: byId('workspace_id'),
    user: byUser('user_id = ?'),
    deliverable: byId('deliverable_id', { isOptional: true }),
    description: byId('description_id', { isOptional: true }),
    revision: byId('revision_id', { isOptional: true }),
    videoSeries: byId('video_series_id', { isOptional: true }),
  },
  sorts: ['created_at', 'updated_at', 'file_name', 'file_type', 'mimetype', 'size', 'id'],
}
