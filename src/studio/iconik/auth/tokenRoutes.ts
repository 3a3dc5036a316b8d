import { createHash } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { isoOf } from '../dates.ts'
import { body, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import { parseToken, type TokenRow } from '../tokens.ts'
import { users } from '../users/userRows.ts'
import { mailOtp } from './loginRoutes.ts'
import { shownDomain, shownToken } from './showToken.ts'

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
/** A secret is collected at once or never. */
const secretLifetimeMs = 10 * 60 * 1000

/** The token the call came with. */
function ownToken(call: Call): TokenRow {
  const row = call.rows.get('SELECT * FROM iconik_token WHERE id = ?', call.viewer.tokenId)
  if (row === undefined) throw IconikError.unauthorised()
  return parseToken(row)
}

/** One of the caller's tokens; of anybody's, for an administrator. Fails with 404. */
function namedToken(call: Call): TokenRow {
  const row = call.rows.get(
    "SELECT * FROM iconik_token WHERE id = ? AND purpose = 'api'",
    call.param('token_id'),
  )
  const token = row && parseToken(row)
  const isTheirs = token?.user_id === call.viewer.userId || call.viewer.isAdmin
  if (token === undefined || !isTheirs) throw IconikError.notFound('Token')
  return token
}

/** A new token in the caller's name, with what answers show of it. */
function another(call: Call) {
  const own = ownToken(call)
  const user = users.get(call.rows, own.user_id)
  const { token, row } = call.api.tokens.issue({
    ...{ appId: own.app_id, userId: own.user_id, purpose: 'api', isMfa: own.is_mfa === 1 },
  })
  const domains = [shownDomain(call.rows, user, call.origin)]
  return { shown: { token, ...shownToken(call.rows, row, user), auth_system_domains: domains }, id: row.id }
}

const redirectBody = body({
  url: z.url().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
})

export const tokenRoutes: readonly Route[] = [
  route('auth.checkToken', 'GET', '/v1/auth/token/', { handle: () => done(200) }),
  route('auth.renewToken', 'PUT', '/v1/auth/token/', {
    handle: (call) =>
      call.rows.transaction(() => {
        const { shown, id } = another(call)
        call.api.tokens.revoke(call.viewer.tokenId)
        return ok(shown, id)
      }),
  }),
  route('auth.createToken', 'POST', '/v1/auth/token/', {
    handle: (call) => {
      const { shown, id } = another(call)
      return created(shown, id)
    },
  }),
  route('auth.revokeToken', 'DELETE', '/v1/auth/token/', {
    handle: (call) => {
      call.api.tokens.revoke(call.viewer.tokenId)
      return done(200, call.viewer.tokenId)
    },
  }),
  route('auth.listTokens', 'GET', '/v1/auth/tokens/', {
    query: lastIdQuery,
    handle: (call) => {
      const user = users.get(call.rows, call.viewer.userId)
      const listing = {
        table: 'iconik_token',
        conditions: [where("user_id = ? AND purpose = 'api' AND expires_at > ?", user.id, call.api.now())],
      }
      return ok(
        lastIdPage(call, listing, (rows) => rows.map((row) => shownToken(call.rows, parseToken(row), user))),
      )
    },
  }),
  // The service's file says nothing of what is in the answer.
  route('auth.readToken', 'GET', '/v1/auth/token/{token_id}/', {
    handle: (call) => done(200, namedToken(call).id),
  }),
  route('auth.revokeTokenById', 'DELETE', '/v1/auth/token/{token_id}/', {
    handle: (call) => {
      const { id } = namedToken(call)
      call.api.tokens.revoke(id)
      return done(200, id)
    },
  }),
  route('auth.requestMyCode', 'POST', '/v1/auth/current/otp/generate/', {
    handle: (call) => {
      mailOtp(call, users.get(call.rows, call.viewer.userId))
      return done(201)
    },
  }),
  route('auth.leaveTokenForApp', 'POST', '/v1/apps/external/auth/', {
    body: body({
      app_id: uuid.optional(),
      app_name: text.optional(),
      redirect_info: redirectBody.optional(),
      secret: z.string().min(16).max(500),
    }),
    handle: (call) => {
      const { secret, redirect_info } = call.body
      const appId = call.body.app_id ?? call.viewer.appId
      call.rows.run(
        `INSERT OR REPLACE INTO iconik_external_auth(hash, app_id, user_id, redirect_info, created_at)
           VALUES (?, ?, ?, ?, ?)`,
        ...[hashOf(secret), appId, call.viewer.userId],
        redirect_info === undefined ? null : JSON.stringify(redirect_info),
        call.api.now(),
      )
      return created({ app_id: appId, ...(redirect_info && { redirect_info }) })
    },
  }),
  route('auth.collectToken', 'GET', '/v1/apps/external/auth/{secret}/', {
    access: 'public',
    handle: (call) => {
      const { rows, tokens, now } = call.api
      const sql = 'SELECT * FROM iconik_external_auth WHERE hash = ? AND created_at > ?'
      const row = rows.get(sql, hashOf(call.param('secret')), now() - secretLifetimeMs)
      if (row === undefined) throw IconikError.unauthorised()
      const appId = String(row['app_id'])
      const { token } = rows.transaction(() => {
        rows.run('DELETE FROM iconik_external_auth WHERE hash = ?', row['hash'] ?? null)
        return tokens.issue({ appId, userId: String(row['user_id']), purpose: 'api' })
      })
      const redirect = row['redirect_info']
      return ok({
        ...{ app_id: appId, token, date_created: isoOf(Number(row['created_at'])) },
        ...(typeof redirect === 'string' && { redirect_info: redirectBody.parse(JSON.parse(redirect)) }),
      })
    },
  }),
]
