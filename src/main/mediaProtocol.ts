import { protocol } from 'electron'
import { AppError, toFailure } from '../shared/errors.ts'
import type { AssetId, SourceId, VersionId } from '../shared/ids.ts'
import { assetIdSchema, sourceIdSchema, versionIdSchema } from '../shared/ids.ts'
import { madePictureOf } from '../shared/place.ts'
import { appOrigin } from './appProtocol.ts'
import { readAtMost } from './media/boundedBody.ts'
import type { Media } from './media/media.ts'
import { fileAnswer, playAnswer, typeFor } from './media/mediaAnswer.ts'
import type { OwnProxies } from './media/ownProxies.ts'
import { noAnswer } from './media/placeBytes.ts'
import type { Posters } from './media/posters.ts'
import type { ProxyPart } from './media/proxyCache.ts'
import type { Renditions } from './media/renditions.ts'
import type { SignInWait } from './media/signInWait.ts'
import type { ThumbnailCache } from './media/thumbnailCache.ts'

export const mediaScheme = 'media'

export interface MediaProtocolParts {
  readonly media: Media
  readonly signInWait: SignInWait
  readonly proxies: OwnProxies
  readonly renditions: Renditions
  readonly posters: Posters
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
/** Largest picture that is taken whole into memory and onto the disk. */
const largestPicture = 8 * 2 ** 20
const pictureTimeout = 30_000

/**
 * `media://<connection>/version/<id>/play`, a chosen rendition `/as/<key>`, what plays for one picture `/still?n=<attempt>`,
 * of what this computer made of it `/proxy`, `/poster` and `/peaks`,
 * `media://<connection>/asset/<id>/thumbnail`, `media://local/source/<id>` and `media://local/source/<id>/thumbnail`.
 * Ids only: never a path, never a URL.
 * Each connection is an origin of its own.
 */
export function serveMedia(parts: MediaProtocolParts): void {
  protocol.handle(mediaScheme, async (request) => {
    try {
      const url = new URL(request.url)
      const [kind, id, use, rendition] = url.pathname.split('/').filter((piece) => piece !== '')
      if (kind === 'source' && url.hostname === 'local') {
        const source = sourceIdSchema.parse(id)
        return use === 'thumbnail'
          ? await sourcePicture(parts, source)
          : await localSource(parts, source, request)
      }
      if (kind === 'version') {
        const version = versionIdSchema.parse(id)
        const connectionId = parts.media.connectionOf(version)
        if (connectionId.toLowerCase() !== url.hostname) return refuse(404)
        if (use === 'play' || use === 'as') {
          const asked = { connectionId, versionId: version, signal: request.signal }
          const answer =
            use === 'play'
              ? () => playAnswer(parts, version, request)
              : () => parts.renditions.answer(version, decodeURIComponent(rendition ?? ''), request)
          return named(await parts.signInWait.answer(asked, answer))
        }
        if (use === 'still') return await still(parts, version, url.searchParams.get('n') ?? '', request)
        const part = ownParts.get(use ?? '')
        return part === undefined ? refuse(404) : await ownProxy(parts, version, part, request)
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
  return named(await fileAnswer(path, mediaType, request))
}

const ownParts = new Map<string, ProxyPart>([
  ['proxy', 'video'],
  ['poster', 'poster'],
  ['peaks', 'peaks'],
])

async function ownProxy(
  parts: MediaProtocolParts,
  id: VersionId,
  part: ProxyPart,
  request: Request,
): Promise<Response> {
  const file = await parts.proxies.file(id, part)
  return file === undefined ? refuse(404) : named(await fileAnswer(file.path, file.mediaType, request))
}

/** What a picture is taken from. That there is nothing to take it from is expected, and no error on the page's console. */
async function still(
  parts: MediaProtocolParts,
  id: VersionId,
  attempt: string,
  request: Request,
): Promise<Response> {
  try {
    const answer = await parts.posters.source(id, attempt, request)
    if (answer.ok || answer.status === 416) return named(answer)
    await answer.body?.cancel()
    return noPicture()
  } catch (error) {
    if (error instanceof AppError) return noPicture()
    throw error
  }
}

/** With what every answer says of itself. */
function named(response: Response): Response {
  for (const [name, value] of Object.entries(common)) response.headers.set(name, value)
  return response
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
  const remote = madePictureOf(key) ? undefined : await remotePicture(parts, versionId, signal)
  if (remote !== undefined) {
    if (key !== null) void parts.thumbnails.put(origin.connectionId, id, key, remote.bytes)
    return picture(remote.bytes, remote.type)
  }
  const made = await parts.posters.kept(versionId)
  return made === undefined ? noPicture() : picture(made)
}

/** The service's own. */
async function remotePicture(
  parts: MediaProtocolParts,
  versionId: VersionId,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly type: string } | undefined> {
  const place = await parts.media.find(versionId, 'thumbnail', false, signal).catch((error: unknown) => {
    if (error instanceof AppError) return undefined
    throw error
  })
  if (place === undefined || place.kind === 'file') return undefined
  const response = await parts
    .fetch(place.link.url, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(pictureTimeout)]),
    })
    .catch(noAnswer)
  if (!response.ok || response.body === null) return undefined
  const type = typeFor(response.headers.get('content-type') ?? place.link.mediaType)
  const bytes = await readAtMost(response.body, largestPicture)
  return bytes === undefined || !type.startsWith('image/') ? undefined : { bytes, type }
}

/** Pictures carry a key in their address that changes with them, so they may be kept. */
function picture(bytes: Uint8Array, type = 'image/jpeg'): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { ...common, 'content-type': type, 'cache-control': 'private, max-age=86400' },
  })
}
