import { formatFrameRate } from '../../../shared/frameRate.ts'
import type { Rendition } from '../../../shared/rendition.ts'
import { bytes } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { codecName } from '../unplayable/codecName.ts'

/** `Proxy of the service, 1280 × 720`. */
export function renditionName({ kind, info }: Rendition): string {
  const { width, height } = info
  const size = width === null || height === null ? [] : [text.renditions.size(width, height)]
  return [text.renditions.kinds[kind], ...size].join(', ')
}

/** The same with what it is made of, how large it is, and where its frames are not the version's own. */
export function renditionLine(rendition: Rendition, canPlay: boolean): string {
  const words = text.renditions
  const codec = codecName(rendition.info)
  const { rate } = rendition.info
  const frames = {
    same: [],
    rate: [rate === null ? words.otherFrames : words.otherRate(formatFrameRate(rate))],
    count: [words.otherCount],
    unknown: [words.otherFrames],
  }[rendition.frames]
  return [
    renditionName(rendition),
    ...(codec === null ? [] : [codec]),
    bytes(rendition.bytes),
    ...(canPlay ? frames : [words.cannot]),
  ].join(', ')
}
