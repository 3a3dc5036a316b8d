import { randomUUID } from 'node:crypto'
import type { StudioIconikAccess, StudioIconikKeys } from '../control.ts'
import { hashPassword } from '../password.ts'
import { type SqlRows, where } from '../sqlRows.ts'
import { openRelationTypes } from './assets/relationRows.ts'
import type { IconikApi } from './call.ts'
import { isoOf } from './dates.ts'
import { domainOf } from './domain.ts'
import { type GroupName, groupRoles } from './roles.ts'
import { groups, type User, userByEmail, users } from './users/userRows.ts'

/** The people of a studio's domain. Addresses under `.invalid` reach nobody. */
const people = [
  { key: 'me', email: 'producer@studio.invalid', name: ['Robin', 'Producer'], group: 'Producers' },
  { key: 'limited', email: 'reviewer@studio.invalid', name: ['Sam', 'Okafor'], group: 'Reviewers' },
  { key: 'mfa', email: 'editor@studio.invalid', name: ['Mika', 'Lindqvist'], group: 'Editors' },
  { key: 'director', email: 'director@studio.invalid', name: ['Ida', 'Holm'], group: 'Editors' },
] as const
export type PersonKey = (typeof people)[number]['key']

/** The id of one of the studio's own people. Fails before `openAccounts`. */
export function personId({ rows }: Pick<IconikApi, 'rows'>, key: PersonKey): string {
  const email = people.find((person) => person.key === key)?.email ?? ''
  const found = userByEmail(rows, email)
  if (found === undefined) throw new Error(`the studio has no ${key}`)
  return found.id
}

/** Makes domain, groups and people where they are missing, and lets the keys sign in as them. */
export async function openAccounts(
  api: Pick<IconikApi, 'rows' | 'tokens' | 'now'>,
  keys: StudioIconikKeys,
): Promise<Omit<StudioIconikAccess, 'address'>> {
  const passwordHash = await hashPassword(keys.password)
  const { rows, tokens } = api
  return rows.transaction(() => {
    const systemDomainId = domainOf(rows).id
    const date = isoOf(api.now())
    openRelationTypes(rows, date)
    rows.run(
      'INSERT OR IGNORE INTO iconik_app(id, document) VALUES (?, ?)',
      keys.appId,
      JSON.stringify({ id: keys.appId, name: 'Rushes', date_created: date, date_modified: date }),
    )
    for (const { key, email, name, group } of people) {
      const groupId = openGroup(rows, group, date)
      const user =
        userByEmail(rows, email) ?? addPerson(rows, { key, email, name, groupId, systemDomainId, date })
      const sql = 'UPDATE iconik_user SET password_hash = ?, is_mfa = ? WHERE id = ?'
      rows.run(sql, passwordHash, key === 'mfa' ? 1 : 0, user.id)
    }
    const grant = (key: PersonKey, token: string) =>
      tokens.issue({ appId: keys.appId, userId: personId(api, key), purpose: 'api', token })
    grant('me', keys.token)
    grant('limited', keys.limitedToken)
    const emailOf = (key: PersonKey) => people.find((person) => person.key === key)?.email ?? ''
    return {
      ...keys,
      systemDomainId,
      email: emailOf('me'),
      limitedEmail: emailOf('limited'),
      mfaEmail: emailOf('mfa'),
    }
  })
}

interface NewPerson {
  readonly key: PersonKey
  readonly email: string
  readonly name: readonly [string, string]
  readonly groupId: string
  readonly systemDomainId: string
  readonly date: string
}

/** Makes the group when it is missing, and gives it the roles of this version of the studio. */
function openGroup(rows: SqlRows, name: GroupName, date: string): string {
  const roles = [...groupRoles[name]]
  const [found] = groups.all(rows, [where('name = ?', name)])
  if (found !== undefined) return groups.save(rows, { ...found, roles }).id
  return groups.insert(rows, {
    ...{ id: randomUUID(), name, alias: name.toLowerCase(), description: '', roles },
    ...{ date_created: date, date_modified: date },
  }).id
}

function addPerson(rows: SqlRows, { key, email, name, groupId, systemDomainId, date }: NewPerson): User {
  return users.insert(rows, {
    ...{ id: randomUUID(), email, first_name: name[0], last_name: name[1], type: 'POWER', status: 'ACTIVE' },
    ...{ is_admin: key === 'me', groups: [groupId], primary_group: groupId },
    ...{ system_domain_id: systemDomainId, date_created: date, date_modified: date },
  })
}
