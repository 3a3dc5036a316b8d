/** Milliseconds without a scroll event after which the list stands still. */
const settledAfter = 70

/**
 * Keeps scrolling light. Rows that come while a list moves start as placeholders and are filled a piece with every
 * frame, so that no frame has more to do than the next; while it moves faster than anybody reads, nothing is filled.
 */
export class Pace {
  /** Rows a second above which nobody reads a name. */
  readonly #fastRows: number
  readonly #fillsPerFrame: number
  readonly #line = new Set<() => void>()
  readonly #calm = new Set<() => void>()
  #offset = 0
  #at = 0
  #isMoving = false
  #isFast = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame: number | undefined

  constructor(fastRows: number, fillsPerFrame: number) {
    this.#fastRows = fastRows
    this.#fillsPerFrame = fillsPerFrame
  }

  get isMoving(): boolean {
    return this.#isMoving
  }

  /** Tell it of every scroll; `at` in milliseconds. */
  moved(offset: number, at: number, rowHeight: number): void {
    const rows = Math.abs(offset - this.#offset) / Math.max(1, rowHeight)
    const seconds = Math.max(0.004, (at - this.#at) / 1000)
    this.#offset = offset
    this.#at = at
    this.#isMoving = true
    this.#isFast = rows / seconds > this.#fastRows || rows > 4
    clearTimeout(this.#timer)
    // The last scroll event of a fling may be a fast one.
    this.#timer = setTimeout(() => {
      this.#isMoving = false
      this.#isFast = false
      this.#calmDown()
      this.#work()
    }, settledAfter)
    if (!this.#isFast) this.#calmDown()
    this.#work()
  }

  /** Calls `fill` in a frame that has room for it; the returned function takes it off the line. */
  fillLater(fill: () => void): () => void {
    this.#line.add(fill)
    this.#work()
    return () => this.#line.delete(fill)
  }

  /** Runs `act` now, or once the list is slow enough to read; the returned function takes it back. */
  whenCalm(act: () => void): () => void {
    if (!this.#isFast) {
      act()
      return () => undefined
    }
    this.#calm.add(act)
    return () => this.#calm.delete(act)
  }

  #calmDown(): void {
    for (const act of this.#calm) act()
    this.#calm.clear()
  }

  #work(): void {
    if (this.#isFast || this.#line.size === 0 || this.#frame !== undefined) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined
      if (this.#isFast) return
      // Standing still there is nothing to keep smooth, and somebody waits to see it.
      let left = this.#fillsPerFrame * (this.#isMoving ? 1 : 4)
      for (const fill of [...this.#line]) {
        if (left === 0) break
        this.#line.delete(fill)
        fill()
        left -= 1
      }
      this.#work()
    })
  }
}
