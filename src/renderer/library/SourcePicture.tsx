import { create } from 'zustand'
import type { SourceId } from '../../shared/ids.ts'
import type { Transfer } from '../../shared/transfer.ts'
import { hideFailed } from './hideFailed.ts'
import { kindOfMediaType } from './KindPicture.tsx'
import { sourcePictureUrl } from './mediaUrl.ts'

const usePictures = create<Readonly<Record<SourceId, number>>>(() => ({}))

/** A picture of the file was just taken: whoever shows it asks again. */
export const pictureTaken = (id: SourceId): void =>
  usePictures.setState((pictures) => ({ [id]: (pictures[id] ?? 0) + 1 }))

/** The picture of a file on its way, over whatever stands in for it; nothing for a file that has none. */
export function SourcePicture({ transfer }: { readonly transfer: Pick<Transfer, 'sourceId' | 'mediaType'> }) {
  const taken = usePictures((pictures) => pictures[transfer.sourceId] ?? 0)
  const kind = kindOfMediaType(transfer.mediaType)
  if (kind !== 'video' && kind !== 'image') return null
  // Made anew for each picture: one that once failed hides for good.
  return (
    <img
      key={taken}
      src={`${sourcePictureUrl(transfer.sourceId)}?k=${taken}`}
      alt=""
      decoding="async"
      draggable={false}
      onError={hideFailed}
    />
  )
}
