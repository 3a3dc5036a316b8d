import type { SqlRows } from '../../sqlRows.ts'
import { isoOf } from '../dates.ts'
import { domainOf } from '../domain.ts'
import type { TokenRow } from '../tokens.ts'
import type { User } from '../users/userRows.ts'

/** Whether a user signs in with a second factor. */
export const needsMfa = (rows: SqlRows, userId: string): boolean =>
  rows.get('SELECT is_mfa FROM iconik_user WHERE id = ?', userId)?.['is_mfa'] === 1

/** The domain a user may sign in to, and what that takes. */
export function shownDomain(rows: SqlRows, user: User, origin: string) {
  const { id, name } = domainOf(rows)
  const isMfa = needsMfa(rows, user.id)
  return {
    ...{
      system_domain_id: id,
      system_domain_name: name,
      url: origin,
      platform_url: origin,
      logo_url: origin,
    },
    ...{ mfa_required: isMfa, mfa_required_configured: isMfa },
    ...{ mfa_methods: isMfa ? ['MAIL_2SV'] : [], mfa_methods_configured: isMfa ? ['MAIL_2SV'] : [] },
  }
}

/** A token without its text. */
export function shownToken(rows: SqlRows, row: TokenRow, user: User) {
  const domain = domainOf(rows)
  return {
    ...{ id: row.id, app_id: row.app_id, user_id: row.user_id, expires: isoOf(row.expires_at) },
    ...{ is_admin: user.is_admin, is_super_admin: false, is_super_admin_light: false },
    ...{ is_mfa_authenticated: row.is_mfa === 1, system_domain_id: domain.id, system_domains: [domain.id] },
    ...{ system_domain_status: 'ACTIVE', system_domain_type: 'STANDARD', system_domain_is_plg: false },
    ...{ date_created: isoOf(row.created_at), date_modified: isoOf(row.modified_at) },
  }
}
