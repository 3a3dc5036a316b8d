import { z } from 'zod'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { contentBelow } from '../collections/tree.ts'
import { body, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { findUser, groups } from '../users/userRows.ts'
import {
  type Acl,
  type AclTarget,
  aclsOf,
  checkPermission,
  findAcl,
  type HolderType,
  type Permission,
  permissionNames,
  permissionsOf,
  removeAcl,
  setAcl,
} from './aclRows.ts'

const permission = z.enum(permissionNames)
const permissions = z.array(permission)
const isPermission = { permission: new RegExp(`^(${permissionNames.join('|')})$`) }
const keys = z.array(uuid).max(500)
const holders = { user_ids: z.array(uuid).optional(), group_ids: z.array(uuid).optional() }
const writing = { ...holders, permissions, mode: z.enum(['APPEND', 'OVERWRITE']).optional() }
const within = { include_assets: z.boolean(), include_collections: z.boolean() }

/** Users and groups that a body names. Fails with 400 for one that does not exist. */
function named({ rows }: Call, sent: { user_ids?: string[] | undefined; group_ids?: string[] | undefined }) {
  const { user_ids = [], group_ids = [] } = sent
  if (user_ids.some((id) => findUser(rows, id) === undefined))
    throw IconikError.badRequest({ user_ids: 'Unknown' })
  if (group_ids.some((id) => groups.find(rows, id) === undefined))
    throw IconikError.badRequest({ group_ids: 'Unknown' })
  return [
    ...user_ids.map((id) => ({ holderType: 'users' as const, holderId: id })),
    ...group_ids.map((id) => ({ holderType: 'groups' as const, holderId: id })),
  ]
}

type Write = {
  readonly user_ids?: string[] | undefined
  readonly group_ids?: string[] | undefined
  readonly permissions: readonly Permission[]
  readonly mode?: 'APPEND' | 'OVERWRITE' | undefined
}

/** `APPEND`, and no mode, add to what the holders may do; `OVERWRITE` leaves nobody else anything. */
function write(call: Call, objectType: string, objectKeys: readonly string[], sent: Write): void {
  const { rows } = call
  const wanted = named(call, sent)
  checkPermission(call, 'change-acl', objectType, objectKeys)
  for (const objectKey of objectKeys) {
    if (sent.mode === 'OVERWRITE') {
      const sql =
        "DELETE FROM iconik_acl WHERE object_type = ? AND object_key = ? AND holder_type <> 'shares'"
      rows.run(sql, objectType, objectKey)
    }
    for (const holder of wanted) {
      const target = { objectType, objectKey, ...holder }
      setAcl(call, target, [...(findAcl(rows, target)?.permissions ?? []), ...sent.permissions])
    }
  }
}

function remove(
  call: Call,
  objectType: string,
  objectKeys: readonly string[],
  sent: { user_ids?: string[] | undefined; group_ids?: string[] | undefined },
): void {
  const wanted = named(call, sent)
  checkPermission(call, 'change-acl', objectType, objectKeys)
  for (const objectKey of objectKeys) {
    for (const holder of wanted) removeAcl(call.rows, { objectType, objectKey, ...holder })
  }
}

/** What lies below collections. Fails with 400 for another kind. */
function content(call: Call, ids: readonly string[], wanted: z.output<z.ZodObject<typeof within>>) {
  if (call.param('object_type') !== 'collections')
    throw IconikError.badRequest('Only collections have content')
  const { assets, collections } = contentBelow(call.rows, ids)
  return {
    assetIds: wanted.include_assets ? assets : [],
    collectionIds: wanted.include_collections ? collections : [],
  }
}

const holderField = { users: 'user_id', groups: 'group_id', shares: 'share_id' } as const

const base = (acl: Acl) => ({ [holderField[acl.holder_type]]: acl.holder_id, permissions: acl.permissions })
const shown = (acl: Acl) => ({
  ...base(acl),
  ...{ object_type: acl.object_type, object_key: acl.object_key },
  ...{ date_created: acl.date_created, date_modified: acl.date_modified },
})

function granted(
  call: Call,
  objectType: string,
  objectKeys: readonly string[],
  wanted: readonly Permission[],
) {
  const may = (key: string) => {
    const own = permissionsOf(call.rows, call.viewer, objectType, key)
    return wanted.every((name) => own.includes(name))
  }
  return { access_granted: objectKeys.filter(may), access_denied: objectKeys.filter((key) => !may(key)) }
}

/** The four calls about what one user, group or share may do with one object. */
function holderRoutes(kind: HolderType, noun: 'User' | 'Group' | 'Share', param: string): readonly Route[] {
  const path = `/v1/${kind}/{${param}}/acl/{object_type}/{object_key}/` as const
  const targetOf = (call: Call): AclTarget => ({
    ...{ objectType: call.param('object_type'), objectKey: call.param('object_key') },
    ...{ holderType: kind, holderId: call.param(param) },
  })
  const found = (call: Call): Acl => {
    const acl = findAcl(call.rows, targetOf(call))
    if (acl === undefined) throw IconikError.notFound('ACL')
    return acl
  }
  const put = (call: Call<{ permissions: Permission[] }>): IconikAnswer => {
    const target = targetOf(call)
    checkPermission(call, 'change-acl', target.objectType, [target.objectKey])
    const before = findAcl(call.rows, target)
    if (kind === 'shares' && before === undefined) throw IconikError.notFound('ACL')
    setAcl(call, target, call.body.permissions)
    return before === undefined ? created(shown(found(call))) : ok(shown(found(call)))
  }
  return [
    route(`acls.read${noun}Access`, 'GET', path, {
      roles: ['can_read_acls'],
      handle: (call) => ok(shown(found(call))),
    }),
    route(`acls.set${noun}Access`, 'PUT', path, {
      roles: ['can_write_acls'],
      body: body({ permissions }),
      handle: put,
    }),
    route(`acls.remove${noun}Access`, 'DELETE', path, {
      roles: ['can_delete_acls'],
      handle: (call) => {
        const target = targetOf(call)
        checkPermission(call, 'change-acl', target.objectType, [target.objectKey])
        if (!removeAcl(call.rows, target)) throw IconikError.notFound('ACL')
        return done(204, target.objectKey)
      },
    }),
    route(`acls.check${noun}Access`, 'GET', `${path}{permission}/`, {
      roles: ['can_read_acls'],
      where: isPermission,
      handle: (call) => {
        const acl = findAcl(call.rows, targetOf(call))
        const isGranted = acl?.permissions.some((name) => name === call.param('permission')) === true
        if (acl === undefined || !isGranted) throw IconikError.forbidden()
        // Only of a user the vendor's file says what comes back.
        return kind === 'users' ? ok(shown(acl)) : done(200)
      },
    }),
  ]
}

const object = '/v1/acl/{object_type}/{object_key}/'

export const aclRoutes: readonly Route[] = [
  route('acls.checkAccess', 'POST', '/v1/acl/', {
    roles: ['can_read_acls'],
    body: body({
      objects: z.array(body({ object_keys: z.array(uuid), object_type: z.string(), permissions })).max(500),
    }),
    handle: (call) => {
      const checks = call.body.objects.map((one) =>
        granted(call, one.object_type, one.object_keys, one.permissions),
      )
      return ok({
        access_granted: checks.flatMap(({ access_granted }) => access_granted),
        access_denied: checks.flatMap(({ access_denied }) => access_denied),
      })
    },
  }),
  route('acls.checkAccessOfType', 'POST', '/v1/acl/{object_type}/{permission}/', {
    roles: ['can_read_acls'],
    where: isPermission,
    body: body({ object_keys: keys }),
    handle: (call) => {
      const name = permission.parse(call.param('permission'))
      return ok(granted(call, call.param('object_type'), call.body.object_keys, [name]))
    },
  }),
  route('acls.listAccess', 'GET', object, {
    roles: ['can_read_acls'],
    handle: (call) => {
      const acls = aclsOf(call.rows, call.param('object_type'), call.param('object_key'))
      const of = (holder: HolderType, isInherited: boolean) =>
        acls.filter((acl) => acl.holder_type === holder && (acl.inherited_from !== null) === isInherited)
      const from = (acl: Acl) => ({
        ...base(acl),
        object_type: 'collections',
        object_key: acl.inherited_from ?? '',
      })
      return ok({
        ...{ users_acl: of('users', false).map(base), groups_acl: of('groups', false).map(base) },
        ...{
          inherited_users_acl: of('users', true).map(from),
          inherited_groups_acl: of('groups', true).map(from),
        },
        ...{ propagating_users_acl: [], propagating_groups_acl: [] },
      })
    },
  }),
  route('acls.listMyAccess', 'GET', `${object}permissions/`, {
    handle: (call) => {
      const { rows, viewer } = call
      const own = permissionsOf(rows, viewer, call.param('object_type'), call.param('object_key'))
      return ok({ permissions: [...own] })
    },
  }),
  route('acls.checkMyAccess', 'GET', `${object}{permission}/`, {
    roles: ['can_read_acls'],
    where: isPermission,
    handle: (call) => {
      checkPermission(call, permission.parse(call.param('permission')), call.param('object_type'), [
        call.param('object_key'),
      ])
      return done(200)
    },
  }),
  route('acls.setAccess', 'PUT', '/v1/acl/{object_type}/', {
    roles: ['can_write_acls'],
    body: body({ ...writing, object_keys: keys }),
    handle: (call) => {
      call.rows.transaction(() => write(call, call.param('object_type'), call.body.object_keys, call.body))
      return ok({ updated_object_keys: call.body.object_keys })
    },
  }),
  route('acls.setAccessInBulk', 'PUT', '/v1/acl/{object_type}/bulk/', {
    roles: ['can_write_acls'],
    body: body({
      objects: z
        .array(body({ ...writing, object_keys: keys.length(1) }))
        .min(1)
        .max(100),
    }),
    handle: (call) => {
      const { objects } = call.body
      call.rows.transaction(() => {
        for (const one of objects) write(call, call.param('object_type'), one.object_keys, one)
      })
      return ok(objects.map(({ object_keys }) => ({ updated_object_keys: object_keys })))
    },
  }),
  route('acls.removeAccess', 'DELETE', '/v1/acl/{object_type}/', {
    roles: ['can_delete_acls'],
    body: body({ ...holders, object_keys: keys }),
    handle: (call) => {
      call.rows.transaction(() => remove(call, call.param('object_type'), call.body.object_keys, call.body))
      return done(200)
    },
  }),
  route('acls.setContentAccess', 'PUT', '/v1/acl/{object_type}/content/', {
    roles: ['can_write_acls'],
    body: body({ ...writing, ...within, object_ids: keys }),
    handle: (call) => {
      const { assetIds, collectionIds } = content(call, call.body.object_ids, call.body)
      call.rows.transaction(() => {
        write(call, 'assets', assetIds, call.body)
        write(call, 'collections', collectionIds, call.body)
      })
      return done(202)
    },
  }),
  route('acls.removeContentAccess', 'DELETE', '/v1/acl/{object_type}/content/', {
    roles: ['can_delete_acls'],
    body: body({ ...holders, ...within, object_ids: keys }),
    handle: (call) => {
      const { assetIds, collectionIds } = content(call, call.body.object_ids, call.body)
      call.rows.transaction(() => {
        remove(call, 'assets', assetIds, call.body)
        remove(call, 'collections', collectionIds, call.body)
      })
      return done(200)
    },
  }),
  ...holderRoutes('users', 'User', 'user_id'),
  ...holderRoutes('groups', 'Group', 'group_id'),
  ...holderRoutes('shares', 'Share', 'share_id'),
  route('acls.createShareAcl', 'POST', '/v1/shares/{share_id}/acl/{object_type}/{object_key}/', {
    roles: ['can_write_acls'],
    body: body({ permissions }),
    handle: (call) => {
      const target = {
        ...{ objectType: call.param('object_type'), objectKey: call.param('object_key') },
        ...{ holderType: 'shares' as const, holderId: call.param('share_id') },
      }
      checkPermission(call, 'change-acl', target.objectType, [target.objectKey])
      setAcl(call, target, call.body.permissions)
      const acl = findAcl(call.rows, target)
      return created(acl && shown(acl), target.objectKey)
    },
  }),
  route('acls.writeShareAcls', 'PUT', '/v1/shares/{share_id}/acl/{object_type}/', {
    roles: ['can_write_acls'],
    body: body({ permissions, object_keys: keys }),
    handle: (call) => {
      const objectType = call.param('object_type')
      const { object_keys } = call.body
      checkPermission(call, 'change-acl', objectType, object_keys)
      call.rows.transaction(() => {
        for (const objectKey of object_keys) {
          const target = {
            objectType,
            objectKey,
            holderType: 'shares' as const,
            holderId: call.param('share_id'),
          }
          setAcl(call, target, call.body.permissions)
        }
      })
      return ok({ updated_object_keys: object_keys })
    },
  }),
  route('acls.listShareAccess', 'GET', '/v1/shares/{object_type}/{object_key}/', {
    roles: ['can_read_acls'],
    handle: (call) => {
      const acls = aclsOf(call.rows, call.param('object_type'), call.param('object_key'))
      return ok({ objects: acls.filter(({ holder_type }) => holder_type === 'shares').map(shown) })
    },
  }),
]
