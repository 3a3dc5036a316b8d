import type { ChildProcess } from 'node:child_process'
import { AppError, toFailure } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { OwnProxy } from '../../shared/ownProxy.ts'
import type { MediaInfo } from '../../shared/place.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import { makeProxy } from './makeProxy.ts'
import type { ProxyCache, ProxyFacts, ProxyPart } from './proxyCache.ts'

export interface OwnProxiesParts {
  readonly cache: ProxyCache
  readonly tool: () => Promise<FfmpegTool | undefined>
  readonly connectionOf: (versionId: VersionId) => ConnectionId
  readonly infoOf: (versionId: VersionId) => Promise<MediaInfo>
  /** The bytes of the original, with `Range` as the request has it. */
  readonly answer: (versionId: VersionId, request: Request) => Promise<Response>
  /** A picture of the clip, as JPEG, for those who show it without opening it. */
  readonly pictureMade: (versionId: VersionId, jpeg: Buffer) => Promise<void>
  readonly changed: (versionId: VersionId, proxy: OwnProxy) => void
  /** Bytes all proxies may take. */
  readonly limit: () => number
  readonly report: (error: unknown) => void
  readonly now: () => number
  readonly stallAfter?: number
  readonly onStart?: (child: ChildProcess) => void
}

/** Review proxies made on this computer, one at a time, kept until they are the longest unused. */
export interface OwnProxies {
  state(versionId: VersionId): Promise<OwnProxy>
  /** In turn. Asked twice, it is made once. `ffmpeg.missing` where this computer has none. */
  make(versionId: VersionId): Promise<OwnProxy>
  /** Ends it, or takes it out of the line; nothing of it stays. What is not being made is left alone. */
  cancel(versionId: VersionId): void
  /** A file of a finished proxy; undefined where there is none. */
  file(versionId: VersionId, part: ProxyPart): Promise<{ path: string; mediaType: string } | undefined>
  facts(versionId: VersionId): Promise<ProxyFacts | undefined>
  bytes(): Promise<number>
  /** Removes what is over the limit, as after it was set lower. */
  shrink(): Promise<void>
  clear(): Promise<void>
  removeConnection(id: ConnectionId): Promise<void>
  /** Takes away what a run that was cut off has left. */
  start(): Promise<void>
  stop(): Promise<void>
}

interface Job {
  readonly versionId: VersionId
  readonly connectionId: ConnectionId
  readonly stop: AbortController
  proxy: OwnProxy
}

/** The reason of a stop that somebody wanted: nothing failed. */
const unwanted = Symbol('unwanted')
const usualStall = 90_000
const longest = 12 * 3_600_000

export function createOwnProxies(parts: OwnProxiesParts): OwnProxies {
  const { cache, connectionOf } = parts
  const line: Job[] = []
  const failures = new Map<VersionId, OwnProxy>()
  let working: Promise<void> | undefined
  let isStopped = false

  const jobOf = (versionId: VersionId) => line.find((each) => each.versionId === versionId)
  const facts = (versionId: VersionId) => cache.facts(connectionOf(versionId), versionId)
  const tell = (job: Job, proxy: OwnProxy) => {
    job.proxy = proxy
    parts.changed(job.versionId, proxy)
  }
  const state = async (versionId: VersionId): Promise<OwnProxy> => {
    const job = jobOf(versionId)
    if (job !== undefined) return job.proxy
    if ((await facts(versionId)) !== undefined) return { state: 'ready' }
    return failures.get(versionId) ?? { state: 'none' }
  }

  const makeOne = async ({ versionId, connectionId, stop }: Job, onShare: (share: number | null) => void) => {
    const tool = await parts.tool()
    if (tool === undefined || tool.makes === null) throw new AppError('ffmpeg.missing')
    const info = await parts.infoOf(versionId)
    const draft = await cache.draft(connectionId, versionId)
    try {
      const { poster, hasPeaks } = await makeProxy({
        ...{ tool, info, draft, onShare, longest, signal: stop.signal },
        answer: (request) => parts.answer(versionId, request),
        onSaid: (text) => parts.report(`ffmpeg: ${text}`),
        mostBytes: parts.limit(),
        stallAfter: parts.stallAfter ?? usualStall,
        ...(parts.onStart && { onStart: parts.onStart }),
      })
      stop.signal.throwIfAborted()
      await draft.keep({
        makes: tool.makes,
        madeAt: parts.now(),
        hasPoster: poster !== undefined,
        hasPeaks,
      })
      if (poster !== undefined) await parts.pictureMade(versionId, poster)
    } catch (error) {
      await draft.discard().catch(parts.report)
      throw isDiskFull(error) ? new AppError('proxy.diskFull', {}, error) : error
    }
    for (const gone of await cache.shrink(parts.limit(), versionId)) parts.changed(gone, { state: 'none' })
  }

  const work = async () => {
    for (let job = line[0]; job !== undefined; job = line[0]) {
      const made = job
      let proxy: OwnProxy = { state: 'ready' }
      try {
        made.stop.signal.throwIfAborted()
        tell(made, { state: 'making', share: null })
        await makeOne(made, (share) => tell(made, { state: 'making', share }))
      } catch (error) {
        if (error === unwanted) proxy = { state: 'none' }
        else {
          parts.report(error)
          proxy = { state: 'failed', failure: toFailure(error) }
          failures.set(made.versionId, proxy)
        }
      }
      line.shift()
      if (!isStopped) parts.changed(made.versionId, proxy)
    }
    working = undefined
  }

  return {
    state,
    async make(versionId) {
      const now = await state(versionId)
      if (now.state === 'ready' || jobOf(versionId) !== undefined || isStopped) return now
      const tool = await parts.tool()
      if (tool === undefined) throw new AppError('ffmpeg.missing')
      if (tool.makes === null) throw new AppError('ffmpeg.unfit', { version: tool.version })
      failures.delete(versionId)
      const waiting = jobOf(versionId)
      if (waiting !== undefined) return waiting.proxy
      const job: Job = {
        versionId,
        connectionId: connectionOf(versionId),
        stop: new AbortController(),
        proxy: { state: 'waiting' },
      }
      line.push(job)
      working ??= work()
      return job.proxy
    },
    cancel(versionId) {
      const job = jobOf(versionId)
      job?.stop.abort(unwanted)
      // What only waits need not wait for its turn to be taken away.
      if (job === undefined || job === line[0]) return
      line.splice(line.indexOf(job), 1)
      parts.changed(versionId, { state: 'none' })
    },
    async file(versionId, part) {
      const connectionId = connectionOf(versionId)
      const known = await cache.facts(connectionId, versionId)
      if (known === undefined) return undefined
      if ((part === 'poster' && !known.hasPoster) || (part === 'peaks' && !known.hasPeaks)) return undefined
      if (part === 'video') await cache.touch(connectionId, versionId).catch(parts.report)
      const types = {
        video: known.makes === 'vp9' ? 'video/webm' : 'video/mp4',
        poster: 'image/jpeg',
        peaks: 'application/octet-stream',
      }
      return { path: cache.path(connectionId, versionId, part), mediaType: types[part] }
    },
    facts,
    bytes: () => cache.bytes(),
    async shrink() {
      for (const gone of await cache.shrink(parts.limit())) parts.changed(gone, { state: 'none' })
    },
    async clear() {
      for (const gone of await cache.clear()) parts.changed(gone, { state: 'none' })
    },
    async removeConnection(id) {
      for (const job of line) if (job.connectionId === id) job.stop.abort(unwanted)
      await cache.removeConnection(id)
    },
    start: () => cache.sweep(),
    async stop() {
      isStopped = true
      for (const job of line) job.stop.abort(unwanted)
      await working
    },
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && ['ENOSPC', 'EDQUOT'].includes(String(Reflect.get(error, 'code')))
