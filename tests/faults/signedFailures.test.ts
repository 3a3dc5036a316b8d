import { utimesSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { connectionId } from './bench.ts'
import { expectSoundDatabase } from './invariants.ts'
import { expectAllThere, expectNothingOpen, SignedBench } from './signedBench.ts'

const random = seeded(98)
const files = { 'clip.mov': random.bytes(50 * 1024 + 3), 'note.txt': random.bytes(700) }
let bench: SignedBench
afterEach(() => bench.dispose())

async function begin(service: ConstructorParameters<typeof SignedBench>[1] = {}, salt = 98): Promise<void> {
  bench = new SignedBench({ salt }, service)
  await bench.start()
}

async function dropDay(): Promise<void> {
  for (const [name, content] of Object.entries(files)) bench.write(`day/${name}`, content)
  await bench.drop(`${bench.folder}/card/day`)
}

const making = [
  'assets.createCollection',
  'assets.createAsset',
  'files.createFormat',
  'files.createFileSet',
  'files.createFile',
  'jobs.createJob',
  's3.createUpload',
  's3.putPart',
  's3.complete',
  'files.patchFile',
  'files.createProxyJob',
  'jobs.patchJob',
]
for (const kind of ['lost', 'cut'] as const) {
  test(`each request ${kind === 'lost' ? 'done with its answer lost' : 'cut off before it is done'}, twice: every record once`, async () => {
    for (const operation of making) {
      await begin({ lagMs: 2_500 })
      bench.iconik.script.plan({ operation, kind, times: 2 })
      await dropDay()
      await bench.untilAll('done')
      await expectAllThere(bench, files)
      expect(bench.iconik.collections, operation).toHaveLength(2)
      bench.dispose()
    }
  })
}

test('a storm of refusals of every kind ends with every record once', async () => {
  await begin({ lagMs: 1_000 })
  const { script } = bench.iconik
  for (let index = 0; index < 60; index += 1)
    script.plan({
      operation: '*',
      kind: 'refused',
      status: random.pick([500, 502, 503, 429]),
      skip: random.below(2),
    })
  await dropDay()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
})

test('a service asking to slow down is obeyed, whichever of its halves asks', async () => {
  for (const operation of ['files.listPartUrls', 's3.putPart', 'files.createFormat']) {
    await begin()
    const from = bench.clock.now()
    bench.iconik.script.plan({
      operation,
      kind: 'refused',
      status: 429,
      code: 'SlowDown',
      retryAfterSeconds: 120,
    })
    await bench.drop(bench.write('note.txt', files['note.txt']))
    await bench.untilAll('done')
    expect(bench.clock.now() - from, operation).toBeGreaterThanOrEqual(120_000)
    bench.dispose()
  }
})

test('an ended session stops the uploads until somebody signs in, with no stored part sent again', async () => {
  await begin()
  const { script, storage } = bench.iconik
  script.plan({ operation: 'files.readMultipartUrl', kind: 'refused', status: 401 })
  await bench.drop(bench.write('clip.mov', files['clip.mov']))
  await bench.untilAll('waiting')
  expect(await bench.only('clip.mov')).toMatchObject({
    waitReason: 'auth',
    failure: { code: 'auth.expired' },
  })
  expect(bench.told).toContainEqual({ event: 'signedOut', payload: { connectionId } })
  const sent = storage.stores.length
  bench.access = { ...bench.access, api: { token: 'new' } }
  await bench.connect()
  await bench.untilAll('done')
  await expectAllThere(bench, { 'clip.mov': files['clip.mov'] })
  expect(storage.stores).toHaveLength(sent)
})

test('offline at every request for two hours: it goes on where it was', { timeout: 120_000 }, async () => {
  let times = 0
  for (let isHit = true; isHit; times += 1) {
    await begin({}, 200 + times)
    const { script } = bench.iconik
    let left = times
    isHit = false
    script.onRequest = (_operation, phase) => {
      if (phase === 'before' && left-- === 0) {
        isHit = true
        script.isOffline = true
        void bench.clock.wait(2 * 3_600_000).then(() => {
          script.isOffline = false
        })
      }
    }
    await bench.drop(bench.write('clip.mov', files['clip.mov']))
    await bench.untilAll('done')
    await expectAllThere(bench, { 'clip.mov': files['clip.mov'] })
    bench.dispose()
  }
  process.stdout.write(`went offline at ${times - 1} requests\n`)
  expect(times).toBeGreaterThan(15)
})

test('a storage out of reach is asked now and then, and the service is left in peace', async () => {
  await begin()
  const { script, storage } = bench.iconik
  await bench.drop(bench.write('clip.mov', files['clip.mov']))
  await bench.until(() => storage.stores.length > 0)
  storage.isUnreachable = true
  await bench.until(async () => (await bench.only('clip.mov')).state === 'waiting')
  expect(await bench.only('clip.mov')).toMatchObject({ waitReason: 'offline' })
  const before = script.log.length
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 2 * 3_600_000)
  const asked = script.log.slice(before).map(({ operation }) => operation)
  expect(new Set(asked)).toEqual(new Set(['auth.checkToken', 's3.null']))
  expect(asked.length).toBeLessThan(300)
  storage.isUnreachable = false
  await bench.untilAll('done')
  await expectAllThere(bench, { 'clip.mov': files['clip.mov'] })
})

/** The file changes under the upload: it fails for good once parts of it are stored. */
async function failMidway(): Promise<string> {
  const path = bench.write('clip.mov', files['clip.mov'])
  const { script } = bench.iconik
  let parts = 0
  script.onRequest = (operation, phase) => {
    if (operation !== 's3.putPart' || phase !== 'after') return
    parts += 1
    if (parts !== 2) return
    script.onRequest = undefined
    writeFileSync(path, Buffer.alloc(50 * 1024 + 3, 7))
    utimesSync(path, 2_000_000, 2_000_000)
  }
  await bench.drop(path)
  await bench.untilAll('failed')
  script.onRequest = undefined
  return path
}

test('a failure for good is told to the service, and taken back when the upload goes on', async () => {
  await begin()
  await failMidway()
  const { jobs, files: records } = bench.iconik
  await bench.until(() => jobs[0]?.['status'] === 'FAILED', 'the failure being told')
  expect(jobs[0]).toMatchObject({ error_message: expect.stringContaining('source.changed') })
  expect(records[0]).toMatchObject({ status: 'FAILED' })
  let reopened = 0
  bench.iconik.script.onRequest = (operation, phase) => {
    if (operation === 's3.createUpload' && phase === 'before')
      reopened += jobs[0]?.['status'] === 'STARTED' && records[0]?.['status'] === 'OPEN' ? 1 : -1
  }
  await bench.engine.calls.retry({ which: 'all' })
  await bench.untilAll('done')
  expect(reopened).toBe(1)
  await expectAllThere(bench, { 'clip.mov': Buffer.alloc(50 * 1024 + 3, 7) })
})

test('a failure that could not be told is told after a restart', async () => {
  await begin()
  bench.iconik.script.plan({ operation: 'jobs.patchJob', kind: 'cut', times: 1000 })
  await failMidway()
  bench.kill()
  bench.iconik.script.heal()
  await bench.start()
  await bench.until(() => bench.iconik.jobs[0]?.['status'] === 'FAILED', 'the failure being told')
  expectSoundDatabase(bench)
})

test('a failed upload that is canceled leaves nothing', async () => {
  await begin()
  await failMidway()
  await bench.engine.calls.cancel({ which: 'all' })
  await bench.untilAll('canceled')
  expectNothingOpen(bench)
  expect(bench.iconik.assets).toEqual([])
})

test('an asset deleted meanwhile is a clear failure, and made anew on retry', async () => {
  for (const operation of [
    'files.listPartUrls',
    'files.readMultipartUrl',
    'files.patchFile',
    'files.createProxyJob',
  ]) {
    await begin()
    const { script, collections } = bench.iconik
    script.onRequest = (name, phase) => {
      if (name !== operation || phase !== 'before') return
      script.onRequest = undefined
      bench.iconik.deleteAll()
    }
    bench.write('day/clip.mov', files['clip.mov'])
    await bench.drop(`${bench.folder}/card/day`)
    await bench.untilAll('failed')
    expect(await bench.only('clip.mov'), operation).toMatchObject({ failure: { code: 'remote.notFound' } })
    await bench.engine.calls.retry({ which: 'all' })
    await bench.untilAll('done')
    await expectAllThere(bench, { 'clip.mov': files['clip.mov'] })
    expect(collections.map(({ title }) => title)).toEqual(['Root', 'day'])
    bench.dispose()
  }
})

test('progress is told now and then, and never after the end', async () => {
  bench = new SignedBench({ salt: 99, sizes: { partSize: 4 * 1024 } })
  await bench.start()
  const { script, jobs } = bench.iconik
  let told: number[] = []
  script.onRequest = (operation, phase) => {
    // Each part takes two seconds.
    if (operation === 's3.putPart' && phase === 'before') return bench.clock.wait(2_000)
    if (operation === 'jobs.patchJob' && phase === 'after')
      told = [...told, Number(jobs[0]?.['progress_processed'])]
    return undefined
  }
  const content = random.bytes(160 * 1024)
  await bench.drop(bench.write('clip.mov', content))
  await bench.untilAll('done')
  expect(told.at(-1)).toBe(100)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  const parts = script.count('s3.putPart')
  expect(parts).toBe(40)
  expect(told.length).toBeGreaterThan(1)
  expect(told.length).toBeLessThan(parts / 4)
  await expectAllThere(bench, { 'clip.mov': content })
})

test('a service that hears of no progress holds no part up', async () => {
  bench = new SignedBench({ salt: 97, sizes: { partSize: 4 * 1024 } })
  await bench.start()
  const { script } = bench.iconik
  script.onRequest = (operation, phase) =>
    operation === 's3.putPart' && phase === 'before' ? bench.clock.wait(2_000) : undefined
  script.plan({ operation: 'jobs.patchJob', kind: 'refused', status: 500, times: 4 })
  const content = random.bytes(100 * 1024)
  await bench.drop(bench.write('clip.mov', content))
  await bench.untilAll('done')
  await expectAllThere(bench, { 'clip.mov': content })
})
