import { calls } from './calls/index.ts'
import { nameOf } from './mappingShared.ts'
import { orElse } from './paging.ts'
import type { Session } from './session.ts'
import { shareSessionSchema } from './wireAuth.ts'
import { rolesSchema, settingsSchema, userSchema } from './wireUsers.ts'

/** Who is signed in. */
export interface Self {
  /** The user's id; of a guest, the address that tells their writings from others'. */
  readonly me: string | undefined
  readonly name: string
  readonly domainId: string
  readonly domainName: string | undefined
}

/** Who is signed in and what they may do, asked once. */
export interface Selves {
  read(signal: AbortSignal): Promise<Self>
  /** Asks again: also proves that the token holds. */
  refresh(signal: AbortSignal): Promise<Self>
  /** Whether a role is there, as far as is known: true while the service has not been asked. */
  may(role: string): boolean
}

export function createSelves({ call, share }: Session): Selves {
  let known: Self | undefined
  let roles: ReadonlySet<string> | undefined = share === null ? undefined : new Set(share.roles)

  const askUser = async (signal: AbortSignal): Promise<Self> => {
    const user = await call(calls['users.readCurrentUser'], { answer: userSchema }, signal)
    const [listed, settings] = await Promise.all([
      orElse(() => call(calls['users.listCurrentUserRoles'], { answer: rolesSchema }, signal), undefined),
      orElse(() => call(calls['settings.readMySettings'], { answer: settingsSchema }, signal), undefined),
    ])
    // An administrator may everything, and an empty list tells nothing.
    roles =
      user.is_admin === true || listed === undefined || listed.objects.length === 0
        ? undefined
        : new Set(listed.objects)
    return {
      me: user.id,
      name: nameOf(user) ?? 'iconik',
      domainId: user.system_domain_id ?? settings?.system_domain_id ?? 'domain',
      domainName: settings?.system_domain_name || undefined,
    }
  }
  const askGuest = async (signal: AbortSignal): Promise<Self> => {
    const guest = await call(calls['assets.checkShareToken'], { answer: shareSessionSchema }, signal)
    const me = share?.guestEmail ?? guest.email ?? share?.email ?? undefined
    return {
      me,
      name: me ?? 'Guest',
      domainId: guest.system_domain_id ?? 'domain',
      domainName: undefined,
    }
  }
  const refresh = async (signal: AbortSignal) => {
    known = await (share === null ? askUser(signal) : askGuest(signal))
    return known
  }
  return {
    refresh,
    read: async (signal) => known ?? (await refresh(signal)),
    may: (role) => roles?.has(role) ?? true,
  }
}
