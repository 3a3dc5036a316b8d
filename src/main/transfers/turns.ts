/** Takes turns by key: acts with one key run one after another, in the order they came. Rejects with the signal's reason when it ends before its turn. */
export type Turns = <T>(key: string, act: () => Promise<T>, signal: AbortSignal) => Promise<T>

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()
  return async (key, act, signal) => {
    const before = last.get(key)
    let pass: () => void = () => undefined
    const own = new Promise<void>((resolve) => {
      pass = resolve
    })
    const mine = before === undefined ? own : before.then(() => own)
    last.set(key, mine)
    // Whoever gave up waiting is not the end of the line: the one before may still be at it.
    void mine.then(() => {
      if (last.get(key) === mine) last.delete(key)
    })
    try {
      if (before !== undefined) await Promise.race([before, rejectedBy(signal)])
      signal.throwIfAborted()
      return await act()
    } finally {
      pass()
    }
  }
}

/** Rejects with the signal's reason. */
export function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
