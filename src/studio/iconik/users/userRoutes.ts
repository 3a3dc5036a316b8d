import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { hashPassword } from '../../password.ts'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { type ChangeMode, changed, twins } from '../change.ts'
import { body, idList, pageQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { groups, rolesOf, type User, userByEmail, users } from './userRows.ts'

const all = '/v1/users/'
const one = `${all}{user_id}/` as const
const isId = { user_id: /^[0-9a-f-]{36}$/ }

const fields = {
  email: z.email(),
  first_name: text.min(1),
  last_name: text.optional(),
  type: z.enum(['POWER', 'STANDARD', 'BROWSE_ONLY', 'BROWSE_API_ONLY']),
  status: z.enum(['INACTIVE', 'ACTIVE', 'BLOCKED', 'DELETED']).optional(),
  is_admin: z.boolean().optional(),
  groups: z.array(uuid).optional(),
  primary_group: uuid.optional(),
  phone: text.optional(),
  description: text.optional(),
  hide_email: z.boolean().optional(),
  hide_phone: z.boolean().optional(),
  password: z.string().min(8).max(200).optional(),
}
const userBody = body({ ...fields, email: fields.email.optional() })
type UserChange = Partial<z.output<typeof userBody>>
const replaceable = [
  ...(['first_name', 'last_name', 'type', 'status', 'is_admin', 'groups', 'primary_group', 'phone'] as const),
  ...(['description', 'hide_email', 'hide_phone'] as const),
] as const
/** What people may say of themselves; the rest is an administrator's. */
const own = ['first_name', 'last_name', 'phone', 'description', 'hide_email', 'hide_phone'] as const

const listQuery = {
  ...{ ...pageQuery, ...sortQuery, ids: idList.optional(), query: z.string().optional() },
  ...{ email: z.string().optional(), first_name: z.string().optional(), last_name: z.string().optional() },
  ...{ groups: idList.optional(), status: z.string().optional(), is_admin: z.string().optional() },
}

export const shownUser = (user: User) => ({ ...user, photo: '', photo_small: '', photo_big: '' })

function conditionsOf(query: Partial<z.output<z.ZodObject<typeof listQuery>>>): Condition[] {
  const { ids, query: words, email, first_name, last_name, groups: of, status, is_admin } = query
  const like = `%${(words ?? '').replace(/[\\%_]/g, '\\$&').replaceAll('*', '%')}%`
  const named = "(first_name || ' ' || last_name LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\')"
  return [
    status === undefined ? where("status <> 'DELETED'") : where('status = ?', status),
    ...(ids === undefined ? [] : [where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))]),
    ...(words === undefined ? [] : [where(named, like, like)]),
    ...(email === undefined ? [] : [where('email = ?', email.toLowerCase())]),
    ...(first_name === undefined ? [] : [where('first_name = ?', first_name)]),
    ...(last_name === undefined ? [] : [where('last_name = ?', last_name)]),
    ...(is_admin === undefined ? [] : [where("document ->> 'is_admin' = ?", is_admin === 'true' ? 1 : 0)]),
    ...(of === undefined
      ? []
      : [
          where(
            "EXISTS (SELECT 1 FROM json_each(t.document, '$.groups') g WHERE g.value IN (SELECT value FROM json_each(?)))",
            JSON.stringify(of),
          ),
        ]),
  ]
}

const listing = (conditions: readonly Condition[]) => ({
  table: users.table,
  conditions,
  orders: {
    ...{ first_name: 'first_name', last_name: 'last_name', email: 'email', status: 'status' },
    ...{ date_created: 'date_created', date_modified: 'date_modified' },
  },
  byDefault: 'last_name ASC',
})

/** Fails with 400 for an address that another user has, and for groups that do not exist. */
async function saveChange(call: Call, user: User, sent: UserChange, mode: ChangeMode): Promise<User> {
  const { rows } = call
  const { password, email, ...changes } = sent
  checkGroups(call, changes)
  const other = email === undefined ? undefined : userByEmail(rows, email)
  if (other !== undefined && other.id !== user.id)
    throw IconikError.badRequest({ email: 'Belongs to another user' })
  const hash = password === undefined ? undefined : await hashPassword(password)
  return rows.transaction(() => {
    const next = changed(user, replaceable, changes, mode)
    if (hash !== undefined) rows.run('UPDATE iconik_user SET password_hash = ? WHERE id = ?', hash, user.id)
    return users.save(rows, { ...next, ...(email !== undefined && { email }), date_modified: call.date })
  })
}

function checkGroups({ rows }: Call, { groups: wanted = [], primary_group }: UserChange): void {
  const ids = [...wanted, ...(primary_group === undefined ? [] : [primary_group])]
  if (ids.some((id) => groups.find(rows, id) === undefined)) {
    throw IconikError.badRequest({ groups: 'Names a group that does not exist' })
  }
}

const named = (call: Call): User => users.get(call.rows, call.param('user_id'))

export const userRoutes: readonly Route[] = [
  route('users.listUsers', 'GET', all, {
    roles: ['can_read_users'],
    query: listQuery,
    handle: (call) =>
      ok(
        pageOf(call, listing(conditionsOf(call.query)), (rows) =>
          rows.map((row) => shownUser(users.parse(row))),
        ),
      ),
  }),
  route('users.listPeople', 'GET', `${all}basic/`, {
    // The published description does not speak of guests. A share that lets them look up people has to have a call for it.
    access: 'guest',
    query: { ...listQuery, emails: z.string().optional() },
    handle: (call) => {
      if (call.viewer.guest !== undefined && !call.viewer.roles.has('can_read_users'))
        throw IconikError.forbidden('Missing roles: can_read_users')
      const { emails, ...query } = call.query
      const of = (emails ?? '').split(',').map((email) => email.trim().toLowerCase())
      const conditions = [
        ...conditionsOf(query),
        ...(emails === undefined
          ? []
          : [where('email IN (SELECT value FROM json_each(?))', JSON.stringify(of))]),
      ]
      const shown = (user: User) => {
        const { id, email, first_name, last_name, type, status } = user
        return {
          ...{ id, first_name, last_name, type, status, photo: '' },
          ...(user.hide_email !== true && { email }),
        }
      }
      return ok(pageOf(call, listing(conditions), (rows) => rows.map((row) => shown(users.parse(row)))))
    },
  }),
  route('users.createUser', 'POST', all, {
    roles: ['can_create_users'],
    body: body(fields),
    handle: async (call) => {
      const { rows, viewer, date } = call
      const { password, ...sent } = call.body
      checkGroups(call, sent)
      if (userByEmail(rows, sent.email) !== undefined)
        throw IconikError.badRequest({ email: 'Exists already' })
      const hash = password === undefined ? null : await hashPassword(password)
      const user = rows.transaction(() => {
        const added = users.insert(rows, {
          ...{ id: randomUUID(), ...sent },
          ...{ system_domain_id: viewer.systemDomainId, date_created: date, date_modified: date },
        })
        rows.run('UPDATE iconik_user SET password_hash = ? WHERE id = ?', hash, added.id)
        return added
      })
      return created(shownUser(user), user.id)
    },
  }),
  route('users.readCurrentUser', 'GET', `${all}current/`, {
    handle: (call) =>
      ok({ ...shownUser(users.get(call.rows, call.viewer.userId)), app_id: call.viewer.appId }),
  }),
  ...twins('users', 'CurrentUser', `${all}current/`, {
    body: userBody,
    handle: async (call, mode) => {
      const user = users.get(call.rows, call.viewer.userId)
      const mine = Object.fromEntries(
        Object.entries(call.body).filter(([name]) => [...own, 'password'].includes(name)),
      ) as UserChange
      const isMore = Object.keys(mine).length < Object.keys(call.body).length
      if (isMore && !call.viewer.isAdmin) throw IconikError.forbidden()
      // Replacing oneself leaves what only an administrator may set.
      const kept = mode === 'replace' ? { ...user, ...call.body } : call.body
      const { id, system_domain_id, date_created, date_modified, ...sent } = kept as User
      return ok(shownUser(await saveChange(call, user, sent, 'merge')), user.id)
    },
  }),
  route('users.listCurrentUserRoles', 'GET', `${all}current/roles/`, {
    handle: (call) => {
      const user = users.get(call.rows, call.viewer.userId)
      return ok({ objects: rolesShown(call, user) })
    },
  }),
  route('users.readUser', 'GET', one, {
    roles: ['can_read_users'],
    where: isId,
    handle: (call) => ok(shownUser(named(call)), call.param('user_id')),
  }),
  ...twins('users', 'User', one, {
    roles: ['can_write_users'],
    body: userBody,
    handle: async (call, mode) => {
      const user = named(call)
      return ok(shownUser(await saveChange(call, user, call.body, mode)), user.id)
    },
  }),
  route('users.deleteUser', 'DELETE', one, {
    roles: ['can_delete_users'],
    handle: (call) => {
      const user = named(call)
      if (user.id === call.viewer.userId) throw IconikError.badRequest('You cannot delete yourself')
      // What they wrote stays theirs, so the row stays as well.
      users.save(call.rows, { ...user, status: 'DELETED', date_modified: call.date })
      call.rows.run('DELETE FROM iconik_token WHERE user_id = ?', user.id)
      return done(204, user.id)
    },
  }),
  route('users.listRolesOfUser', 'GET', `${one}roles/`, {
    roles: ['can_read_users'],
    where: isId,
    handle: (call) => ok({ objects: rolesShown(call, named(call)) }),
  }),
]

/** An administrator may do all that anybody may. */
function rolesShown({ rows }: Call, user: User): string[] {
  if (!user.is_admin) return [...rolesOf(rows, user)].sort()
  return [...new Set(groups.all(rows, []).flatMap(({ roles }) => roles))].sort()
}
