/** The only place that starts ffmpeg. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

/** @typedef {import('./footage.mjs').ClipPlan} ClipPlan */

/** ffmpeg's version line, or undefined if it cannot be started or has no H.264 encoder. */
export function ffmpegVersion() {
  const version = spawnSync('ffmpeg', ['-hide_banner', '-version'], { encoding: 'utf8' })
  if (version.status !== 0) return undefined
  const encoders = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' })
  return encoders.stdout.includes('libx264') ? version.stdout.split('\n')[0] : undefined
}

/**
 * Runs ffmpeg and feeds it what `feed` yields. Rejects with ffmpeg's own words if it fails.
 * @param {readonly string[]} args @param {Iterable<Uint8Array>} feed
 */
async function run(args, feed) {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  // A broken pipe is told by the exit code; its text is in `said`.
  child.stdin.on('error', () => child.stdin.destroy())
  const ended = once(child, 'close')
  for (const bytes of feed) {
    if (child.stdin.destroyed) break
    if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain'), ended])
  }
  child.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${said.trim()}`)
}

/** @param {number} width @param {number} height @param {string} [rate] */
const rawPicture = (width, height, rate = '25') => [
  ...['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${width}x${height}`, '-framerate', rate],
  ...['-i', 'pipe:0'],
]

/**
 * Writes a clip: H.264 High with a key frame every twelve frames, AAC, a timecode track, the index in front.
 * One thread, no dates and no encoder names, so that the same ffmpeg writes the same bytes.
 * @param {ClipPlan} plan @param {string} soundFile @param {string} to @param {Iterable<Uint8Array>} frames
 */
export function writeClip(plan, soundFile, to, frames) {
  const { numerator, denominator } = plan.rate
  const colours = [
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-colorspace',
    'bt709',
    '-color_range',
    'tv',
  ]
  return run(
    [
      ...rawPicture(plan.width, plan.height, `${numerator}/${denominator}`),
      ...['-i', soundFile, '-map', '0:v', '-map', '1:a', '-map_metadata', '-1'],
      ...[
        '-vf',
        'scale=in_range=full:out_range=tv:out_color_matrix=bt709:flags=accurate_rnd+full_chroma_int,format=yuv420p',
      ],
      ...[
        '-c:v',
        'libx264',
        '-profile:v',
        'high',
        '-preset',
        'slower',
        '-crf',
        String(plan.quality),
        ...colours,
      ],
      ...['-g', '12', '-keyint_min', '12', '-sc_threshold', '0', '-bf', '2', '-threads', '1'],
      // Dark gradients band first: give flat and dark blocks more bits, smooth less.
      ...['-x264-params', 'aq-mode=3:aq-strength=1.0:deblock=-1,-1:open-gop=0:stitchable=1'],
      ...['-c:a', 'aac', '-b:a', '64k', '-ar', '48000', '-ac', '2'],
      ...['-timecode', plan.startTimecode, '-metadata', `title=${plan.title}`],
      ...['-video_track_timescale', String(numerator < 1000 ? numerator * 1000 : numerator)],
      ...[
        '-fflags',
        '+bitexact',
        '-flags:v',
        '+bitexact',
        '-flags:a',
        '+bitexact',
        '-movflags',
        '+faststart',
        to,
      ],
    ],
    frames,
  )
}

/**
 * Writes one picture as JPEG, made smaller to `toWidth`.
 * @param {Uint8Array} rgb @param {number} width @param {number} height @param {number} toWidth
 * @param {number} quality 2 (best) to 31. @param {string} to
 */
export function writeJpeg(rgb, width, height, toWidth, quality, to) {
  return run(
    [
      ...rawPicture(width, height),
      ...[
        '-vf',
        `scale=${toWidth}:-2:flags=lanczos+accurate_rnd+full_chroma_int:out_range=full,format=yuvj420p`,
      ],
      ...['-frames:v', '1', '-q:v', String(quality), '-fflags', '+bitexact', '-flags:v', '+bitexact', to],
    ],
    [rgb],
  )
}

/**
 * @typedef {object} TestClip
 * @property {number} width
 * @property {number} height
 * @property {string} rate `24000/1001`
 * @property {string | undefined} [timecode] of the first frame; `;` before the frames is drop frame
 * @property {'h264' | 'vp9' | 'av1' | 'prores' | 'hevc' | 'mpeg2' | 'dnxhr'} codec
 * @property {number} [soundSeconds] a tone that falls silent after half of it
 * @property {boolean} [isVariable] no frame is as long as the next: 0.4 to 2.1 of the rate's own
 * @property {number} [startSeconds] nothing is shown before
 * @property {readonly string[]} [muxing] flags of the MP4 muxer, instead of the index in front
 */

const encoders = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-g', '24', '-bf', '2'],
  vp9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-g', '24'],
  av1: ['-c:v', 'libaom-av1', '-cpu-used', '8', '-usage', 'realtime', '-b:v', '2M', '-g', '24'],
  prores: ['-c:v', 'prores_ks', '-profile:v', '0'],
  hevc: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'],
  mpeg2: ['-c:v', 'mpeg2video', '-b:v', '20M', '-g', '12', '-bf', '2'],
  dnxhr: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_hq'],
}
const pixelFormats = { prores: 'yuv422p10le', dnxhr: 'yuv422p' }

/** @param {number} seconds @param {string} to */
function toneFor(seconds, to) {
  const tone = `aevalsrc='0.5*sin(880*PI*t)*lt(t,${seconds / 2})':s=48000:d=${seconds}`
  return {
    input: ['-f', 'lavfi', '-i', tone],
    output: ['-map', '0:v', '-map', '1:a', '-c:a', to.endsWith('.mp4') ? 'aac' : 'pcm_s16le'],
  }
}

/** @param {TestClip} clip @param {string} to */
function timingFor({ isVariable, startSeconds = 0, rate }, to) {
  if (!isVariable && startSeconds === 0) return { filters: [], output: [] }
  const frames = isVariable ? 'N+0.5*floor((N+2)/3)+0.3*mod(7*N,3)' : 'N'
  return {
    filters: ['settb=1/90000', `setpts='(${frames})/(${rate})/TB+${startSeconds}/TB'`],
    output: [
      ...['-fps_mode', 'passthrough', '-enc_time_base', '1/90000'],
      ...(to.endsWith('.mp4') ? ['-video_track_timescale', '90000'] : []),
    ],
  }
}

/**
 * Writes a small clip for a test, quickly. The container follows the name.
 * @param {TestClip} clip @param {string} to @param {Iterable<Uint8Array>} frames
 */
export function writeTestClip(clip, to, frames) {
  const timing = timingFor(clip, to)
  const filter = ['format=yuv420p', ...timing.filters].join(',')
  const format =
    clip.codec in pixelFormats ? pixelFormats[/** @type {'prores' | 'dnxhr'} */ (clip.codec)] : undefined
  const pixels = format === undefined ? [] : ['-pix_fmt', format]
  const sound = clip.soundSeconds === undefined ? undefined : toneFor(clip.soundSeconds, to)
  return run(
    [
      ...rawPicture(clip.width, clip.height, clip.rate),
      ...(sound?.input ?? []),
      ...['-vf', filter, ...timing.output, ...encoders[clip.codec], ...pixels, ...(sound?.output ?? ['-an'])],
      ...(clip.timecode === undefined ? [] : ['-timecode', clip.timecode]),
      ...(to.endsWith('.mp4') || to.endsWith('.mov') ? (clip.muxing ?? ['-movflags', '+faststart']) : []),
      to,
    ],
    frames,
  )
}
