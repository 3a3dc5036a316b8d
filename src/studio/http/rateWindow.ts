/** Counts what each caller asked for within a sliding window. In memory only: a restart forgives. */
export class RateWindow {
  readonly #limit: number
  readonly #windowMs: number
  readonly #now: () => number
  /** Times of the requests of each caller, oldest first. */
  readonly #asked = new Map<string, number[]>()

  constructor(limit: number, windowMs: number, now: () => number) {
    this.#limit = limit
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Takes one request from the caller's budget. Refused: `retryAfterMs` says when there is room for the next. */
  take(caller: string): { readonly left: number; readonly retryAfterMs?: number } {
    const now = this.#now()
    const asked = this.#asked.get(caller) ?? []
    const firstInside = asked.findIndex((time) => time > now - this.#windowMs)
    asked.splice(0, firstInside === -1 ? asked.length : firstInside)
    const [oldest] = asked
    if (oldest !== undefined && asked.length >= this.#limit) {
      return { left: 0, retryAfterMs: oldest + this.#windowMs - now }
    }
    asked.push(now)
    this.#asked.set(caller, asked)
    return { left: this.#limit - asked.length }
  }
}
