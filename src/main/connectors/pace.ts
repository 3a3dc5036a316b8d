import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../transfers/clock.ts'

/** Keeps one connection polite: so many requests at once, and none while the service asked us to wait. */
export interface Pace {
  /** Takes a turn. Rejects with `remote.rateLimited` when the service asked for a longer wait than is worth holding a request for. */
  enter(signal: AbortSignal): Promise<void>
  leave(): void
  /** Nobody starts before this time, epoch milliseconds. */
  holdUntil(at: number): void
}

const longestQuietWait = 5_000
const longestRetryAfter = 24 * 3_600_000

export function createPace(clock: Clock, concurrency: number): Pace {
  let running = 0
  let heldUntil = 0
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

  function leave(): void {
    running -= 1
    waiting.shift()?.()
  }

  return {
    async enter(signal) {
      signal.throwIfAborted()
      await turn(signal)
      try {
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
