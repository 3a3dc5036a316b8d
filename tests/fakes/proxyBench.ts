/** Proxies made by the real ffmpeg of this computer from files, with a server that can be held back or fail. */
import type { ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { FfmpegTool } from '../../src/main/media/ffmpegTool.ts'
import { createFfmpegFinder } from '../../src/main/media/ffmpegTool.ts'
import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'
import { readMediaInfo } from '../../src/main/media/mediaInfo.ts'
import type { OwnProxies } from '../../src/main/media/ownProxies.ts'
import { createOwnProxies } from '../../src/main/media/ownProxies.ts'
import { createProxyCache } from '../../src/main/media/proxyCache.ts'
import type { VersionId } from '../../src/shared/ids.ts'
import { versionIdSchema } from '../../src/shared/ids.ts'
import type { OwnProxy } from '../../src/shared/ownProxy.ts'
import type { MediaInfo } from '../../src/shared/place.ts'
import { firstConnection } from './libraryBench.ts'

export const aVersion = (number: number): VersionId =>
  versionIdSchema.parse(`01J0000000000000000000${String(number).padStart(4, '0')}`)

export async function infoOf(path: string): Promise<MediaInfo> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const read = async (offset: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    const wasm = createRequire(import.meta.url).resolve('mediainfo.js/MediaInfoModule.wasm')
    return await readMediaInfo({ size, read }, wasm)
  } finally {
    await handle.close()
  }
}

export interface ProxyBench {
  readonly proxies: OwnProxies
  readonly root: string
  readonly told: readonly { versionId: VersionId; proxy: OwnProxy }[]
  readonly pictures: ReadonlyMap<VersionId, Buffer>
  readonly reported: readonly unknown[]
  readonly children: readonly ChildProcess[]
  /** The file of a version; set before it is asked for. */
  readonly originals: Map<VersionId, string>
  /** Resolves when main tells such a state of the version. */
  until(versionId: VersionId, state: OwnProxy['state']): Promise<OwnProxy>
  /** Resolves with the next program that is started. */
  untilStarted(): Promise<ChildProcess>
  /** Everything in the cache's folder. */
  left(): Promise<string[]>
  dispose(): Promise<void>
}

export interface ProxyBenchOptions {
  readonly limit?: () => number
  readonly tool?: (found: FfmpegTool) => FfmpegTool | undefined
  readonly stallAfter?: number
  /** In place of the file. */
  readonly answer?: (request: Request, path: string) => Promise<Response>
  readonly info?: (info: MediaInfo) => MediaInfo
  /** What the original is, where it is not to be looked at. */
  readonly knownInfo?: MediaInfo
  readonly root?: string
  readonly onStart?: (child: ChildProcess) => void
}

export async function proxyBench(options: ProxyBenchOptions = {}): Promise<ProxyBench> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'rushes-proxies-')))
  const events = new EventEmitter()
  const told: { versionId: VersionId; proxy: OwnProxy }[] = []
  const pictures = new Map<VersionId, Buffer>()
  const reported: unknown[] = []
  const children: ChildProcess[] = []
  const originals = new Map<VersionId, string>()
  const finder = createFfmpegFinder({
    settings: { read: () => undefined, write: () => undefined },
    path: process.env['PATH'] ?? '',
    platform: process.platform,
    home: homedir(),
  })
  const pathOf = (id: VersionId) => originals.get(id) ?? ''
  const proxies = createOwnProxies({
    cache: createProxyCache(root),
    async tool() {
      const found = await finder.tool()
      return found === undefined || options.tool === undefined ? found : options.tool(found)
    },
    connectionOf: () => firstConnection,
    async infoOf(id) {
      const info = options.knownInfo ?? (await infoOf(pathOf(id)))
      return options.info?.(info) ?? info
    },
    answer: (id, request) =>
      options.answer?.(request, pathOf(id)) ?? fileAnswer(pathOf(id), 'video/quicktime', request),
    async pictureMade(id, jpeg) {
      pictures.set(id, jpeg)
    },
    changed(versionId, proxy) {
      told.push({ versionId, proxy })
      events.emit('told', versionId, proxy)
    },
    limit: options.limit ?? (() => 20e9),
    report: (error) => reported.push(error),
    now: () => 1_700_000_000_000,
    ...(options.stallAfter === undefined ? {} : { stallAfter: options.stallAfter }),
    onStart(child) {
      children.push(child)
      options.onStart?.(child)
      events.emit('started', child)
    },
  })
  return {
    proxies,
    root,
    told,
    pictures,
    reported,
    children,
    originals,
    until: (versionId, state) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const proxy = told.findLast((each) => each.versionId === versionId)?.proxy
          if (proxy?.state === state) resolve(proxy)
          // Another end than the one that is waited for: nothing more will come.
          else if (proxy?.state === 'failed' || proxy?.state === 'ready')
            reject(new Error(`${JSON.stringify(proxy)}, not ${state}: ${reported.join(' ')}`))
          else return
          events.off('told', look)
        }
        events.on('told', look)
        look()
      }),
    async untilStarted() {
      const [child] = (await once(events, 'started')) as [ChildProcess]
      return child
    },
    left: async () => (await readdir(root, { recursive: true })).sort(),
    async dispose() {
      await proxies.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
