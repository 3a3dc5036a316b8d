import { type ClipTiming, frameAtSeconds, isVariableClip, seekSeconds } from '../../shared/clipTiming.ts'
import { framesPerTimecodeSecond } from '../../shared/frameRate.ts'
import { creepSpeed, type FrameClock, shuttleFrom } from './frameClock.ts'
import type { PlayRange } from './playRange.ts'

/** The picture of a seek is on the screen long before this, or was dropped. */
const missedMs = 250
const mostTries = 3

/** The speed a player before this one had, for the next to take up; 0 where it stood, or once it was. */
export interface Onward {
  speed: number
}

export interface MediaPlayerParts {
  readonly element: HTMLVideoElement
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly timing: ClipTiming
  /** Whether the element has pictures; sound alone has only its time. */
  readonly hasPicture: boolean
  readonly onward?: Onward
}

/**
 * Drives one media element by frames. A seek goes to the middle of a frame, so that rounding at either end cannot
 * show its neighbour; what is shown is read back from the frame that was really presented. Backwards there is no
 * decoder that plays: frames are sought one after the other, as many as the decoder manages at the speed.
 */
export class MediaPlayer {
  readonly #element: HTMLVideoElement
  readonly #clock: FrameClock
  readonly #range: PlayRange
  readonly #timing: ClipTiming
  readonly #hasPicture: boolean
  readonly #onward: Onward
  /** From a seek until its picture is on the screen. */
  #isSeeking = false
  /** The frame of the newest seek, while an older one is still under way. */
  #next: number | null = null
  #composed = 0
  /** Nothing was sought since it played: a picture that is still to come after the pause is where it stands. */
  #hasPlayed = false
  /** What the decoder last gave to the screen. */
  #presented: number | null = null
  #missed: ReturnType<typeof setTimeout> | undefined
  /** How often the same seek was made again. */
  #tries = 0
  #callback = 0
  #backwards = 0

  constructor({ element, clock, range, timing, hasPicture, onward }: MediaPlayerParts) {
    this.#element = element
    this.#clock = clock
    this.#range = range
    this.#timing = timing
    this.#hasPicture = hasPicture
    this.#onward = onward ?? { speed: 0 }
  }

  /** Listens until the returned function is called. */
  follow(): () => void {
    const element = this.#element
    const landed = () => this.#landed()
    const changed = () => {
      if (this.#backwards === 0) this.#clock.moves(!element.paused && !element.ended, element.playbackRate)
    }
    const ended = () => {
      this.#clock.show(this.#last)
      if (this.#range.isLooping) this.#again()
      else changed()
    }
    // A poster covers a video that was never sought or played: the frame the counter names takes its place.
    const uncover = () => {
      // Sound has no poster; it only has to be where the one before it was.
      const isElsewhere = this.#hasPicture || this.#clock.frame > 0
      if (isElsewhere && element.paused && !this.#isSeeking) this.#goTo(this.#clock.frame)
      else this.#goOn()
    }
    if (this.#onward.speed !== 0) this.#clock.moves(true, this.#onward.speed)
    const changes = ['play', 'pause', 'ratechange']
    if (element.seeking) {
      // Begun by the player before this one: its picture comes first.
      this.#isSeeking = true
      this.#next = this.#clock.frame
    } else if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) uncover()
    else element.addEventListener('loadeddata', uncover, { once: true })
    element.addEventListener('seeked', landed)
    element.addEventListener('ended', ended)
    for (const name of changes) element.addEventListener(name, changed)
    this.#listen()
    return () => {
      this.#stopBackwards()
      cancelAnimationFrame(this.#composed)
      clearTimeout(this.#missed)
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
        // What the decoder really gave to the screen: the counter says what was asked for while a seek is under way.
        this.#presented = frameAtSeconds(mediaTime, this.#timing)
        this.#element.dataset['presented'] = String(this.#presented)
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
    // While a seek is under way, and after it, the counter says where it goes; a late frame must not pull it back.
    if (this.#isSeeking || this.#backwards !== 0) return
    const isStanding = this.#element.paused
    if (isStanding && !this.#hasPlayed) return
    this.#hasPlayed = true
    const frame = frameAtSeconds(seconds, this.#timing)
    this.#clock.show(Math.max(0, Math.min(this.#last, frame)))
    if (!isStanding) this.#heedRange(frame)
  }

  /** At the end of a marked range it stops on its last frame, or begins again. */
  #heedRange(frame: number): void {
    const { last } = this.#range.within(this.#timing.frameCount)
    if (frame < last || (this.#range.end === null && !this.#range.isLooping)) return
    if (this.#range.isLooping) this.#again()
    else if (frame <= last + 1) this.seek(last)
  }

  #again(): void {
    const { first } = this.#range.within(this.#timing.frameCount)
    this.#clock.show(first)
    this.#goTo(first)
    if (this.#element.paused || this.#element.ended) this.#start(this.#element.playbackRate)
  }

  /**
   * The next seek waits until this one's picture was composed: Chromium drops the picture of a seek that ends before the
   * picture of the one before it was taken, and goes on showing the old one.
   */
  #landed(): void {
    const settle = () => {
      const next = this.#next
      this.#next = null
      this.#isSeeking = false
      if (next !== null) this.#goTo(next)
      else if (this.#onward.speed !== 0) this.#goOn()
      else if (this.#hasPicture) this.#insist()
    }
    cancelAnimationFrame(this.#composed)
    if (!this.#hasPicture) settle()
    else
      this.#composed = requestAnimationFrame(() => {
        this.#composed = requestAnimationFrame(settle)
      })
  }

  /** What played before this player was there plays on. */
  #goOn(): void {
    if (this.#onward.speed !== 0) this.play(this.#onward.speed)
  }

  /** Somebody wants something else before it came to that. */
  #stay(): void {
    if (this.#onward.speed === 0) return
    this.#onward.speed = 0
    this.#clock.moves(false, this.#clock.speed)
  }

  /** Seeks again where the picture of the last seek never came: on a busy computer one is dropped now and then. */
  #insist(): void {
    clearTimeout(this.#missed)
    this.#missed = setTimeout(() => {
      const { frame } = this.#clock
      const stands = this.#element.paused && !this.#isSeeking && this.#backwards === 0
      if (!stands || this.#presented === frame || this.#tries === mostTries) return
      this.#tries += 1
      this.#goTo(frame)
    }, missedMs)
  }

  #goTo(frame: number): void {
    this.#isSeeking = true
    this.#hasPlayed = false
    this.#element.currentTime = seekSeconds(frame, this.#timing)
  }

  /** Shows exactly this frame, stopped; of several in a row the last one wins. */
  seek(frame: number): void {
    const to = Math.max(0, Math.min(this.#last, Math.round(frame)))
    this.#stay()
    this.#stopBackwards()
    if (!this.#element.paused) this.#element.pause()
    this.#show(to)
  }

  /** A second of timecode on or back; of time, where the clip has no timecode. */
  stepSeconds(seconds: number): void {
    const { frame } = this.#clock
    const timing = this.#timing
    if (isVariableClip(timing)) this.seek(frameAtSeconds(seekSeconds(frame, timing) + seconds, timing))
    else this.seek(frame + seconds * framesPerTimecodeSecond(timing.rate))
  }

  #show(frame: number): void {
    this.#clock.show(frame)
    this.#tries = 0
    if (this.#isSeeking) this.#next = frame
    else this.#goTo(frame)
  }

  play(speed: number): void {
    this.#onward.speed = 0
    this.#stopBackwards()
    if (speed < 0) {
      this.#playBackwards(speed)
      return
    }
    const { first, last } = this.#range.within(this.#timing.frameCount)
    const { frame } = this.#clock
    const isAtEnd = frame >= this.#last || (frame === last && this.#range.end !== null)
    if (isAtEnd) {
      this.#clock.show(first)
      this.#goTo(first)
    }
    this.#start(speed)
  }

  #start(speed: number): void {
    this.#element.playbackRate = speed
    // Rejects when a pause comes before the first frame; the pause event has told the clock already.
    this.#element.play().catch(() => this.#clock.moves(false, speed))
  }

  #playBackwards(speed: number): void {
    if (!this.#element.paused) this.#element.pause()
    const from = this.#clock.frame === 0 ? this.#last : this.#clock.frame
    const fromSeconds = seekSeconds(from, this.#timing)
    let began: number | undefined
    const step = (now: number) => {
      began ??= now
      const { first, last } = this.#range.within(this.#timing.frameCount)
      const seconds = fromSeconds - ((now - began) / 1000) * Math.abs(speed)
      const frame = Math.max(0, frameAtSeconds(seconds, this.#timing))
      const isOver = frame === 0 || (this.#range.start !== null && frame <= first)
      if (frame !== this.#clock.frame) this.#show(Math.max(frame, isOver ? first : 0))
      if (isOver) {
        this.#stopBackwards()
        if (this.#range.isLooping) {
          this.#clock.show(last)
          this.#playBackwards(speed)
        }
        return
      }
      this.#backwards = requestAnimationFrame(step)
    }
    this.#backwards = requestAnimationFrame(step)
    this.#clock.moves(true, speed)
  }

  #stopBackwards(): void {
    if (this.#backwards === 0) return
    cancelAnimationFrame(this.#backwards)
    this.#backwards = 0
    this.#clock.moves(false, this.#clock.speed)
  }

  pause(): void {
    this.#stay()
    this.#stopBackwards()
    this.#element.pause()
  }

  toggle(): void {
    if (this.#clock.isPlaying) this.pause()
    else this.play(this.#clock.chosenSpeed)
  }

  /** J and L: from standing still at normal speed, then faster each time; against the motion it slows down first. */
  shuttle(way: 1 | -1): void {
    const speed = shuttleFrom(this.#clock.isPlaying ? this.#clock.speed : 0, way)
    if (speed === 0) this.pause()
    else this.play(speed)
  }

  /** Slowly one way (1) or the other (-1). At that end of the clip or the range it stays, and does not begin again. */
  creep(way: 1 | -1): void {
    const { frame } = this.#clock
    const { first, last } = this.#range.within(this.#timing.frameCount)
    // Just past the out point, playing would lead back to it.
    const isAtEnd = frame >= this.#last || frame === last || frame === last + 1
    if (way === 1 ? !isAtEnd : frame > first) this.play(way * creepSpeed)
  }

  /** From in to out, or over all of it. */
  playRange(): void {
    const { first } = this.#range.within(this.#timing.frameCount)
    this.seek(first)
    this.play(this.#clock.chosenSpeed)
  }

  /** What plays goes on at it; what stands goes on standing. */
  setSpeed(speed: number): void {
    this.#clock.choose(speed)
    if (this.#clock.isPlaying) this.play(speed)
  }

  mute(): void {
    this.#element.muted = !this.#element.muted
  }

  setSound(volume: number, isMuted: boolean): void {
    this.#element.volume = volume
    this.#element.muted = isMuted
  }
}
