/** Captions read from files by the real ffmpeg of this computer, with a server that can be held back or fail. */
import type { ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createFfmpegFinder } from '../../src/main/media/ffmpegTool.ts'
import { createFileCaptionStore } from '../../src/main/media/fileCaptionStore.ts'
import { createFileCaptions } from '../../src/main/media/fileCaptions.ts'
import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'
import { bytesAt } from '../../src/main/media/placeBytes.ts'
import type { FileTrack } from '../../src/shared/captions.ts'
import type { AppError } from '../../src/shared/errors.ts'
import { firstConnection } from '../fakes/libraryBench.ts'
import { aVersion } from '../fakes/proxyBench.ts'

export interface FileCaptionOptions {
  readonly answer?: (request: Request, path: string) => Promise<Response>
  readonly hasTool?: boolean
  readonly stallAfter?: number
  readonly root?: string
  /** Of the service's proxy instead of the original. */
  readonly use?: 'play' | 'original'
}

/** Of one version, whose file lies at `path`. */
export async function fileCaptionBench(path: string, options: FileCaptionOptions = {}) {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'rushes-in-file-')))
  const events = new EventEmitter()
  const children: ChildProcess[] = []
  const reported: unknown[] = []
  const file = { path, opened: 0, failure: null as AppError | null }
  const finder = createFfmpegFinder({
    settings: { read: () => undefined, write: () => undefined },
    path: process.env['PATH'] ?? '',
    platform: process.platform,
    home: homedir(),
  })
  const captions = createFileCaptions({
    kept: createFileCaptionStore(root, () => firstConnection),
    media: {
      async openOriginal(_version, signal) {
        file.opened += 1
        if (file.failure !== null) throw file.failure
        const place = { kind: 'file', path: file.path, mediaType: 'video/mp4' } as const
        return { bytes: await bytesAt(place, fetch, signal), use: options.use ?? 'original' }
      },
    },
    answer: () => (request) =>
      options.answer?.(request, file.path) ?? fileAnswer(file.path, 'video/mp4', request),
    tool: async () => (options.hasTool === false ? undefined : finder.tool()),
    report: (error) => reported.push(error),
    ...(options.stallAfter === undefined ? {} : { stallAfter: options.stallAfter }),
    onStart(child) {
      children.push(child)
      events.emit('started')
    },
  })
  const version = aVersion(1)
  return {
    ...{ captions, version, root, file, children, reported },
    list: (): Promise<FileTrack[]> => captions.list(version),
    read: (index: number) => captions.read(version, `file:${index}`),
    /** Resolves when so many programs were started. */
    async untilStarted(count: number): Promise<ChildProcess | undefined> {
      while (children.length < count) await once(events, 'started')
      return children[count - 1]
    },
    /** Files that are kept of the version. */
    kept: async () => (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.json')),
    async dispose() {
      captions.stopAll()
      await rm(root, { recursive: true, force: true })
    },
  }
}
