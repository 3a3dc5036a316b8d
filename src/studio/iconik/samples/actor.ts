import { type PersonKey, personId } from '../accounts.ts'
import type { Call, IconikApi } from '../call.ts'
import { isoOf } from '../dates.ts'
import { users } from '../users/userRows.ts'

export type Actor = Pick<Call, 'rows' | 'viewer' | 'date'>

/** One of the studio's people at a time of the past, for what writes in somebody's name. */
export function actor(api: Pick<IconikApi, 'rows'>, key: PersonKey, at: number): Actor {
  const user = users.get(api.rows, personId(api, key))
  return {
    rows: api.rows,
    date: isoOf(at),
    viewer: {
      ...{ userId: user.id, systemDomainId: user.system_domain_id, tokenId: '', appId: '' },
      ...{ isAdmin: user.is_admin, roles: new Set<string>(), guest: undefined },
    },
  }
}

/** `created_by_user` and `date_created` of what an actor makes. */
export const madeBy = ({ viewer, date }: Actor) => ({ created_by_user: viewer.userId, date_created: date })
