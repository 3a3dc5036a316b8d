import { z } from 'zod'
import { anyObject, body, bulkObjects, date, integer, text, uuid } from '../fields.ts'
import { type Asset, archiveStatuses, assetTypes, progressStatuses } from './assetRows.ts'

/** What a client may write of an asset. `limit_download_to_groups` is newer than the vendor's file. */
const writable = {
  title: text.min(1),
  type: z.enum(assetTypes).optional(),
  category: text.nullish(),
  status: z.enum(['ACTIVE', 'DELETED']).optional(),
  external_id: text.nullish(),
  external_link: z.url().nullish(),
  custom_keyframe: uuid.nullish(),
  custom_poster: uuid.nullish(),
  is_online: z.boolean().optional(),
  is_blocked: z.boolean().optional(),
  site_name: text.nullish(),
  warning: text.nullish(),
  person_ids: z.array(uuid).nullish(),
  has_unconfirmed_persons: z.boolean().optional(),
  analyze_status: z.enum(progressStatuses).optional(),
  archive_status: z.enum(archiveStatuses).optional(),
  face_recognition_status: z.enum(progressStatuses).optional(),
  original_asset_id: uuid.optional(),
  original_segment_id: uuid.optional(),
  original_version_id: uuid.optional(),
  time_start_milliseconds: integer.optional(),
  time_end_milliseconds: integer.optional(),
  date_created: date.optional(),
  date_deleted: date.optional(),
  last_archive_restore_date: date.optional(),
  limit_download_to_groups: z.array(uuid).nullish(),
}

export const assetBody = body(writable)
export const newAssetBody = body({
  ...writable,
  collection_id: uuid.nullish(),
  date_modified: date.optional(),
})
export const assetEdits = bulkObjects(assetBody.partial())

/** Replacing an asset resets these where they are not sent; what it was made from and when stays. */
export const replaceable: readonly (keyof Asset & keyof typeof writable)[] = [
  ...(['title', 'type', 'category', 'status', 'external_id', 'external_link', 'custom_keyframe'] as const),
  ...(['custom_poster', 'is_online', 'is_blocked', 'site_name', 'warning', 'person_ids'] as const),
  ...(['has_unconfirmed_persons', 'analyze_status', 'archive_status', 'face_recognition_status'] as const),
  ...(['limit_download_to_groups', 'time_start_milliseconds', 'time_end_milliseconds'] as const),
]
export const lasting: readonly (keyof Asset & keyof typeof writable)[] = [
  ...(['original_asset_id', 'original_segment_id', 'original_version_id', 'date_created'] as const),
  ...(['date_deleted', 'last_archive_restore_date'] as const),
]

/** A search document as somebody writes it by hand: what search then shows of the asset. */
export const searchDocumentBody = body({
  ...assetBody.partial().shape,
  description: text.optional(),
  metadata: anyObject.optional(),
  formats: z.array(anyObject).optional(),
})
