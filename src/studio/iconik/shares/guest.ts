import { currentVersion, versions } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { type Share, shares } from './shareRows.ts'

/** The share that a guest came by; undefined for a user. */
export function guestShare(call: Pick<Call, 'rows' | 'viewer'>): Share | undefined {
  const { guest } = call.viewer
  return guest && shares.get(call.rows, guest.share_id)
}

export const maySeeVersions = (call: Pick<Call, 'rows' | 'viewer'>): boolean =>
  guestShare(call)?.allow_view_versions !== false

/** Fails with 403 for a guest who asks for an older version and may see the newest only. */
export function checkVersion(call: Pick<Call, 'rows' | 'viewer'>, versionId: string): void {
  if (maySeeVersions(call)) return
  const { asset_id } = versions.get(call.rows, versionId)
  if (currentVersion(call.rows, asset_id).id !== versionId) throw IconikError.forbidden()
}

/** Fails with 403 for a guest whose share lacks the right. */
export function checkRight(
  call: Pick<Call, 'rows' | 'viewer'>,
  right: 'allow_download' | 'allow_download_proxy' | 'allow_upload' | 'allow_view_transcriptions',
): void {
  if (guestShare(call)?.[right] === false)
    throw IconikError.forbidden(`The share does not ${right.replaceAll('_', ' ')}`)
}

/** The roles that a guest's token carries. */
export function guestRoles(share: Share): string[] {
  const roles = ['can_read_assets', 'can_read_collections', 'can_read_proxies', 'can_read_formats']
  const add = (isGiven: boolean, ...more: string[]) => (isGiven ? roles.push(...more) : 0)
  add(share.object_type === 'playlists', 'can_read_playlists')
  add(share.object_type === 'sequences', 'can_read_sequences')
  add((share.metadata_views ?? []).length > 0, 'can_read_metadata_views', 'can_read_metadata_values')
  add(share.allow_comments, 'can_read_segments', 'can_create_segments', 'can_delete_segments')
  add(share.allow_comments || share.allow_approving_comments, 'can_write_segments')
  add(!share.allow_comments && share.allow_approving_comments, 'can_read_segments')
  add(share.allow_setting_approve_status, 'can_read_approval_request', 'can_write_approval_status')
  add(share.allow_download, 'can_read_files')
  add(share.allow_view_transcriptions, 'can_read_transcriptions', 'can_read_asset_subtitles')
  add(share.allow_custom_actions, 'can_read_custom_actions')
  add(share.allow_user_search_for_mentions, 'can_read_users')
  add(
    share.allow_upload,
    ...['can_create_assets', 'can_write_collections', 'can_write_formats', 'can_write_files'],
    ...[
      'can_read_storages',
      'can_create_transcode_jobs',
      'can_read_jobs',
      'can_write_jobs',
      'can_read_files',
    ],
  )
  return [...new Set(roles)]
}
