import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { bundleForNode } from '../../scripts/bundleForNode.mjs'
import { connect } from '../../src/shared/rpc.ts'
import {
  type StudioAccess,
  type StudioCalls,
  type StudioEvents,
  type StudioFault,
  type StudioKeys,
  studioCalls,
  studioEvents,
  studioIconikKeysSchema,
} from '../../src/studio/control.ts'
import type { LogEntry } from '../../src/studio/http/requestLog.ts'
import { forkChild } from './forkedChild.ts'

/** One line of the studio's request log. */
export type StudioRequest = LogEntry

export interface StudioProcessOptions {
  /** Kept between starts by whoever wants the data again; a fresh one, removed by `dispose`, otherwise. */
  readonly folder?: string
  readonly samplesFolder?: string | null
  readonly throttleBytesPerSecond?: number
  readonly port?: number
  /** Those of an earlier start, for clients that keep them over a restart. */
  readonly keys?: StudioKeys
  /** How long signed URLs live. */
  readonly linkSeconds?: number
  /** Appends every exchange with iconik's API to this file. */
  readonly recordExchanges?: string
  /** A built entry, such as the packaged app's; bundled from the sources otherwise. */
  readonly entry?: string
  /** For Node itself, such as `--cpu-prof`. */
  readonly nodeArguments?: readonly string[]
}

export interface StudioProcess extends StudioAccess {
  readonly folder: string
  readonly port: number
  readonly keys: StudioKeys
  /** What the studio called a bug. A test that expects none checks that this is empty. */
  readonly problems: readonly string[]
  /** SIGKILL; returns when the process is gone. */
  kill(): Promise<void>
  /** Stops in order and ends the process. */
  stop(): Promise<void>
  /** Starts again on the same folder, port and keys, after `kill` or `stop`. */
  restart(): Promise<StudioProcess>
  /** `kill`, and the folder is removed if it was made by the first start. */
  dispose(): Promise<void>
  /** Every finished request of the folder so far, over all starts. */
  log(): StudioRequest[]
  /** Returns the first request that fits, waiting for it if need be. Fails after the time. */
  untilLogged(fits: (request: StudioRequest) => boolean, withinMs?: number): Promise<StudioRequest>
  seed(production: string, assets: number): Promise<{ workspaceId: string; productionId: string }>
  /** A root collection of iconik's API with this many assets, the first of them with this many comments. */
  seedIconik(
    collection: string,
    assets: number,
    segments?: number,
  ): Promise<{ collectionId: string; assetId: string | null }>
  throttle(bytesPerSecond: number | null): Promise<void>
  /** How long signed URLs live that are made from now on. */
  linksLive(seconds: number): Promise<void>
  fault(fault: Partial<StudioFault> & Pick<StudioFault, 'operation' | 'kind'>): Promise<void>
}

let bundled: Promise<string> | undefined

/** The studio as one file for Node, made once per process from the sources. */
export function bundleStudio(): Promise<string> {
  bundled ??= bundleForNode({ studio: 'src/studio/main.ts' }).then((fileOf) => fileOf('studio'))
  return bundled
}

/** Starts a studio as a child of this process. Whoever starts it disposes of it. */
export async function startStudio(options: StudioProcessOptions = {}): Promise<StudioProcess> {
  const entry = options.entry ?? (await bundleStudio())
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'rushes-studio-')))
  return launch({ ...options, entry, folder }, options.folder === undefined)
}

type LaunchOptions = StudioProcessOptions & { readonly entry: string; readonly folder: string }

async function launch(options: LaunchOptions, isFolderOurs: boolean): Promise<StudioProcess> {
  const { entry, folder } = options
  const removeFolder = async () => {
    if (isFolderOurs) await rm(folder, { recursive: true, force: true })
  }
  const { child, port: pipe, exited, errorText } = forkChild(entry, [], options.nodeArguments)
  // A run may ask for the exchanges of all its studios, to hold them against the vendor's files afterwards.
  const exchanges = process.env['RUSHES_EXCHANGES']
  const recording = options.recordExchanges ?? (exchanges && join(exchanges, `${basename(folder)}.jsonl`))
  const problems: string[] = []
  const host = connect<StudioCalls, StudioEvents>(pipe, studioCalls, studioEvents, (event) =>
    problems.push(event.payload.text),
  )
  void exited.then(() => host.close())
  const access = await host.call
    .start({
      folder,
      samplesFolder: options.samplesFolder ?? null,
      ...(options.throttleBytesPerSecond && { throttleBytesPerSecond: options.throttleBytesPerSecond }),
      ...(options.port && { port: options.port }),
      ...(options.keys && { keys: options.keys }),
      ...(options.linkSeconds && { linkSeconds: options.linkSeconds }),
      ...(recording && { recordExchanges: recording }),
    })
    .catch(async (error: unknown) => {
      child.kill('SIGKILL')
      await exited
      await removeFolder()
      throw new Error(`the studio did not start: ${[errorText(), ...problems].join('\n')}`, { cause: error })
    })
  const keys: StudioKeys = {
    token: access.token,
    adminToken: access.adminToken,
    accessKeyId: access.storage.accessKeyId,
    secretAccessKey: access.storage.secretAccessKey,
    iconik: studioIconikKeysSchema.parse(access.iconik),
  }
  const port = Number(new URL(access.address).port)
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  const log = () => readLog(folder)
  return {
    ...access,
    folder,
    port,
    keys,
    problems,
    kill,
    log,
    async stop() {
      await host.call.stop()
      child.disconnect()
      await exited
    },
    async restart() {
      await exited
      return launch({ ...options, port, keys }, isFolderOurs)
    },
    async dispose() {
      await kill()
      await removeFolder()
    },
    untilLogged: (fits, withinMs = 20_000) => untilLogged(log, fits, withinMs),
    seed: (production, assets) => host.call.seed({ production, assets }),
    seedIconik: (collection, assets, segments = 0) => host.call.seedIconik({ collection, assets, segments }),
    throttle: (bytesPerSecond) => host.call.throttle({ bytesPerSecond }),
    linksLive: (seconds) => host.call.links({ seconds }),
    fault: (fault) => host.call.fault(fault),
  }
}

/** A line that a kill cut off in the middle is no line. */
export function readLog(folder: string): StudioRequest[] {
  const text = readFileSync(join(folder, 'requests.jsonl'), 'utf8')
  const lines = text.split('\n').slice(0, -1)
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as StudioRequest]
    } catch (error) {
      if (error instanceof SyntaxError) return []
      throw error
    }
  })
}

async function untilLogged(
  log: () => StudioRequest[],
  fits: (request: StudioRequest) => boolean,
  withinMs: number,
): Promise<StudioRequest> {
  const until = Date.now() + withinMs
  for (;;) {
    const found = log().find(fits)
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error(`no such request within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
