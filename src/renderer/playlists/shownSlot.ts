import { frameRates } from '../../shared/frameRate.ts'
import { creepSpeed } from '../review/frameClock.ts'
import type { PlayerControl } from '../review/playerControl.ts'
import type { Slot } from './slot.ts'

const noTiming = { rate: frameRates['25'], dropFrame: false, startFrame: 0, frameCount: 1 }

/** What a list leaves to the player of the entry that is on: it means this clip and no other. */
export abstract class ShownSlot {
  protected abstract shownSlot(): Slot | undefined
  abstract neighbour(way: 1 | -1): number | undefined
  abstract play(speed: number): void

  get timing(): PlayerControl['timing'] {
    return this.shownSlot()?.control?.timing ?? noTiming
  }
  frame(): number {
    return this.shownSlot()?.clock.frame ?? 0
  }
  marks(): ReturnType<PlayerControl['marks']> {
    return this.shownSlot()?.control?.marks() ?? { start: null, end: null }
  }
  markIn(): void {
    this.shownSlot()?.control?.markIn()
  }
  markOut(): void {
    this.shownSlot()?.control?.markOut()
  }
  clearRange(): void {
    this.shownSlot()?.control?.clearRange()
  }
  toggleLoop(): void {
    this.shownSlot()?.control?.toggleLoop()
  }
  playRange(): void {
    this.shownSlot()?.control?.playRange()
  }
  compare(): void {
    this.shownSlot()?.control?.compare()
  }
  fullScreen(): void {
    this.shownSlot()?.control?.fullScreen()
  }
  mute(): void {
    this.shownSlot()?.control?.mute()
  }
  setSound(volume: number, isMuted: boolean): void {
    this.shownSlot()?.control?.setSound(volume, isMuted)
  }
  /** Over the borders of clips; at an end of the list it is this clip's alone. */
  creep(way: 1 | -1): void {
    if (this.neighbour(way) === undefined) this.shownSlot()?.control?.creep(way)
    else this.play(way * creepSpeed)
  }
  captions(): void {
    this.shownSlot()?.control?.captions()
  }
  mayComment(): boolean {
    return this.shownSlot()?.control?.mayComment() ?? true
  }
  toComment(direction: 1 | -1): void {
    this.shownSlot()?.control?.toComment(direction)
  }
}
