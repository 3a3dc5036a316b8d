import type { StudioKeys } from '../control.ts'
import type { Viewer } from './resource.ts'
import { preferences } from './resources/user.ts'
import type { ApiRows } from './rows.ts'

/** The two users that a studio always has. Addresses under `.invalid` reach nobody. */
const people = {
  token: { email: 'producer@studio.invalid', first_name: 'Robin', last_name: 'Producer', is_admin: 0 },
  adminToken: { email: 'admin@studio.invalid', first_name: 'Alex', last_name: 'Admin', is_admin: 1 },
} as const

/** Makes them where they are missing, and says whose tokens the keys are. */
export function accountsFor(
  rows: ApiRows,
  keys: StudioKeys,
): { readonly token: string; readonly viewer: Viewer }[] {
  return (['token', 'adminToken'] as const).map((kind) => {
    const { email, first_name, last_name, is_admin } = people[kind]
    const found = rows.get('SELECT id FROM user WHERE email = ?', email)
    const userId =
      found === undefined
        ? rows.insert('user', {
            ...{ email, first_name, last_name, is_admin },
            is_confirmed: 1,
            preferences: JSON.stringify(preferences),
          })
        : String(found['id'])
    return { token: keys[kind], viewer: { userId, isAdmin: is_admin === 1 } }
  })
}
