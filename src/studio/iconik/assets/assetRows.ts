import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { Documents, type Sent } from '../documents.ts'
import { IconikError } from '../iconikError.ts'

export const progressStatuses = ['N/A', 'REQUESTED', 'IN_PROGRESS', 'FAILED', 'DONE'] as const
export const archiveStatuses = ['NOT_ARCHIVED', 'ARCHIVING', 'FAILED_TO_ARCHIVE', 'ARCHIVED'] as const
export const versionStatuses = ['ACTIVE', 'IN_PROGRESS', 'FAILED', 'DELETING', 'DELETED'] as const
const progress = z.enum(progressStatuses)
const archive = z.enum(archiveStatuses)

export const assetTypes = [
  ...(['ASSET', 'SEQUENCE', 'NLE_PROJECT', 'PLACEHOLDER', 'CUSTOM', 'LINK', 'SUBCLIP'] as const),
] as const

/** What is stored of an asset. What answers add (versions, collections, people) is looked up when it is shown. */
const assetSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  type: z.enum(assetTypes).default('ASSET'),
  status: z.enum(['ACTIVE', 'DELETED']).default('ACTIVE'),
  category: z.string().nullish(),
  external_id: z.string().nullish(),
  external_link: z.string().nullish(),
  warning: z.string().nullish(),
  site_name: z.string().nullish(),
  is_online: z.boolean().default(false),
  is_blocked: z.boolean().default(false),
  analyze_status: progress.default('N/A'),
  archive_status: archive.default('NOT_ARCHIVED'),
  face_recognition_status: progress.default('N/A'),
  custom_keyframe: z.string().nullish(),
  custom_poster: z.string().nullish(),
  original_asset_id: z.string().optional(),
  original_segment_id: z.string().optional(),
  original_version_id: z.string().optional(),
  time_start_milliseconds: z.number().optional(),
  time_end_milliseconds: z.number().optional(),
  person_ids: z.array(z.string()).nullish(),
  has_unconfirmed_persons: z.boolean().default(false),
  limit_download_to_groups: z.array(z.string()).nullish(),
  created_by_user: z.string(),
  updated_by_user: z.string(),
  deleted_by_user: z.string().optional(),
  date_created: z.string(),
  date_modified: z.string(),
  date_imported: z.string(),
  date_deleted: z.string().optional(),
  last_archive_restore_date: z.string().optional(),
})
export type Asset = z.infer<typeof assetSchema>
export const assets = new Documents('iconik_asset', 'Asset', assetSchema)

const versionSchema = z.strictObject({
  id: z.string(),
  asset_id: z.string(),
  /** The highest one of an asset is the current version. */
  version_number: z.number(),
  status: z.enum(versionStatuses).default('ACTIVE'),
  analyze_status: progress.default('N/A'),
  archive_status: archive.default('NOT_ARCHIVED'),
  face_recognition_status: progress.default('N/A'),
  transcribe_status: progress.default('N/A'),
  transcribed_languages: z.array(z.string()).default([]),
  is_online: z.boolean().default(false),
  person_ids: z.array(z.string()).default([]),
  has_unconfirmed_persons: z.boolean().default(false),
  created_by_user: z.string(),
  date_created: z.string(),
})
export type Version = z.infer<typeof versionSchema>
export const versions = new Documents('iconik_version', 'Version', versionSchema)

/** Oldest first; deleted ones are left out. */
export const versionsOf = (rows: SqlRows, assetId: string): Version[] =>
  versions
    .all(rows, [where('asset_id = ?', assetId)], 'version_number')
    .filter(({ status }) => status !== 'DELETED')

/** The version that a call without `version_id` is about. Fails with 404 for an asset that is not there. */
export function currentVersion(rows: SqlRows, assetId: string): Version {
  const newest = versionsOf(rows, assetId).at(-1)
  if (newest === undefined) throw IconikError.notFound('Asset')
  return newest
}

/** The named version of the asset, or the current one. Fails with 404, also for a version of another asset. */
export function versionOf(rows: SqlRows, assetId: string, versionId: string | null | undefined): Version {
  if (versionId === null || versionId === undefined) return currentVersion(rows, assetId)
  const found = versions.get(rows, versionId)
  if (found.asset_id !== assetId) throw IconikError.notFound('Version')
  return found
}

/** Adds an asset with its first version. `id` and dates are made unless they are given. */
export function addAsset(
  rows: SqlRows,
  fields: Sent<Asset> & Pick<Asset, 'title' | 'created_by_user' | 'date_created'>,
): { readonly asset: Asset; readonly version: Version } {
  const { created_by_user, date_created } = fields
  const asset = assets.insert(rows, {
    ...fields,
    id: fields.id ?? randomUUID(),
    updated_by_user: fields.updated_by_user ?? created_by_user,
    date_modified: fields.date_modified ?? date_created,
    date_imported: fields.date_imported ?? date_created,
  })
  return { asset, version: addVersion(rows, asset.id, { created_by_user, date_created }) }
}

/** Adds the next version of an asset, which becomes its current one. */
export function addVersion(
  rows: SqlRows,
  assetId: string,
  fields: Sent<Version> & Pick<Version, 'created_by_user' | 'date_created'>,
): Version {
  const sql = 'SELECT coalesce(max(version_number), 0) AS newest FROM iconik_version WHERE asset_id = ?'
  const newest = Number(rows.get(sql, assetId)?.['newest'])
  return versions.insert(rows, {
    ...fields,
    id: fields.id ?? randomUUID(),
    asset_id: assetId,
    version_number: fields.version_number ?? newest + 1,
  })
}

/** An asset of the samples by its title, for whoever adds to them. Undefined when somebody renamed or purged it. */
export const assetByTitle = (rows: SqlRows, title: string): Asset | undefined =>
  assets.all(rows, [where('is_queued = 0 AND title = ?', title)])[0]
