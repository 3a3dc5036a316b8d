import type { Asset } from '../../shared/place.ts'
import { formatFrameCount } from '../../shared/timecode.ts'

/** The length of a clip as `mm:ss:ff`; undefined when it is not known or the asset has none. */
export function lengthText({
  durationFrames,
  rate,
}: Pick<Asset, 'durationFrames' | 'rate'>): string | undefined {
  if (durationFrames === null || durationFrames === 0 || rate === null) return undefined
  return formatFrameCount(durationFrames, { rate, dropFrame: false })
}
