import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'
import type { Cue } from '../../shared/captions.ts'
import { readWrittenCaptions } from '../../shared/captions.ts'
import { AppError } from '../../shared/errors.ts'
import type { FfmpegRun } from './ffmpegRun.ts'
import { runFfmpeg } from './ffmpegRun.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import { serveOriginal } from './originalServer.ts'
import { input, quiet } from './proxyArguments.ts'

export interface CaptionOrder {
  readonly tool: Pick<FfmpegTool, 'ffmpeg' | 'ffprobe'>
  /** The bytes of the file, with `Range` as the request has it. */
  readonly answer: (request: Request) => Promise<Response>
  /** The track, by its place among all tracks of the file. */
  readonly index: number
  readonly signal: AbortSignal
  /** What ffmpeg said when it failed, for the log. */
  readonly onSaid: (text: string) => void
  /** See `FfmpegRun`. */
  readonly stallAfter: number
  readonly longest: number
  readonly onStart?: (child: ChildProcess) => void
}

const mostProbe = 2 ** 20
const mostWords = 5 * 2 ** 20

const probeSchema = z.object({
  streams: z
    .array(
      z.object({
        index: z.number().int(),
        codec_type: z.string().optional(),
        codec_name: z.string().optional(),
        start_time: z.string().optional(),
        disposition: z.object({ attached_pic: z.number().optional() }).optional(),
      }),
    )
    .max(512),
})

/** Codecs of words, by ffmpeg's names. */
const written: ReadonlySet<string> = new Set(['mov_text', 'subrip', 'srt', 'ass', 'ssa', 'webvtt', 'text'])

/** Only the head of the file is looked at. */
export const captionProbeArguments = (url: string): string[] => [
  ...['-hide_banner', '-loglevel', 'error', '-print_format', 'json'],
  ...['-show_entries', 'stream=index,codec_type,codec_name,start_time:stream_disposition=attached_pic'],
  ...input(url),
]

/** One track as WebVTT on standard output, with the times of the file: neither moved to its start nor to zero. */
export const captionArguments = (url: string, index: number): string[] => [
  ...quiet,
  '-copyts',
  ...input(url),
  ...['-map', `0:${index}`, '-c:s', 'webvtt', '-avoid_negative_ts', 'disabled'],
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-f', 'webvtt', 'pipe:1'],
]

/**
 * The words of one caption track, with times from the first picture of the file, or from the start of sound alone. The
 * file is only read: all of it, where its tracks are woven into each other.
 *
 * Fails with `captions.notRead` (its fact `reason`: unreadable, empty, tooMany, stalled, tooLong), `ffmpeg.missing`, or
 * with what stood in the way of reading the file (`remote.*`, `network.*`, `auth.*`).
 */
export async function extractCaptions(order: CaptionOrder): Promise<readonly Cue[]> {
  const { tool, index, signal, stallAfter, longest, onStart } = order
  const server = await serveOriginal(order.answer)
  const read = async (program: string, args: readonly string[], most: number): Promise<Read> => {
    const chunks: Buffer[] = []
    const size = new AbortController()
    let total = 0
    const run: FfmpegRun = {
      ...{ program, args, stallAfter, longest, proxy: server.proxy, moved: server.bytesServed },
      signal: AbortSignal.any([signal, size.signal]),
      onOutput(bytes) {
        total += bytes.byteLength
        if (total > most) size.abort(new AppError('captions.notRead', { reason: 'tooMany' }))
        else chunks.push(bytes)
      },
      ...(onStart && { onStart }),
    }
    const ended = await runFfmpeg(run).catch(asNotRead)
    // What kept the file from being read comes first: ffmpeg may make the best of half of it.
    const unread = server.failure()
    if (unread !== undefined) throw unread
    if (ended.said !== '') order.onSaid(ended.said)
    if (ended.code !== 0) throw new AppError('captions.notRead', { reason: 'unreadable' })
    return { text: Buffer.concat(chunks).toString('utf8'), said: ended.said }
  }

  try {
    const { streams } = probeOf((await read(tool.ffprobe, captionProbeArguments(server.url), mostProbe)).text)
    const stream = streams.find((each) => each.index === index)
    if (stream?.codec_type !== 'subtitle' || !written.has(stream.codec_name ?? ''))
      throw new AppError('captions.notRead', { reason: 'unreadable' })
    const picture = streams.find(
      ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
    )
    const { text, said } = await read(tool.ffmpeg, captionArguments(server.url, index), mostWords)
    const found = readWrittenCaptions(text, Math.round(Number(picture?.start_time ?? 0) * 1000) || 0)
    if (found.ok) return found.cues
    const reason = found.problem === 'empty' && said !== '' ? 'unreadable' : found.problem
    throw new AppError('captions.notRead', { reason })
  } finally {
    await server.close()
  }
}

interface Read {
  readonly text: string
  readonly said: string
}

/** It speaks of proxies, for which it was made. */
function asNotRead(error: unknown): never {
  if (error instanceof AppError && error.code === 'proxy.failed')
    throw new AppError('captions.notRead', { ...error.facts }, error)
  throw error
}

function probeOf(text: string) {
  try {
    return probeSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError('captions.notRead', { reason: 'unreadable' }, error)
  }
}
