import type { MediaInfoResult, VideoTrack } from 'mediainfo.js'
import mediaInfoFactory from 'mediainfo.js'
import { AppError } from '../../shared/errors.ts'
import type { FrameRate } from '../../shared/frameRate.ts'
import { canDropFrames, frameRateSchema } from '../../shared/frameRate.ts'
import type { AssetKind, MediaInfo } from '../../shared/place.ts'
import { parseTimecode } from '../../shared/timecode.ts'

/** Bytes of one media file, wherever it lies. */
export interface MediaBytes {
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
}

/** No honest file needs more than this to be described; a hostile one is not followed further. */
const mostBytesRead = 64 * 2 ** 20

/**
 * What the media says of itself: rate, frames, start timecode, codecs. Reads only the parts of the file that tell (MediaInfo seeks).
 * `wasmFile` is MediaInfo's own WebAssembly module. Fails with `media.unplayable` when the media cannot be understood; errors of `read` pass through.
 */
export async function readMediaInfo(bytes: MediaBytes, wasmFile: string): Promise<MediaInfo> {
  const analyser = await mediaInfoFactory({ format: 'object', full: true, locateFile: () => wasmFile })
  try {
    let budget = mostBytesRead
    const found = await analyser.analyzeData(bytes.size, (length, offset) => {
      budget -= length
      if (budget < 0) throw new AppError('media.unplayable', { reason: 'tooLongToRead' })
      return bytes.read(offset, length)
    })
    return mediaInfoOf(found)
  } finally {
    analyser.close()
  }
}

export function mediaInfoOf(found: MediaInfoResult): MediaInfo {
  const tracks = found.media?.track ?? []
  const general = tracks.find((track) => track['@type'] === 'General')
  const video = tracks.find((track) => track['@type'] === 'Video')
  const image = tracks.find((track) => track['@type'] === 'Image')
  const audio = tracks.find((track) => track['@type'] === 'Audio')
  if (general === undefined || tracks.length < 2)
    throw new AppError('media.unplayable', { reason: 'notMedia' })
  const kind: AssetKind =
    video !== undefined ? 'video' : image !== undefined ? 'image' : audio !== undefined ? 'audio' : 'other'
  const rate = video === undefined ? null : rateOf(video)
  const profile = video?.Format_Commercial_IfAny ?? video?.Format_Profile
  const picture = video ?? image
  const start = rate === null ? undefined : startOf(tracks, rate)
  return {
    kind,
    container: general.Format ?? null,
    videoCodec: picture?.Format ?? null,
    ...(profile ? { videoProfile: String(profile).slice(0, 100) } : {}),
    audioCodec: audio?.Format ?? null,
    width: positive(picture?.Width),
    height: positive(picture?.Height),
    rate,
    isVariableRate: video?.FrameRate_Mode === 'VFR',
    frames: framesOf(video, rate),
    startFrame: start?.frame ?? 0,
    isDropFrame: start?.isDropFrame ?? false,
  }
}

/** The exact fraction where the container gives one, else the known rate next to the decimal. */
function rateOf(video: VideoTrack): FrameRate | null {
  const numerator = Number(video.FrameRate_Num)
  const denominator = Number(video.FrameRate_Den)
  const exact = frameRateSchema.safeParse({ numerator, denominator })
  if (exact.success) return exact.data
  const decimal = Number(video.FrameRate)
  if (!Number.isFinite(decimal) || decimal <= 0) return null
  const rounded = Math.round(decimal)
  const isNtsc = Math.abs(decimal - (rounded * 1000) / 1001) < 0.005 && Math.abs(decimal - rounded) > 0.005
  const guess = isNtsc
    ? { numerator: rounded * 1000, denominator: 1001 }
    : Math.abs(decimal - rounded) < 0.001
      ? { numerator: rounded, denominator: 1 }
      : { numerator: Math.round(decimal * 1000), denominator: 1000 }
  const parsed = frameRateSchema.safeParse(guess)
  return parsed.success ? parsed.data : null
}

function framesOf(video: VideoTrack | undefined, rate: FrameRate | null): number | null {
  const counted = Number(video?.FrameCount)
  if (Number.isInteger(counted) && counted > 0) return counted
  const seconds = Number(video?.Duration)
  return rate !== null && seconds > 0 ? Math.round((seconds * rate.numerator) / rate.denominator) : null
}

function startOf(
  tracks: readonly object[],
  rate: FrameRate,
): { frame: number; isDropFrame: boolean } | undefined {
  for (const track of tracks) {
    const text: unknown = Reflect.get(track, 'TimeCode_FirstFrame')
    if (typeof text !== 'string') continue
    const isDropFrame = text.includes(';') && canDropFrames(rate)
    const frame = parseTimecode(text, { rate, dropFrame: isDropFrame })
    if (frame !== undefined) return { frame, isDropFrame }
  }
  return undefined
}

function positive(value: unknown): number | null {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : null
}
