import { type ClipTiming, frameAtSeconds, frameIn, seekSeconds } from '../../../shared/clipTiming.ts'
import type { FrameClock } from '../frameClock.ts'
import type { CompareOffsets } from './compareStore.ts'

export interface FollowerParts {
  readonly element: HTMLVideoElement
  /** Of the version that leads. */
  readonly clock: FrameClock
  readonly leading: ClipTiming
  readonly own: ClipTiming
  /** `own` is the one that leads. */
  readonly offsets: CompareOffsets
}

/** Off by more than this many frames while both play, it is sought instead of sped. */
const mostDrift = 3

/** What the follower has to show at a moment of the leader; it may not have begun, or be over. */
export type FollowingHas = 'picture' | 'notBegun' | 'ended'

function movedFrame(frame: number, offsets: CompareOffsets, leading: ClipTiming, own: ClipTiming): number {
  const common = frame - offsets.own
  // Before its first frame a clip has no times to look a moment up by: it is counted backwards.
  const there = common < 0 ? -frameIn(own, -common, leading) : frameIn(own, common, leading)
  return there + offsets.other
}

export function followingHas(
  frame: number,
  offsets: CompareOffsets,
  leading: ClipTiming,
  own: ClipTiming,
): FollowingHas {
  const moved = movedFrame(frame, offsets, leading, own)
  return moved < 0 ? 'notBegun' : moved >= own.frameCount ? 'ended' : 'picture'
}

/** The frame of the follower that belongs to a frame of the leader: the same moment, moved by the offsets, kept inside the clip. */
export function followingFrame(
  frame: number,
  offsets: CompareOffsets,
  leading: ClipTiming,
  own: ClipTiming,
): number {
  return Math.max(0, Math.min(own.frameCount - 1, movedFrame(frame, offsets, leading, own)))
}

/**
 * Keeps a second picture on the same frame as the first. Standing, the frames are the same exactly; playing, its speed is
 * nudged, and it is sought when nudging would take too long. Returns the function that ends it.
 */
export function follow({ element, clock, leading, own, offsets }: FollowerParts): () => void {
  let next: number | null = null
  const wanted = () => followingFrame(clock.frame, offsets, leading, own)
  const goTo = (frame: number) => {
    if (element.seeking) next = frame
    else element.currentTime = seekSeconds(frame, own)
  }
  const landed = () => {
    const frame = next
    next = null
    if (frame !== null) element.currentTime = seekSeconds(frame, own)
  }
  const stand = () => {
    if (!element.paused) element.pause()
    element.playbackRate = 1
    goTo(wanted())
  }
  const run = () => {
    const drift = wanted() - frameAtSeconds(element.currentTime, own)
    if (Math.abs(drift) > mostDrift) goTo(wanted())
    element.playbackRate = clock.speed * (1 + Math.max(-0.1, Math.min(0.1, drift * 0.03)))
    // A pause that comes first is no failure: the next change of the clock says what to do.
    if (element.paused) element.play().catch(() => undefined)
  }
  const changed = () => {
    if (clock.isPlaying && clock.speed > 0) run()
    else stand()
  }
  element.addEventListener('seeked', landed)
  element.addEventListener('loadeddata', changed)
  const stop = clock.subscribe(changed)
  if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) changed()
  return () => {
    stop()
    element.removeEventListener('seeked', landed)
    element.removeEventListener('loadeddata', changed)
    element.pause()
  }
}
