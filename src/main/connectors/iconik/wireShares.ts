import { z } from 'zod'
import { count, few, flag, id, idOrNull, listSchema, pageSchema, text } from './wire.ts'

/** Somebody a share was sent to. */
export const shareUserSchema = z.object({
  id,
  email: z.string(),
  first_name: text,
  last_name: text,
  internal_user_id: idOrNull,
  access_count: count,
  last_access_date: text,
})
export type ShareUser = z.infer<typeof shareUserSchema>
export const shareUsersSchema = listSchema(shareUserSchema)

export const shareSchema = z.object({
  id,
  title: text,
  object_type: text,
  object_id: idOrNull,
  object_title: text,
  owner_id: idOrNull,
  /** Opens the share: a secret. */
  url: text,
  personal_url: text,
  expires: text,
  has_password: flag,
  allow_comments: flag,
  allow_download: flag,
  allow_download_proxy: flag,
  allow_approving_comments: flag,
  allow_setting_approve_status: flag,
  allow_upload: flag,
  allow_view_versions: flag,
  allow_view_transcriptions: flag,
  allow_custom_actions: flag,
  allow_user_search_for_mentions: flag,
  show_watermark: flag,
  is_approval: flag,
  metadata_views: few(z.string()),
  upload_storage_id: idOrNull,
  project_id: idOrNull,
  date_created: text,
  users: few(shareUserSchema.partial({ email: true })),
})
export type Share = z.infer<typeof shareSchema>
/** Shares of one object come without pages, those of a person or a domain with. */
export const sharesSchema = pageSchema(shareSchema)
