/** One misfortune that waits for its operation. */
export interface Planned {
  /** Name of the operation; `*` for any. */
  readonly operation: string
  readonly times?: number
  /** Leaves this many requests of the operation alone first. */
  readonly skip?: number
}

/** What goes wrong, in the order it was planned. */
export class FaultQueue<Fault extends Planned> {
  readonly #waiting: { readonly fault: Fault; left: number; skip: number }[] = []

  plan(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1, skip: fault.skip ?? 0 })
  }

  clear(): void {
    this.#waiting.length = 0
  }

  /** What meets the next request of this operation. */
  next(operation: string): Fault | undefined {
    const index = this.#waiting.findIndex(
      ({ fault }) => fault.operation === operation || fault.operation === '*',
    )
    const found = this.#waiting[index]
    if (found === undefined) return undefined
    if (found.skip > 0) {
      found.skip -= 1
      return undefined
    }
    found.left -= 1
    if (found.left === 0) this.#waiting.splice(index, 1)
    return found.fault
  }
}

/** As long as an answer takes at least. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
