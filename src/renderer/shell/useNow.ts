import { useSyncExternalStore } from 'react'

const step = 15_000
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function follow(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, step)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The time for "4 min ago" and the like: moves in steps, one timer for all. */
export function useNow(): number {
  return useSyncExternalStore(follow, () => {
    // A component that comes late must not show an age from before its own data.
    if (Date.now() - now > step) now = Date.now()
    return now
  })
}
