import { readFile } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import { madePictureKey } from '../../shared/place.ts'
import type { AssetStore, MediaFacts } from '../store/assetStore.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import { makePoster } from './makePoster.ts'
import { secondsOf } from './makeProxy.ts'
import { createSlots } from './slots.ts'
import { type Budget, sparingAnswer } from './sparing.ts'
import type { ThumbnailCache } from './thumbnailCache.ts'

export interface PostersParts {
  readonly cache: Pick<ThumbnailCache, 'get' | 'put'>
  readonly originOf: AssetStore['originOf']
  /** The picture of a proxy that was made on this computer. */
  readonly ofOwnProxy: (versionId: VersionId) => Promise<{ readonly path: string } | undefined>
  readonly known: (versionId: VersionId) => MediaFacts | undefined
  /** The bytes of what plays, with `Range` as the request has it; for many requests of one try. */
  readonly answer: (versionId: VersionId) => (request: Request) => Promise<Response>
  readonly tool: () => Promise<Pick<FfmpegTool, 'ffmpeg'> | undefined>
  readonly report: (error: unknown) => void
  readonly mostBytes?: number
}

/** Pictures of clips of which the service has none, kept with the service's own; another version has another. */
export interface Posters {
  kept(versionId: VersionId): Promise<Uint8Array | undefined>
  keep(versionId: VersionId, jpeg: Uint8Array): Promise<void>
  /**
   * The bytes of what plays, for the page to take a picture from. `attempt` names one try: all its requests together
   * get at most `posterBytes`, then `media.unplayable`.
   */
  source(versionId: VersionId, attempt: string, request: Request): Promise<Response>
  /**
   * By the ffmpeg of this computer, for what no browser decodes; two at a time. False: there is none, it finds no picture
   * either, or it was stopped.
   */
  make(versionId: VersionId): Promise<boolean>
  stop(versionId: VersionId): void
  stopAll(): void
}

/** What one try may cost. The index of a file and the pictures that one is coded by are a fraction of it. */
export const posterBytes = 16 * 2 ** 20
const attemptsKept = 32
const runsAtOnce = 2

export function createPosters(parts: PostersParts): Posters {
  const { cache, mostBytes = posterBytes } = parts
  /** In the order they began. */
  const tries = new Map<string, (request: Request) => Promise<Response>>()
  /** Running, or waiting for its turn. */
  const running = new Map<VersionId, AbortController>()
  const inSlot = createSlots(runsAtOnce)

  const originOf = (versionId: VersionId) => {
    const origin = parts.originOf(versionId)
    if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
    return origin
  }
  const keep = (versionId: VersionId, jpeg: Uint8Array) => {
    const { connectionId, assetId } = originOf(versionId)
    return cache.put(connectionId, assetId, madePictureKey(versionId), jpeg)
  }
  const begin = (versionId: VersionId) => {
    const answer = parts.answer(versionId)
    const budget: Budget = { bytes: mostBytes }
    return (request: Request) => sparingAnswer(answer, request, budget)
  }
  const tryOf = (versionId: VersionId, attempt: string) => {
    const name = `${versionId} ${attempt.slice(0, 20)}`
    const known = tries.get(name)
    if (known !== undefined) return known
    const [oldest] = tries.keys()
    if (oldest !== undefined && tries.size >= attemptsKept) tries.delete(oldest)
    const answer = begin(versionId)
    tries.set(name, answer)
    return answer
  }

  return {
    async kept(versionId) {
      const { connectionId, assetId } = originOf(versionId)
      const made = await cache.get(connectionId, assetId, madePictureKey(versionId))
      if (made !== undefined) return made
      const own = await parts.ofOwnProxy(versionId)
      return own && readFile(own.path)
    },
    keep,
    source: (versionId, attempt, request) => tryOf(versionId, attempt)(request),
    async make(versionId) {
      running.get(versionId)?.abort()
      const own = new AbortController()
      running.set(versionId, own)
      const facts = parts.known(versionId)
      try {
        const tool = await parts.tool()
        if (tool === undefined) return false
        const order = {
          ...{ tool, seconds: facts && secondsOf(facts.info), signal: own.signal },
          answer: begin(versionId),
          onSaid: (text: string) => parts.report(`ffmpeg: ${text}`),
        }
        const jpeg = await inSlot(() => makePoster(order), own.signal)
        if (jpeg !== undefined) await keep(versionId, jpeg)
        return jpeg !== undefined
      } catch (error) {
        if (own.signal.aborted) return false
        throw error
      } finally {
        if (running.get(versionId) === own) running.delete(versionId)
      }
    },
    stop: (versionId) => running.get(versionId)?.abort(),
    stopAll() {
      for (const each of running.values()) each.abort()
    },
  }
}
