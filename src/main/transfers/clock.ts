/** Time as the engine sees it. Tests hand in one they can turn. */
export interface Clock {
  /** Epoch milliseconds. May jump when the system's clock is set. */
  now(): number
  /** Milliseconds that only go forward; for speeds and time-outs. */
  ticks(): number
  /** Resolves after `ms`, or at once when `signal` is aborted. Never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

/** A number from 0 (included) to 1 (excluded), as Math.random gives. */
export type Random = () => number

const longestTimer = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  wait(ms, signal) {
    if (signal?.aborted === true) return Promise.resolve()
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', finish)
        resolve()
      }
      const timer = setTimeout(finish, Math.min(Math.max(0, ms), longestTimer))
      signal?.addEventListener('abort', finish, { once: true })
    })
  },
}
