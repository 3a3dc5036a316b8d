/** Waits for something that is looked at once a picture of the screen; for one thing at a time. */
export class FrameWait {
  #frame = 0

  get isOn(): boolean {
    return this.#frame !== 0
  }

  /** Does `act` in the first picture from the next one on in which `isDue`; whatever else was waited for is not. */
  start(isDue: () => boolean, act: () => void): void {
    this.stop()
    const look = () => {
      this.#frame = 0
      if (isDue()) act()
      else this.#frame = requestAnimationFrame(look)
    }
    this.#frame = requestAnimationFrame(look)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }
}
