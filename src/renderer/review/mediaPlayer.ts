import type { ClipTiming } from '../../shared/clipTiming.ts'
import { frameToSeconds, secondsToFrame } from '../../shared/frameTime.ts'
import { type FrameClock, fasterThan, slowerThan } from './frameClock.ts'

/**
 * Drives one media element by frames. A seek goes to the middle of a frame, so that rounding at either end cannot
 * show its neighbour; what is shown is read back from the frame that was really presented.
 */
export class MediaPlayer {
  readonly #element: HTMLVideoElement
  readonly #clock: FrameClock
  readonly #timing: ClipTiming
  /** Whether the element has pictures; sound alone has only its time. */
  readonly #hasPicture: boolean
  /** The frame of the newest seek, while an older one is still under way. */
  #next: number | null = null
  #callback = 0

  constructor(element: HTMLVideoElement, clock: FrameClock, timing: ClipTiming, hasPicture: boolean) {
    this.#element = element
    this.#clock = clock
    this.#timing = timing
    this.#hasPicture = hasPicture
  }

  /** Listens until the returned function is called. */
  follow(): () => void {
    const element = this.#element
    const landed = () => this.#landed()
    const changed = () => this.#clock.moves(!element.paused && !element.ended, element.playbackRate)
    const ended = () => {
      this.#clock.show(this.#last)
      changed()
    }
    // A poster covers a video that was never sought or played: the frame the counter names takes its place.
    const uncover = () => {
      if (this.#hasPicture && element.paused && !element.seeking) this.#goTo(this.#clock.frame)
    }
    const changes = ['play', 'pause', 'ratechange']
    if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) uncover()
    else element.addEventListener('loadeddata', uncover, { once: true })
    element.addEventListener('seeked', landed)
    element.addEventListener('ended', ended)
    for (const name of changes) element.addEventListener(name, changed)
    this.#listen()
    return () => {
      element.removeEventListener('loadeddata', uncover)
      element.removeEventListener('seeked', landed)
      element.removeEventListener('ended', ended)
      for (const name of changes) element.removeEventListener(name, changed)
      if (this.#hasPicture) element.cancelVideoFrameCallback(this.#callback)
      else cancelAnimationFrame(this.#callback)
    }
  }

  get #last(): number {
    return this.#timing.frameCount - 1
  }

  #listen(): void {
    if (this.#hasPicture)
      this.#callback = this.#element.requestVideoFrameCallback((_now, { mediaTime }) => {
        this.#shown(mediaTime)
        this.#listen()
      })
    else
      this.#callback = requestAnimationFrame(() => {
        if (!this.#element.paused) this.#shown(this.#element.currentTime)
        this.#listen()
      })
  }

  #shown(seconds: number): void {
    // While a seek is under way the counter already says where it goes; a late frame must not pull it back.
    if (this.#element.seeking || this.#next !== null) return
    const frame = secondsToFrame(seconds, this.#timing.rate)
    this.#clock.show(Math.max(0, Math.min(this.#last, frame)))
  }

  #landed(): void {
    const next = this.#next
    this.#next = null
    if (next !== null) this.#goTo(next)
  }

  #goTo(frame: number): void {
    this.#element.currentTime = frameToSeconds(frame, this.#timing.rate)
  }

  /** Shows exactly this frame, stopped; of several in a row the last one wins. */
  seek(frame: number): void {
    const to = Math.max(0, Math.min(this.#last, Math.round(frame)))
    if (!this.#element.paused) this.#element.pause()
    this.#clock.show(to)
    if (this.#element.seeking) this.#next = to
    else this.#goTo(to)
  }

  play(speed: number): void {
    if (this.#clock.frame >= this.#last) {
      this.#clock.show(0)
      this.#goTo(0)
    }
    this.#element.playbackRate = speed
    // Rejects when a pause comes before the first frame; the pause event has told the clock already.
    this.#element.play().catch(() => this.#clock.moves(false, speed))
  }

  pause(): void {
    this.#element.pause()
  }

  toggle(): void {
    if (this.#element.paused) this.play(1)
    else this.pause()
  }

  faster(): void {
    this.play(this.#element.paused ? 1 : fasterThan(this.#element.playbackRate))
  }

  slower(): void {
    if (this.#element.paused) {
      this.play(0.5)
      return
    }
    const speed = slowerThan(this.#element.playbackRate)
    if (speed === undefined) this.pause()
    else this.play(speed)
  }

  mute(): void {
    this.#element.muted = !this.#element.muted
  }
}
