import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import { where } from '../../sqlRows.ts'
import { Documents } from '../documents.ts'

const userSchema = z.strictObject({
  id: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string().default(''),
  type: z.enum(['POWER', 'STANDARD', 'BROWSE_ONLY', 'BROWSE_API_ONLY']),
  status: z.enum(['INACTIVE', 'ACTIVE', 'BLOCKED', 'DELETED']).default('ACTIVE'),
  is_admin: z.boolean().default(false),
  groups: z.array(z.string()).default([]),
  primary_group: z.string().optional(),
  phone: z.string().optional(),
  description: z.string().optional(),
  hide_email: z.boolean().optional(),
  hide_phone: z.boolean().optional(),
  system_domain_id: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type User = z.infer<typeof userSchema>
/** Passwords are a column of their own, so that no answer can hold one. */
export const users = new Documents('iconik_user', 'User', userSchema)

const groupSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  alias: z.string().optional(),
  description: z.string().optional(),
  external_id: z.string().optional(),
  roles: z.array(z.string()),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Group = z.infer<typeof groupSchema>
export const groups = new Documents('iconik_group', 'Group', groupSchema)

export const findUser = (rows: SqlRows, id: string): User | undefined => users.find(rows, id)
export const userByEmail = (rows: SqlRows, email: string): User | undefined =>
  users.all(rows, [where('email = ?', email.toLowerCase())])[0]

/** All roles of a user's groups. An administrator may do everything and needs none. */
export function rolesOf(rows: SqlRows, user: User): ReadonlySet<string> {
  return new Set(user.groups.flatMap((id) => groups.find(rows, id)?.roles ?? []))
}

/** A person as answers about other things show them. */
export interface UserInfo {
  readonly id: string
  readonly email: string
  readonly first_name: string
  readonly last_name: string
  readonly photo: string
  readonly photo_small: string
  readonly photo_big: string
}

export function userInfo(rows: SqlRows, id: string): UserInfo | undefined {
  const user = findUser(rows, id)
  if (user === undefined) return undefined
  const { email, first_name, last_name } = user
  return { id, email, first_name, last_name, photo: '', photo_small: '', photo_big: '' }
}

/** Looks people up once for one answer. */
export class People {
  readonly #rows: SqlRows
  readonly #known = new Map<string, UserInfo | undefined>()

  constructor(rows: SqlRows) {
    this.#rows = rows
  }

  find(id: string): UserInfo | undefined {
    if (!this.#known.has(id)) this.#known.set(id, userInfo(this.#rows, id))
    return this.#known.get(id)
  }
}
