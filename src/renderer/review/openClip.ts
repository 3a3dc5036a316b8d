import { useEffect } from 'react'
import type { Asset } from '../../shared/place.ts'

let open: Asset | null = null
let versionSteps: ((by: 1 | -1) => void) | null = null

/** The asset whose version is on the screen, in the room or on in a list; null where none is, or it was deleted. */
export const openClip = (): Asset | null => open

/** It is what actions about the open clip mean, until the room is left or another clip is on. */
export function useOpenClip(asset: Asset | null): void {
  useEffect(() => {
    open = asset
    return () => {
      if (open === asset) open = null
    }
  }, [asset])
}

export const hasVersions = (): boolean => versionSteps !== null
/** To the version after (1) or before (-1) the one on the screen. */
export const stepVersion = (by: 1 | -1): void => versionSteps?.(by)

/** The versions to step among are on the screen, until the returned function is called. */
export function offerVersions(step: (by: 1 | -1) => void): () => void {
  versionSteps = step
  return () => {
    if (versionSteps === step) versionSteps = null
  }
}
