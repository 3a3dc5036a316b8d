import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isPassword } from '../../password.ts'
import { isSame } from '../../s3/signature.ts'
import { type Call, created, done, ok } from '../call.ts'
import { domainOf } from '../domain.ts'
import { body, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { wholeList } from '../page.ts'
import { type Route, route } from '../route.ts'
import { type User, userByEmail, users } from '../users/userRows.ts'
import { needsMfa, shownDomain, shownToken } from './showToken.ts'

const otpLifetimeMs = 10 * 60 * 1000
const hashOf = (code: string) => createHash('sha256').update(code).digest('hex')

const domainBody = body({
  email: z.email(),
  system_domain_id: uuid,
  otp: z.string().max(20).nullish(),
  otp_type: z.string().max(50).nullish(),
  app_name: text.optional(),
  marketplace_signup_nonce: text.optional(),
})

/** The application that sign-ins by password belong to, made when it is missing: one for each name. */
function appFor(call: Call, name = 'Web'): string {
  const found = call.rows.get("SELECT id FROM iconik_app WHERE document ->> 'name' = ?", name)
  if (found !== undefined) return String(found['id'])
  const id = randomUUID()
  const app = { id, name, date_created: call.date, date_modified: call.date }
  call.rows.run('INSERT INTO iconik_app(id, document) VALUES (?, ?)', id, JSON.stringify(app))
  return id
}

/** The user whose password was proved a moment ago: that is all a login token says. Fails with 401. */
function provedUser(call: Call<z.output<typeof domainBody>>): User {
  const { tokens, rows } = call.api
  const row = tokens.find(call.header('temp-auth-token') ?? '', ['login'])
  const user = row && users.find(rows, row.user_id)
  const { email, system_domain_id } = call.body
  const isTheirs = user?.email === email.toLowerCase() && system_domain_id === domainOf(rows).id
  if (user === undefined || !isTheirs) throw IconikError.unauthorised()
  return user
}

/** Whether the code is the one that was mailed; it is good once. */
function takeOtp(call: Call, userId: string, code: string): boolean {
  const row = call.rows.get(
    'SELECT hash FROM iconik_otp WHERE user_id = ? AND expires_at > ?',
    userId,
    call.api.now(),
  )
  if (row === undefined || !isSame(String(row['hash']), hashOf(code))) return false
  call.rows.run('DELETE FROM iconik_otp WHERE user_id = ?', userId)
  return true
}

/** Mails a code, in place of one that was mailed before. */
export function mailOtp(call: Call, user: User): void {
  const { otp } = call.api
  const sql = 'INSERT OR REPLACE INTO iconik_otp(user_id, hash, expires_at) VALUES (?, ?, ?)'
  call.rows.run(sql, user.id, hashOf(otp), call.api.now() + otpLifetimeMs)
  call.api.outbox.send({ to: user.email, purpose: 'otp', code: otp })
}

export const loginRoutes: readonly Route[] = [
  route('auth.logIn', 'POST', '/v1/auth/simple/login/', {
    access: 'public',
    body: body({
      email: z.email(),
      password: z.string().max(1000),
      app_name: text.optional(),
      marketplace_signup_nonce: text.optional(),
    }),
    handle: async (call) => {
      const { email, password, app_name } = call.body
      const { rows, tokens } = call.api
      const user = userByEmail(rows, email)
      const row = rows.get('SELECT password_hash FROM iconik_user WHERE email = ?', email.toLowerCase())
      const isRight = await isPassword(
        password,
        row === undefined ? null : String(row['password_hash'] ?? ''),
      )
      if (user === undefined || user.status !== 'ACTIVE' || !isRight) {
        throw IconikError.badRequest('Wrong email or password')
      }
      const appId = appFor(call, app_name)
      const login = tokens.issue({ appId, userId: user.id, purpose: 'login' })
      const domains = [{ ...shownDomain(rows, user, call.origin), token: login.token }]
      // With a second factor the password alone opens nothing but the choice of the domain.
      if (needsMfa(rows, user.id)) {
        const known = {
          user_id: user.id,
          app_id: appId,
          is_mfa_authenticated: false,
          is_admin: user.is_admin,
        }
        return created({ token: null, ...known, auth_system_domains: domains }, user.id)
      }
      const { token, row: issued } = tokens.issue({ appId, userId: user.id, purpose: 'api' })
      return created({ token, ...shownToken(rows, issued, user), auth_system_domains: domains }, user.id)
    },
  }),
  route('auth.requestCode', 'POST', '/v1/auth/otp/generate/', {
    access: 'public',
    body: domainBody,
    handle: (call) => {
      mailOtp(call, provedUser(call))
      return done(201)
    },
  }),
  route('auth.logInToDomain', 'POST', '/v1/auth/multidomain/login/', {
    access: 'public',
    body: domainBody,
    handle: (call) => {
      const { rows, tokens } = call.api
      const user = provedUser(call)
      const isMfa = needsMfa(rows, user.id)
      const { otp, app_name } = call.body
      if (isMfa && !takeOtp(call, user.id, otp ?? '')) {
        throw IconikError.badRequest({ otp: 'Is wrong, or has ended' })
      }
      const appId = appFor(call, app_name)
      const { token, row } = tokens.issue({ appId, userId: user.id, purpose: 'api', isMfa })
      const domains = [shownDomain(rows, user, call.origin)]
      return created({ token, ...shownToken(rows, row, user), auth_system_domains: domains }, row.id)
    },
  }),
  route('auth.startSaml', 'POST', '/v1/auth/saml/login/', {
    access: 'public',
    body: body({ email: z.email() }),
    handle: () => {
      throw IconikError.notFound('Identity provider')
    },
  }),
  // Nobody signs in to a studio by SAML.
  route('auth.startSamlOfDomain', 'POST', '/v1/auth/saml/multidomain/login/', {
    access: 'public',
    body: body({ email: z.email() }),
    handle: (call) => ok(wholeList(call, [])),
  }),
]
