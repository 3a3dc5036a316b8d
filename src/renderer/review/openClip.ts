import { useEffect } from 'react'
import type { VersionId } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'

/** What may be asked of the versions on the screen. */
interface OfferedVersions {
  step(by: 1 | -1): void
  choose(id: VersionId): void
}

let open: Asset | null = null
let offered: OfferedVersions | null = null

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

export const hasVersions = (): boolean => offered !== null
/** To the version after (1) or before (-1) the one on the screen. */
export const stepVersion = (by: 1 | -1): void => offered?.step(by)
/** Opens another version of the asset on the screen, as its tab does. */
export const chooseVersion = (id: VersionId): void => offered?.choose(id)

/** The versions to step among are on the screen, until the returned function is called. */
export function offerVersions(versions: OfferedVersions): () => void {
  offered = versions
  return () => {
    if (offered === versions) offered = null
  }
}
