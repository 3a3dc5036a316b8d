import { setTimeout as delay } from 'node:timers/promises'

/** Slows bytes to a rate over all who take from it, in the order they ask. */
export class Throttle {
  #bytesPerSecond: number | null
  #available = 0
  #filledAt = performance.now()
  #turn: Promise<void> = Promise.resolve()

  constructor(bytesPerSecond: number | null) {
    this.#bytesPerSecond = bytesPerSecond
  }

  /** Null lifts the limit. Works at once for whoever asks next. */
  set(bytesPerSecond: number | null): void {
    this.#bytesPerSecond = bytesPerSecond
    this.#available = 0
    this.#filledAt = performance.now()
  }

  /** Returns when `bytes` may pass. */
  take(bytes: number): Promise<void> {
    if (this.#bytesPerSecond === null) return Promise.resolve()
    this.#turn = this.#turn.then(() => this.#wait(bytes))
    return this.#turn
  }

  async #wait(bytes: number): Promise<void> {
    for (;;) {
      const rate = this.#bytesPerSecond
      if (rate === null) return
      const now = performance.now()
      const burst = Math.max(bytes, rate / 10)
      this.#available = Math.min(burst, this.#available + ((now - this.#filledAt) / 1000) * rate)
      this.#filledAt = now
      if (this.#available >= bytes) {
        this.#available -= bytes
        return
      }
      // In short naps, so that a lifted limit is noticed.
      await delay(Math.min(100, Math.max(1, ((bytes - this.#available) / rate) * 1000)))
    }
  }
}
