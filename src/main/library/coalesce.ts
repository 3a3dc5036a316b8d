/**
 * Tells at once, then at most every `interval` milliseconds per key, always ending with the newest:
 * a list that changes a thousand times a second is drawn four times.
 */
export interface Coalescer {
  tell(key: string, run: () => void): void
  stop(): void
}

export function createCoalescer(interval: number, now: () => number): Coalescer {
  const waiting = new Map<string, { run: () => void; timer: NodeJS.Timeout }>()
  const toldAt = new Map<string, number>()
  return {
    tell(key, run) {
      const pending = waiting.get(key)
      if (pending !== undefined) {
        pending.run = run
        return
      }
      const due = (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) + interval - now()
      if (due <= 0) {
        toldAt.set(key, now())
        run()
        return
      }
      const timer = setTimeout(() => {
        const entry = waiting.get(key)
        waiting.delete(key)
        toldAt.set(key, now())
        entry?.run()
      }, due)
      waiting.set(key, { run, timer })
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
