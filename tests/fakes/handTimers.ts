import { expect } from 'vitest'

/** Callbacks that come when a test says so. */
export interface HandTimers {
  readonly later: (milliseconds: number, run: () => void) => () => void
  /** Delays of those that wait. */
  waiting(): number[]
  /**
   * Runs the one that waits, after its time was told to `passed`, and waits until another does: what it started is then
   * done. Returns its delay.
   */
  tick(passed: (milliseconds: number) => void): Promise<number>
}

export function createHandTimers(): HandTimers {
  const live = new Set<{ readonly after: number; readonly run: () => void }>()
  return {
    later(after, run) {
      const timer = { after, run }
      live.add(timer)
      return () => live.delete(timer)
    },
    waiting: () => [...live].map(({ after }) => after),
    async tick(passed) {
      const [timer] = live
      if (timer === undefined) throw new Error('nobody waits')
      live.delete(timer)
      passed(timer.after)
      timer.run()
      await expect.poll(() => live.size).toBe(1)
      return timer.after
    },
  }
}
