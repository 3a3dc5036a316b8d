import { z } from 'zod'
import { type Condition, type Row, where } from '../../sqlRows.ts'
import { type Call, done, ok } from '../call.ts'
import { body, bulkIds, flagOr, idList, pageQuery, scrollQuery, sortQuery } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type PageQuery, pageOf } from '../page.ts'
import { rangeOf } from '../range.ts'
import { type Route, route } from '../route.ts'
import { type Share, shares, shownShare, usersOfShare } from './shareRows.ts'

const text = z.string().max(500).optional()
const listQuery = {
  ...pageQuery,
  per_page: pageQuery.per_page.pipe(z.number().min(1).max(100)),
  ...scrollQuery,
  ...sortQuery,
  title: text,
  object_type: text,
  object_id: text,
  ids: idList.optional(),
  query: text,
  _exists_: text,
  date_created: text,
  date_modified: text,
  expires: text,
}
type ListQuery = z.output<z.ZodObject<typeof listQuery>>

const orders = {
  title: 'title',
  object_type: 'object_type',
  object_id: 'object_id',
  owner_id: 'owner_id',
  expires: 'expires',
  date_created: 'date_created',
  date_modified: 'date_modified',
}

function titleOf(call: Call, { object_type, object_id }: Share): string {
  const name = object_type === 'assets' || object_type === 'collections' ? 'title' : 'name'
  const table = `iconik_${object_type.slice(0, -1)}`
  const found = call.rows.get(`SELECT ${name} AS title FROM ${table} WHERE id = ?`, object_id)
  return String(found?.['title'] ?? '')
}

/** A share as the lists of shares show it. */
function listed(call: Call, row: Row) {
  const share = shares.parse(row)
  return {
    ...shownShare(call, share),
    is_approval: share.is_approval === true,
    object_title: titleOf(call, share),
    users: usersOfShare(call.rows, share.id).map(({ id, email, access_count, last_access_date }) => ({
      ...{ id, email, access_count, last_access_date },
    })),
  }
}

function conditionsOf(query: ListQuery): Condition[] {
  const conditions: Condition[] = []
  for (const name of ['title', 'object_type', 'object_id'] as const) {
    const value = query[name]
    if (value !== undefined) conditions.push(where(`${name} = ?`, value))
  }
  if (query.ids !== undefined) {
    conditions.push(where('id IN (SELECT value FROM json_each(?))', JSON.stringify(query.ids)))
  }
  if (query.query !== undefined) {
    conditions.push(where('title LIKE ?', `%${query.query.replaceAll('*', '%')}%`))
  }
  for (const name of ['date_created', 'date_modified', 'expires'] as const) {
    conditions.push(...rangeOf(name, query[name]))
  }
  for (const field of (query._exists_ ?? '').split(',').filter((name) => name !== '')) {
    if (!/^\w{1,40}$/.test(field)) throw IconikError.badRequest({ _exists_: 'These are no names of fields' })
    if (field === 'url') conditions.push(where('link_hash IS NOT NULL'))
    else if (field === 'password' || field === 'has_password')
      conditions.push(where('password_hash IS NOT NULL'))
    else conditions.push(where('document ->> ? IS NOT NULL', field))
  }
  return conditions
}

const page = (call: Call<unknown, ListQuery & PageQuery>, conditions: readonly Condition[]) =>
  ok(
    pageOf(
      call,
      {
        ...{ table: shares.table, orders, byDefault: 'date_created DESC' },
        conditions: [...conditions, ...conditionsOf(call.query)],
      },
      (rows) => rows.map((row) => listed(call, row)),
    ),
  )

/** Removes shares by id: all of those named exist, or nothing is done. Fails with 404. */
function removeAll(call: Call, ids: readonly string[], mayRemove: (share: Share) => boolean) {
  return call.rows.transaction(() => {
    for (const id of ids) {
      const share = shares.get(call.rows, id)
      if (!mayRemove(share)) throw IconikError.notFound('Share')
      shares.remove(call.rows, id)
    }
    return done(204)
  })
}

export const shareListRoutes: readonly Route[] = [
  route('assets.listMyShares', 'GET', '/v1/shares/', {
    roles: ['can_manage_shares'],
    query: { ...listQuery, include_member_of: flagOr(false) },
    handle(call) {
      const { userId } = call.viewer
      const own = call.query.include_member_of
        ? where(
            'owner_id = ? OR id IN (SELECT share_id FROM iconik_share_user WHERE internal_user_id = ?)',
            userId,
            userId,
          )
        : where('owner_id = ?', userId)
      return page(call, [own])
    },
  }),
  route('assets.listAllShares', 'GET', '/v1/shares/all/', {
    roles: ['can_manage_all_shares'],
    query: { ...listQuery, owner_id: text, member_id: text },
    handle(call) {
      const { owner_id, member_id } = call.query
      const conditions: Condition[] = []
      if (owner_id !== undefined) conditions.push(where('owner_id = ?', owner_id))
      if (member_id !== undefined) {
        conditions.push(
          where('id IN (SELECT share_id FROM iconik_share_user WHERE internal_user_id = ?)', member_id),
        )
      }
      return page(call, conditions)
    },
  }),
  route('assets.deleteShares', 'DELETE', '/v1/shares/bulk/', {
    roles: ['can_manage_shares'],
    body: body({ share_ids: bulkIds }),
    handle: (call) => removeAll(call, call.body.share_ids, (share) => share.owner_id === call.viewer.userId),
  }),
  route('assets.deleteAnyShares', 'DELETE', '/v1/shares/bulk/all/', {
    roles: ['can_manage_all_shares'],
    body: body({ share_ids: bulkIds }),
    handle: (call) => removeAll(call, call.body.share_ids, () => true),
  }),
]
