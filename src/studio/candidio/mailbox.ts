import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { ApiRows } from './rows.ts'

export type MailPurpose = 'activate' | 'reset-password' | 'confirm-email' | 'invite'

const lifetimeMs = 3 * 24 * 3600 * 1000
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Stands in for e-mail: what would be sent is a line of `mail.jsonl`. The database keeps only hashes of the tokens. */
export class Mailbox {
  readonly #rows: ApiRows
  readonly #file: string

  constructor(rows: ApiRows, file: string) {
    this.#rows = rows
    this.#file = file
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
    appendFileSync(this.#file, `${JSON.stringify({ to: email, purpose, token })}\n`, { mode: 0o600 })
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
