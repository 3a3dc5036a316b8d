import { z } from 'zod'
import { type Condition, type SqlRows, where } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import type { Viewer } from '../tokens.ts'
import { findUser } from '../users/userRows.ts'

export const permissionNames = ['read', 'write', 'delete', 'change-acl'] as const
export type Permission = (typeof permissionNames)[number]
export type HolderType = 'users' | 'groups' | 'shares'

const aclRow = z.object({
  object_type: z.string(),
  object_key: z.string(),
  holder_type: z.enum(['users', 'groups', 'shares']),
  holder_id: z.string(),
  permissions: z.string().transform((json) => z.array(z.enum(permissionNames)).parse(JSON.parse(json))),
  inherited_from: z.string().nullable(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Acl = z.infer<typeof aclRow>

export const aclsOf = (rows: SqlRows, objectType: string, objectKey: string): Acl[] =>
  rows
    .all(
      'SELECT * FROM iconik_acl WHERE object_type = ? AND object_key = ? ORDER BY id',
      objectType,
      objectKey,
    )
    .map((row) => aclRow.parse(row))

export interface AclTarget {
  readonly objectType: string
  readonly objectKey: string
  readonly holderType: HolderType
  readonly holderId: string
}

export function findAcl(rows: SqlRows, target: AclTarget): Acl | undefined {
  return aclsOf(rows, target.objectType, target.objectKey).find(
    (acl) => acl.holder_type === target.holderType && acl.holder_id === target.holderId,
  )
}

/** Gives a holder exactly these permissions on an object. */
export function setAcl(
  { rows, date }: Pick<Call, 'rows' | 'date'>,
  target: AclTarget,
  permissions: readonly Permission[],
  inheritedFrom: string | null = null,
): void {
  rows.run(
    `INSERT INTO iconik_acl(object_type, object_key, holder_type, holder_id, permissions, inherited_from,
       date_created, date_modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET permissions = excluded.permissions, inherited_from = excluded.inherited_from,
         date_modified = excluded.date_modified`,
    ...[target.objectType, target.objectKey, target.holderType, target.holderId],
    JSON.stringify(permissionNames.filter((name) => permissions.includes(name))),
    inheritedFrom,
    date,
    date,
  )
}

/** Whether there was one. */
export const removeAcl = (rows: SqlRows, target: AclTarget): boolean =>
  rows.run(
    'DELETE FROM iconik_acl WHERE object_type = ? AND object_key = ? AND holder_type = ? AND holder_id = ?',
    ...[target.objectType, target.objectKey, target.holderType, target.holderId],
  ) > 0

/** Adds the permissions of one object to those of another; `only` names the holders that may get any. */
export function copyAcls(
  call: Pick<Call, 'rows' | 'date'>,
  from: { readonly objectType: string; readonly objectKey: string },
  to: { readonly objectType: string; readonly objectKey: string },
  {
    inheritedFrom = null,
    only,
  }: { readonly inheritedFrom?: string | null; readonly only?: readonly Acl[] } = {},
): void {
  for (const { holder_type: holderType, holder_id: holderId, permissions } of aclsOf(
    call.rows,
    from.objectType,
    from.objectKey,
  )) {
    const isAllowed =
      only?.some((acl) => acl.holder_type === holderType && acl.holder_id === holderId) ?? true
    if (!isAllowed) continue
    const target = { ...to, holderType, holderId }
    const own = findAcl(call.rows, target)?.permissions ?? []
    setAcl(call, target, [...own, ...permissions], inheritedFrom)
  }
}

/** Gives an object the permissions of the collection that it lies in. */
export function inheritAcls(
  call: Pick<Call, 'rows' | 'date'>,
  collectionId: string,
  objectType: string,
  objectKey: string,
): void {
  const from = { objectType: 'collections', objectKey: collectionId }
  copyAcls(call, from, { objectType, objectKey }, { inheritedFrom: collectionId })
}

/** Gives a new object what a template says. `within` names a collection whose holders alone may get any. */
export function applyTemplate(
  call: Pick<Call, 'rows' | 'date'>,
  templateId: string,
  to: { readonly objectType: string; readonly objectKey: string },
  within?: string,
): void {
  const only = within === undefined ? undefined : aclsOf(call.rows, 'collections', within)
  copyAcls(call, { objectType: 'acl_templates', objectKey: templateId }, to, { ...(only && { only }) })
}

const holdersOf = (rows: SqlRows, viewer: Viewer): string[] => [
  viewer.userId,
  ...(findUser(rows, viewer.userId)?.groups ?? []),
]

/** What a user may do with an object. Permissions of shares are theirs alone and close an object to nobody. */
export function permissionsOf(
  rows: SqlRows,
  viewer: Viewer,
  objectType: string,
  objectKey: string,
): readonly Permission[] {
  if (viewer.isAdmin) return permissionNames
  const acls = aclsOf(rows, objectType, objectKey).filter(({ holder_type }) => holder_type !== 'shares')
  if (acls.length === 0) return ['read', 'write', 'delete']
  const holders = holdersOf(rows, viewer)
  const own = acls.filter(({ holder_id }) => holders.includes(holder_id))
  return permissionNames.filter((name) => own.some(({ permissions }) => permissions.includes(name)))
}

/**
 * What a list must ask of its rows so that nobody sees what is closed to them. `type` and `key` are SQL for the kind
 * and the id of a row's object: `'assets'`, `t.id`.
 */
export function readable(rows: SqlRows, viewer: Viewer, type: string, key: string): Condition[] {
  if (viewer.isAdmin || viewer.guest !== undefined) return []
  const holders = JSON.stringify(holdersOf(rows, viewer))
  const acl = `SELECT 1 FROM iconik_acl l WHERE l.object_type = ${type} AND l.object_key = ${key} AND l.holder_type <> 'shares'`
  return [
    where(
      `NOT EXISTS (${acl}) OR EXISTS (${acl} AND l.holder_id IN (SELECT value FROM json_each(?))
         AND l.permissions LIKE '%"read"%')`,
      holders,
    ),
  ]
}

/** Fails with 403 unless whoever asks may do this with all of the objects. */
export function checkPermission(
  { rows, viewer }: Pick<Call, 'rows' | 'viewer'>,
  permission: Permission,
  objectType: string,
  objectKeys: readonly string[],
): void {
  if (viewer.isAdmin) return
  const isAllowed = (key: string) => permissionsOf(rows, viewer, objectType, key).includes(permission)
  if (!objectKeys.every(isAllowed)) throw IconikError.forbidden()
}
