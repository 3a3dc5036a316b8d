import type { MediaInfo } from '../../../shared/place.ts'
import type { Media } from '../assetStore.ts'
import type { Sound } from './waveform.ts'

/** Where the pictures of the strip come from. */
export const filmUrl = (info: MediaInfo | undefined, media: Media | null): string | null =>
  info?.kind === 'video' ? (media?.url ?? null) : null

/** The waveform that was made with a proxy, else the medium to read it from. */
export function soundOf(info: MediaInfo | undefined, media: Media | null): Sound | null {
  if (!info?.audioCodec || media === null) return null
  if (media.own !== null)
    return media.own.peaksUrl === null ? null : { url: media.own.peaksUrl, isPeaks: true }
  return { url: media.url, isPeaks: false }
}
