import type { MediaBytes } from '../mediaInfo.ts'

/** How far a reader may go before the file counts as too long to be read through. */
export interface ReadBudget {
  readonly reads: number
  readonly bytes: number
  /** Bytes asked for at once, where no more is needed. */
  readonly window: number
}

/** Of this computer's own file: seeking costs nothing. */
export const fileBudget: ReadBudget = { reads: 20_000, bytes: 512 * 2 ** 20, window: 2 ** 16 }
/** Behind a link, where every read is a request. */
export const linkBudget: ReadBudget = { reads: 60, bytes: 32 * 2 ** 20, window: 2 ** 18 }

/** The budget is used up, or the file ends in the middle of a thing. Never seen outside of this folder. */
export class OutOfReach extends Error {}

/** Reads here and there in a file, a window at a time, inside a budget. */
export class ByteWindow {
  readonly #bytes: MediaBytes
  readonly #budget: ReadBudget
  #reads = 0
  #read = 0
  #start = 0
  #held: Uint8Array = new Uint8Array(0)

  constructor(bytes: MediaBytes, budget: ReadBudget) {
    this.#bytes = bytes
    this.#budget = budget
  }

  get size(): number {
    return this.#bytes.size
  }

  /** The bytes as asked, fewer at the end of the file. Throws `OutOfReach` beyond the budget; errors of the file pass through. */
  async some(offset: number, length: number): Promise<DataView> {
    const end = Math.min(this.size, offset + length)
    if (offset < this.#start || end > this.#start + this.#held.byteLength) {
      const wanted = Math.min(this.size - offset, Math.max(end - offset, this.#budget.window))
      this.#reads += 1
      this.#read += wanted
      if (this.#reads > this.#budget.reads || this.#read > this.#budget.bytes || wanted <= 0)
        throw new OutOfReach()
      this.#held = await this.#bytes.read(offset, wanted)
      this.#start = offset
    }
    const from = offset - this.#start
    const bytes = this.#held.subarray(from, Math.max(from, end - this.#start))
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Exactly as many bytes as asked. */
  async all(offset: number, length: number): Promise<DataView> {
    const view = await this.some(offset, length)
    if (view.byteLength < length) throw new OutOfReach()
    return view
  }
}
