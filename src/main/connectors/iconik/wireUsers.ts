import { z } from 'zod'
import { few, flag, id, idOrNull, listSchema, pageSchema, text } from './wire.ts'

export const userSchema = z.object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  photo_small: text,
  type: text,
  status: text,
  is_admin: flag,
  groups: few(id),
  primary_group: idOrNull,
  system_domain_id: idOrNull,
  system_name: text,
})
export type User = z.infer<typeof userSchema>
export const usersSchema = pageSchema(userSchema)

export const groupSchema = z.object({ id, name: z.string(), description: text })
export type Group = z.infer<typeof groupSchema>
export const groupsSchema = pageSchema(groupSchema)

export const rolesSchema = listSchema(z.string())

export const permissionsSchema = z.object({ permissions: few(z.string(), 100) })

const grantSchema = z.object({
  user_id: idOrNull,
  group_id: idOrNull,
  permissions: few(z.string(), 100),
})
/** Who may do what with an object: of its own, and handed down from above. */
export const accessListSchema = z.object({
  users_acl: few(grantSchema, 5000),
  groups_acl: few(grantSchema, 5000),
  inherited_users_acl: few(grantSchema, 5000),
  inherited_groups_acl: few(grantSchema, 5000),
})

/** The settings that hold for the signed-in user, as far as the app heeds them. */
export const settingsSchema = z.object({
  system_domain_id: idOrNull,
  system_domain_name: text,
  default_upload_storage_id: idOrNull,
  required_metadata_views: few(z.string()),
  external_share: flag,
  collections_get_parent_acls: flag,
  features: few(z.string()),
})
