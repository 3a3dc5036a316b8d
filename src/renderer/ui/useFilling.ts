import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener)
  return () => document.removeEventListener('fullscreenchange', listener)
}

/** What fills the screen, null if nothing does: what is not inside of it cannot be seen. */
export const useFilling = (): Element | null =>
  useSyncExternalStore(subscribe, () => document.fullscreenElement)
