/** One file of 2 GiB through the whole app into the studio: speed, and what it costs main and the transfer host. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openProduction, sendFiles, studioLog } from '../tests/e2e/actor.ts'
import { allTransfers, arrivedAssets, playUrl, summary } from '../tests/e2e/arrived.ts'
import { Card } from '../tests/e2e/card.ts'
import type { LaunchedApp } from '../tests/e2e/launch.ts'
import { expect, test } from '../tests/e2e/launch.ts'
import { seeded } from '../tests/fakes/seeded.ts'
import { inspect } from './inspected.ts'

const GiB = 2 ** 30
const gibibytes = Number(process.env['RUSHES_BENCH_GIB'] ?? 2)
const rounds = 3
const say = (text: string) => process.stdout.write(`${text}\n`)

/** Milliseconds between the turns of a 1 ms timer, and processor seconds. */
const costSchema = z.object({ p50: z.number(), p99: z.number(), max: z.number(), cpu: z.number() })
type Cost = z.infer<typeof costSchema>

/** Runs inside the measured process, and knows nothing of this file. */
function begin(): void {
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
  const loop = monitorEventLoopDelay({ resolution: 1 })
  const cpu = process.cpuUsage()
  loop.enable()
  Reflect.set(globalThis, 'endMeasure', () => {
    loop.disable()
    const used = process.cpuUsage(cpu)
    return {
      p50: loop.percentile(50) / 1e6,
      p99: loop.percentile(99) / 1e6,
      max: loop.max / 1e6,
      cpu: (used.user + used.system) / 1e6,
    }
  })
}
function end(): unknown {
  return Reflect.get(globalThis, 'endMeasure')()
}

interface Measured {
  readonly name: string
  readonly pid: number
  readonly begin: () => Promise<void>
  readonly end: () => Promise<Cost>
}

async function processes({ app }: LaunchedApp): Promise<Measured[]> {
  const pidOf = async (name: string) =>
    (await app.evaluate(
      ({ app: running }, wanted) => running.getAppMetrics().find((one) => one.name === wanted)?.pid,
      name,
    )) ?? 0
  const hostPid = await pidOf('Rushes transfers')
  const host = await inspect(hostPid)
  return [
    {
      name: 'main',
      pid: await app.evaluate(() => process.pid),
      begin: () => app.evaluate(begin),
      end: async () => costSchema.parse(await app.evaluate(end)),
    },
    {
      name: 'transfer host',
      pid: hostPid,
      begin: async () => void (await host.evaluate(`(${begin})()`)),
      async end() {
        const cost = costSchema.parse(await host.evaluate(`(${end})()`))
        host.close()
        return cost
      },
    },
  ]
}

/** Resident memory in MiB, as the kernel counts it; read from outside, so that nothing in the process runs for it. */
async function resident(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]) / 1024
}

/** Looks 20 times a second. */
function watchMemory(pids: readonly number[]) {
  const seen = new Map<number, number[]>(pids.map((pid) => [pid, []]))
  const look = () => Promise.all([...seen].map(async ([pid, sizes]) => sizes.push(await resident(pid))))
  let looking: Promise<unknown> = look()
  const timer = setInterval(() => {
    looking = look()
  }, 50)
  return async () => {
    clearInterval(timer)
    await looking
    return seen
  }
}

/** SHA-256 of what the player's own door gives back; in main, because the page cannot hash what it cannot hold. */
async function arrivedSha256({ app, window }: LaunchedApp): Promise<string> {
  const [asset] = await arrivedAssets(window, await allTransfers(window))
  if (asset === undefined) throw new Error('nothing arrived')
  return app.evaluate(async ({ net }, url) => {
    const hash = process.getBuiltinModule('node:crypto').createHash('sha256')
    const { body } = await net.fetch(url)
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) hash.update(chunk)
    return hash.digest('hex')
  }, playUrl(asset))
}

test('an upload of a large file through the whole app', async ({ launchApp }) => {
  test.skip(process.platform !== 'linux', 'memory is read from /proc')
  const above = await mkdtemp(join(tmpdir(), 'rushes-upload-'))
  try {
    const card = new Card(above, seeded(651))
    const path = await card.noise(['A001_C001.bin'], gibibytes * GiB, 'application/octet-stream')
    const [{ bytes, sha256 } = { bytes: 0, sha256: '' }] = card.sources
    for (let round = 1; round <= rounds; round += 1) {
      const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
      const { window, userData } = launched
      await openProduction(window, 'Winter catalogue')
      const measured = await processes(launched)
      for (const each of measured) await each.begin()
      const memory = watchMemory(measured.map(({ pid }) => pid))
      await sendFiles(window, [path])
      const from = performance.now()
      await expect
        .poll(async () => (await summary(window)).done, { timeout: 300_000, intervals: [250] })
        .toBe(1)
      const seconds = (performance.now() - from) / 1000
      const sizes = await memory()
      say(
        `round ${round}: ${gibibytes} GiB sent and registered in ${seconds.toFixed(1)} s, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s`,
      )
      for (const each of measured) {
        const { p50, p99, max, cpu } = await each.end()
        const rss = sizes.get(each.pid) ?? []
        say(
          `  ${each.name}: ${(rss[0] ?? 0).toFixed(0)} MiB before, ${Math.max(...rss).toFixed(0)} at most, ` +
            `${(rss.at(-1) ?? 0).toFixed(0)} after; event loop p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, ` +
            `longest ${max.toFixed(1)} ms; ${(cpu / gibibytes).toFixed(2)} CPU s/GiB`,
        )
      }
      const parts = studioLog(userData).filter(
        ({ operation, key = '' }) => operation === 'UploadPart' && key.endsWith('/A001_C001.bin'),
      )
      const largest = Math.max(...parts.map(({ bytesIn }) => bytesIn))
      say(
        `  parts sent ${parts.length}, needed ${Math.ceil(bytes / largest)}, of ${(largest / 2 ** 20).toFixed(0)} MiB`,
      )
      expect(await arrivedSha256(launched)).toBe(sha256)
      await launched.close()
      await rm(join(userData, 'studio'), { recursive: true })
    }
  } finally {
    await rm(above, { recursive: true, force: true })
  }
})
