import type { EntryId } from '../../shared/ids.ts'
import { FrameClock } from '../review/frameClock.ts'
import type { PlayerControl } from '../review/playerControl.ts'
import { PlayRange } from '../review/playRange.ts'

/** `opening`: not known yet. `moving`: it plays. `still`: a picture. `problem`: it says why it cannot be shown. */
export type SlotState = 'opening' | 'moving' | 'still' | 'problem'

interface SlotParts {
  readonly moved: (slot: Slot) => void
  /** Playing forwards (1) or backwards (-1), the last frame of it that is played is on the screen. */
  readonly reached: (slot: Slot, way: 1 | -1) => void
  readonly changed: (slot: Slot) => void
  readonly limits: () => { readonly first: number; readonly last: number } | undefined
}

/** One entry of a list that is open: its clock, its player, and the part of the page it is drawn in. */
export class Slot {
  readonly id: EntryId
  readonly clock = new FrameClock()
  readonly range = new PlayRange()
  readonly #parts: SlotParts
  #element: HTMLElement | null = null
  #control: PlayerControl | null = null
  #state: SlotState = 'opening'
  #isGone = false
  #isShown = false
  /** What the clock said before. */
  #before = 0
  #wasPlaying = false

  constructor(id: EntryId, parts: SlotParts) {
    this.id = id
    this.#parts = parts
  }

  get control(): PlayerControl | null {
    return this.#control
  }
  get state(): SlotState {
    return this.#isGone ? 'problem' : this.#state
  }
  /** What it is of was deleted while it is open. */
  get isGone(): boolean {
    return this.#isGone
  }
  get isShown(): boolean {
    return this.#isShown
  }
  get hasFocus(): boolean {
    return this.#element?.contains(document.activeElement) ?? false
  }
  get #video(): HTMLVideoElement | null {
    return this.#element?.querySelector('video') ?? null
  }
  /** The frame the decoder last gave to the screen; null before the first, and null for sound, which has none. */
  get presented(): number | null {
    const video = this.#video
    if (video === null || video.seeking) return null
    // Sound has no pictures: where it was sent is where it is.
    if (video.videoWidth === 0) return this.clock.frame
    const text = video.dataset['presented']
    return text === undefined ? null : Number(text)
  }

  /** Belongs to this part of the page until the returned function is called. */
  attach(element: HTMLElement): () => void {
    this.#element = element
    this.#draw()
    // The strip of pictures and a second version have elements of their own in here.
    const ended = (event: Event) => {
      if (event.target === this.#video) this.#parts.reached(this, 1)
    }
    const broke = (event: Event) => {
      if (event.target === this.#video) this.become('problem')
    }
    const stop = this.clock.subscribe(() => this.#ticked())
    // Neither bubbles.
    element.addEventListener('ended', ended, true)
    element.addEventListener('error', broke, true)
    this.#parts.changed(this)
    return () => {
      stop()
      element.removeEventListener('ended', ended, true)
      element.removeEventListener('error', broke, true)
      this.#element = null
    }
  }

  /** The player of its media, until the returned function is called. */
  readonly take = (control: PlayerControl): (() => void) => {
    this.#control = control
    const video = this.#video
    const open = () => this.become('moving')
    // An element that is on its way to a frame has no picture to give either, and `loadeddata` comes only once.
    const opened = ['loadeddata', 'seeked'] as const
    if (video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) queueMicrotask(open)
    else for (const name of opened) video?.addEventListener(name, open, { once: true })
    return () => {
      for (const name of opened) video?.removeEventListener(name, open)
      if (this.#control !== control) return
      this.#control = null
      if (this.#state === 'moving') this.#state = 'opening'
    }
  }

  become(state: SlotState): void {
    if (state === this.#state || (state === 'moving' && this.#control === null)) return
    this.#state = state
    if (!this.#isGone) this.#parts.changed(this)
  }

  /** While it is gone it is a problem, whatever its player can still show; once it is back, what it was. */
  setGone(isGone: boolean): void {
    if (isGone === this.#isGone) return
    this.#isGone = isGone
    this.#parts.changed(this)
  }

  /** On top, sounding as what was on top before. */
  show(before: Slot | undefined): void {
    const sound = before === undefined ? null : before.#video
    const video = this.#video
    if (video !== null && sound !== null) {
      // Where another version is heard beside it, its own silence says nothing.
      const wished = sound.dataset['muted']
      video.muted = wished === undefined ? sound.muted : wished === 'true'
      video.volume = sound.volume
    }
    this.#isShown = true
    this.#draw()
  }

  hide(): void {
    this.#isShown = false
    this.#draw()
  }

  leave(): void {
    this.#control?.pause()
  }

  /** Below what is shown it stays drawn, so that its picture is there at once; it takes neither keys nor pointer. */
  #draw(): void {
    if (this.#element === null) return
    this.#element.inert = !this.#isShown
    this.#element.dataset['shown'] = String(this.#isShown)
  }

  #ticked(): void {
    const { frame, isPlaying, speed } = this.clock
    const limits = this.#parts.limits()
    if (limits !== undefined && isPlaying && this.#wasPlaying) {
      // From inside to the edge or past it: whoever looks at what lies beyond is not thrown out.
      const isAtEnd = speed > 0 && frame >= limits.last && this.#before <= limits.last
      const isAtStart = speed < 0 && frame <= limits.first && this.#before >= limits.first
      // The clock is in the middle of telling everybody.
      if (isAtEnd) queueMicrotask(() => this.#parts.reached(this, 1))
      if (isAtStart) queueMicrotask(() => this.#parts.reached(this, -1))
    }
    this.#before = frame
    this.#wasPlaying = isPlaying
    this.#parts.moved(this)
  }
}
