import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { monotonicFactory, ulid } from 'ulid'
import { openDatabase } from '../src/main/store/database.ts'
import { transferMigrations } from '../src/main/store/transferMigrations.ts'
import { systemClock } from '../src/main/transfers/clock.ts'
import { createEngine } from '../src/main/transfers/engine.ts'
import { createS3ObjectStore } from '../src/main/transfers/s3ObjectStore.ts'
import type { ConnectionId, PlaceId, ScanId } from '../src/shared/ids.ts'

/**
 * The engine against `Upload` of lib-storage, on one drain server in one run: megabytes a second, processor seconds per
 * GiB, peak memory and event-loop delay. `node bench/run.mjs uploadEngine [gibibytes]`.
 */

const MiB = 2 ** 20
const gibibytes = Number(process.argv[2] ?? 2)
const folder = mkdtempSync(join(process.env['RUSHES_BENCH_FOLDER'] ?? tmpdir(), 'rushes-upload-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const drain = fork(join(import.meta.dirname, 'drain.mjs'), [], { execArgv: [] })
const [{ port }] = (await once(drain, 'message')) as [{ port: number }]
const endpoint = `http://127.0.0.1:${port}`
const say = (text: string) => process.stdout.write(`${text}\n`)

async function makeFile(name: string, bytes: number): Promise<string> {
  const path = join(folder, name)
  const file = await open(path, 'w')
  const block = Buffer.alloc(16 * MiB, name)
  for (let at = 0; at < bytes; at += block.byteLength)
    await file.write(block, 0, Math.min(block.byteLength, bytes - at))
  await file.close()
  return path
}

function deferred(): { readonly promise: Promise<void>; resolve(): void } {
  let settle: (() => void) | undefined
  const promise = new Promise<void>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: () => settle?.() }
}

interface Measured {
  readonly name: string
  readonly megabytes: number
  readonly seconds: number
  readonly cpu: number
  readonly peak: number
  readonly delay: number
}

async function measure(name: string, bytes: number, act: () => Promise<void>): Promise<Measured> {
  globalThis.gc?.()
  const loop = monitorEventLoopDelay({ resolution: 1 })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const cpu = process.cpuUsage()
  const from = performance.now()
  loop.enable()
  await act()
  loop.disable()
  const seconds = (performance.now() - from) / 1000
  const used = process.cpuUsage(cpu)
  clearInterval(watch)
  const result = {
    name,
    megabytes: bytes / 1e6 / seconds,
    seconds,
    cpu: (used.user + used.system) / 1e6 / (bytes / 2 ** 30),
    peak: peak / MiB,
    delay: loop.percentile(99) / 1e6,
  }
  say(
    `${name.padEnd(44)} ${result.megabytes.toFixed(0).padStart(6)} MB/s ${result.cpu.toFixed(2).padStart(6)} CPU s/GiB ` +
      `${result.peak.toFixed(0).padStart(5)} MiB ${result.delay.toFixed(1).padStart(6)} ms p99 loop delay`,
  )
  return result
}

async function withEngine(paths: readonly string[], count: number): Promise<void> {
  const database = openDatabase({
    file: join(folder, `transfers-${ulid()}.db`),
    migrations: transferMigrations,
    exclusive: true,
  })
  const connectionId = ulid() as ConnectionId
  const { promise: finished, resolve: finish } = deferred()
  let registered = 0
  const engine = createEngine({
    database,
    clock: systemClock,
    random: Math.random,
    newId: monotonicFactory(),
    newToken: () => randomBytes(16).toString('hex'),
    openStore: (access, limit) => createS3ObjectStore({ access, limit, clock: systemClock }),
    openTarget: () => ({
      transport: 's3',
      before: [],
      after: [{ name: 'asset', lookUp: async () => undefined, act: async () => ulid() }],
    }),
    tell(event, payload) {
      if (event === 'log') say(JSON.stringify(payload))
      if (event !== 'registered') return
      registered += 1
      if (registered === count) finish()
    },
  })
  await engine.calls.configure({
    installationId: 'bench',
    uploadLimit: 0,
    connections: [
      {
        connectionId,
        provider: 'candidio',
        api: {},
        storage: {
          endpoint,
          region: 'local',
          bucket: 'drain',
          prefix: '',
          forcePathStyle: true,
          accessKeyId: 'key',
          secretAccessKey: 'secret',
        },
      },
    ],
  })
  const scanId = ulid() as ScanId
  await engine.calls.scan({ scanId, paths: [...paths] })
  await engine.calls.send({
    scanId,
    destination: { connectionId, placeId: ulid() as PlaceId, path: ['Bench'], versionOf: null },
    remote: {},
  })
  await finished
  await engine.calls.stop()
}

async function withUpload(
  paths: readonly string[],
  queueSize: number,
  partSize: number,
  atOnce: number,
): Promise<void> {
  const client = new S3Client({
    region: 'local',
    endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  })
  const left = [...paths]
  const worker = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const params = { Bucket: 'drain', Key: `peer/${path}`, Body: createReadStream(path) }
      await new Upload({ client, params, queueSize, partSize }).done()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  client.destroy()
}

say(`Node ${process.version}; drain server on ${endpoint}; ${gibibytes} GiB`)
const rounds = 3
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
if (gibibytes > 0) {
  const longBytes = gibibytes * 1024 * MiB
  const long = await makeFile('long.mov', longBytes)
  const engineRuns: number[] = []
  const peerRuns: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const peer = () => withUpload([long], 8, 16 * MiB, 1)
    peerRuns.push((await measure('Upload, 8 x 16 MiB, file stream', longBytes, peer)).megabytes)
    engineRuns.push((await measure('engine', longBytes, () => withEngine([long], 1))).megabytes)
  }
  rmSync(long)
  const ratio = median(engineRuns) / median(peerRuns)
  say(`one long file: the engine is ${ratio.toFixed(2)} times as fast as Upload (medians of ${rounds})`)
}

const smallFolder = join(folder, 'small')
mkdirSync(smallFolder)
const smallCount = 2000
const smallBytes = 64 * 1024
for (let index = 0; index < smallCount; index += 1)
  writeFileSync(join(smallFolder, `f${index}.dpx`), Buffer.alloc(smallBytes, index))
const smallPaths = Array.from({ length: smallCount }, (_, index) => join(smallFolder, `f${index}.dpx`))
const peerSmall = await measure('Upload, 2,000 x 64 KiB, 8 at once', smallCount * smallBytes, () =>
  withUpload(smallPaths, 4, 8 * MiB, 8),
)
const engineSmall = await measure('engine, 2,000 x 64 KiB', smallCount * smallBytes, () =>
  withEngine([smallFolder], smallCount),
)

say(
  `small files: the engine is ${(engineSmall.megabytes / peerSmall.megabytes).toFixed(2)} times as fast as Upload`,
)
drain.disconnect()
process.exit(0)
