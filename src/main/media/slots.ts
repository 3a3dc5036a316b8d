/** Runs so many acts at once, in the order they came. Rejects with the signal's reason when it ends before its turn. */
export type Slots = <T>(act: () => Promise<T>, signal: AbortSignal) => Promise<T>

export function createSlots(count: number): Slots {
  let free = count
  const waiting = new Set<() => void>()

  const turn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const end = (then: () => void) => () => {
        waiting.delete(go)
        signal.removeEventListener('abort', giveUp)
        then()
      }
      const go = end(resolve)
      const giveUp = end(() => reject(signal.reason))
      signal.addEventListener('abort', giveUp)
      waiting.add(go)
    })

  return async (act, signal) => {
    signal.throwIfAborted()
    if (free > 0) free -= 1
    else await turn(signal)
    try {
      return await act()
    } finally {
      // The slot goes to the next one as it is: nobody who comes in between takes it.
      const [next] = waiting
      if (next === undefined) free += 1
      else next()
    }
  }
}
