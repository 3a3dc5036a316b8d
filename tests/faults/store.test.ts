import { afterEach, expect, test } from 'vitest'
import { FakeObjectStore, type Operation } from '../fakes/FakeObjectStore.ts'
import { seeded } from '../fakes/seeded.ts'
import { TestClock } from '../fakes/TestClock.ts'
import { Bench, type BenchOptions, connectionId } from './bench.ts'
import { expectWhole } from './invariants.ts'

const random = seeded(41)
const long = random.bytes(120 * 1024 + 3)
const files = { 'clip.mov': long, 'still.png': random.bytes(1500) }
let bench: Bench
afterEach(() => bench.dispose())

async function begin(options: Partial<BenchOptions> = {}): Promise<void> {
  bench = new Bench({ salt: 41, ...options })
  await bench.start()
}

async function dropAll(): Promise<void> {
  await bench.drop(...Object.entries(files).map(([name, content]) => bench.write(name, content)))
}

/** Lets the probe of a fresh store go by, so that the faults of a test hit the upload. */
async function afterProbe(): Promise<void> {
  await bench.drop(bench.write('first.txt', Buffer.from('first')))
  await bench.untilAll('done')
}

async function finish(resentParts = 0): Promise<void> {
  await bench.untilAll('done')
  await expectWhole(bench, files, { resentParts })
}

test('a connection that breaks in the middle of a part costs that part alone', async () => {
  await begin()
  await afterProbe()
  bench.s3.dropMidway(2)
  await dropAll()
  await finish(2)
})

test('Retry-After holds everything to the store for that long', async () => {
  await begin()
  await afterProbe()
  bench.s3.fault({ operation: 'putPart', kind: 'throttle', name: 'SlowDown', retryAfterMs: 90_000 })
  const from = bench.clock.ticks()
  await dropAll()
  await finish()
  expect(bench.clock.ticks() - from).toBeGreaterThanOrEqual(90_000)
})

test.each([500, 503, 400] as const)('a burst of %i ends in whole files', async (status) => {
  await begin()
  await afterProbe()
  bench.s3.status(status, 12)
  await dropAll()
  await finish()
})

test('three in ten requests failing still ends in whole files', async () => {
  await begin()
  await afterProbe()
  const store = bench.s3
  const kinds = ['network', 'server', 'throttle', 'idleClose'] as const
  const operations: Operation[] = [
    'putPart',
    'putObject',
    'createUpload',
    'completeUpload',
    'head',
    'listParts',
  ]
  for (let index = 0; index < 60; index += 1)
    store.fault({
      operation: random.pick(operations),
      kind: random.pick(kinds),
      when: random.next() < 0.5 ? 'before' : 'after',
      skip: random.below(4),
    })
  await dropAll()
  await bench.untilAll('done')
  await expectWhole(bench, files, { resentParts: 60 })
})

test.each<Operation>(['createUpload', 'putPart', 'completeUpload', 'putObject'])(
  'a lost answer to %s is settled without a second object',
  async (operation) => {
    await begin()
    await afterProbe()
    bench.s3.loseReply(operation)
    await dropAll()
    await finish(operation === 'putPart' ? 1 : 0)
    expect(
      bench.s3.log.filter((request) => request.operation === 'completeUpload' && request.isDone),
    ).toHaveLength(2)
  },
)

test('an assembly that fails before it happened is asked for again', async () => {
  await begin()
  await afterProbe()
  bench.s3.fault({ operation: 'completeUpload', kind: 'server', times: 3 })
  await dropAll()
  await finish()
})

test('bytes that change on the way are refused, and sent again', async () => {
  await begin()
  await afterProbe()
  bench.s3.corrupt(2)
  await dropAll()
  await finish(2)
})

test('an answer that names another checksum is not believed', async () => {
  await begin()
  await afterProbe()
  bench.s3.wrongEtag(2)
  await dropAll()
  await finish(2)
})

test('a path that corrupts every time ends with its reason, and the rest goes on', async () => {
  await begin()
  await afterProbe()
  bench.s3.fault({ operation: 'putPart', kind: 'corrupt', name: 'BadDigest', times: 1000 })
  await dropAll()
  await bench.untilAll('done', 'failed')
  expect(await bench.only('clip.mov')).toMatchObject({
    state: 'failed',
    failure: { code: 'upload.corruptPath' },
  })
  expect(await bench.only('still.png')).toMatchObject({ state: 'done' })
})

test('an upload the store has swept is begun again, once for each loss', async () => {
  await begin()
  await afterProbe()
  let sweeps = 0
  bench.s3.onRequest = (operation, phase, key) => {
    if (operation !== 'putPart' || phase !== 'before' || !key.endsWith('clip.mov') || sweeps === 2) return
    const [upload] = bench.s3.uploads()
    if (upload !== undefined && bench.s3.partsOf(upload).length === 3) {
      sweeps += 1
      bench.s3.sweep(upload)
    }
  }
  await dropAll()
  await bench.untilAll('done')
  expect(sweeps).toBe(2)
  expect((await bench.object('clip.mov'))?.equals(long)).toBe(true)
  expect(bench.s3.uploads()).toEqual([])
})

test('an upload lost while the app was closed is begun again', async () => {
  await begin()
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  bench.kill()
  for (const upload of bench.s3.uploads()) bench.s3.sweep(upload)
  await bench.start()
  await bench.untilAll('done')
  expect((await bench.object('clip.mov'))?.equals(long)).toBe(true)
})

test('a part that was replaced or lost while the app was closed is sent again', async () => {
  await begin()
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 3)
  const { id } = await bench.only('clip.mov')
  bench.kill()
  bench.s3.replacePart(bench.s3.uploads()[0] ?? '', 1)
  await bench.start()
  await bench.untilAll('done')
  const key = bench.keyOf('clip.mov', id)
  expect(bench.s3.object(key)?.equals(long)).toBe(true)
  expect(bench.s3.storesOf(key).get(1)).toBe(2)
})

test('a foreign object of the same size at the key is not taken for ours and not removed', async () => {
  await begin()
  await afterProbe()
  const foreign = Buffer.alloc(long.byteLength, 7)
  let key = ''
  bench.s3.onRequest = (operation, phase, at) => {
    if (operation !== 'completeUpload' || phase !== 'before') return
    key = at
    bench.s3.put(at, foreign, 'of another station')
    bench.s3.fault({ operation: 'completeUpload', kind: 'exists', name: 'PreconditionFailed', times: 100 })
  }
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).state !== 'uploading' && key !== '')
  await bench.until(async () => ['failed', 'waiting', 'done'].includes((await bench.only('clip.mov')).state))
  expect(bench.s3.object(key)?.equals(foreign)).toBe(true)
  expect((await bench.only('clip.mov')).state).not.toBe('done')
})

test('a night without network ends with an upload, and costs no attempts', async () => {
  await begin()
  await afterProbe()
  let parts = 0
  bench.s3.onRequest = (operation, phase) => {
    if (operation !== 'putPart' || phase !== 'after') return
    parts += 1
    if (parts === 3) bench.s3.isOffline = true
  }
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).state === 'waiting')
  expect(await bench.only('clip.mov')).toMatchObject({ waitReason: 'offline' })
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 8 * 3_600_000)
  bench.s3.onRequest = undefined
  bench.s3.isOffline = false
  await finish(4)
})

test.each([
  ['token', 'auth.expired'],
  ['denied', 'storage.denied'],
  ['noBucket', 'storage.notFound'],
] as const)('%s stops everything to the store with one reason until new keys come', async (kind, code) => {
  await begin()
  await afterProbe()
  bench.s3.fault({ operation: 'putPart', kind, skip: 2, times: 1000 })
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).state === 'waiting')
  expect(await bench.only('clip.mov')).toMatchObject({ waitReason: 'auth', failure: { code } })
  expect(bench.told.some(({ event }) => event === 'signedOut')).toBe(code === 'auth.expired')
  const { partsStored } = await bench.only('clip.mov')
  expect(partsStored).toBeGreaterThan(0)
  bench.s3.heal()
  await bench.connect({ accessKeyId: 'renewed' })
  await finish(4)
})

test('a small file costs one request', async () => {
  await begin()
  await afterProbe()
  const before = bench.s3.log.length
  await bench.drop(bench.write('still.png', files['still.png']))
  await bench.untilAll('done')
  expect(bench.s3.log.slice(before).map(({ operation }) => operation)).toEqual(['putObject'])
})

test('what waits for a sign-in goes on with the same keys, when somebody says that they work', async () => {
  await begin()
  await afterProbe()
  bench.s3.fault({ operation: 'putPart', kind: 'denied', skip: 2, times: 1 })
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).state === 'waiting')
  // Told again at every change of the settings, the keys are no news.
  await bench.connect()
  await bench.clock.wait(3_600_000)
  expect(await bench.only('clip.mov')).toMatchObject({ waitReason: 'auth', nextAt: null })
  await bench.engine.calls.release({ connectionId })
  await finish(4)
})

test('without its connection a transfer waits, and goes on when the connection is back', async () => {
  await begin()
  await afterProbe()
  await bench.disconnect()
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).state === 'waiting')
  expect(await bench.only('clip.mov')).toMatchObject({ waitReason: 'auth' })
  await bench.connect()
  await finish()
})

test.each([
  ['checks MD5 alone', { checksCrc32: false, wholeCrc32: false }],
  ['checks CRC32 of parts alone', { wholeCrc32: false }],
  ['forgets metadata', { keepsMetadata: false }],
  ['makes opaque ETags', { etagIsMd5: false }],
  ['lists no uploads', { listsUploads: false }],
  ['checks nothing', { checksCrc32: false, checksMd5: false, wholeCrc32: false }],
] as const)('a store that %s is served by what it does', async (_what, abilities) => {
  const clock = new TestClock()
  await begin({ clock, s3: new FakeObjectStore(() => clock.now(), abilities) })
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  bench.kill()
  await bench.start()
  await finish(8)
})

test('two stations on one bucket never touch each other, and lost uploads of our own are removed after a week', async () => {
  const clock = new TestClock()
  clock.horizonMs = Number.POSITIVE_INFINITY
  await begin({ clock })
  const week = 7 * 24 * 3_600_000
  const { signal } = new AbortController()
  const client = bench.s3.client()
  const open = (key: string) =>
    client.createUpload({ key, token: 't', mediaType: 'video/mp4' }, 'md5', signal)
  const lost = await open('in/station-1/01ARZ3NDEKTSV4RRFFQ69G5FAV/clip.mov')
  const others = await open('in/station-2/01ARZ3NDEKTSV4RRFFQ69G5FAV/clip.mov')
  await dropAll()
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  await bench.engine.calls.pause({ which: 'all' })
  const paused = bench.s3.uploads().find((id) => id !== lost && id !== others)
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 2 * week)
  await bench.until(() => !bench.s3.uploads().includes(lost))
  expect(bench.s3.uploads().sort()).toEqual([others, paused].sort())
  await bench.engine.calls.resume({ which: 'all' })
  await bench.untilAll('done')
  expect((await bench.object('clip.mov'))?.equals(long)).toBe(true)
  expect(bench.s3.uploads()).toEqual([others])
})
