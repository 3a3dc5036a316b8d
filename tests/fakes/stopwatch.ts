/** How long something takes, whatever else the machine does meanwhile. */

export interface Timed<T> {
  readonly value: T
  readonly ms: number
}

/** The quickest of some runs: what else goes on makes none of them quicker. */
export async function quickest<T>(act: () => T | Promise<T>, runs = 5): Promise<Timed<T>> {
  let best: Timed<T> | undefined
  for (let run = 0; run < runs; run += 1) {
    const from = performance.now()
    const value = await act()
    const ms = performance.now() - from
    if (best === undefined || ms < best.ms) best = { value, ms }
  }
  if (best === undefined) throw new Error('nothing was run')
  return best
}

/** What one run takes of the processor's time: the measure of work that waits for nothing. */
export function processorTime<T>(act: () => T): Timed<T> {
  const from = process.cpuUsage()
  const value = act()
  const { user, system } = process.cpuUsage(from)
  return { value, ms: (user + system) / 1000 }
}
