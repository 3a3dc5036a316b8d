import type { StudioFault } from '../control.ts'

interface Planned {
  readonly fault: StudioFault
  left: number
}

/** The faults that were asked for, each used up as its operation is met. */
export class Faults {
  readonly #planned: Planned[] = []

  plan(fault: StudioFault): void {
    this.#planned.push({ fault, left: fault.times })
  }

  /** The fault for one request of an operation, the oldest first. */
  take(operation: string): StudioFault | undefined {
    const at = this.#planned.findIndex(
      ({ fault }) => fault.operation === operation || fault.operation === '*',
    )
    const planned = this.#planned[at]
    if (planned === undefined) return undefined
    planned.left -= 1
    if (planned.left <= 0) this.#planned.splice(at, 1)
    return planned.fault
  }
}
