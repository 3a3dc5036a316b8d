import { z } from 'zod'
import { isPassword } from '../../password.ts'
import { type SqlRows, where } from '../../sqlRows.ts'
import { type Call, ok } from '../call.ts'
import { isoOf, timeOf } from '../dates.ts'
import { body } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { type Guest, guestOf, type TokenRow } from '../tokens.ts'
import { findUser } from '../users/userRows.ts'
import { guestRoles } from './guest.ts'
import {
  hasExpired,
  passwordHashOf,
  type Share,
  type ShareUser,
  shares,
  shareUsers,
  storedHash,
} from './shareRows.ts'

/** The service always tells an address, also of those who came by a link that anyone may use. */
const anonymousEmail = 'anonymous@share.invalid'

/** What a link opens: a share, or a share as one of its recipients. */
function findByHash(rows: SqlRows, hash: string): { share: Share; user: ShareUser | undefined } | undefined {
  const stored = storedHash(hash)
  const [share] = shares.all(rows, [where('link_hash = ?', stored)])
  if (share !== undefined) return { share, user: undefined }
  const [user] = shareUsers.all(rows, [where('link_hash = ?', stored)])
  return user && { share: shares.get(rows, user.share_id), user }
}

const notFound = () => IconikError.notFound('Share')

function shownToken(call: Call, token: string, row: TokenRow, share: Share) {
  const guest = guestOf(row)
  if (guest === undefined) throw IconikError.unauthorised()
  const user = findUser(call.rows, row.user_id)
  return {
    token,
    app_id: row.app_id,
    email: guest.email || anonymousEmail,
    expires: isoOf(row.expires_at),
    object_id: share.object_id,
    object_type: share.object_type,
    roles: guest.roles,
    share_id: guest.share_id,
    share_user_id: guest.share_user_id,
    system_domain_id: user?.system_domain_id ?? share.system_domain_id,
    user_id: row.user_id,
  }
}

/** Lives a day, and never longer than the share. */
function issueFor(call: Call, share: Share, user: ShareUser | undefined, appId: string) {
  const { api } = call
  const guest: Guest = {
    share_id: share.id,
    share_user_id: user?.id ?? share.id,
    email: user?.email ?? '',
    roles: guestRoles(share),
    scope: [{ object_type: share.object_type, object_id: share.object_id }],
  }
  const expiresAt = Math.min(api.now() + 24 * 3600 * 1000, timeOf(share.expires))
  return api.tokens.issue({ appId, userId: share.owner_id, purpose: 'share', guest, expiresAt })
}

/** The visitor's token and share. Fails with 401 for a token that is wrong or has ended. */
function visitorOf(call: Call): { token: string; row: TokenRow; share: Share } {
  const token = call.header('share-auth-token') ?? ''
  const row = call.api.tokens.find(token, ['share'])
  const guest = row && guestOf(row)
  if (row === undefined || guest === undefined || row.app_id !== call.header('app-id')) {
    throw IconikError.unauthorised()
  }
  const share = shares.find(call.rows, guest.share_id)
  if (share === undefined || hasExpired(share, call.api.now())) throw notFound()
  return { token, row, share }
}

/** A visitor may have no application; the answer names the one to go on with. Fails with 400 without the header. */
function appIdOf(call: Call): string {
  const sent = call.header('app-id')
  if (sent === undefined) throw IconikError.badRequest({ 'App-ID': 'is needed' })
  return sent || String(call.rows.get('SELECT id FROM iconik_app ORDER BY rowid LIMIT 1')?.['id'])
}

export const shareLoginRoutes: readonly Route[] = [
  route('assets.logInToShare', 'POST', '/v1/shares/auth/login/', {
    access: 'public',
    body: body({
      hash: z.string().min(1).max(200),
      object_type: z.string().optional(),
      object_id: z.string().optional(),
      app_id: z.string().optional(),
      token: z.string().optional(),
      password: z.string().max(200).optional(),
    }),
    async handle(call) {
      const appId = appIdOf(call)
      const { hash, object_id, object_type, password } = call.body
      const found = findByHash(call.rows, hash)
      if (found === undefined) throw notFound()
      const { share, user } = found
      const isOther =
        (object_id !== undefined && object_id !== share.object_id) ||
        (object_type !== undefined && object_type !== share.object_type)
      if (isOther) throw notFound()
      if (hasExpired(share, call.api.now())) throw IconikError.badRequest('The share has expired')
      const stored = passwordHashOf(call.rows, share, user)
      if (stored !== null && password === undefined) {
        throw IconikError.badRequest({ password: 'A password is needed' })
      }
      if (stored !== null && !(await isPassword(password ?? '', stored))) {
        throw IconikError.badRequest({ password: 'The password is wrong' })
      }
      if (user !== undefined) {
        const opened = { access_count: user.access_count + 1, last_access_date: call.date }
        shareUsers.save(call.rows, { ...user, ...opened })
      }
      const { token, row } = issueFor(call, share, user, appId)
      return ok(shownToken(call, token, row, share), share.id)
    },
  }),
  route('assets.checkShareToken', 'GET', '/v1/shares/auth/token/', {
    access: 'public',
    handle(call) {
      const { token, row, share } = visitorOf(call)
      return ok(shownToken(call, token, row, share), share.id)
    },
  }),
  route('assets.renewShareToken', 'PUT', '/v1/shares/auth/token/', {
    access: 'public',
    handle(call) {
      const { row, share } = visitorOf(call)
      const guest = guestOf(row)
      const user = guest && shareUsers.find(call.rows, guest.share_user_id)
      return call.rows.transaction(() => {
        const next = issueFor(call, share, user, row.app_id)
        // What a guest without a name wrote stays theirs.
        const sql = 'UPDATE iconik_segment SET guest_token = ? WHERE share_id = ? AND guest_token = ?'
        call.rows.run(sql, next.row.id, share.id, row.id)
        call.api.tokens.revoke(row.id)
        return ok(shownToken(call, next.token, next.row, share), share.id)
      })
    },
  }),
]
