import type { Clock } from './clock.ts'

const KiB = 1024
const smallestBurst = 64 * KiB
const burstSeconds = 0.25

/** One speed limit for all uploads together. A change works at once. */
export interface RateLimit {
  /** Bytes a second; 0 is no limit. */
  set(bytesPerSecond: number): void
  readonly bytesPerSecond: number
  /** Resolves when `bytes` may be sent; takes turns in order. Rejects with the signal's reason. */
  take(bytes: number, signal: AbortSignal): Promise<void>
}

/** A token bucket: holds a quarter of a second's worth, so that a change of speed shows at once. */
export function createRateLimit(clock: Clock): RateLimit {
  let rate = 0
  let tokens = 0
  let filledAt = clock.ticks()
  let last: Promise<void> = Promise.resolve()
  let changed = new AbortController()

  function refill(): void {
    const now = clock.ticks()
    const most = Math.max(smallestBurst, rate * burstSeconds)
    tokens = Math.min(most, tokens + ((now - filledAt) / 1000) * rate)
    filledAt = now
  }

  async function wait(bytes: number, signal: AbortSignal): Promise<void> {
    while (rate > 0) {
      signal.throwIfAborted()
      refill()
      // A slice larger than the bucket is paid for afterwards: the debt delays the next one.
      const needed = Math.min(bytes, Math.max(smallestBurst, rate * burstSeconds))
      if (tokens >= needed) {
        tokens -= bytes
        return
      }
      await clock.wait(((needed - tokens) / rate) * 1000, AbortSignal.any([signal, changed.signal]))
    }
  }

  return {
    get bytesPerSecond() {
      return rate
    },
    set(bytesPerSecond) {
      refill()
      rate = bytesPerSecond
      tokens = Math.min(tokens, Math.max(smallestBurst, rate * burstSeconds))
      changed.abort()
      changed = new AbortController()
    },
    async take(bytes, signal) {
      if (rate === 0) return
      const turn = last.then(() => wait(bytes, signal))
      last = turn.catch(() => undefined)
      await turn
    },
  }
}
