import type { EntryId } from '../../shared/ids.ts'
import { type ListTiming, runningSeconds } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'
import { focusStage } from '../review/composerFocus.ts'
import { FrameClock, normalSpeed, shuttleFrom } from '../review/frameClock.ts'
import type { PlayerControl } from '../review/playerControl.ts'
import { FrameWait } from './frameWait.ts'
import { stillMs } from './lengths.ts'
import { nextIndex, steppedPlace } from './listOrder.ts'
import type { Aim, Edge, ListPlayerParts, ListView } from './listView.ts'
import { ShownSlot } from './shownSlot.ts'
import { Slot } from './slot.ts'

/** Words about an entry with nothing to play are read for so long. */
const problemMs = 2000
/** A seek that takes longer than this is shown while it goes on. */
const seekPatienceMs = 400
/** An entry that does not open for so long is passed over while the list plays. */
const openPatienceMs = 12_000
/** The swap comes with the picture before the one that is due. */
const halfPictureMs = 8

/**
 * Plays many entries as one. Each has a slot with a media element of its own; the neighbours of the one that is on are
 * open and stand at the frame they are entered by, so that passing a border is a change of what lies on top. Outside of
 * React, like the clock: the tree follows `subscribe`.
 */
export class ListPlayer extends ShownSlot implements PlayerControl {
  /** Frames of the list; moves as long as the list is on its way, also between two entries. */
  readonly clock = new FrameClock()
  #entries: readonly Entry[]
  #timing: ListTiming
  #view: ListView
  #aim: Aim | null = null
  readonly #wait = new FrameWait()
  /** The speed it leaves a clip with, while its last frame stands. */
  #onward = 0
  #patience: ReturnType<typeof setTimeout> | undefined
  #dwell: { readonly stop: () => void; readonly speed: number } | null = null
  readonly #slots = new Map<EntryId, Slot>()
  readonly #listeners = new Set<() => void>()
  readonly #onSkipped: (entry: Entry) => void
  readonly #onEnd: () => void

  constructor({ entries, timing, index, onSkipped, onEnd }: ListPlayerParts) {
    super()
    this.#entries = entries
    this.#timing = timing
    this.#view = { index, isLooping: false }
    this.#onSkipped = onSkipped
    this.#onEnd = onEnd
    const id = entries[index]?.id
    if (id !== undefined) this.#aim = { id, at: 'first', speed: 0 }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly view = (): ListView => this.#view

  /** The entries or their lengths are others. What is on stays on; when it is gone, what stands in its place is. */
  update(entries: readonly Entry[], timing: ListTiming): void {
    const id = this.#entry()?.id
    this.#entries = entries
    this.#timing = timing
    const found = entries.findIndex((entry) => entry.id === id)
    const index = found === -1 ? Math.max(0, Math.min(this.#view.index, entries.length - 1)) : found
    if (found === -1 && entries[index] !== undefined) this.go(index, 'first', 0)
    else this.#show({ index })
    this.#tellClock()
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }
  get index(): number {
    return this.#view.index
  }
  get isLooping(): boolean {
    return this.#view.isLooping
  }
  get isPlaying(): boolean {
    const slot = this.shownSlot()
    return this.#speed !== 0 || (slot?.clock.isPlaying ?? false)
  }
  /** How fast it goes on once it has arrived. */
  get #speed(): number {
    return this.#aim?.speed ?? this.#dwell?.speed ?? this.#onward
  }
  setLooping(isLooping: boolean): void {
    this.#show({ isLooping })
  }

  /** The slot of an entry, made when it is first asked for. */
  slot(id: EntryId): Slot {
    const known = this.#slots.get(id)
    if (known !== undefined) return known
    const slot = new Slot(id, {
      moved: (each) => this.#moved(each),
      reached: (each, way) => this.#reached(each, way),
      changed: (each) => this.#changed(each),
      limits: () => this.#limits(id),
    })
    slot.clock.choose(this.clock.chosenSpeed)
    this.#slots.set(id, slot)
    return slot
  }

  /** Its entry is no longer near. */
  drop(id: EntryId): void {
    this.#slots.delete(id)
  }

  stop(): void {
    this.#rest()
    for (const slot of this.#slots.values()) slot.leave()
  }

  /** The neighbour one way, around the end when the list loops; undefined at an end. */
  neighbour(way: 1 | -1, from = this.index): number | undefined {
    return nextIndex(this.#entries, from, way, this.isLooping)
  }

  /** To an entry: `speed` 0 stands there, 1 goes on playing. */
  go(index: number, at: Edge | number = 'first', speed = 0): void {
    const entry = this.#entries[index]
    if (entry === undefined) return
    const before = this.shownSlot()
    this.#rest()
    if (before !== undefined && before.id !== entry.id) before.control?.pause()
    this.#aim = { id: entry.id, at, speed }
    this.#show({ index })
    this.#arrive()
    this.#tellClock()
  }

  /** To the next or previous clip, playing on if it plays. At an end it stays. */
  toClip(way: 1 | -1): void {
    const to = this.neighbour(way)
    if (to !== undefined) this.go(to, 'first', this.isPlaying ? this.clock.chosenSpeed : 0)
  }

  /** To a frame of the list, standing. */
  seekList(listFrame: number): void {
    const place = this.#timing.placeOf(Math.max(0, Math.min(this.#timing.frameCount - 1, listFrame)))
    if (place === undefined) return
    if (place.index === this.index) this.seek(place.frame)
    else this.go(place.index, place.frame)
  }

  #entry(): Entry | undefined {
    return this.#entries[this.index]
  }
  protected shownSlot(): Slot | undefined {
    const id = this.#entry()?.id
    return id === undefined ? undefined : this.#slots.get(id)
  }
  #limits(id: EntryId): { readonly first: number; readonly last: number } | undefined {
    return this.#timing.limits(this.#entries.findIndex((entry) => entry.id === id))
  }
  #show(change: Partial<ListView>): void {
    const next = { ...this.#view, ...change }
    if (next.index === this.#view.index && next.isLooping === this.#view.isLooping) return
    this.#view = next
    const tell = () => {
      for (const listener of this.#listeners) listener()
    }
    // Drawing the words around a picture takes longer than a picture: while it plays, the swap is on the screen first.
    if (this.isPlaying) requestAnimationFrame(() => setTimeout(tell))
    else tell()
  }
  #tellClock(): void {
    const slot = this.shownSlot()
    const frame = slot?.clock.frame ?? 0
    this.clock.show(this.#timing.frameOf({ index: this.index, frame }))
    // Between two clips the one that comes has not begun to move.
    this.clock.moves(this.isPlaying, this.#speed || (slot?.clock.speed ?? normalSpeed))
  }

  /** Nothing is waited for any more. */
  #rest(): void {
    this.#wait.stop()
    this.#onward = 0
    clearTimeout(this.#patience)
    this.#dwell?.stop()
    this.#dwell = null
    this.#aim = null
  }

  #moved(slot: Slot): void {
    if (slot === this.shownSlot()) this.#tellClock()
  }

  /** A slot has opened, or cannot. */
  #changed(slot: Slot): void {
    if (this.#aim?.id === slot.id) this.#arrive()
    else if (slot === this.shownSlot() && slot.state === 'problem')
      this.go(this.index, 'first', slot.clock.isPlaying ? slot.clock.speed : 0)
    else this.#prepare(slot)
  }

  /** A neighbour stands where it will be entered: the next one at its first frame, the one before at its last. */
  #prepare(slot: Slot): void {
    if (slot.state !== 'moving' || slot === this.shownSlot()) return
    const limits = this.#limits(slot.id)
    if (limits === undefined) return
    const isNext = this.#entries[this.neighbour(1) ?? -1]?.id === slot.id
    slot.control?.seek(isNext ? limits.first : limits.last)
  }

  /** Brings what is aimed at to the screen, as far as it is there. */
  #arrive(): void {
    const aim = this.#aim
    const slot = aim === null ? undefined : this.#slots.get(aim.id)
    if (aim === null || slot === undefined) return
    clearTimeout(this.#patience)
    if (slot.state === 'opening') {
      this.#reveal(slot)
      if (aim.speed !== 0) this.#patience = setTimeout(() => this.#pass(slot), openPatienceMs)
      return
    }
    if (slot.state !== 'moving' || slot.control === null) {
      this.#aim = null
      this.#reveal(slot)
      this.#stand(slot, aim.speed)
      return
    }
    const { first, last } = this.#limits(slot.id) ?? { first: 0, last: slot.control.timing.frameCount - 1 }
    const frame = aim.at === 'first' ? first : aim.at === 'last' ? last : aim.at
    if (slot.presented !== frame || slot.clock.frame !== frame) slot.control.seek(frame)
    const land = () => {
      // Meanwhile it may have been paused or played, or be meant for elsewhere.
      const { id, at, speed } = this.#aim ?? { ...aim, id: null }
      if (id !== aim.id || at !== aim.at) return
      this.#aim = null
      this.#reveal(slot)
      // A single frame has no way to go: it stands for its time.
      if (speed !== 0 && first === last) this.#reached(slot, speed > 0 ? 1 : -1, speed)
      else if (speed !== 0) slot.control?.play(speed)
      for (const each of this.#slots.values()) this.#prepare(each)
      this.#tellClock()
    }
    if (slot.presented === frame) {
      land()
      return
    }
    const since = performance.now()
    this.#wait.start(() => slot.presented === frame || performance.now() - since > seekPatienceMs, land)
  }

  #pass(slot: Slot): void {
    const entry = this.#entry()
    const speed = this.#aim?.speed ?? 0
    if (entry === undefined || entry.id !== slot.id || speed === 0) return
    this.#onSkipped(entry)
    this.#leave(speed)
  }

  /** A picture, or words about what cannot be played: for its time while the list plays. */
  #stand(slot: Slot, speed: number): void {
    if (speed === 0) return
    const timer = setTimeout(() => this.#leave(speed), slot.state === 'still' ? stillMs : problemMs)
    this.#dwell = { stop: () => clearTimeout(timer), speed }
    this.#tellClock()
  }

  /** On to what comes next this way; at the end of the list it stands. */
  #leave(speed: number): void {
    const to = this.neighbour(speed > 0 ? 1 : -1)
    if (to !== undefined) {
      this.go(to, speed > 0 ? 'first' : 'last', speed)
      return
    }
    this.#rest()
    this.shownSlot()?.control?.pause()
    this.#tellClock()
    if (speed > 0) this.#onEnd()
  }

  /** The last frame of an entry is on the screen, or has just gone: it stands for its own time, then the next one is on. */
  #reached(slot: Slot, way: 1 | -1, speed = (Math.abs(slot.clock.speed) || 1) * way): void {
    if (slot !== this.shownSlot() || this.#wait.isOn || slot.control === null || slot.range.isLooping) return
    const { timing } = slot.control
    const limits = this.#limits(slot.id)
    const edge = way === 1 ? limits?.last : limits?.first
    const isTrimmed = edge !== undefined && (way === 1 ? edge < timing.frameCount - 1 : edge > 0)
    this.#onward = speed
    // Past an out point the element would show the frame after it; at the file's own end its sound may end in peace.
    if (isTrimmed && edge !== undefined) slot.control.seek(edge)
    const frame = edge ?? slot.clock.frame
    const seconds = runningSeconds(frame, 1, timing)
    const due = performance.now() + (1000 * seconds) / Math.abs(speed)
    this.#wait.start(
      () => performance.now() >= due - halfPictureMs,
      () => this.#leave(speed),
    )
  }

  /** What lies on top takes the keys and the sound's setting from what did before. */
  #reveal(slot: Slot): void {
    const before = [...this.#slots.values()].find((each) => each.isShown && each !== slot)
    const hadFocus = before?.hasFocus ?? false
    slot.show(before)
    before?.hide()
    if (hadFocus) focusStage()
  }

  toggle(): void {
    if (this.isPlaying) this.pause()
    else this.play(this.clock.chosenSpeed)
  }
  play(speed: number): void {
    const slot = this.shownSlot()
    if (slot?.state === 'opening' || this.#aim !== null) {
      if (this.#aim !== null) this.#aim = { ...this.#aim, speed }
      this.#tellClock()
      return
    }
    if (slot?.control == null || slot.isGone) {
      if (slot !== undefined) this.#stand(slot, speed)
      return
    }
    const limits = this.#limits(slot.id)
    const { frame } = slot.clock
    if (limits !== undefined && speed > 0 && frame === limits.last) {
      // Standing at an end: on with the next one, or from the top.
      this.go(this.neighbour(1) ?? nextIndex(this.#entries, -1, 1, false) ?? 0, 'first', speed)
      return
    }
    if (limits !== undefined && speed < 0 && frame === limits.first) {
      const to = this.neighbour(-1)
      if (to !== undefined) this.go(to, 'last', speed)
      return
    }
    slot.control.play(speed)
  }
  pause(): void {
    this.#dwell?.stop()
    this.#dwell = null
    if (this.#wait.isOn && this.#aim === null) {
      this.#wait.stop()
      this.#onward = 0
    }
    if (this.#aim !== null) this.#aim = { ...this.#aim, speed: 0 }
    this.shownSlot()?.control?.pause()
    this.#tellClock()
  }
  /** The first and the last frame mean those that are played; once more, those of the clip. */
  seek(frame: number): void {
    const slot = this.shownSlot()
    if (slot?.control == null) return
    const limits = this.#limits(slot.id)
    if (limits !== undefined && frame === 0 && slot.clock.frame !== limits.first) this.#seekHere(limits.first)
    else if (limits !== undefined && frame === Number.MAX_SAFE_INTEGER && slot.clock.frame !== limits.last)
      this.#seekHere(limits.last)
    else this.#seekHere(Math.min(frame, this.timing.frameCount - 1))
  }
  #seekHere(frame: number): void {
    // Still on its way to this clip: it arrives at another frame.
    if (this.#aim !== null) this.go(this.index, frame)
    else {
      this.#rest()
      this.shownSlot()?.control?.seek(frame)
      this.#tellClock()
    }
  }
  /** Through the ends of clips: after the last frame that is played comes the first of the next clip that can be. */
  step(frames: number): void {
    if (this.shownSlot()?.state === 'opening') return
    const from = { index: this.index, frame: this.frame() }
    const to = steppedPlace(this.#timing, this.#entries.length, from, frames, this.isLooping)
    if (to === undefined) return
    if (to.index === this.index) this.#seekHere(to.frame)
    else this.go(to.index, to.frame)
  }
  stepSeconds(seconds: number): void {
    const at = this.#timing.secondsOf({ index: this.index, frame: this.frame() })
    const place = this.#timing.placeAt(at + seconds)
    if (place !== undefined) this.seekList(this.#timing.frameOf(place))
  }
  shuttle(way: 1 | -1): void {
    const speed = shuttleFrom(this.isPlaying ? this.clock.speed : 0, way)
    if (speed === 0) this.pause()
    else this.play(speed)
  }
  /** For every clip of the list: each has a clock of its own, and the one on the screen shows what is chosen. */
  setSpeed(speed: number): void {
    this.clock.choose(speed)
    for (const slot of this.#slots.values()) slot.clock.choose(speed)
    if (!this.isPlaying) return
    // What stands for its time begins its time again.
    if (this.#dwell !== null) this.pause()
    this.play(speed)
  }
}
