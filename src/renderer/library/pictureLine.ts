/** One who waits for a picture. */
interface Want {
  viewers: number
  readonly make: (signal: AbortSignal) => Promise<void>
  /** It is being made. */
  stop: AbortController | undefined
}

export interface PictureLineParts {
  /** How many may be made at once now; none: those that are being made stop and wait again. */
  readonly atOnce: () => number
  /** Milliseconds in which nobody came and nothing moved: what flies by is not begun. */
  readonly restMs: number
  readonly later: (milliseconds: number, run: () => void) => () => void
}

/** Makes pictures for whoever looks: in the order they were asked for, a few at a time, and none that nobody looks at any more. */
export class PictureLine {
  readonly #parts: PictureLineParts
  readonly #wants = new Map<string, Want>()
  #stopRest: (() => void) | undefined

  constructor(parts: PictureLineParts) {
    this.#parts = parts
  }

  /**
   * Makes it in turn, once for all who want it at the same time; `make` may be begun again after it was stopped and takes
   * care of what fails. The returned function says that nobody looks any more: then it is stopped.
   */
  want(key: string, make: Want['make']): () => void {
    const want = this.#wants.get(key) ?? { viewers: 0, make, stop: undefined }
    this.#wants.set(key, want)
    want.viewers += 1
    this.#rest()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      want.viewers -= 1
      if (want.viewers > 0) return
      want.stop?.abort()
      if (this.#wants.get(key) === want) this.#wants.delete(key)
      if (this.#stopRest === undefined) this.look()
    }
  }

  /** What they look at moves: nothing is begun before it has come to rest. */
  moved(): void {
    if (this.#wants.size > 0) this.#rest()
  }

  /** Something has changed that may let more be made, or fewer. */
  look(): void {
    const most = this.#parts.atOnce()
    const running = [...this.#wants.values()].filter(({ stop }) => stop !== undefined)
    for (const { stop } of most === 0 ? running : []) stop?.abort()
    if (this.#stopRest !== undefined) return
    let left = most - running.length
    for (const [key, want] of this.#wants) {
      if (left <= 0) return
      if (want.stop !== undefined) continue
      left -= 1
      void this.#run(key, want)
    }
  }

  #rest(): void {
    this.#stopRest?.()
    this.#stopRest = this.#parts.later(this.#parts.restMs, () => {
      this.#stopRest = undefined
      this.look()
    })
  }

  async #run(key: string, want: Want): Promise<void> {
    const own = new AbortController()
    want.stop = own
    await want.make(own.signal)
    want.stop = undefined
    // One that was held up stays in line as long as somebody looks.
    if (!own.signal.aborted && this.#wants.get(key) === want) this.#wants.delete(key)
    this.look()
  }
}
