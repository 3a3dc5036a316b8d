/**
 * Which frame is on the screen, outside of React: sixty changes a second must not draw the tree. What shows the frame
 * subscribes and writes to its own element; what depends on it more coarsely reads through a selector.
 */
export class FrameClock {
  #frame = 0
  #isPlaying = false
  #speed = 1
  readonly #listeners = new Set<() => void>()

  get frame(): number {
    return this.#frame
  }
  get isPlaying(): boolean {
    return this.#isPlaying
  }
  /** Of normal speed: 1 as it was shot. */
  get speed(): number {
    return this.#speed
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(frame: number): void {
    if (frame === this.#frame) return
    this.#frame = frame
    this.#tell()
  }

  moves(isPlaying: boolean, speed: number): void {
    if (isPlaying === this.#isPlaying && speed === this.#speed) return
    this.#isPlaying = isPlaying
    this.#speed = speed
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const speeds = [0.25, 0.5, 1, 2, 4, 8]

/** The next speed up; the fastest stays. */
export const fasterThan = (speed: number): number => speeds.find((each) => each > speed) ?? 8

/** The next speed down; undefined when slower than the slowest, which stops. */
export const slowerThan = (speed: number): number | undefined =>
  [...speeds].reverse().find((each) => each < speed)
