import { afterEach, expect, test } from 'vitest'
import { sha256, UploadStation } from '../contract/iconikUploads.ts'
import { seeded } from '../fakes/seeded.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import { startTransferHost } from '../fakes/transferHostProcess.ts'

const MiB = 2 ** 20
const kills = Number(process.env['RUSHES_KILLS'] ?? 10)
const random = seeded(151)
let station: HostStation
afterEach(() => station?.dispose())

/** The transfer host as the app has it, a process of its own that SIGKILL ends. */
class HostStation extends UploadStation {
  readonly states = new Map<string, number>()

  override async start(): Promise<void> {
    const host = await startTransferHost(this.folder)
    this.running = { calls: host.call, kill: () => host.kill() }
    await this.connect()
  }

  async killAtRandom(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 50 + random.below(900)))
    for (const state of new Set((await this.transfers()).map((transfer) => transfer.state)))
      this.states.set(state, (this.states.get(state) ?? 0) + 1)
    await this.kill()
  }

  async isDone(): Promise<boolean> {
    const rows = await this.transfers()
    const failed = rows.find(({ state }) => state === 'failed')
    if (failed !== undefined) throw new Error(`${failed.name} failed: ${JSON.stringify(failed.failure)}`)
    return rows.every(({ state }) => state === 'done')
  }
}

/** Every fourth time the studio dies with it, with the service's own answers lost wherever they were. */
test(`killed ${kills} times at random on the way to the service, nothing is lost, doubled or left open`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  const studio = await startStudio()
  station = new HostStation(studio, (await studio.seedIconik('Uploads', 0)).collectionId)
  const files = new Map<string, Buffer>([
    ['A001.mov', random.bytes(70 * MiB + 5)],
    ['A002.mov', random.bytes(40 * MiB)],
  ])
  for (let index = 0; index < 12; index += 1)
    files.set(`still-${index}.png`, random.bytes(1000 + random.below(200_000)))
  for (const [name, content] of files) station.write(`card/${name.slice(0, 5)}/${name}`, content)
  await station.start()
  await station.studio.throttle(12 * MiB)
  await station.drop(`${station.folder}/card/card`)
  let killed = 0
  while (killed < kills && !(await station.isDone())) {
    await station.killAtRandom()
    killed += 1
    if (killed % 4 === 0) {
      await station.studio.kill()
      await station.revive()
      await station.studio.throttle(12 * MiB)
    }
    await station.start()
  }
  await station.studio.throttle(null)
  await station.until(() => station.isDone(), 'the end')

  const assets = await station.assets()
  expect(assets.map(({ title }) => title).sort()).toEqual([...files.keys()].sort())
  for (const asset of assets) {
    const content = files.get(asset.title) ?? Buffer.alloc(0)
    expect(asset.folder).toBe(`/card/${asset.title.slice(0, 5)}`)
    expect([asset.versions.length, asset.formats.length, asset.fileSets.length], asset.title).toEqual([
      1, 1, 1,
    ])
    expect(asset.files, asset.title).toEqual([
      expect.objectContaining({ status: 'CLOSED', size: content.byteLength, sha256: sha256(content) }),
    ])
    expect(
      asset.jobs.filter(({ type }) => type === 'TRANSFER'),
      asset.title,
    ).toEqual([expect.objectContaining({ status: 'FINISHED' })])
  }
  expect((await station.collections()).map(({ path }) => path).sort()).toEqual(
    ['', '/card', ...new Set([...files.keys()].map((name) => `/card/${name.slice(0, 5)}`))].sort(),
  )
  expect(await station.openUploads()).toBe(0)
  const sent = station.studio
    .log()
    .filter(({ operation, status }) => operation === 'UploadPart' && status === 200)
  const needed = Math.ceil(70.1 / 16) + Math.ceil(40 / 16) + 12
  const hit = [...station.states].map(([state, count]) => `${state} ${count}`).join(', ')
  process.stdout.write(
    `killed ${killed} times; states hit: ${hit}; parts sent ${sent.length}, needed ${needed}\n`,
  )
  expect(sent.length).toBeLessThanOrEqual(needed + killed * 8)
})
