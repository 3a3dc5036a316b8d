export const normalSpeed = 1
/** While the pause key is held with the one for a way. */
export const creepSpeed = 0.25
/** Those that are offered to choose from. Backwards, and faster each time, is the shuttle's. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.5, 2, 4, 8] as const

/**
 * Which frame is on the screen, outside of React: sixty changes a second must not draw the tree. What shows the frame
 * subscribes and writes to its own element; what depends on it more coarsely reads through a selector.
 */
export class FrameClock {
  #frame = 0
  #isPlaying = false
  #speed = normalSpeed
  #chosen = normalSpeed
  readonly #listeners = new Set<() => void>()

  get frame(): number {
    return this.#frame
  }
  get isPlaying(): boolean {
    return this.#isPlaying
  }
  /** Of normal speed: 1 as it was shot, -1 backwards; the last one while it stands. */
  get speed(): number {
    return this.#speed
  }
  /** Play begins at it from standing still. */
  get chosenSpeed(): number {
    return this.#chosen
  }
  /** What it plays at, or will once play is pressed. */
  get playSpeed(): number {
    return this.#isPlaying ? this.#speed : this.#chosen
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

  /** Nothing plays by it: what plays is told by its player. */
  choose(speed: number): void {
    if (speed === this.#chosen) return
    this.#chosen = speed
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const ladder = [-8, -4, -2, -1, -0.5, 0, 0.5, 1, 2, 4, 8]

/**
 * The next speed of the shuttle one way (1) or the other (-1). From standing still it is normal speed; half speed is
 * met on the way down, before it stands.
 */
export function shuttleFrom(speed: number, way: 1 | -1): number {
  if (speed === 0) return way
  const next = way === 1 ? ladder.find((each) => each > speed) : ladder.findLast((each) => each < speed)
  return next ?? speed
}
