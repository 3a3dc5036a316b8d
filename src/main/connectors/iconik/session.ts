import { z } from 'zod'
import type { Json } from '../../../shared/json.ts'
import { toJson } from '../../../shared/json.ts'
import type { ConnectorParts } from '../provider.ts'
import type { RemoteCall } from '../remoteCall.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { createIconikClient } from './client.ts'
import { readTime } from './wire.ts'
import type { IconikAccess } from './wireAccess.ts'
import { shareSessionSchema, tokenSchema } from './wireAuth.ts'

/** Settings that may lie anywhere. */
export const settingsSchema = z.object({
  /** Origin of the service's host. */
  address: z.string(),
  isShare: z.boolean(),
})
export type Settings = z.infer<typeof settingsSchema>

/** What a guest's sign-in said of the share. */
const shareSchema = z.object({
  /** Opens the share: out of its link. */
  hash: z.string(),
  id: z.string(),
  objectType: z.string(),
  objectId: z.string(),
  roles: z.array(z.string()),
  /** Whom the link was sent to; of a link for anybody, whatever the service says there. */
  email: z.string().nullable(),
  /** Who a guest without a link of their own said they are: signs what they write. */
  guestEmail: z.string().nullable(),
})
export type ShareSession = z.infer<typeof shareSchema>

/** What is kept in the key store of one connection. */
export const secretsSchema = z.object({
  appId: z.string(),
  token: z.string(),
  /**
   * Of a token that a sign-in of ours made, epoch milliseconds. Null for one that somebody made elsewhere: renewing it
   * would end it for everything else that uses it.
   */
  life: z.object({ from: z.number(), until: z.number() }).nullable(),
  share: shareSchema.nullable(),
})
export type SessionSecrets = z.infer<typeof secretsSchema>

/** A token is renewed when less than this part of its life is left, a day before its end at the latest. */
const lastPart = 0.25
const longestBefore = 24 * 3_600_000
/** After a renewal that failed the old token is used for a while before the next try. */
const nextTryAfter = 60_000
const renewalTimeout = 30_000

/** One signed-in connection: its calls, and its token, which is renewed by itself before it ends. */
export interface Session {
  readonly share: ShareSession | null
  /** As `IconikClient`. */
  readonly call: IconikClient['call']
  /** Told with the secrets to keep whenever the token was renewed. */
  onRenewed(listener: (secrets: Json) => void): void
}

export function openSession(address: string, secrets: SessionSecrets, parts: ConnectorParts): Session {
  const { clock } = parts
  let kept = secrets
  let nextTryAt = 0
  let renewing: Promise<void> | undefined
  const listeners: ((secrets: Json) => void)[] = []
  const access: IconikAccess = {
    address,
    get appId() {
      return kept.appId
    },
    get token() {
      return kept.token
    },
  }
  const client = createIconikClient({ access, ...parts })

  const isDue = () => {
    if (kept.life === null) return false
    const { from, until } = kept.life
    const before = Math.min((until - from) * lastPart, longestBefore)
    return clock.now() >= Math.max(until - before, nextTryAt)
  }

  /** Not stopped with the call that waits for it: cut off, it would leave us with a token that has ended. */
  const renew = async () => {
    const signal = AbortSignal.timeout(renewalTimeout)
    try {
      const from = clock.now()
      const { token, expires } =
        kept.share === null
          ? await client.call(calls['auth.renewToken'], { answer: tokenSchema }, signal)
          : await client.call(calls['assets.renewShareToken'], { answer: shareSessionSchema }, signal)
      const until = readTime(expires)
      kept = { ...kept, token, life: until === null ? null : { from, until } }
      for (const listener of listeners) listener(toJson(kept))
    } catch {
      // The old token may still hold; if it does not, the call that comes next is told so by the service.
      nextTryAt = clock.now() + nextTryAfter
    }
  }

  const call = async (row: RemoteCall, input: object, signal: AbortSignal): Promise<unknown> => {
    if (renewing === undefined && isDue()) {
      renewing = renew().finally(() => {
        renewing = undefined
      })
    }
    if (renewing !== undefined) await renewing
    signal.throwIfAborted()
    return (client.call as typeof call)(row, input, signal)
  }

  return {
    share: kept.share,
    call: call as IconikClient['call'],
    onRenewed: (listener) => listeners.push(listener),
  }
}
