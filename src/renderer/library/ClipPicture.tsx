import { useCallback, useEffect, useRef } from 'react'
import type { VersionId } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'
import { isLocalPicture, madePictureOf } from '../../shared/place.ts'
import { useConnection } from '../shell/appStore.ts'
import { hideFailed } from './hideFailed.ts'
import { thumbnailUrl } from './mediaUrl.ts'
import { usePosterCount, wantPoster } from './posters.ts'
import { whileSeen } from './whileSeen.ts'

type Clip = Pick<Asset, 'id' | 'connectionId' | 'thumbnailKey' | 'kind' | 'isReady' | 'createdAt'> &
  Partial<Pick<Asset, 'latestVersionId'>>

interface ClipPictureProps {
  readonly clip: Clip
  /** Made while it is on the screen, where there is none yet. */
  readonly isMade?: boolean
}

/** It comes with the clip: nothing has to stand in for it. */
export const isFromService = (key: string | null): boolean =>
  key !== null && !isLocalPicture(key) && madePictureOf(key) === undefined

/** The picture of a clip, over whatever stands in for it; nothing for a clip that can have none. */
export function ClipPicture({ clip, isMade = true }: ClipPictureProps) {
  const url = thumbnailUrl(clip)
  if (url === undefined) return null
  const versionId = madePictureOf(clip.thumbnailKey) ?? clip.latestVersionId
  if (isFromService(clip.thumbnailKey) || versionId === undefined)
    return <img key={url} src={url} alt="" decoding="async" draggable={false} onError={hideFailed} />
  return <OwnPicture key={url} url={url} versionId={versionId} clip={clip} isMade={isMade} />
}

interface OwnPictureProps extends Required<ClipPictureProps> {
  readonly url: string
  readonly versionId: VersionId
}

/** One the service does not have: as it is kept here, or made now. */
function OwnPicture({ url, versionId, clip, isMade }: OwnPictureProps) {
  const count = usePosterCount(versionId)
  const missing = useMissing(versionId, clip, isMade)
  // Made anew for each picture: one that once failed hides for good.
  return (
    <img
      key={count}
      src={count === 0 ? url : `${url}&n=${count}`}
      alt=""
      decoding="async"
      draggable={false}
      onLoad={() => missing(null)}
      onError={(event) => {
        hideFailed(event)
        missing(event.currentTarget)
      }}
    />
  )
}

/**
 * Has a picture made while the element that could not show it is seen. Called with that element, or null once there is
 * one. No state: a list that is scrolled draws nothing again for what it does not show.
 */
function useMissing(versionId: VersionId, clip: Clip, isMade: boolean): (image: Element | null) => void {
  const { connectionId, kind, isReady, createdAt, thumbnailKey: key } = clip
  const mayBeMade = useConnection(connectionId)?.state === 'online' && isMade
  const image = useRef<Element | null>(null)
  const stop = useRef<(() => void) | undefined>(undefined)
  const watch = useCallback(() => {
    stop.current?.()
    stop.current = undefined
    if (image.current === null || !mayBeMade) return
    const unpictured = { versionId, connectionId, kind, key, isReady, createdAt }
    stop.current = whileSeen(image.current, () => wantPoster(unpictured))
  }, [mayBeMade, versionId, connectionId, kind, key, isReady, createdAt])
  useEffect(() => {
    watch()
    return () => stop.current?.()
  }, [watch])
  return (now) => {
    image.current = now
    watch()
  }
}
