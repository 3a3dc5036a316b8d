import { z } from 'zod'
import { canDropFrames } from '../../shared/frameRate.ts'
import type { MediaInfo } from '../../shared/place.ts'
import { formatTimecode } from '../../shared/timecode.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import { peakRate } from './soundPeaks.ts'

/** What ffprobe says of the streams, as far as it matters here. */
export const probeSchema = z.object({
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        channels: z.number().int().nonnegative().optional(),
        field_order: z.string().optional(),
        disposition: z.object({ attached_pic: z.number().optional() }).optional(),
      }),
    )
    .max(512),
})
export type Probe = z.infer<typeof probeSchema>

/** Containers of footage. Lists, playlists and scripts, which name other files, are not among them. */
const containers = [
  ...[
    'mov',
    'mxf',
    'mxf_opatom',
    'avi',
    'matroska',
    'mpegts',
    'mpeg',
    'mpegvideo',
    'asf',
    'flv',
    'ogg',
    'gxf',
    'dv',
  ],
  ...['lxf', 'r3d', 'rm', 'nut', 'ivf', 'hevc', 'h264', 'm4v', 'dnxhd', 'yuv4mpegpipe'],
  ...['wav', 'w64', 'aiff', 'caf', 'flac', 'mp3', 'aac', 'ac3', 'eac3', 'dts', 'au', 'ape', 'wv', 'tta'],
]
const highest = 1080
const ticks = 90_000

/** What every run says before `-i`: one address, only over the loopback proxy, only containers of footage. */
export const input = (url: string) => [
  ...['-protocol_whitelist', 'http,tcp', '-format_whitelist', containers.join(',')],
  ...['-reconnect', '1', '-reconnect_delay_max', '4', '-i', url],
]
export const quiet = ['-hide_banner', '-nostdin', '-loglevel', 'error']

export const probeArguments = (url: string): string[] => [
  ...['-hide_banner', '-loglevel', 'error', '-print_format', 'json'],
  ...['-show_entries', 'stream=codec_type,channels,field_order:stream_disposition=attached_pic'],
  ...input(url),
]

/** 16384 × 8192. A few bytes of a file may claim a picture that takes all memory; nobody asked for this run. */
const mostPixels = 2 ** 27

/** One picture from a tenth into the clip, as JPEG on standard output: past the slate and the black at the head. */
export function posterArguments(url: string, seconds: number): string[] {
  return [
    ...quiet,
    ...['-max_pixels', String(mostPixels), '-threads', '2'],
    ...['-ss', (seconds * 0.1).toFixed(3)],
    ...input(url),
    ...['-map', '0:v:0', '-frames:v', '1', '-vf', "scale=w='min(960,iw)':h=-2,format=yuvj420p"],
    ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:1'],
  ]
}

export interface ProxyPlan {
  readonly url: string
  readonly info: MediaInfo
  readonly probe: Probe
  readonly tool: Pick<FfmpegTool, 'encoder' | 'makes' | 'hasFpsMode'>
  /** The file to write. */
  readonly to: string
}

/**
 * The review proxy as a file, and its sound as samples for `soundPeaks.ts` on standard output. Every decoded frame is
 * written once: frame n of the original is frame n of the proxy, at n frames' time where the rate is constant and at its
 * own time where it is not.
 */
export function proxyArguments({ url, info, probe, tool, to }: ProxyPlan): string[] {
  const hasPicture = info.kind === 'video'
  const sound = soundOf(probe)
  return [
    ...quiet,
    ...['-nostats', '-progress', 'pipe:2'],
    ...input(url),
    ...(sound === null ? [] : ['-filter_complex', sound]),
    ...(hasPicture ? pictureOf(info, probe, tool) : []),
    ...(sound === null ? [] : ['-map', '[sound]', ...soundCodec(tool), '-ac', '2']),
    ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...timecodeOf(info, tool),
    ...(tool.makes === 'vp9' ? ['-f', 'webm'] : ['-movflags', '+faststart', '-f', 'mp4']),
    ...['-y', `file:${to}`],
    ...(sound === null
      ? []
      : ['-map', '[wave]', '-ac', '1', '-ar', String(peakRate), '-f', 's16le', 'pipe:1']),
  ]
}

export const hasSound = (probe: Probe): boolean => audioOf(probe).length > 0
const audioOf = ({ streams }: Probe) => streams.filter(({ codec_type }) => codec_type === 'audio')

/** Cameras write a track for each microphone: the first two are left and right. */
function soundOf(probe: Probe): string | null {
  const [first, second] = audioOf(probe)
  if (first === undefined) return null
  const isPair = first.channels === 1 && second?.channels === 1
  return isPair ? '[0:a:0][0:a:1]amerge=inputs=2,asplit=2[sound][wave]' : '[0:a:0]asplit=2[sound][wave]'
}

const soundCodec = ({ makes }: ProxyPlan['tool']) =>
  makes === 'vp9' ? ['-c:a', 'libopus', '-b:a', '128k'] : ['-c:a', 'aac', '-b:a', '160k', '-ar', '48000']

function pictureOf(info: MediaInfo, probe: Probe, tool: ProxyPlan['tool']): string[] {
  const { rate } = info
  const video = probe.streams.find(
    ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
  )
  const isInterlaced = ['tt', 'bb', 'tb', 'bt'].includes(video?.field_order ?? '')
  const isConstant = rate !== null && !info.isVariableRate
  const base = isConstant ? `${rate.denominator}/${rate.numerator}` : `1/${ticks}`
  const filters = [
    ...(isInterlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    // Decoders of pictures want even sizes.
    `scale=w=-2:h='trunc(min(${highest},ih)/2)*2'`,
    'format=yuv420p',
    `settb=${base}`,
    // Counted, not copied: containers round times, and some begin before zero.
    isConstant ? 'setpts=N' : 'setpts=PTS-STARTPTS',
  ]
  return [
    ...['-map', '0:v:0', '-vf', filters.join(',')],
    ...[tool.hasFpsMode ? '-fps_mode' : '-vsync', 'passthrough', '-enc_time_base', base],
    ...pictureCodec(tool.encoder, rate),
  ]
}

/** Short groups without B frames: every frame is near a key frame, and none waits for a later one. */
function pictureCodec(encoder: string | null, rate: MediaInfo['rate']): string[] {
  const group = String(rate === null ? 12 : Math.max(1, Math.round(rate.numerator / rate.denominator / 2)))
  const common = ['-c:v', encoder ?? 'libx264', '-g', group]
  if (encoder === 'libx264') return [...common, '-bf', '0', '-preset', 'veryfast', '-crf', '20']
  if (encoder === 'libvpx-vp9')
    return [...common, '-deadline', 'good', '-cpu-used', '5', '-row-mt', '1', '-b:v', '0', '-crf', '24']
  return [...common, '-bf', '0', '-b:v', '10M']
}

/** The start timecode of the original, where it has one and the container can carry it. */
function timecodeOf(info: MediaInfo, { makes }: ProxyPlan['tool']): string[] {
  const { rate, startFrame } = info
  if (info.kind !== 'video' || rate === null || startFrame === 0 || info.isVariableRate) return []
  const isKnown = rate.denominator === 1 || rate.denominator === 1001
  const isDrop = info.isDropFrame && canDropFrames(rate)
  if (!isKnown || rate.numerator / rate.denominator > 60.5) return []
  const label = formatTimecode(startFrame, { rate, dropFrame: isDrop })
  return makes === 'vp9' ? ['-metadata', `timecode=${label}`] : ['-timecode', label]
}
