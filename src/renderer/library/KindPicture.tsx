import { AudioLines, File, Film, Image } from 'lucide-react'
import type { AssetKind } from '../../shared/place.ts'

const pictures = { video: Film, audio: AudioLines, image: Image, other: File } as const

/** What stands for a picture that is not there. */
export function KindPicture({ kind, size = 28 }: { readonly kind: AssetKind; readonly size?: number }) {
  const Picture = pictures[kind]
  return <Picture size={size} strokeWidth={1.25} aria-hidden="true" />
}

export function kindOfMediaType(mediaType: string): AssetKind {
  const [group] = mediaType.split('/')
  return group === 'video' || group === 'audio' || group === 'image' ? group : 'other'
}
