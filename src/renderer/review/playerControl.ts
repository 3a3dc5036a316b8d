import type { ClipTiming } from '../../shared/clipTiming.ts'
import type { Marks } from './drawing/drawnOn.ts'

/** What actions, markers and comments may ask of the player on the screen. */
export interface PlayerControl {
  readonly timing: ClipTiming
  readonly isPlaying: boolean
  toggle(): void
  /** At this speed; below 0 backwards. */
  play(speed: number): void
  /** Play begins at this speed from now on. What plays goes on at it; what stands goes on standing. */
  setSpeed(speed: number): void
  pause(): void
  /** Shows exactly this frame, stopped. */
  seek(frame: number): void
  step(frames: number): void
  stepSeconds(seconds: number): void
  /** Forwards (1) or backwards (-1), faster each time. */
  shuttle(way: 1 | -1): void
  /** Slowly forwards (1) or backwards (-1); at that end it stays where it is. */
  creep(way: 1 | -1): void
  markIn(): void
  markOut(): void
  clearRange(): void
  toggleLoop(): void
  playRange(): void
  /** Begins or ends comparing with the version before, or the one after where there is none. */
  compare(): void
  fullScreen(): void
  mute(): void
  /** `volume` from 0 to 1. */
  setSound(volume: number, isMuted: boolean): void
  /** On or off. */
  captions(): void
  /** Whether what is drawn or written would be taken. */
  mayComment(): boolean
  /** To the next (1) or previous (-1) comment. */
  toComment(direction: 1 | -1): void
  frame(): number
  /** What is marked now: in and out. */
  marks(): Marks
}

let shown: PlayerControl | null = null

/** The player of the room that is open; null when none can play. */
export const player = (): PlayerControl | null => shown

/** Returns the function that takes it away again. */
export function showPlayer(control: PlayerControl): () => void {
  shown = control
  return () => {
    if (shown === control) shown = null
  }
}
