import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../transfers/clock.ts'

/** Keeps one connection polite: so many requests at once and a second, and none while the service asked us to wait. */
export interface Pace {
  /** Takes a turn. Rejects with `remote.rateLimited` when the service asked for a longer wait than is worth holding a request for. */
  enter(signal: AbortSignal): Promise<void>
  leave(): void
  /** Nobody starts before this time, epoch milliseconds. */
  holdUntil(at: number): void
  /** The service said that it is too much, and not for how long: each time in a row waits twice as long. Epoch milliseconds. */
  backOff(): number
  /** The service takes requests again. */
  calm(): void
  /** What the service says is left of its budget: no more than that goes out before it fills again. */
  allow(left: number): void
}

export interface PaceLimits {
  /** Requests on their way at once; others wait their turn. */
  readonly concurrency: number
  /** Requests a second over any longer time; one second's worth may go at once. Without it there is no such limit. */
  readonly perSecond?: number
}

const longestQuietWait = 5_000
const firstBackOff = 2_000
const longestBackOff = 60_000
const longestRetryAfter = 24 * 3_600_000

export function createPace(
  clock: Clock,
  { concurrency, perSecond = Number.POSITIVE_INFINITY }: PaceLimits,
): Pace {
  let running = 0
  let heldUntil = 0
  let refusals = 0
  let budget = perSecond
  let filledAt = clock.ticks()
  const waiting: (() => void)[] = []

  async function turn(signal: AbortSignal): Promise<void> {
    if (running < concurrency) {
      running += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const take = () => {
        signal.removeEventListener('abort', giveUp)
        running += 1
        resolve()
      }
      const giveUp = () => {
        waiting.splice(waiting.indexOf(take), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      waiting.push(take)
    })
  }

  /** Takes one from the budget, waiting while there is none. */
  async function spend(signal: AbortSignal): Promise<void> {
    if (perSecond === Number.POSITIVE_INFINITY) return
    for (;;) {
      const now = clock.ticks()
      budget = Math.min(perSecond, budget + ((now - filledAt) * perSecond) / 1000)
      filledAt = now
      if (budget >= 1) {
        budget -= 1
        return
      }
      await clock.wait(Math.ceil(((1 - budget) * 1000) / perSecond), signal)
      signal.throwIfAborted()
    }
  }

  function leave(): void {
    running -= 1
    waiting.shift()?.()
  }

  return {
    async enter(signal) {
      signal.throwIfAborted()
      await turn(signal)
      try {
        await spend(signal)
        for (let left = heldUntil - clock.now(); left > 0; left = heldUntil - clock.now()) {
          if (left > longestQuietWait)
            throw new AppError('remote.rateLimited', { retryAt: heldUntil, isSent: false })
          await clock.wait(left, signal)
          signal.throwIfAborted()
        }
      } catch (error) {
        leave()
        throw error
      }
    },
    leave,
    holdUntil(at) {
      heldUntil = Math.max(heldUntil, at)
    },
    backOff() {
      refusals += 1
      heldUntil = Math.max(
        heldUntil,
        clock.now() + Math.min(firstBackOff * 2 ** (refusals - 1), longestBackOff),
      )
      return heldUntil
    },
    calm() {
      refusals = 0
    },
    allow(left) {
      budget = Math.min(budget, left)
    },
  }
}

/** When a `Retry-After` header (seconds or a date) lets us come back, epoch milliseconds; at most a day from now. */
export function retryAtOf(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined) return undefined
  const text = header.trim()
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : Date.parse(text)
  if (!Number.isFinite(at)) return undefined
  return Math.min(Math.max(at, now), now + longestRetryAfter)
}
