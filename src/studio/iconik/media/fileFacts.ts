import { extname } from 'node:path'
import { formatFrameRate } from '../../../shared/frameRate.ts'
import { mimetypeOf, previewOf } from '../../candidio/media.ts'
import { type MovieFacts, movieFacts, type ReadRange } from './movieFacts.ts'

/** What a file is and says of itself, as far as the studio can tell. */
export interface FileFacts extends Partial<MovieFacts> {
  readonly mimetype: string
  readonly mediaType: 'video' | 'audio' | 'image' | 'other'
  /** The bytes can be shown as they are: nothing here transcodes. */
  readonly isPlayable: boolean
}

const unknownType = 'application/octet-stream'

/** By the name alone. */
export function kindOf(name: string): Pick<FileFacts, 'mimetype' | 'mediaType' | 'isPlayable'> {
  const ending = extname(name).slice(1)
  const mimetype = mimetypeOf(ending, unknownType)
  const family = /^(video|audio|image)\//.exec(mimetype)?.[1]
  const mediaType = family === 'video' || family === 'audio' || family === 'image' ? family : 'other'
  return { mimetype, mediaType, isPlayable: previewOf(ending) !== undefined }
}

export async function fileFacts(name: string, bytes: number, read: ReadRange): Promise<FileFacts> {
  const kind = kindOf(name)
  if (/\/(mp4|quicktime)$/.test(kind.mimetype)) return { ...kind, ...(await movieFacts(read, bytes)) }
  if (kind.mimetype === 'audio/wav') return { ...kind, ...waveFacts(await read(0, 4096), bytes) }
  if (kind.mimetype === 'image/jpeg') return { ...kind, ...jpegFacts(await read(0, 512 * 1024)) }
  if (kind.mimetype === 'image/png') return { ...kind, ...pngFacts(await read(0, 24)) }
  return kind
}

/** How long the sound lasts: the bytes after the `data` mark, at the rate that `fmt ` names. */
function waveFacts(head: Buffer, bytes: number): Partial<MovieFacts> {
  const format = head.indexOf('fmt ')
  const data = head.indexOf('data')
  if (format < 0 || data < 0 || format + 20 > head.length) return {}
  const bytesPerSecond = head.readUInt32LE(format + 16)
  if (bytesPerSecond === 0) return {}
  return { durationMs: Math.round(((bytes - data - 8) * 1000) / bytesPerSecond), codec: 'pcm' }
}

/** Size from the first start-of-frame mark. */
function jpegFacts(head: Buffer): Partial<MovieFacts> {
  for (let at = 2; at + 9 < head.length && head[at] === 0xff; ) {
    const mark = head[at + 1] ?? 0
    const isFrame = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)
    if (isFrame) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) }
    at += 2 + head.readUInt16BE(at + 2)
  }
  return {}
}

const pngFacts = (head: Buffer): Partial<MovieFacts> =>
  head.length < 24 ? {} : { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }

/** The fields of a proxy that the facts tell. */
export function proxyFieldsOf(facts: FileFacts, bytes: number) {
  const { codec, width, height, rate, startTimecode, isDropFrame, durationMs } = facts
  return {
    ...(codec !== undefined && { codec }),
    ...(width !== undefined && height !== undefined && { resolution: { width, height } }),
    ...(durationMs !== undefined && durationMs > 0 && { bit_rate: Math.round((bytes * 8000) / durationMs) }),
    ...(rate !== undefined && { frame_rate: formatFrameRate(rate) }),
    ...(startTimecode !== undefined && {
      start_time_code: startTimecode,
      is_drop_frame: isDropFrame === true,
    }),
  }
}

/** What a format notes of its media, in the words the service's own samples use. */
export function formatMetadataOf(facts: FileFacts): Record<string, string> {
  const { mimetype, durationMs, rate, width, height } = facts
  return {
    internet_media_type: mimetype,
    media_type: facts.mediaType,
    ...(durationMs !== undefined && { duration_milliseconds: String(durationMs) }),
    ...(rate !== undefined && { frame_rate: formatFrameRate(rate) }),
    ...(width !== undefined && height !== undefined && { width: String(width), height: String(height) }),
  }
}
