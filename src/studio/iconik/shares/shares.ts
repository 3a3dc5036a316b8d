import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { checkPermission } from '../acls/aclRows.ts'
import { assets } from '../assets/assetRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { addCollection, collections, fileInto } from '../collections/collectionRows.ts'
import { timeOf } from '../dates.ts'
import { body, bulkIds, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { needsMd5, storages } from '../media/storageRows.ts'
import { lastIdPage } from '../page.ts'
import { isWithin } from '../reach.ts'
import { type Route, route } from '../route.ts'
import { addShare, checkedExpiry, sharedTypeOf, uploadStorageOf } from './addShare.ts'
import { guestRoles } from './guest.ts'
import { emails, password, shareFields, title } from './shareBody.ts'
import { type Share, shareOfPath, shares, shownShare, usersOfShare } from './shareRows.ts'
import { shownShareUser } from './shareUsers.ts'

const ofPath = '/v1/{object_type}/{object_id}/shares'
const shareable = { object_type: /^(assets|collections|playlists|sequences)$/ }
const named = {
  object_id: uuid.optional(),
  object_type: z.string().optional(),
  system_domain_id: uuid.optional(),
}

/** The body may repeat what the path says, and say nothing else. */
function checkRepeated(
  call: Call,
  sent: { object_id?: string | undefined; object_type?: string | undefined },
) {
  for (const name of ['object_id', 'object_type'] as const) {
    if (sent[name] !== undefined && sent[name] !== call.param(name)) {
      throw IconikError.badRequest({ [name]: 'This is not what the path says' })
    }
  }
}

/** Tokens of guests who are inside already change with their share. */
function renewGuests(rows: SqlRows, share: Share): void {
  rows.run(
    `UPDATE iconik_token SET guest = json_set(guest, '$.roles', json(?)), expires_at = min(expires_at, ?)
       WHERE guest ->> 'share_id' = ?`,
    JSON.stringify(guestRoles(share)),
    timeOf(share.expires),
    share.id,
  )
}

function fullShare(call: Call, share: Share) {
  const storage = share.upload_storage_id ? storages.find(call.rows, share.upload_storage_id) : undefined
  const isOwn = call.viewer.guest === undefined
  return {
    ...shownShare(call, share),
    ...(storage !== undefined && { upload_storage_presign_md5_checksum: needsMd5(storage) }),
    users: isOwn ? usersOfShare(call.rows, share.id).map((user) => shownShareUser(call, share, user)) : [],
    // A guest knows the link already, or came by one that is not this.
    ...(!isOwn && { url: null }),
  }
}

/** Every share through which somebody may come to the object. */
function sharesReaching(call: Call, type: 'assets' | 'collections', id: string): Share[] {
  return shares
    .all(call.rows, [], 'date_created DESC')
    .filter(({ object_type, object_id }) => isWithin(call.rows, type, id, [{ object_type, object_id }]))
}

const reachRoute = (noun: 'Asset' | 'Collection', type: 'assets' | 'collections', param: string) =>
  route(`assets.list${noun}Shares`, 'GET', `/v1/${type}/{${param}}/shares/all/`, {
    roles: ['can_read_shares'],
    handle(call) {
      const found = sharesReaching(call, type, call.param(param))
      return ok({ objects: found.map((share) => shownShare(call, share)) })
    },
  })

export const shareRoutes: readonly Route[] = [
  route('assets.createShare', 'POST', `${ofPath}/`, {
    where: shareable,
    roles: ['can_write_shares'],
    body: body({
      ...shareFields,
      ...named,
      emails,
      title: title.optional(),
      message: text.optional(),
      password: password.nullish(),
      project_id: uuid.nullish(),
    }),
    async handle(call) {
      const { emails: recipients, object_id, object_type, system_domain_id: _domain, ...fields } = call.body
      checkRepeated(call, { object_id, object_type })
      const type = sharedTypeOf(call.param('object_type'))
      const share = await addShare(call, type, call.param('object_id'), fields, recipients)
      return { status: 202, body: shownShare(call, share), id: share.id }
    },
  }),
  route('assets.createShareUrl', 'POST', `${ofPath}/url/`, {
    where: shareable,
    roles: ['can_write_shares'],
    body: body({
      ...shareFields,
      ...named,
      owner_id: uuid.optional(),
      title: title.nullish(),
      password: password.nullish(),
    }),
    async handle(call) {
      const { object_id, object_type, system_domain_id: _domain, owner_id, ...fields } = call.body
      if (owner_id !== undefined && owner_id !== call.viewer.userId) {
        throw IconikError.badRequest({ owner_id: 'Share in your own name' })
      }
      checkRepeated(call, { object_id, object_type })
      const type = sharedTypeOf(call.param('object_type'))
      const share = await addShare(call, type, call.param('object_id'), fields, 'link')
      return ok(shownShare(call, share), share.id)
    },
  }),
  route('assets.createShareOfMany', 'POST', '/v1/share/{object_type}/', {
    roles: ['can_write_shares'],
    body: body({
      ...shareFields,
      object_ids: bulkIds,
      title: title.min(1),
      emails: emails.optional(),
      share_by_url: z.boolean().optional(),
      message: text.optional(),
      password: password.optional(),
      system_domain_id: uuid.optional(),
    }),
    async handle(call) {
      if (call.param('object_type') !== 'assets')
        throw IconikError.badRequest('Only assets can be shared in bulk')
      const { emails: recipients, share_by_url, object_ids, system_domain_id: _domain, ...fields } = call.body
      if ((recipients === undefined) !== (share_by_url === true)) {
        throw IconikError.badRequest({ emails: 'Name people, or share by URL' })
      }
      for (const id of object_ids) assets.get(call.rows, id)
      checkPermission(call, 'read', 'assets', object_ids)
      const collectionId = holderOf(call, fields.title, object_ids)
      const share = await addShare(call, 'collections', collectionId, fields, recipients ?? 'link')
      return created(shownShare(call, share), share.id)
    },
  }),
  route('assets.listShares', 'GET', `${ofPath}/`, {
    where: shareable,
    roles: ['can_read_shares'],
    query: lastIdQuery,
    handle(call) {
      const conditions = [
        where('object_id = ?', call.param('object_id')),
        where('object_type = ?', call.param('object_type')),
      ]
      const listing = { table: shares.table, conditions }
      const { objects } = lastIdPage(call, listing, (rows) =>
        rows.map((row) => shownShare(call, shares.parse(row))),
      )
      return ok({ objects })
    },
  }),
  reachRoute('Asset', 'assets', 'asset_id'),
  reachRoute('Collection', 'collections', 'collection_id'),
  route('assets.readShare', 'GET', `${ofPath}/{share_id}/`, {
    where: shareable,
    access: 'guest',
    handle(call) {
      const share = shareOfPath(call)
      const { guest } = call.viewer
      if (guest !== undefined && guest.share_id !== share.id) throw IconikError.forbidden()
      return ok(fullShare(call, share), share.id)
    },
  }),
  route('assets.replaceShare', 'PUT', `${ofPath}/{share_id}/`, {
    where: shareable,
    roles: ['can_write_shares'],
    body: body({
      ...shareFields,
      title: title.nullish(),
      message: text.nullish(),
      project_id: uuid.nullish(),
    }),
    handle(call) {
      const old = shareOfPath(call)
      const expires = call.body.expires === undefined ? old.expires : checkedExpiry(call, call.body.expires)
      return call.rows.transaction(() => {
        const { id, object_type, object_id, owner_id, system_domain_id, hash, date_created } = old
        const share = shares.save(call.rows, {
          ...call.body,
          ...uploadStorageOf(call, object_type, call.body),
          ...{ id, object_type, object_id, owner_id, system_domain_id, hash, expires },
          ...{ date_created, date_modified: call.date },
        })
        renewGuests(call.rows, share)
        return ok(shownShare(call, share), id)
      })
    },
  }),
  route('assets.deleteShare', 'DELETE', `${ofPath}/{share_id}/`, {
    where: shareable,
    roles: ['can_delete_object_shares'],
    handle(call) {
      const { id } = shareOfPath(call)
      shares.remove(call.rows, id)
      return done(204, id)
    },
  }),
  route('assets.reindexShare', 'POST', `${ofPath}/{share_id}/reindex/`, {
    where: shareable,
    roles: ['can_reindex_shares'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => done(201, shareOfPath(call).id),
  }),
]

/** Several assets are shared as a collection that nobody sees in a list. */
function holderOf(call: Call, name: string, assetIds: readonly string[]): string {
  const { rows, date, viewer } = call
  return rows.transaction(() => {
    const by = { created_by_user: viewer.userId, date_created: date }
    const added = addCollection(rows, { title: name, status: 'HIDDEN', ...by })
    const { id } = collections.save(rows, { ...added, is_root: false })
    for (const assetId of assetIds) fileInto(rows, id, 'assets', assetId)
    return id
  })
}
