import type { IncomingHttpHeaders } from 'node:http'
import { checkPermission, type Permission } from './acls/aclRows.ts'
import type { IconikApi } from './call.ts'
import { IconikError } from './iconikError.ts'
import { checkReach, namedObjects } from './reach.ts'
import type { Match } from './router.ts'
import { guestOf, type Viewer } from './tokens.ts'
import { findUser, rolesOf } from './users/userRows.ts'

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/** Whose budget a request is taken from: a token's, or that of all who have none. */
export const callerOf = (headers: IncomingHttpHeaders): string => one(headers['auth-token'])

/**
 * Who asks, if the route lets them. Fails with 401 for a token that is wrong, ended, or of another application, and
 * with 403 for missing roles and for guests who leave their share. Undefined on public routes.
 */
export function authorise(
  api: IconikApi,
  { route, params }: Match,
  headers: IncomingHttpHeaders,
): Viewer | undefined {
  if (route.access === 'public') return undefined
  const found = api.tokens.find(one(headers['auth-token']), ['api', 'share'])
  if (found === undefined || found.app_id !== one(headers['app-id'])) throw IconikError.unauthorised()
  const user = findUser(api.rows, found.user_id)
  if (user === undefined || user.status !== 'ACTIVE') throw IconikError.unauthorised()
  const guest = guestOf(found)
  const viewer: Viewer = {
    userId: user.id,
    systemDomainId: user.system_domain_id,
    tokenId: found.id,
    appId: found.app_id,
    isAdmin: guest === undefined && user.is_admin,
    roles: guest === undefined ? rolesOf(api.rows, user) : new Set(guest.roles),
    guest,
  }
  if (guest !== undefined && route.access !== 'guest') throw IconikError.forbidden()
  const missing = viewer.isAdmin ? [] : route.roles.filter((role) => !viewer.roles.has(role))
  if (missing.length > 0) throw IconikError.forbidden(`Missing roles: ${missing.join(', ')}`)
  if (guest !== undefined) checkReach(api.rows, guest, params)
  else {
    for (const { type, id } of namedObjects(params)) {
      checkPermission({ rows: api.rows, viewer }, permissionFor(route.roles), type, [id])
    }
  }
  return viewer
}

/** What a call does to the object of its path, as its roles tell; commenting and starring take reading only. */
function permissionFor(roles: readonly string[]): Permission {
  if (roles.some((role) => /^can_(delete|purge)_(assets|collections)$/.test(role))) return 'delete'
  return roles.some((role) => /^can_write_(assets|collections|versions|metadata_values)$/.test(role))
    ? 'write'
    : 'read'
}
