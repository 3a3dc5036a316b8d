import { useSyncExternalStore } from 'react'

const query = '(max-width: 1099px)'
const media = typeof matchMedia === 'undefined' ? undefined : matchMedia(query)

export const isNarrow = (): boolean => media?.matches ?? false

/** Whether the window is too narrow for three panes. */
export const useNarrow = (): boolean =>
  useSyncExternalStore((changed) => {
    media?.addEventListener('change', changed)
    return () => media?.removeEventListener('change', changed)
  }, isNarrow)
