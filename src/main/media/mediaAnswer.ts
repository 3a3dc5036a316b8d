import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { VersionId } from '../../shared/ids.ts'
import type { Media, PlayedUse } from './media.ts'
import type { MediaPlace } from './placeBytes.ts'
import { noAnswer } from './placeBytes.ts'
import { parseRange } from './range.ts'

export interface MediaAnswerParts {
  readonly media: Pick<Media, 'find'>
  readonly fetch: typeof fetch
}

/** What may come out: media and nothing that could run. */
const safeType = /^(video|audio)\/[\w.+-]+$|^image\/(jpeg|png|webp|gif|avif|bmp)$/

/**
 * The bytes of a version as the service has them, with `Range` as asked. Fails with the codes of `Media.find` and
 * `network.*`; a refusal of the store comes back as its status.
 */
export const playAnswer = (parts: MediaAnswerParts, id: VersionId, request: Request): Promise<Response> =>
  mediaAnswer(parts, id, 'play')(request)

/** As `playAnswer`, for many requests of one run: the service is asked once where the bytes are. */
export function mediaAnswer(
  parts: MediaAnswerParts,
  id: VersionId,
  use: PlayedUse,
): (request: Request) => Promise<Response> {
  let known: MediaPlace | undefined
  return async (request) => {
    const place = known ?? (await parts.media.find(id, use, false, request.signal))
    known = place
    const first = await answerFrom(parts, place, request)
    // A signed link dies after a while: one fresh one, then the refusal is the truth.
    if (place.kind === 'file' || (first.status !== 403 && first.status !== 400)) return first
    await first.body?.cancel()
    known = await parts.media.find(id, use, true, request.signal)
    return answerFrom(parts, known, request)
  }
}

async function answerFrom(parts: MediaAnswerParts, place: MediaPlace, request: Request): Promise<Response> {
  if (place.kind === 'file') return fileAnswer(place.path, place.mediaType, request)
  const range = request.headers.get('range')
  const response = await parts
    .fetch(place.link.url, {
      headers: range === null ? {} : { range },
      redirect: 'error',
      signal: request.signal,
    })
    .catch(noAnswer)
  const headers = new Headers()
  for (const name of ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']) {
    const value = response.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  headers.set('content-type', typeFor(response.headers.get('content-type') ?? place.link.mediaType))
  return new Response(response.body, { status: response.status, headers })
}

/** The type as it may be told to the page; everything that is no media is just bytes. */
export function typeFor(type: string | null): string {
  const plain = (type ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  // Chromium knows QuickTime files as MP4: the boxes are the same.
  if (plain === 'video/quicktime') return 'video/mp4'
  return safeType.test(plain) ? plain : 'application/octet-stream'
}

/** A file of this computer, with `Range` answered by ourselves: without it `<video>` cannot seek. */
export async function fileAnswer(path: string, mediaType: string, request: Request): Promise<Response> {
  const { size } = await stat(path)
  const range = parseRange(request.headers.get('range'), size)
  const headers = new Headers({ 'content-type': typeFor(mediaType), 'accept-ranges': 'bytes' })
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (range !== undefined) headers.set('content-range', `bytes ${start}-${end}/${size}`)
  const stream = size === 0 ? Readable.from([]) : createReadStream(path, { start, end })
  request.signal.addEventListener('abort', () => stream.destroy(), { once: true })
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    status: range === undefined ? 200 : 206,
    headers,
  })
}
