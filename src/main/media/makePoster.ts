import { AppError } from '../../shared/errors.ts'
import { runFfmpeg } from './ffmpegRun.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import { serveOriginal } from './originalServer.ts'
import { posterArguments } from './proxyArguments.ts'

export interface PosterOrder {
  readonly tool: Pick<FfmpegTool, 'ffmpeg'>
  /** How long the clip is, as far as it is known. */
  readonly seconds: number | null | undefined
  /** The bytes of the medium, with `Range` as the request has it. */
  readonly answer: (request: Request) => Promise<Response>
  readonly signal: AbortSignal
  readonly onSaid: (text: string) => void
}

const mostPoster = 4 * 2 ** 20
const stallAfter = 10_000
const longest = 20_000
/** A tenth of this is a second: past the black at the head of most clips. */
const likelySeconds = 10

/**
 * One picture of a clip as JPEG; undefined where ffmpeg finds none in it. Reads no more of it than `answer` gives.
 *
 * Fails with `proxy.failed` (stalled, tooLong), `ffmpeg.missing`, the signal's reason, or with what stood in the way of
 * reading the medium (`remote.*`, `network.*`, `auth.*`, `media.unplayable`).
 */
export async function makePoster(order: PosterOrder): Promise<Buffer | undefined> {
  const { tool, seconds, signal } = order
  const server = await serveOriginal(order.answer)
  try {
    // A clip shorter than a second has its picture at the start.
    for (const length of seconds ? [seconds] : [likelySeconds, 0]) {
      const chunks: Buffer[] = []
      const size = new AbortController()
      let total = 0
      const { code, said } = await runFfmpeg({
        ...{ program: tool.ffmpeg, args: posterArguments(server.url, length), stallAfter, longest },
        ...{ proxy: server.proxy, moved: server.bytesServed, signal: AbortSignal.any([signal, size.signal]) },
        onOutput(bytes) {
          total += bytes.byteLength
          if (total > mostPoster) size.abort(new AppError('proxy.failed', { reason: 'tooLarge' }))
          else chunks.push(bytes)
        },
      })
      const unread = server.failure()
      if (unread !== undefined) throw unread
      if (said !== '') order.onSaid(said)
      if (total > 0 && code === 0) return Buffer.concat(chunks)
    }
    return undefined
  } finally {
    await server.close()
  }
}
