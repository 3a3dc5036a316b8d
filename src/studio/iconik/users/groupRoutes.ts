import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, idList, pageQuery, sortQuery, text } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { shownUser } from './userRoutes.ts'
import { type Group, groups, type User, users } from './userRows.ts'

const all = '/v1/groups/'
const one = `${all}{group_id}/` as const
const member = `${one}users/{user_id}/` as const

const groupBody = body({
  name: text.min(1),
  alias: text.optional(),
  description: text.optional(),
  external_id: text.optional(),
  roles: z.array(z.string().max(100)).optional(),
})
const listQuery = {
  ...{ ...pageQuery, ...sortQuery, ids: idList.optional(), query: z.string().optional() },
  ...{ name: z.string().optional(), alias: z.string().optional(), description: z.string().optional() },
}

const groupOf = (call: Call): Group => groups.get(call.rows, call.param('group_id'))

function listed(
  call: Call<unknown, z.output<z.ZodObject<typeof listQuery>>>,
  show: (group: Group) => object,
) {
  const { ids, query, name, alias, description } = call.query
  const is = (field: string, value: string | undefined): Condition[] =>
    value === undefined ? [] : [where(`document ->> '${field}' = ?`, value)]
  const conditions = [
    ...(ids === undefined ? [] : [where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))]),
    ...(query === undefined ? [] : [where('instr(lower(name), lower(?)) > 0', query.replaceAll('*', ''))]),
    ...[...is('name', name), ...is('alias', alias), ...is('description', description)],
  ]
  const listing = {
    ...{ table: groups.table, conditions, byDefault: 'name ASC' },
    orders: { name: 'name', date_created: 'date_created', date_modified: 'date_modified' },
  }
  return ok(pageOf(call, listing, (rows) => rows.map((row) => show(groups.parse(row)))))
}

/** Puts a user into the group of the path or takes them out. */
function setMember(call: Call, isMember: boolean): User {
  const group = groupOf(call)
  const user = users.get(call.rows, call.param('user_id'))
  const others = user.groups.filter((id) => id !== group.id)
  const { primary_group, ...rest } = user
  return users.save(call.rows, {
    ...rest,
    groups: isMember ? [...others, group.id] : others,
    ...(primary_group !== undefined && (isMember || primary_group !== group.id) && { primary_group }),
    date_modified: call.date,
  })
}

export const groupRoutes: readonly Route[] = [
  route('users.listGroups', 'GET', all, {
    roles: ['can_read_groups'],
    query: listQuery,
    handle: (call) => listed(call, (group) => group),
  }),
  route('users.listGroupNames', 'GET', `${all}basic/`, {
    query: listQuery,
    handle: (call) =>
      listed(call, ({ id, name, alias, description }) => ({
        ...{ id, name },
        ...(alias !== undefined && { alias }),
        ...(description !== undefined && { description }),
      })),
  }),
  route('users.createGroup', 'POST', all, {
    roles: ['can_write_groups'],
    body: groupBody,
    handle: (call) => {
      const group = groups.insert(call.rows, {
        ...{ ...call.body, id: randomUUID(), roles: call.body.roles ?? [] },
        ...{ date_created: call.date, date_modified: call.date },
      })
      return created(group, group.id)
    },
  }),
  route('users.readGroup', 'GET', one, {
    roles: ['can_read_groups'],
    handle: (call) => ok(groupOf(call), call.param('group_id')),
  }),
  ...twins('users', 'Group', one, {
    roles: ['can_write_groups'],
    body: groupBody,
    handle: (call, mode) => {
      const group = groupOf(call)
      const fields = ['name', 'alias', 'description', 'external_id'] as const
      const next = changed(group, fields, call.body, mode)
      const roles = call.body.roles ?? (mode === 'replace' ? [] : group.roles)
      return ok(groups.save(call.rows, { ...next, roles, date_modified: call.date }), group.id)
    },
  }),
  route('users.deleteGroup', 'DELETE', one, {
    roles: ['can_delete_groups'],
    handle: (call) => {
      const { id } = groupOf(call)
      const members = users
        .all(call.rows, [])
        .filter((user) => user.groups.includes(id) || user.primary_group === id)
      if (members.length > 0) throw IconikError.badRequest('The group has members')
      groups.remove(call.rows, id)
      return done(204, id)
    },
  }),
  route('users.addGroupMember', 'POST', member, {
    roles: ['can_write_groups'],
    handle: (call) => {
      const user = setMember(call, true)
      return created(shownUser(user), user.id)
    },
  }),
  route('users.removeGroupMember', 'DELETE', member, {
    roles: ['can_delete_groups'],
    handle: (call) => {
      const user = setMember(call, false)
      return ok(shownUser(user), user.id)
    },
  }),
]
