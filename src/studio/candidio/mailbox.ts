import { createHash, randomBytes } from 'node:crypto'
import type { Outbox } from '../outbox.ts'
import type { ApiRows } from './rows.ts'

export type MailPurpose = 'activate' | 'reset-password' | 'confirm-email' | 'invite'

const lifetimeMs = 3 * 24 * 3600 * 1000
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Sends tokens by mail. The database keeps only their hashes. */
export class Mailbox {
  readonly #rows: ApiRows
  readonly #outbox: Outbox

  constructor(rows: ApiRows, outbox: Outbox) {
    this.#rows = rows
    this.#outbox = outbox
  }

  send(userId: string, email: string, purpose: MailPurpose): void {
    const token = randomBytes(20).toString('hex')
    this.#rows.run(
      'INSERT INTO mailed_token(hash, user_id, purpose, expires_at) VALUES (?, ?, ?, ?)',
      hashOf(token),
      userId,
      purpose,
      this.#rows.now() + lifetimeMs,
    )
    this.#outbox.send({ to: email, purpose, token })
  }

  /** The user a token was sent to, if it is still good. */
  userOf(token: string, purpose: MailPurpose): string | undefined {
    const sql = 'SELECT user_id FROM mailed_token WHERE hash = ? AND purpose = ? AND expires_at > ?'
    const row = this.#rows.get(sql, hashOf(token), purpose, this.#rows.now())
    return row === undefined ? undefined : String(row['user_id'])
  }

  /** The same, and the token is good no more. */
  take(token: string, purpose: MailPurpose): string | undefined {
    const userId = this.userOf(token, purpose)
    this.#rows.run('DELETE FROM mailed_token WHERE hash = ?', hashOf(token))
    return userId
  }
}
