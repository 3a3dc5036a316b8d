import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import { AppError, toFailure } from '../shared/errors.ts'
import type { AssetId, SourceId, VersionId } from '../shared/ids.ts'
import { assetIdSchema, sourceIdSchema, versionIdSchema } from '../shared/ids.ts'
import { appOrigin } from './appProtocol.ts'
import { isBeforeSending, networkFailure } from './connectors/networkFailure.ts'
import { readAtMost } from './media/boundedBody.ts'
import type { Media, MediaPlace } from './media/media.ts'
import { parseRange } from './media/range.ts'
import type { ThumbnailCache } from './media/thumbnailCache.ts'

export const mediaScheme = 'media'

export interface MediaProtocolParts {
  readonly media: Media
  readonly thumbnails: ThumbnailCache
  readonly fetch: typeof fetch
  readonly sourceFile: (id: SourceId) => Promise<{ path: string; mediaType: string; bytes: number }>
  readonly sourcePicture: (id: SourceId) => Promise<Uint8Array | null>
  readonly report: (error: unknown) => void
}

const statusOf = {
  'thing.notFound': 404,
  'remote.notFound': 404,
  'auth.expired': 401,
  'auth.forbidden': 403,
} as const
/** What may come out: media and nothing that could run. */
const safeType = /^(video|audio)\/[\w.+-]+$|^image\/(jpeg|png|webp|gif|avif|bmp)$/

/** Largest picture that is taken whole into memory and onto the disk. */
const largestPicture = 8 * 2 ** 20
const pictureTimeout = 30_000

/**
 * `media://<connection>/version/<id>/play`, `media://<connection>/asset/<id>/thumbnail`, `media://local/source/<id>` and
 * `media://local/source/<id>/thumbnail`.
 * Ids only: never a path, never a URL. Range is answered with 206 by ourselves, without it `<video>` cannot seek.
 * Each connection is an origin of its own.
 */
export function serveMedia(parts: MediaProtocolParts): void {
  protocol.handle(mediaScheme, async (request) => {
    try {
      const url = new URL(request.url)
      const [kind, id, use] = url.pathname.split('/').filter((piece) => piece !== '')
      if (kind === 'source' && url.hostname === 'local') {
        const source = sourceIdSchema.parse(id)
        return use === 'thumbnail'
          ? await sourcePicture(parts, source)
          : await localSource(parts, source, request)
      }
      if (kind === 'version' && use === 'play') {
        const version = versionIdSchema.parse(id)
        if (parts.media.connectionOf(version).toLowerCase() !== url.hostname) return refuse(404)
        return await play(parts, version, request)
      }
      if (kind === 'asset' && use === 'thumbnail')
        return await thumbnail(parts, assetIdSchema.parse(id), url.hostname, request.signal)
      return refuse(404)
    } catch (error) {
      if (request.signal.aborted) return refuse(499)
      if (!(error instanceof AppError)) parts.report(error)
      const { code } = toFailure(error)
      return refuse(code in statusOf ? statusOf[code as keyof typeof statusOf] : 502)
    }
  })
}

function refuse(status: number): Response {
  return new Response(null, { status: status === 499 ? 408 : status, headers: common })
}

const common = {
  'access-control-allow-origin': appOrigin,
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
} as const

/** No picture (yet) is an answer, not an error: the page keeps its placeholder. */
function noPicture(): Response {
  return new Response(null, { status: 204, headers: { ...common, 'cache-control': 'no-store' } })
}

async function sourcePicture(parts: MediaProtocolParts, id: SourceId): Promise<Response> {
  const bytes = await parts.sourcePicture(id)
  return bytes === null ? noPicture() : picture(bytes)
}

async function localSource(parts: MediaProtocolParts, id: SourceId, request: Request): Promise<Response> {
  const { path, mediaType } = await parts.sourceFile(id)
  return fileAnswer(path, mediaType, request)
}

async function play(parts: MediaProtocolParts, id: VersionId, request: Request): Promise<Response> {
  const place = await parts.media.find(id, 'play', false, request.signal)
  const first = await answerFrom(parts, place, request)
  // A signed link dies after a while: one fresh one, then the refusal is the truth.
  if (place.kind === 'file' || (first.status !== 403 && first.status !== 400)) return first
  await first.body?.cancel()
  return answerFrom(parts, await parts.media.find(id, 'play', true, request.signal), request)
}

async function answerFrom(parts: MediaProtocolParts, place: MediaPlace, request: Request): Promise<Response> {
  if (place.kind === 'file') return fileAnswer(place.path, place.mediaType, request)
  const range = request.headers.get('range')
  const response = await parts
    .fetch(place.link.url, {
      headers: range === null ? {} : { range },
      redirect: 'error',
      signal: request.signal,
    })
    .catch(noAnswer)
  const headers = new Headers(common)
  for (const name of ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']) {
    const value = response.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  headers.set('content-type', typeFor(response.headers.get('content-type') ?? place.link.mediaType))
  return new Response(response.body, { status: response.status, headers })
}

/** An expected refusal, not a bug: without a network every picture of a grid would fill the log with one. */
function noAnswer(error: unknown): never {
  throw networkFailure(error, isBeforeSending(error))
}

function typeFor(type: string | null): string {
  const plain = (type ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  // Chromium knows QuickTime files as MP4: the boxes are the same.
  if (plain === 'video/quicktime') return 'video/mp4'
  return safeType.test(plain) ? plain : 'application/octet-stream'
}

async function fileAnswer(path: string, mediaType: string, request: Request): Promise<Response> {
  const { size } = await stat(path)
  const range = parseRange(request.headers.get('range'), size)
  const headers = new Headers({ ...common, 'content-type': typeFor(mediaType), 'accept-ranges': 'bytes' })
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

async function thumbnail(
  parts: MediaProtocolParts,
  id: AssetId,
  host: string,
  signal: AbortSignal,
): Promise<Response> {
  const { origin, key, versionId } = parts.media.sourceOf(id)
  if (origin.connectionId.toLowerCase() !== host) return refuse(404)
  const cached = key === null ? undefined : await parts.thumbnails.get(origin.connectionId, id, key)
  if (cached !== undefined) return picture(cached)
  if (origin.sourceId !== null) {
    const local = await parts.sourcePicture(origin.sourceId).catch(() => null)
    if (local !== null) return picture(local)
  }
  const place = await parts.media.find(versionId, 'thumbnail', false, signal).catch((error: unknown) => {
    if (error instanceof AppError) return undefined
    throw error
  })
  if (place === undefined || place.kind === 'file') return noPicture()
  const response = await parts
    .fetch(place.link.url, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(pictureTimeout)]),
    })
    .catch(noAnswer)
  if (!response.ok || response.body === null) return noPicture()
  const type = typeFor(response.headers.get('content-type') ?? place.link.mediaType)
  const bytes = await readAtMost(response.body, largestPicture)
  if (bytes === undefined || !type.startsWith('image/')) return noPicture()
  if (key !== null) void parts.thumbnails.put(origin.connectionId, id, key, bytes)
  return picture(bytes, type)
}

/** Pictures carry a key in their address that changes with them, so they may be kept. */
function picture(bytes: Uint8Array, type = 'image/jpeg'): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { ...common, 'content-type': type, 'cache-control': 'private, max-age=86400' },
  })
}
