import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { specsFolder } from '../spec/operations.ts'
import { checkRecordings } from '../spec/recorded.ts'
import { sha256, UploadStation } from './iconikUploads.ts'

const MiB = 2 ** 20
const random = seeded(131)
const clip = random.bytes(12 * MiB + 7)
const note = random.bytes(900)
const parts = 3

let station: UploadStation
let recordings: string
beforeAll(() => {
  recordings = mkdtempSync(join(tmpdir(), 'rushes-recordings-'))
})
afterAll(() => rmSync(recordings, { recursive: true, force: true }))
afterEach(() => station.dispose())

let studios = 0
async function open(): Promise<void> {
  studios += 1
  station = await UploadStation.open({ recordExchanges: join(recordings, `${studios}.jsonl`) })
  await station.start()
}

/** A card of two files in a folder, sent. */
async function dropDay(): Promise<void> {
  station.write('day/clip.mov', clip)
  station.write('day/note.txt', note)
  await station.drop(`${station.folder}/card/day`)
}

const wanted: Readonly<Record<string, Buffer>> = { 'clip.mov': clip, 'note.txt': note }

async function expectDay(): Promise<void> {
  expect((await station.collections()).map(({ path }) => path)).toEqual(['', '/day'])
  await expectAssets(wanted, '/day')
}

/** Each file whole, once, with one of every record, and nothing left open. */
async function expectAssets(files: Readonly<Record<string, Buffer>>, folder = ''): Promise<void> {
  const assets = await station.assets()
  expect(assets.map(({ title }) => title).sort()).toEqual(Object.keys(files).sort())
  for (const asset of assets) {
    const content = files[asset.title] ?? Buffer.alloc(0)
    expect(asset.folder, asset.title).toBe(folder)
    expect([asset.versions.length, asset.formats.length, asset.fileSets.length], asset.title).toEqual([
      1, 1, 1,
    ])
    expect(asset.files, asset.title).toEqual([
      expect.objectContaining({ status: 'CLOSED', size: content.byteLength, sha256: sha256(content) }),
    ])
    const states = asset.jobs
      .map(({ type, status }) => [type, status])
      .filter(([type]) => type === 'TRANSFER')
    expect(states, asset.title).toEqual([['TRANSFER', 'FINISHED']])
    expect(asset.jobs.filter(({ type }) => type === 'TRANSCODE').length, asset.title).toBeLessThanOrEqual(1)
  }
  expect(await station.openUploads()).toBe(0)
  expect(station.studio.problems).toEqual([])
}

describe('an upload to the service', { timeout: 120_000 }, () => {
  test('makes the folders, the records and the object, once each', async () => {
    await open()
    const odd = 'take\n1 🎬.mov'
    station.write('day/A cam/clip.mov', clip)
    station.write(`day/B cam/${odd}`, note)
    await station.drop(`${station.folder}/card/day`)
    await station.untilAll('done')
    expect((await station.collections()).map(({ path }) => path).sort()).toEqual([
      '',
      '/day',
      '/day/A cam',
      '/day/B cam',
    ])
    const [a, b] = (await station.assets()).sort((x, y) => (x.folder < y.folder ? -1 : 1))
    expect([a?.title, a?.folder, a?.files[0]?.sha256]).toEqual(['clip.mov', '/day/A cam', sha256(clip)])
    expect([b?.title, b?.folder, b?.files[0]?.sha256]).toEqual(['take_1 🎬.mov', '/day/B cam', sha256(note)])
    expect(await station.openUploads()).toBe(0)
    const sent = station.studio.log().filter(({ operation }) => operation === 'UploadPart')
    expect(sent).toHaveLength(parts + 1)
  })

  test('becomes a new version of an asset that is there', async () => {
    await open()
    await station.drop(station.write('clip.mov', note))
    await station.untilAll('done')
    const [asset] = await station.assets()
    if (asset === undefined) throw new Error('nothing was sent')
    station.sendMore = { versionOf: asset.id }
    await station.drop(station.write('clip v2.mov', clip))
    await station.untilAll('done')
    const now = await station.asset(asset.id)
    expect(await station.assets()).toHaveLength(1)
    expect(now.versions).toHaveLength(2)
    expect([now.formats.length, now.fileSets.length, now.files.length]).toEqual([2, 2, 2])
    const [first, second] = now.versions
    const of = (id: string | undefined) => now.files.find(({ version_id }) => version_id === id)
    expect([of(first?.id)?.sha256, of(second?.id)?.sha256].sort()).toEqual(
      [sha256(note), sha256(clip)].sort(),
    )
    expect(await station.openUploads()).toBe(0)
  })

  const operations = [
    'assets.createCollection',
    'assets.createAsset',
    'files.createFormat',
    'files.createFileSet',
    'files.createFile',
    'jobs.createJob',
    'CreateMultipartUpload',
    'UploadPart',
    'CompleteMultipartUpload',
    'files.patchFile',
    'files.createProxyJob',
    'jobs.patchJob',
  ]
  test('whose answers are lost doubles nothing', async () => {
    await open()
    for (const operation of operations) await station.studio.fault({ operation, kind: 'loseReply' })
    await dropDay()
    await station.untilAll('done')
    await expectDay()
  })

  test('whose connections break goes on', async () => {
    await open()
    for (const operation of operations) await station.studio.fault({ operation, kind: 'cut' })
    await dropDay()
    await station.untilAll('done')
    await expectDay()
  })

  test('is not complete when 200 comes with an error in the body', async () => {
    await open()
    await station.studio.fault({ operation: 'CompleteMultipartUpload', kind: 'errorBody', times: 2 })
    await station.drop(station.write('clip.mov', clip))
    await station.untilAll('done')
    await expectAssets({ 'clip.mov': clip })
    const completions = station.studio
      .log()
      .filter(({ operation }) => operation === 'CompleteMultipartUpload')
    expect(completions.length).toBeGreaterThanOrEqual(3)
  })

  test('asks for new URLs when they ran out', async () => {
    await open()
    await station.studio.linksLive(1)
    await station.studio.throttle(4 * MiB)
    await station.drop(station.write('clip.mov', clip))
    await station.untilAll('done')
    await station.studio.linksLive(3600)
    await expectAssets({ 'clip.mov': clip })
  })

  test('that a storage refuses with 403 asks again, a few times', async () => {
    await open()
    await station.studio.fault({
      operation: 'UploadPart',
      kind: 'status',
      status: 403,
      code: 'AccessDenied',
      times: 2,
    })
    await station.drop(station.write('clip.mov', clip))
    await station.untilAll('done')
    await expectAssets({ 'clip.mov': clip })
  })

  test('is slowed down when asked to', async () => {
    await open()
    for (const operation of ['assets.createAsset', 'files.listPartUrls', 'jobs.patchJob', 'UploadPart'])
      await station.studio.fault({ operation, kind: 'status', status: 429, retryAfterSeconds: 1 })
    await dropDay()
    await station.untilAll('done')
    await expectDay()
  })

  test('whose engine is killed after each answer in turn is finished by the next', async () => {
    let kills = 0
    for (let after = 1; ; after += 1) {
      if (after === 1) await open()
      const name = `take-${after}.mov`
      const content = random.bytes(7 * MiB + after)
      let left = after
      station.onAnswer = () => {
        left -= 1
        if (left === 0) void station.kill()
      }
      await station.drop(station.write(name, content))
      await station.until(
        async () => left <= 0 || (await station.transfers()).every(({ state }) => state === 'done'),
      )
      station.onAnswer = undefined
      const isKilled = left <= 0
      if (isKilled) {
        kills += 1
        await station.start()
        await station.untilAll('done')
      }
      const asset = await station.assets(name)
      expect(asset, name).toHaveLength(1)
      expect(asset[0]?.files, name).toEqual([
        expect.objectContaining({ status: 'CLOSED', sha256: sha256(content) }),
      ])
      expect([asset[0]?.formats.length, asset[0]?.fileSets.length]).toEqual([1, 1])
      expect(asset[0]?.jobs.filter(({ type }) => type === 'TRANSFER')).toEqual([
        expect.objectContaining({ status: 'FINISHED' }),
      ])
      expect(await station.openUploads()).toBe(0)
      if (!isKilled) break
    }
    process.stdout.write(`engine killed after ${kills} answers\n`)
    expect(kills).toBeGreaterThan(15)
  })

  test('canceled after each answer in turn leaves nothing', async () => {
    await open()
    let canceled = 0
    for (let after = 1; ; after += 1) {
      let left = after
      station.onAnswer = () => {
        left -= 1
        if (left === 0) station.calls.cancel({ which: 'all' }).catch(() => undefined)
      }
      await station.drop(station.write(`take-${after}.mov`, clip))
      await station.untilAll('done', 'canceled')
      station.onAnswer = undefined
      const isDone = (await station.transfers()).some(({ state }) => state === 'done')
      if (isDone) break
      canceled += 1
      expect(await station.assets(), `canceled after answer ${after}`).toEqual([])
      expect(await station.openUploads()).toBe(0)
      await station.calls.clear()
    }
    process.stdout.write(`canceled after ${canceled} answers\n`)
    expect(canceled).toBeGreaterThan(8)
    await station.untilAll('done')
    expect(await station.assets()).toHaveLength(1)
  })

  test('of a user without the rights is a clear failure that leaves nothing', async () => {
    await open()
    station.token = station.studio.iconik.limitedToken
    await station.connect()
    await station.drop(station.write('note.txt', note))
    await station.untilAll('failed')
    const [failed] = await station.transfers()
    expect(failed?.failure?.code).toMatch(/^auth\.forbidden$|^remote\.(refused|notFound)$/)
    await station.calls.cancel({ which: 'all' })
    await station.untilAll('canceled')
    expect(await station.assets()).toEqual([])
    expect(await station.openUploads()).toBe(0)
  })

  test('with a wrong token waits for a new one', async () => {
    await open()
    station.token = 'wrong'
    await station.connect()
    await station.drop(station.write('note.txt', note))
    await station.untilAll('waiting')
    expect((await station.transfers())[0]).toMatchObject({
      waitReason: 'auth',
      failure: { code: 'auth.expired' },
    })
    station.token = station.studio.iconik.token
    await station.connect()
    await station.untilAll('done')
    await expectAssets({ 'note.txt': note })
  })
})

const specs = specsFolder('iconik')
describe.skipIf(specs === undefined)('every exchange of these uploads', () => {
  test('is as the published files have it', { timeout: 120_000 }, async () => {
    station = await UploadStation.open()
    const files = Array.from({ length: studios }, (_, index) => join(recordings, `${index + 1}.jsonl`))
    const report = await checkRecordings(specs ?? '', files)
    process.stdout.write(`exchanges: ${JSON.stringify(report.total)}\n`)
    expect(report.problems).toEqual([])
    expect(report.total.full).toBeGreaterThan(300)
  })
})
