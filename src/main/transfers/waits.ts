import type { Clock } from './clock.ts'

/** Wakes whoever waits, when the earliest wait ends. */
export interface Waits {
  /** The earliest wait may have changed. */
  look(): void
  close(): void
}

export interface WaitsOptions {
  readonly clock: Clock
  /** Epoch milliseconds of the earliest end of a wait. */
  nextDue(): number | undefined
  due(): void
}

/** Never sleep longer: the clock may have been set, or the machine may have slept. */
const longestSleepMs = 30_000
const shortestSleepMs = 50

export function createWaits({ clock, nextDue, due }: WaitsOptions): Waits {
  const life = new AbortController()
  let wake = new AbortController()
  let isSleeping = false

  async function sleep(): Promise<void> {
    isSleeping = true
    while (!life.signal.aborted) {
      const at = nextDue()
      if (at === undefined) break
      const left = at - clock.now()
      if (left <= 0) {
        due()
        // A due row that cannot start yet must not spin.
        await clock.wait(shortestSleepMs, life.signal)
        continue
      }
      wake = new AbortController()
      await clock.wait(Math.min(left, longestSleepMs), AbortSignal.any([life.signal, wake.signal]))
    }
    isSleeping = false
  }

  return {
    look() {
      if (life.signal.aborted) return
      if (isSleeping) wake.abort()
      else void sleep()
    },
    close() {
      life.abort()
    },
  }
}
