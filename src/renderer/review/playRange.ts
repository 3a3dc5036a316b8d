/** The frames between in and out, both played, and whether they are played again and again. Outside of React, like the clock. */
export class PlayRange {
  #start: number | null = null
  #end: number | null = null
  #isLooping = false
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The first frame of the range; null without a mark. */
  get start(): number | null {
    return this.#start
  }
  get end(): number | null {
    return this.#end
  }
  get isLooping(): boolean {
    return this.#isLooping
  }
  get isEmpty(): boolean {
    return this.#start === null && this.#end === null
  }

  /** A mark beyond the other one takes the other away: the new mark is what the user means. */
  markIn(frame: number): void {
    this.#start = frame
    if (this.#end !== null && this.#end < frame) this.#end = null
    this.#tell()
  }

  markOut(frame: number): void {
    this.#end = frame
    if (this.#start !== null && this.#start > frame) this.#start = null
    this.#tell()
  }

  set(start: number, end: number): void {
    this.#start = Math.min(start, end)
    this.#end = Math.max(start, end)
    this.#tell()
  }

  clear(): void {
    this.#start = null
    this.#end = null
    this.#tell()
  }

  loop(isLooping: boolean): void {
    this.#isLooping = isLooping
    this.#tell()
  }

  /** Where playing begins and ends, both frames included. */
  within(frameCount: number): { readonly first: number; readonly last: number } {
    const last = frameCount - 1
    return { first: Math.min(this.#start ?? 0, last), last: Math.min(this.#end ?? last, last) }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
