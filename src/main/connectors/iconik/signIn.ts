import type { IconikSignIn } from '../../../shared/connection.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ConnectorParts } from '../provider.ts'
import { calls } from './calls/index.ts'
import { createIconikClient } from './client.ts'
import type { SessionSecrets, ShareSession } from './session.ts'
import type { ShareLink } from './shareLink.ts'
import { readTime } from './wire.ts'
import { type SignIn, type SignInDomain, shareSessionSchema, signInSchema, tokenSchema } from './wireAuth.ts'

/** What the service shows beside a token, so that somebody can tell where it is used. */
const app_name = 'Rushes'

type Password = Extract<IconikSignIn, { kind: 'password' }>
type Token = Extract<IconikSignIn, { kind: 'token' }>

export const tokenSecrets = ({ appId, token }: Token): SessionSecrets => ({
  appId,
  token,
  life: null,
  share: null,
})

/**
 * Exchanges e-mail and password for a token; the password is used for this and not kept. `auth.codeNeeded` when a
 * one-time code is wanted (`method`: `mail` when one was just sent, `app` when the user's own app makes it; `isWrong`
 * when the one given was refused), `auth.expired` for a password that is not right.
 */
export async function logIn(
  address: string,
  { email, password, code }: Password,
  parts: ConnectorParts,
  signal: AbortSignal,
): Promise<SessionSecrets> {
  const client = createIconikClient({ access: { address, appId: '', token: '' }, ...parts })
  const from = parts.clock.now()
  const login = await refusedAs('auth.expired', { reason: 'password' }, () =>
    client.call(calls['auth.logIn'], { body: { email, password, app_name }, answer: signInSchema }, signal),
  )
  const domain = domainOf(login)
  const isProven = login.is_mfa_authenticated === true || domain?.mfa_required !== true
  if (login.token && login.app_id && isProven)
    return secretsOf(login.app_id, login.token, login.expires, from)
  if (domain === undefined) throw new AppError('auth.forbidden', { reason: 'domain' })

  const method = methodOf(domain)
  const headers = { 'Temp-Auth-Token': domain.token || login.token || '' }
  const body = { email, system_domain_id: domain.system_domain_id, app_name }
  if (!isProven && code === undefined) {
    if (method === 'MAIL_2SV')
      await client.call(calls['auth.requestCode'], { headers, body: { ...body, otp_type: method } }, signal)
    throw new AppError('auth.codeNeeded', { method: method === 'MAIL_2SV' ? 'mail' : 'app' })
  }
  const proof = isProven ? body : { ...body, otp: code, otp_type: method }
  const wrong = { isWrong: true, method: method === 'MAIL_2SV' ? 'mail' : 'app' }
  const done = await refusedAs(isProven ? 'auth.expired' : 'auth.codeNeeded', wrong, () =>
    client.call(calls['auth.logInToDomain'], { headers, body: proof, answer: tokenSchema }, signal),
  )
  return secretsOf(done.app_id || login.app_id || '', done.token, done.expires, from)
}

/** A person of several domains signs in to the one the service names, else the first. */
function domainOf({ auth_system_domains: domains, system_domain_id: own }: SignIn): SignInDomain | undefined {
  return domains.find((domain) => domain.system_domain_id === own) ?? domains[0]
}

const methodOf = ({ mfa_methods_configured, mfa_methods }: SignInDomain): string =>
  mfa_methods_configured[0] ?? mfa_methods[0] ?? 'MAIL_2SV'

export interface ShareProof {
  readonly appId?: string | undefined
  readonly password?: string | undefined
  readonly email?: string | undefined
}

/**
 * Opens a share with what its link says. `auth.passwordNeeded` where it asks for one (`isWrong` for one that is not
 * right), `remote.notFound` for a share that ended, `request.invalid` with `field` `appId` where neither link nor guest
 * names an application, which the service asks of everybody.
 */
export async function logInToShare(
  address: string,
  link: ShareLink,
  proof: ShareProof,
  parts: ConnectorParts,
  signal: AbortSignal,
): Promise<SessionSecrets> {
  const appId = proof.appId || link.appId
  if (appId === undefined || appId === '') throw new AppError('request.invalid', { field: 'appId' })
  const client = createIconikClient({ access: { address, appId, token: '' }, ...parts })
  const from = parts.clock.now()
  const body = {
    hash: link.hash,
    ...(link.objectType === undefined ? {} : { object_type: link.objectType }),
    ...(link.objectId === undefined ? {} : { object_id: link.objectId }),
    ...(proof.password ? { password: proof.password } : {}),
  }
  const login = await refusedAs('auth.passwordNeeded', proof.password ? { isWrong: true } : {}, () =>
    client.call(calls['assets.logInToShare'], { body, answer: shareSessionSchema }, signal),
  )
  const share: ShareSession = {
    hash: link.hash,
    id: login.share_id,
    objectType: login.object_type,
    objectId: login.object_id,
    roles: login.roles,
    email: login.email || null,
    guestEmail: proof.email || null,
  }
  return { ...secretsOf(login.app_id || appId, login.token, login.expires, from), share }
}

function secretsOf(appId: string, token: string, expires: string | null, from: number): SessionSecrets {
  const until = readTime(expires)
  return { appId, token, life: until === null ? null : { from, until }, share: null }
}

const refusals = new Set(['auth.expired', 'auth.forbidden', 'remote.refused'])

/** The service answers a wrong proof with one of several codes; here they all mean the same. */
async function refusedAs<T>(
  code: 'auth.expired' | 'auth.codeNeeded' | 'auth.passwordNeeded',
  facts: Readonly<Record<string, string | boolean>>,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AppError && refusals.has(error.code)) throw new AppError(code, facts, error)
    throw error
  }
}
