import type { Entry } from '../../shared/playlist.ts'
import { hideFailed } from '../library/hideFailed.ts'
import { KindPicture } from '../library/KindPicture.tsx'
import { thumbnailUrl } from '../library/mediaUrl.ts'

/** The picture of an entry, or what stands for it. */
export function EntryPicture({ entry, size }: { readonly entry: Entry; readonly size: number }) {
  const { assetId, connectionId, thumbnailKey, kind } = entry
  const url = assetId === null ? undefined : thumbnailUrl({ id: assetId, connectionId, thumbnailKey })
  return url === undefined ? (
    <KindPicture kind={kind} size={size} />
  ) : (
    <img src={url} alt="" decoding="async" draggable={false} onError={hideFailed} />
  )
}
