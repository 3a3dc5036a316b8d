import { randomUUID } from 'node:crypto'
import { hashPassword } from '../../password.ts'
import { assets } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { isoOf, timeOf } from '../dates.ts'
import { IconikError } from '../iconikError.ts'
import { defaultStorage, storages } from '../media/storageRows.ts'
import { noticeOfShare } from '../notices/addNotice.ts'
import { userByEmail } from '../users/userRows.ts'
import type { ShareFields } from './shareBody.ts'
import {
  linkOf,
  newLinkHash,
  type Share,
  type SharedType,
  type ShareUser,
  sharedTypes,
  shares,
  shareUsers,
  storedHash,
} from './shareRows.ts'

const day = 24 * 3600 * 1000
const defaultLifetimeMs = 30 * day
const maxLifetimeMs = 5 * 366 * day

export interface NewShare extends ShareFields {
  readonly title?: string | null | undefined
  readonly message?: string | null | undefined
  readonly password?: string | null | undefined
  readonly project_id?: string | null | undefined
}

export function sharedTypeOf(text: string): SharedType {
  const found = sharedTypes.find((type) => type === text)
  if (found === undefined) throw IconikError.badRequest({ object_type: `${text} cannot be shared` })
  return found
}

/** Fails with 404. */
function checkShared(call: Call, type: SharedType, id: string): void {
  if (type === 'assets') assets.get(call.rows, id)
  else if (type === 'collections') collections.get(call.rows, id)
  else if (call.rows.get(`SELECT id FROM iconik_${type.slice(0, -1)} WHERE id = ?`, id) === undefined) {
    throw IconikError.notFound('Shared object')
  }
}

/** Shares always end: after a month when nothing is said, after five years at most. Fails with 400. */
export function checkedExpiry(call: Call, expires: string | undefined): string {
  const now = call.api.now()
  if (expires === undefined) return isoOf(now + defaultLifetimeMs)
  const time = timeOf(expires)
  if (time <= now) throw IconikError.badRequest({ expires: 'This time has passed' })
  if (time > now + maxLifetimeMs)
    throw IconikError.badRequest({ expires: 'Shares live for five years at most' })
  return expires
}

/** Uploads go into a collection, on to a storage. Fails with 400. */
export function uploadStorageOf(
  call: Call,
  type: SharedType,
  fields: ShareFields,
): { upload_storage_id?: string } {
  const { allow_upload, upload_storage_id } = fields
  if (!allow_upload) return {}
  if (type !== 'collections') throw IconikError.badRequest({ allow_upload: 'Only collections take uploads' })
  const id = upload_storage_id ?? defaultStorage(call.rows, 'FILES')?.id
  if (id === undefined || storages.find(call.rows, id) === undefined) {
    throw IconikError.badRequest({ upload_storage_id: 'There is no such storage' })
  }
  return { upload_storage_id: id }
}

/** Shares an object: by one link, or with people who each get a letter with a link of their own. */
export async function addShare(
  call: Call,
  type: SharedType,
  objectId: string,
  { password, ...fields }: NewShare,
  recipients: readonly string[] | 'link',
): Promise<Share> {
  checkShared(call, type, objectId)
  const { rows, date, viewer } = call
  const expires = checkedExpiry(call, fields.expires)
  const storage = uploadStorageOf(call, type, fields)
  const passwordHash = password ? await hashPassword(password) : null
  return rows.transaction(() => {
    const hash = recipients === 'link' ? newLinkHash() : null
    const share = shares.insert(rows, {
      ...fields,
      ...storage,
      ...{ id: randomUUID(), object_type: type, object_id: objectId, expires, hash },
      ...{ owner_id: viewer.userId, system_domain_id: viewer.systemDomainId },
      ...{ date_created: date, date_modified: date },
    })
    const sql = 'UPDATE iconik_share SET password_hash = ?, link_hash = ? WHERE id = ?'
    rows.run(sql, passwordHash, hash === null ? null : storedHash(hash), share.id)
    if (recipients !== 'link') for (const email of recipients) inviteTo(call, share, { email })
    return share
  })
}

export interface Invited {
  readonly email: string
  readonly internal_user_id?: string | undefined
  readonly passwordHash?: string
}

/** Adds a recipient and sends the link, which is told nowhere else. Fails with 400 for one who is there already. */
export function inviteTo(
  call: Call,
  share: Share,
  { email, internal_user_id, passwordHash }: Invited,
): ShareUser {
  const { rows } = call
  const sql = 'SELECT id FROM iconik_share_user WHERE share_id = ? AND email = ?'
  if (rows.get(sql, share.id, email.toLowerCase()) !== undefined) {
    throw IconikError.badRequest({ email: 'This share has gone to this address' })
  }
  const internal = internal_user_id ?? userByEmail(rows, email)?.id
  const user = shareUsers.insert(rows, {
    ...{ id: randomUUID(), share_id: share.id, email },
    ...(internal !== undefined && { internal_user_id: internal }),
  })
  const hash = newLinkHash()
  rows.run(
    'UPDATE iconik_share_user SET link_hash = ?, password_hash = ? WHERE id = ?',
    storedHash(hash),
    passwordHash ?? null,
    user.id,
  )
  call.api.outbox.send({
    ...{ to: email, purpose: 'share', link: linkOf(call, share, hash) },
    ...{ title: share.title ?? '', message: share.message ?? '' },
  })
  if (internal !== undefined) noticeOfShare(call, share, internal)
  return user
}
