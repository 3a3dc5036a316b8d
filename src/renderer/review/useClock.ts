import { type RefObject, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { FrameClock } from './frameClock.ts'
import { paced } from './paced.ts'

const readingPauseMs = 250

/** A value made from the clock; draws again only when the value is another. */
export function useClockValue<Value extends string | number | boolean>(
  clock: FrameClock,
  read: (clock: FrameClock) => Value,
): Value {
  return useSyncExternalStore(clock.subscribe, () => read(clock))
}

/** Calls `tell` for what is read, not watched: at once with a step, while the clip runs a few times a second. */
export function usePacedClock(clock: FrameClock, tell: (clock: FrameClock) => void): void {
  const latest = useRef(tell)
  useLayoutEffect(() => {
    latest.current = tell
    tell(clock)
  })
  useEffect(() => paced(clock.subscribe, readingPauseMs)(() => latest.current(clock)), [clock])
}

/** An element that `write` keeps in step with the clock without React. */
export function useClockElement<Element extends HTMLElement>(
  clock: FrameClock,
  write: (element: Element, frame: number) => void,
): RefObject<Element | null> {
  const element = useRef<Element>(null)
  const latest = useRef(write)
  useEffect(() => {
    latest.current = write
    if (element.current !== null) write(element.current, clock.frame)
  })
  useEffect(
    () =>
      clock.subscribe(() => {
        if (element.current !== null) latest.current(element.current, clock.frame)
      }),
    [clock],
  )
  return element
}
