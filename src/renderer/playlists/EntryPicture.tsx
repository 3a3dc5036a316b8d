import type { Entry } from '../../shared/playlist.ts'
import { ClipPicture, isFromService } from '../library/ClipPicture.tsx'
import { KindPicture } from '../library/KindPicture.tsx'

interface EntryPictureProps {
  readonly entry: Entry
  readonly size: number
  /** Beside a player nothing is fetched for pictures. */
  readonly isBesidePlayer?: boolean
}

/** The picture of an entry, over what stands for it. */
export function EntryPicture({ entry, size, isBesidePlayer = false }: EntryPictureProps) {
  const { assetId, connectionId, thumbnailKey, kind, isReady } = entry
  const hasOwn = assetId !== null && isFromService(thumbnailKey)
  return (
    <>
      {hasOwn ? null : <KindPicture kind={kind} size={size} />}
      {assetId === null ? null : (
        <ClipPicture
          clip={{ id: assetId, connectionId, thumbnailKey, kind, isReady, createdAt: null }}
          isMade={isReady && !isBesidePlayer}
        />
      )}
    </>
  )
}
