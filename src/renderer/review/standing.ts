import { useLayoutEffect, useRef } from 'react'
import type { ClipTiming } from '../../shared/clipTiming.ts'
import type { Route } from '../shell/routeStore.ts'
import type { CompareOffsets } from './compare/compareStore.ts'
import { followingFrame } from './compare/follower.ts'
import type { FrameClock } from './frameClock.ts'
import type { PlayRange } from './playRange.ts'

interface Stood {
  readonly frame: number
  readonly start: number | null
  readonly end: number | null
  readonly isLooping: boolean
}

let isEntering = false
/** Whether marks change because a clip is entered, and not by anybody's hand. */
export const isEnteringClip = (): boolean => isEntering

/**
 * Where somebody stands in an asset: the frame, in and out, and whether they loop. Taken along from one version to the
 * next, and found again by the window's way back.
 */
export class Standing {
  /** As it was left, how the clip it was left in counts, and by how many frames it was moved there. */
  #left: { readonly stood: Stood; readonly timing: ClipTiming; readonly by: number } | null = null
  /** Frames by which the clip that is open is moved against the same. */
  #by = 0
  /** What is open and what comes next were compared, moved by as many frames. */
  #changing: CompareOffsets | null = null
  /** What a clip was given of it. */
  #given: { readonly stood: Stood; readonly clock: FrameClock } | null = null

  /** The clip that is open is about to be left for the one beside it: each stays on the frame it shows. */
  changePlaces(offsets: CompareOffsets): void {
    this.#changing = offsets
  }

  /**
   * Goes to the frames of this clip that belong to where it was left: as in a comparison, kept inside the clip. May run
   * again when more is known of the clip; what was done since then stays.
   */
  enter(clock: FrameClock, range: PlayRange, timing: ClipTiming): void {
    if (this.#left === null || (this.#given?.clock === clock && !this.#isUntouched(clock, range))) return
    const { stood, timing: left, by } = this.#left
    const here = (frame: number) => followingFrame(frame, { own: by, other: this.#by }, left, timing)
    isEntering = true
    try {
      clock.show(here(stood.frame))
      if (!range.isEmpty) range.clear()
      if (stood.start !== null) range.markIn(here(stood.start))
      if (stood.end !== null) range.markOut(here(stood.end))
      if (stood.isLooping !== range.isLooping) range.loop(stood.isLooping)
    } finally {
      isEntering = false
    }
    this.#given = { stood: stoodIn(clock, range), clock }
  }

  /** Where nothing was touched, what was left before stays: a shorter clip on the way cuts nothing off. */
  leave(clock: FrameClock, range: PlayRange, timing: ClipTiming): void {
    const moved = this.#changing
    const isAsGiven = this.#given?.clock === clock && this.#isUntouched(clock, range)
    if (!isAsGiven || (moved !== null && moved.own !== this.#by)) {
      this.#left = { stood: stoodIn(clock, range), timing, by: moved?.own ?? 0 }
      this.#by = 0
    }
    if (moved !== null) this.#by = moved.other
    this.#changing = null
    this.#given = null
  }

  #isUntouched(clock: FrameClock, range: PlayRange): boolean {
    return JSON.stringify(this.#given?.stood) === JSON.stringify(stoodIn(clock, range))
  }
}

const stoodIn = (clock: FrameClock, { start, end, isLooping }: PlayRange): Stood => ({
  ...{ frame: clock.frame, start, end, isLooping },
})

/** By the step of the window's history: what is opened anew begins at its first frame. */
const stood = new WeakMap<Route, Standing>()

export function standingAt(route: Route): Standing {
  const known = stood.get(route) ?? new Standing()
  stood.set(route, known)
  return known
}

/** Another route to the same asset takes the place of the one before. */
export function standAlike(before: Route, next: Route): Route {
  stood.set(next, standingAt(before))
  return next
}

/** Takes up where somebody stood once it is known how the clip counts, and remembers it when the clip is left. */
export function useStanding(
  standing: Standing,
  clock: FrameClock,
  range: PlayRange,
  timing: ClipTiming | null,
): void {
  const latest = useRef(timing)
  useLayoutEffect(() => {
    latest.current = timing
    // Before the player that goes to the clock's frame.
    if (timing !== null) standing.enter(clock, range, timing)
  }, [standing, clock, range, timing])
  useLayoutEffect(
    () => () => {
      if (latest.current !== null) standing.leave(clock, range, latest.current)
    },
    [standing, clock, range],
  )
}
