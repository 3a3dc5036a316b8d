import type { ChildProcess } from 'node:child_process'
import { stat, writeFile } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { framesPerSecondOf } from '../../shared/frameRate.ts'
import type { MediaInfo } from '../../shared/place.ts'
import type { FfmpegRun } from './ffmpegRun.ts'
import { runFfmpeg } from './ffmpegRun.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import { serveOriginal } from './originalServer.ts'
import type { Probe } from './proxyArguments.ts'
import { hasSound, posterArguments, probeArguments, probeSchema, proxyArguments } from './proxyArguments.ts'
import type { ProxyDraft } from './proxyCache.ts'
import { createSoundPeaks } from './soundPeaks.ts'

export interface ProxyOrder {
  readonly tool: FfmpegTool
  readonly info: MediaInfo
  /** The bytes of the original, with `Range` as the request has it. */
  readonly answer: (request: Request) => Promise<Response>
  readonly draft: ProxyDraft
  readonly signal: AbortSignal
  /** 0..1, or null while nothing is known of the length. */
  readonly onShare: (share: number | null) => void
  /** What ffmpeg said when it failed, for the log. */
  readonly onSaid: (text: string) => void
  /** A proxy that takes more than this is given up. */
  readonly mostBytes: number
  /** See `FfmpegRun`. */
  readonly stallAfter: number
  readonly longest: number
  readonly onStart?: (child: ChildProcess) => void
}

export interface ProxyMade {
  /** A picture of the clip; undefined for sound. */
  readonly poster: Buffer | undefined
  readonly hasPeaks: boolean
}

const mostPoster = 4 * 2 ** 20
const mostProbe = 2 ** 20

/**
 * Makes poster, waveform and proxy of one original in the draft's folder. The original is only read.
 *
 * Fails with `proxy.failed` (its fact `reason`: unreadable, stalled, tooLong, frames), `proxy.tooLarge`, `proxy.diskFull`,
 * `ffmpeg.unfit`, `ffmpeg.missing`, or with what stood in the way of reading the original (`remote.*`, `network.*`, `auth.*`).
 */
export async function makeProxy(order: ProxyOrder): Promise<ProxyMade> {
  const { tool, info, draft, signal } = order
  if (tool.encoder === null) throw new AppError('ffmpeg.unfit', { version: tool.version })
  const server = await serveOriginal(order.answer)
  const { proxy, bytesServed } = server
  const run = async (each: Pick<FfmpegRun, 'program' | 'args' | 'onOutput' | 'onProgress' | 'signal'>) => {
    const { stallAfter, longest, onStart } = order
    const watched = { proxy, moved: bytesServed, stallAfter, longest, ...(onStart && { onStart }) }
    const ended = await runFfmpeg({ ...watched, ...each })
    // What kept the original from being read comes first: ffmpeg may make the best of half of it.
    const unread = server.failure()
    if (unread !== undefined) throw unread
    if (ended.code === 0) return
    order.onSaid(ended.said)
    throw problemOf(ended.said, tool)
  }
  const read = async (program: string, args: readonly string[], most: number): Promise<Buffer> => {
    const chunks: Buffer[] = []
    let total = 0
    const onOutput = (bytes: Buffer) => {
      total += bytes.byteLength
      if (total <= most) chunks.push(bytes)
    }
    await run({ program, args, onOutput, signal })
    return Buffer.concat(chunks)
  }

  try {
    const probe = probeOf(await read(tool.ffprobe, probeArguments(server.url), mostProbe))
    const seconds = secondsOf(info)
    const hasPicture = info.kind === 'video'
    const poster = hasPicture
      ? await read(tool.ffmpeg, posterArguments(server.url, seconds ?? 0), mostPoster)
      : Buffer.alloc(0)
    if (poster.length > 0) await writeFile(draft.file('poster'), poster)

    const peaks = hasSound(probe) && seconds !== null ? createSoundPeaks(seconds) : undefined
    const tooLarge = new AppError('proxy.tooLarge', { bytes: order.mostBytes })
    const size = new AbortController()
    let frames = 0
    await run({
      program: tool.ffmpeg,
      args: proxyArguments({ url: server.url, info, probe, tool, to: draft.file('video') }),
      signal: AbortSignal.any([signal, size.signal]),
      onOutput: (bytes) => peaks?.add(bytes),
      onProgress(key, value) {
        if (key === 'total_size' && Number(value) > order.mostBytes) size.abort(tooLarge)
        if (key === 'frame') frames = Number(value)
        const share = shareOf(key, Number(value), info, seconds)
        if (share !== undefined) order.onShare(share)
      },
    })
    if ((await stat(draft.file('video'))).size > order.mostBytes) throw tooLarge
    // A comment on frame 1200 must be on the same picture for everybody.
    if (hasPicture && info.frames !== null && frames !== info.frames)
      throw new AppError('proxy.failed', { reason: 'frames', made: frames, wanted: info.frames })
    if (peaks !== undefined) await writeFile(draft.file('peaks'), peaks.bytes())
    return { poster: poster.length > 0 ? poster : undefined, hasPeaks: peaks !== undefined }
  } finally {
    await server.close()
  }
}

function probeOf(bytes: Buffer): Probe {
  try {
    return probeSchema.parse(JSON.parse(bytes.toString('utf8')))
  } catch (error) {
    throw new AppError('proxy.failed', { reason: 'unreadable' }, error)
  }
}

/** How long the clip is; null where that is not known. */
export const secondsOf = ({ frames, rate }: MediaInfo): number | null =>
  frames === null || rate === null ? null : frames / framesPerSecondOf(rate)

/** How far it is, by frames where there are pictures, else by time in millionths of a second. */
function shareOf(key: string, value: number, info: MediaInfo, seconds: number | null): number | undefined {
  if (!Number.isFinite(value)) return undefined
  if (key === 'frame' && info.frames) return Math.min(1, value / info.frames)
  if (key === 'out_time_us' && info.kind !== 'video' && seconds) return Math.min(1, value / 1e6 / seconds)
  return undefined
}

function problemOf(said: string, { version }: FfmpegTool): AppError {
  if (/no space left on device|disk quota exceeded/i.test(said)) return new AppError('proxy.diskFull')
  if (/unknown encoder|error while opening encoder|unrecognized option|encoder not found/i.test(said))
    return new AppError('ffmpeg.unfit', { version })
  return new AppError('proxy.failed', { reason: 'unreadable' })
}
