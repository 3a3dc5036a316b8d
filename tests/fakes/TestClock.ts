import type { Clock } from '../../src/main/transfers/clock.ts'

interface Timer {
  readonly at: number
  fire(): void
}

/**
 * Time that runs as fast as the work under it: when nothing happens for a few turns of the event loop, it jumps to the
 * next timer. Waits of hours take milliseconds, and in the order they would have.
 */
export class TestClock implements Clock {
  /** Timers further away than this stay asleep: what happens weekly would happen all the time otherwise. */
  horizonMs = 24 * 3_600_000
  #now: number
  #ticks = 0
  readonly #timers = new Set<Timer>()
  #isRunning = false
  #quietTurns: number

  constructor(start = Date.now(), quietTurns = 4) {
    this.#now = start
    this.#quietTurns = quietTurns
  }

  now(): number {
    return Math.floor(this.#now)
  }

  ticks(): number {
    return this.#ticks
  }

  /** Sets the system's clock, as a user or NTP would; timers keep their distance. */
  jump(ms: number): void {
    this.#now += ms
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve()
    return new Promise((resolve) => {
      const finish = () => {
        this.#timers.delete(timer)
        signal?.removeEventListener('abort', finish)
        resolve()
      }
      const timer: Timer = { at: this.#ticks + Math.max(0, ms), fire: finish }
      this.#timers.add(timer)
      signal?.addEventListener('abort', finish, { once: true })
      this.#run()
    })
  }

  #run(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    let turns = 0
    const step = () => {
      turns += 1
      if (this.#next() === undefined) {
        this.#isRunning = false
        return
      }
      if (turns >= this.#quietTurns) {
        turns = 0
        this.#advance()
      }
      setImmediate(step)
    }
    setImmediate(step)
  }

  #next(): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.at - this.#ticks > this.horizonMs) continue
      if (next === undefined || timer.at < next.at) next = timer
    }
    return next
  }

  #advance(): void {
    const next = this.#next()
    if (next === undefined) return
    const by = Math.max(0, next.at - this.#ticks)
    this.#ticks += by
    this.#now += by
    next.fire()
  }
}
