import { routes } from './routes.ts'

/** Every role that a call of the studio asks for. */
const allRoles: readonly string[] = [...new Set(routes.flatMap(({ roles }) => roles))].sort()

const isForAdministrators = (role: string) =>
  /purge|manage_all|reindex/.test(role) ||
  /(write|create|delete)_(users|groups|group_mappings|acl|apps|storages|webhooks|metadata_(fields|views|categories)|cors|export_locations|transcoders)/.test(
    role,
  )

const reviewerRoles = new Set([
  ...['can_read_assets', 'can_read_collections', 'can_read_projects', 'can_read_playlists', 'can_search'],
  ...['can_read_segments', 'can_create_segments', 'can_read_proxies', 'can_read_formats', 'can_read_files'],
  ...[
    'can_read_metadata_views',
    'can_read_metadata_fields',
    'can_read_metadata_values',
    'can_read_sequences',
  ],
  ...['can_read_approval_request', 'can_write_approval_status', 'can_read_asset_relations', 'can_read_jobs'],
  ...['can_read_asset_subtitles', 'can_read_transcriptions', 'can_read_notifications', 'can_read_storages'],
  ...['can_write_favorites', 'can_delete_favorites', 'can_read_groups', 'can_read_users', 'can_read_acls'],
])

/** What the groups of a studio may do. */
export const groupRoles = {
  Producers: allRoles,
  Editors: allRoles.filter((role) => !isForAdministrators(role)),
  Reviewers: allRoles.filter((role) => reviewerRoles.has(role)),
} as const satisfies Record<string, readonly string[]>
export type GroupName = keyof typeof groupRoles
