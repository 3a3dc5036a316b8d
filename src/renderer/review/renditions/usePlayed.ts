import { useMemo } from 'react'
import type { VersionId } from '../../../shared/ids.ts'
import { type Loaded, type Media, useMedia } from '../assetStore.ts'
import { useRenditions } from './renditionStore.ts'

/** As `useMedia`, of the rendition that was chosen; its frames are those of the version, whichever it is. */
export function usePlayed(versionId: VersionId): Loaded<Media> {
  const { value, failure } = useMedia(versionId)
  const { offers, chosen } = useRenditions(versionId)
  const moved = offers.find(({ isUsual }) => isUsual)?.moved
  return useMemo(() => {
    if (chosen !== null) return { value: chosen.media, failure: null }
    const isMoved = value !== null && value.own === null && moved !== undefined
    return { value: isMoved ? { ...value, ...moved } : value, failure }
  }, [value, failure, chosen, moved])
}
