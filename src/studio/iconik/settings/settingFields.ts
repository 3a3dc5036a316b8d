import { z } from 'zod'
import { anyObject, body, text, uuid } from '../fields.ts'

const flag = z.boolean().nullish()
const id = uuid.nullish()
const line = text.nullish()
const count = z.number().int().min(0).nullish()
const names = z.array(z.string().max(500)).max(500).optional()
const namedList = z
  .array(z.strictObject({ name: z.string().max(500) }))
  .max(500)
  .optional()

/** What may be set for a domain, a group and a user alike. */
const common = {
  acl_template_id: id,
  allowed_ips: z
    .array(z.strictObject({ app_id: id, ip: z.string().optional() }))
    .max(100)
    .optional(),
  append_asset_uuid_to_downloads: flag,
  asset_default_sections: names,
  collections_get_parent_acls: flag,
  date_format: line,
  datetime_format: line,
  default_upload_storage_id: id,
  delete_grace_period: z.number().int().min(0).max(87_600).nullish(),
  facet_fields: namedList,
  filters_default_metadata_view_id: id,
  hide_favourites: flag,
  home_page: line,
  jobs_dashboard: anyObject.optional(),
  search_auto_resize_title_column: flag,
  search_default_sections: names,
  search_display_fields: namedList,
  search_in_transcriptions: flag,
  search_results_asset_metadata_view_id: id,
  search_results_collection_metadata_view_id: id,
  share_expiration_time: z.number().int().min(0).max(3650).nullish(),
  use_asset_name_on_download: flag,
}

const shareFlags = [
  ...['allow_approving_comments', 'allow_comments', 'allow_custom_actions', 'allow_download'],
  ...['allow_download_proxy', 'allow_setting_approve_status', 'allow_upload', 'allow_view_transcriptions'],
  ...['allow_view_versions', 'require_password', 'show_watermark'],
]
const changeable = shareFlags
  .filter((name) => name !== 'require_password')
  .map((name) => `can_change_${name}`)
const shareOptions = z.strictObject(
  Object.fromEntries(
    [
      ...shareFlags,
      ...changeable,
      'can_change_search_users_from_share',
      'can_change_share_expiration_time',
    ].map((name) => [name, z.boolean().optional()]),
  ),
)

export const userSettingBody = body({ ...common, genesis: line, show_persons_confirmation_modal: flag })
export const groupSettingBody = body({ ...common, logo_storage_id: id, required_metadata_views: names })
export const systemSettingBody = body({
  ...common,
  allow_play_original_during_transcoding: flag,
  cors_hosts: names,
  default_share_options: shareOptions.optional(),
  enable_shield: flag,
  external_share: flag,
  ...{ image_properties_metadata_field: line, locations_metadata_field: line, logos_metadata_field: line },
  ...{ safe_searches_metadata_field: line, tags_metadata_field: line, texts_metadata_field: line },
  ...{ lock_mapped_collections: flag, logo_storage_id: id },
  ...{ max_browse_users: count, max_power_users: count, max_standard_users: count },
  ...{ max_storage_bytes: count, max_traffic_bytes: count },
  mfa_methods: z.array(z.enum(['TOTP', 'MAIL_2SV'])).nullish(),
  mfa_required: flag,
  password_checks: z
    .strictObject({
      ...{ digits: count, lowercase: count, special_symbols: count, uppercase: count },
      max_length: z.number().int().min(8).max(64).nullish(),
      min_length: z.number().int().min(8).max(56).nullish(),
    })
    .optional(),
  required_metadata_views: names,
  ...{ saml_require_groups: flag, search_users_from_share: flag, support_access: flag },
  update_saml_primary_group_on_login: flag,
  watermark_options: z
    .strictObject({
      custom_text: text.optional(),
      ...{ include_custom_text: z.boolean().optional(), include_date_time: z.boolean().optional() },
      ...{ include_email: z.boolean().optional(), include_ip_address: z.boolean().optional() },
      ...{
        shadow_opacity: z.number().min(0).max(1).optional(),
        text_opacity: z.number().min(0).max(1).optional(),
      },
      show_watermark: z.boolean().optional(),
      text_appearance: z.enum(['top', 'center', 'bottom']).optional(),
    })
    .optional(),
})
