import type { MediaInfo } from '../../../shared/place.ts'
import type { Rendition } from '../../../shared/rendition.ts'

/** A rendition as the menu has it. */
export interface Offer extends Rendition {
  /** As far as it can be told beforehand; trying tells the rest. */
  readonly canPlay: boolean
}

/** MediaInfo's names of what Chromium opens. */
const containers = new Set([
  ...['MPEG-4', 'QuickTime', 'WebM', 'Matroska', 'Ogg', 'MPEG Audio', 'ADTS', 'FLAC', 'Wave'],
])
const pictureCodecs = new Set(['AVC', 'VP8', 'VP9', 'AV1'])
/** What is asked for where the system may bring the decoder. */
const ofTheSystem = new Map([['HEVC', 'video/mp4; codecs="hvc1.1.6.L93.B0"']])

/** Whether it is worth trying to play. `canPlayType` is the media element's. */
export function mayPlay(
  { kind, container, videoCodec }: MediaInfo,
  canPlayType: (type: string) => string,
): boolean {
  if (container !== null && !containers.has(container)) return false
  if (kind !== 'video' || videoCodec === null) return true
  const type = ofTheSystem.get(videoCodec)
  return type === undefined ? pictureCodecs.has(videoCodec) : canPlayType(type) !== ''
}

/** The one that is on the screen: chosen, or else what plays by itself. */
export const shownOf = (offers: readonly Offer[], chosen: string | null): Offer | undefined =>
  offers.find(({ key }) => key === chosen) ?? offers.find(({ isUsual }) => isUsual)

/** What can be changed to; empty where there is only one thing to play. */
export function choicesOf(offers: readonly Offer[], shown: Offer | undefined): readonly Offer[] {
  const playable = offers.filter((each) => each.canPlay || each === shown)
  return playable.length < 2 ? [] : playable
}

/** The one after the one that is shown, around the end; undefined where there is no other. */
export function nextOf(choices: readonly Offer[], shown: Offer | undefined): Offer | undefined {
  const next = choices[((shown === undefined ? -1 : choices.indexOf(shown)) + 1) % choices.length]
  return next === shown ? undefined : next
}
