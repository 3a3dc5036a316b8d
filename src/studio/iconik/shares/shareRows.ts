import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { timeOf } from '../dates.ts'
import { Documents } from '../documents.ts'
import { IconikError } from '../iconikError.ts'

export const sharedTypes = ['assets', 'collections', 'playlists', 'sequences'] as const
export type SharedType = (typeof sharedTypes)[number]

/** What guests may do. The first four are asked for with every share. */
export const shareRights = {
  allow_comments: z.boolean(),
  allow_download: z.boolean(),
  allow_approving_comments: z.boolean(),
  allow_setting_approve_status: z.boolean(),
  allow_download_proxy: z.boolean().default(false),
  allow_upload: z.boolean().default(false),
  allow_view_versions: z.boolean().default(false),
  allow_view_transcriptions: z.boolean().default(false),
  allow_custom_actions: z.boolean().default(false),
  allow_user_search_for_mentions: z.boolean().default(false),
}

const shareSchema = z.strictObject({
  id: z.string(),
  object_type: z.enum(sharedTypes),
  object_id: z.string(),
  ...shareRights,
  title: z.string().nullish(),
  message: z.string().nullish(),
  show_watermark: z.boolean().nullish(),
  is_approval: z.boolean().nullish(),
  review_experience_public_beta: z.boolean().nullish(),
  metadata_views: z.array(z.string()).nullish(),
  project_id: z.string().nullish(),
  upload_storage_id: z.string().nullish(),
  expires: z.string(),
  owner_id: z.string(),
  system_domain_id: z.string(),
  /** Of the link that anyone with it may use; null where each recipient has their own. */
  hash: z.string().nullable(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Share = z.infer<typeof shareSchema>
export const shares = new Documents('iconik_share', 'Share', shareSchema)

const shareUserSchema = z.strictObject({
  id: z.string(),
  share_id: z.string(),
  email: z.string(),
  internal_user_id: z.string().optional(),
  access_count: z.number().default(0),
  last_access_date: z.string().optional(),
})
export type ShareUser = z.infer<typeof shareUserSchema>
export const shareUsers = new Documents('iconik_share_user', 'Share user', shareUserSchema)

export const newLinkHash = (): string => randomBytes(18).toString('base64url')
/** What is stored of a link, so that the database opens no share. */
export const storedHash = (hash: string): string => createHash('sha256').update(hash).digest('hex')
/** What opens a share names what it opens; the hash alone is the key. */
export function linkOf(call: Call, share: Pick<Share, 'object_type' | 'object_id'>, hash: string): string {
  const { object_type, object_id } = share
  const query = new URLSearchParams({ object_type, object_id, hash, app_id: call.viewer.appId })
  return `${call.origin}/share/${object_type}/${object_id}/?${query}`
}

export const hasExpired = (share: Share, now: number): boolean => timeOf(share.expires) <= now

/** Whose password opens it: the recipient's own, or else the share's. */
export function passwordHashOf(rows: SqlRows, share: Share, user: ShareUser | undefined): string | null {
  const read = (table: string, id: string) => {
    const found = rows.get(`SELECT password_hash FROM ${table} WHERE id = ?`, id)?.['password_hash']
    return typeof found === 'string' ? found : null
  }
  return (user && read(shareUsers.table, user.id)) ?? read(shares.table, share.id)
}

export const usersOfShare = (rows: SqlRows, shareId: string): ShareUser[] =>
  shareUsers.all(rows, [where('share_id = ?', shareId)])

/** The share, if it is of the object that the path names. Fails with 404. */
export function shareOfPath(call: Call): Share {
  const share = shares.get(call.rows, call.param('share_id'))
  const isOfPath =
    share.object_type === call.param('object_type') && share.object_id === call.param('object_id')
  if (!isOfPath) throw IconikError.notFound('Share')
  return share
}

/** A share as answers show it. `message` is written only, and the password is told of as a fact. */
export function shownShare(call: Call, share: Share) {
  const { hash, message: _message, review_experience_public_beta: _beta, ...shown } = share
  return {
    ...shown,
    date_modified: undefined,
    has_password: passwordHashOf(call.rows, share, undefined) !== null,
    ...(hash !== null && { url: linkOf(call, share, hash) }),
  }
}
