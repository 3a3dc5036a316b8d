import type { Thread } from './threads.ts'

/**
 * Which threads hold a frame, found without asking each: sixty times a second that matters. Built once for a list of any
 * order; answers come last in the film first. Threads without a time are in none.
 */
export class SpanIndex {
  readonly #threads: readonly Thread[]
  readonly #starts: readonly number[]
  /** Leaves hold where each thread ends, every node above the latest end below it; the root is 1. */
  readonly #ends: Float64Array
  readonly #width: number

  constructor(threads: readonly Thread[]) {
    const timed = threads.flatMap((thread) => {
      const { span } = thread.comment
      return span === null ? [] : [{ thread, start: span.startFrame, end: span.endFrame }]
    })
    timed.sort((a, b) => a.start - b.start)
    this.#threads = timed.map(({ thread }) => thread)
    this.#starts = timed.map(({ start }) => start)
    this.#width = 2 ** Math.ceil(Math.log2(Math.max(1, timed.length)))
    this.#ends = new Float64Array(this.#width * 2).fill(-1)
    for (const [index, { end }] of timed.entries()) this.#ends[this.#width + index] = end
    for (let node = this.#width - 1; node > 0; node -= 1)
      this.#ends[node] = Math.max(this.#ends[node * 2] ?? -1, this.#ends[node * 2 + 1] ?? -1)
  }

  /** The last in the film whose frames hold this one. */
  last(frame: number): Thread | undefined {
    for (const thread of this.holding(frame)) return thread
    return undefined
  }

  *holding(frame: number): Generator<Thread> {
    yield* this.#below(1, 0, this.#width, this.#begunBy(frame), frame)
  }

  /** How many have begun at or before the frame. */
  #begunBy(frame: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= frame) low = middle + 1
      else high = middle
    }
    return low
  }

  *#below(node: number, from: number, to: number, begun: number, frame: number): Generator<Thread> {
    if (from >= begun || (this.#ends[node] ?? -1) < frame) return
    if (to - from === 1) {
      const thread = this.#threads[from]
      if (thread !== undefined) yield thread
      return
    }
    const middle = (from + to) / 2
    yield* this.#below(node * 2 + 1, middle, to, begun, frame)
    yield* this.#below(node * 2, from, middle, begun, frame)
  }
}
