import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Row, SqlRows } from '../sqlRows.ts'

const scopeSchema = z.array(z.object({ object_type: z.string(), object_id: z.string() }))

/** A share's visitor, as the token knows them. */
const guestSchema = z.object({
  share_id: z.string(),
  share_user_id: z.string(),
  /** Empty for an anonymous link. */
  email: z.string(),
  roles: z.array(z.string()),
  /** The objects that the share opens; what lies below a collection belongs to it. */
  scope: scopeSchema,
})
export type Guest = z.infer<typeof guestSchema>

/** Who asks, in one request. */
export interface Viewer {
  /** Of the user; for a guest, of the user who shared. */
  readonly userId: string
  readonly systemDomainId: string
  readonly tokenId: string
  readonly appId: string
  /** May everything that is not a guest's. */
  readonly isAdmin: boolean
  readonly roles: ReadonlySet<string>
  /** Present for the visitor of a share. */
  readonly guest: Guest | undefined
}

const tokenRow = z.object({
  id: z.string(),
  app_id: z.string(),
  user_id: z.string(),
  /** `login`: proves a password only, good for choosing a domain and a second factor. */
  purpose: z.enum(['api', 'login', 'share']),
  guest: z.string().nullable(),
  is_mfa: z.number(),
  created_at: z.number(),
  modified_at: z.number(),
  expires_at: z.number(),
})
export type TokenRow = z.infer<typeof tokenRow>

const lifetimeMs = { api: 30 * 24 * 3600 * 1000, login: 10 * 60 * 1000, share: 24 * 3600 * 1000 }
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
export const newToken = (): string => randomBytes(48).toString('base64url')

export interface NewToken {
  readonly appId: string
  readonly userId: string
  readonly purpose: TokenRow['purpose']
  readonly guest?: Guest
  readonly isMfa?: boolean
  /** Made at random when absent. */
  readonly token?: string
  /** Epoch milliseconds. */
  readonly expiresAt?: number
}

/** Issued tokens. The database keeps their hashes only, and those that ended are forgotten at the next issue. */
export class Tokens {
  readonly #rows: SqlRows

  constructor(rows: SqlRows) {
    this.#rows = rows
  }

  /** Returns the token's text, which is never to be had again. Issuing a given token twice renews it. */
  issue(wanted: NewToken): { readonly token: string; readonly row: TokenRow } {
    const token = wanted.token ?? newToken()
    const now = this.#rows.now()
    const row: TokenRow = {
      id: randomUUID(),
      app_id: wanted.appId,
      user_id: wanted.userId,
      purpose: wanted.purpose,
      guest: wanted.guest === undefined ? null : JSON.stringify(guestSchema.parse(wanted.guest)),
      is_mfa: wanted.isMfa === true ? 1 : 0,
      created_at: now,
      modified_at: now,
      expires_at: wanted.expiresAt ?? now + lifetimeMs[wanted.purpose],
    }
    this.#rows.transaction(() => {
      this.#rows.run('DELETE FROM iconik_token WHERE expires_at <= ? OR hash = ?', now, hashOf(token))
      this.#rows.run(
        `INSERT INTO iconik_token(id, hash, app_id, user_id, purpose, guest, is_mfa, created_at, modified_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        row.id,
        hashOf(token),
        ...[row.app_id, row.user_id, row.purpose, row.guest, row.is_mfa],
        ...[row.created_at, row.modified_at, row.expires_at],
      )
    })
    return { token, row }
  }

  /** Undefined for a token that is unknown, of another purpose, or has ended. */
  find(token: string, purposes: readonly TokenRow['purpose'][]): TokenRow | undefined {
    const sql = 'SELECT * FROM iconik_token WHERE hash = ? AND expires_at > ?'
    const row = this.#rows.get(sql, hashOf(token), this.#rows.now())
    const found = row && parseToken(row)
    return found !== undefined && purposes.includes(found.purpose) ? found : undefined
  }

  /** Whether there was one. */
  revoke(id: string): boolean {
    return this.#rows.run('DELETE FROM iconik_token WHERE id = ?', id) > 0
  }
}

export const parseToken = (row: Row): TokenRow => tokenRow.parse(row)
export const guestOf = ({ guest }: TokenRow): Guest | undefined =>
  guest === null ? undefined : guestSchema.parse(JSON.parse(guest))
