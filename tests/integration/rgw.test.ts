import { createCipheriv } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checksumOf } from '../../src/main/transfers/checksum.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import type { StorageAccess } from '../../src/main/transfers/hostContract.ts'
import { mediaTypeOf } from '../../src/main/transfers/mediaTypes.ts'
import { memoryPayload, type ObjectStore } from '../../src/main/transfers/objectStore.ts'
import { planParts, preferredPartSize } from '../../src/main/transfers/partPlan.ts'
import { createRateLimit } from '../../src/main/transfers/rateLimit.ts'
import { createS3ObjectStore } from '../../src/main/transfers/s3ObjectStore.ts'
import { StoreFailure } from '../../src/main/transfers/storeFailure.ts'
import { seeded } from '../fakes/seeded.ts'
import { readSamples, samplesFolder } from '../media/samples.ts'
import { partRequests, uploadsLeft } from './rgw/bucket.ts'
import { type RgwCluster, startCluster } from './rgw/cluster.ts'
import { installCeph, obstacleToCeph } from './rgw/packages.ts'
import { type Progress, RgwStation, type Snapshot } from './rgw/station.ts'

const MiB = 2 ** 20
const { signal } = new AbortController()
const silent = () => undefined
const random = seeded(131)
const obstacle = obstacleToCeph()
if (obstacle !== undefined) process.stdout.write(`no test against Ceph's gateway: ${obstacle}\n`)

describe.skipIf(obstacle !== undefined)("Ceph's object gateway", () => {
  let cluster: RgwCluster
  let store: ObjectStore

  beforeAll(async () => {
    await installCeph()
    const from = performance.now()
    cluster = await startCluster()
    const seconds = ((performance.now() - from) / 1000).toFixed(1)
    process.stdout.write(`${cluster.version}, ready after ${seconds} s\n`)
    store = open(cluster.storage)
  })
  afterAll(async () => {
    store?.close()
    await cluster?.stop()
  })

  const open = (storage: StorageAccess) =>
    createS3ObjectStore({
      access: () => storage,
      clock: systemClock,
      limit: createRateLimit(systemClock),
    })

  const token = 'token-1'
  const create = (key: string) =>
    store.createUpload({ key, token, mediaType: 'video/quicktime' }, 'md5', signal)

  async function put(key: string, uploadId: string, number: number, bytes: Uint8Array) {
    const checksum = await checksumOf('md5', bytes)
    const payload = memoryPayload(bytes, 64 * 1024)
    const { etag } = await store.putPart({ key, uploadId, number, payload, checksum }, silent, signal)
    return { number, etag, checksum }
  }

  /** The kind and name of the failure an answer must end with. */
  async function failureOf(answer: Promise<unknown>): Promise<{ kind: string; name: string }> {
    try {
      await answer
    } catch (error) {
      if (error instanceof StoreFailure) return { kind: error.kind, name: error.facts.name }
      throw error
    }
    return { kind: 'none', name: '' }
  }

  test('the probe finds out what the gateway checks', async () => {
    const abilities = await store.probe('station/probe', signal)
    process.stdout.write(`abilities: ${JSON.stringify(abilities)}\n`)
    expect(abilities).toMatchObject({
      checksMd5: true,
      keepsMetadata: true,
      etagIsMd5: true,
      listsUploads: true,
    })
    expect(await store.listUploads('station/probe', signal)).toEqual([])
    expect(await store.head('station/probe-whole', signal)).toBeUndefined()
    expect(await store.head('station/probe-parts', signal)).toBeUndefined()
  })

  test('an object of several parts comes back with its token and size, also when completed twice', async () => {
    const key = 'in/A001 näme+1.mov'
    const uploadId = await create(key)
    expect(await store.listUploads(key, signal)).toMatchObject([{ key, uploadId }])
    const bytes = random.bytes(12 * MiB + 3)
    const parts = []
    for (const number of [2, 3, 1])
      parts.push(await put(key, uploadId, number, bytes.subarray((number - 1) * 5 * MiB, number * 5 * MiB)))
    parts.sort((a, b) => a.number - b.number)
    expect(
      (await store.listParts(key, uploadId, signal)).map(({ number, bytes: size }) => [number, size]),
    ).toEqual([
      [1, 5 * MiB],
      [2, 5 * MiB],
      [3, 2 * MiB + 3],
    ])
    const upload = { key, uploadId, bytes: bytes.byteLength, kind: 'md5', parts, whole: undefined } as const
    await store.completeUpload(upload, signal)
    const found = await store.head(key, signal)
    expect(found).toMatchObject({ bytes: bytes.byteLength, token })
    const second = await failureOf(store.completeUpload(upload, signal))
    process.stdout.write(`second complete: ${second.kind} ${second.name}\n`)
    // Either is settled by the token; anything else the engine would take for a refusal.
    expect(['none', 'lostUpload', 'server']).toContain(second.kind)
    expect(await store.head(key, signal)).toEqual(found)
    expect(await failureOf(store.listParts(key, uploadId, signal))).toMatchObject({ kind: 'lostUpload' })
    expect(await store.listUploads(key, signal)).toEqual([])
    expect(await store.head('in/nothing', signal)).toBeUndefined()
  })

  test('parts are listed over several pages, and gone after an abort', async () => {
    const key = 'in/many parts.mov'
    const uploadId = await create(key)
    const count = 1_003
    const numbers = Array.from({ length: count }, (_, index) => index + 1)
    const etags = new Map<number, string>()
    const left = [...numbers]
    const send = async () => {
      for (let number = left.shift(); number !== undefined; number = left.shift())
        etags.set(number, (await put(key, uploadId, number, Buffer.from(`part ${number}`))).etag)
    }
    await Promise.all(Array.from({ length: 8 }, send))
    const listed = await store.listParts(key, uploadId, signal)
    expect(listed.map(({ number }) => number)).toEqual(numbers)
    for (const { number, etag, bytes } of listed) {
      expect(etag).toBe(etags.get(number))
      expect(bytes).toBe(`part ${number}`.length)
    }
    await store.abortUpload(key, uploadId, signal)
    const after = await failureOf(store.listParts(key, uploadId, signal))
    const again = await failureOf(store.abortUpload(key, uploadId, signal))
    const first = {
      number: 1,
      etag: etags.get(1) ?? '',
      checksum: await checksumOf('md5', Buffer.from('part 1')),
    }
    const complete = await failureOf(
      store.completeUpload(
        { key, uploadId, bytes: 6, kind: 'md5', parts: [first], whole: undefined },
        signal,
      ),
    )
    const late = await failureOf(put(key, uploadId, 1, Buffer.from('part 1')))
    process.stdout.write(
      `after an abort: list ${after.kind} ${after.name}; abort ${again.kind} ${again.name}; complete ${complete.kind} ${complete.name}; part ${late.kind} ${late.name}\n`,
    )
    expect(after.kind).toBe('lostUpload')
    expect(['none', 'lostUpload', 'server']).toContain(again.kind)
    expect(['lostUpload', 'server']).toContain(complete.kind)
    expect(await store.listUploads(key, signal)).toEqual([])
    expect(await store.head(key, signal)).toBeUndefined()
  })

  test('a part or an object with the wrong Content-MD5 is refused', async () => {
    const key = 'in/wrong.mov'
    const bytes = random.bytes(300_000)
    const payload = memoryPayload(bytes, 64 * 1024)
    const checksum = await checksumOf('md5', random.bytes(10))
    const uploadId = await create(key)
    expect(
      await failureOf(store.putPart({ key, uploadId, number: 1, payload, checksum }, silent, signal)),
    ).toEqual({ kind: 'corrupt', name: 'BadDigest' })
    expect(await store.listParts(key, uploadId, signal)).toEqual([])
    await store.abortUpload(key, uploadId, signal)
    const head = { key, token, mediaType: 'video/quicktime' }
    expect(await failureOf(store.putObject({ ...head, payload, checksum }, silent, signal))).toEqual({
      kind: 'corrupt',
      name: 'BadDigest',
    })
    expect(await store.head(key, signal)).toBeUndefined()
  })

  test('a whole object and a picture of our own arrive', async () => {
    const bytes = random.bytes(100_000)
    const checksum = await checksumOf('md5', bytes)
    const head = { key: 'in/small "é" 😀.wav', token: 'token-2', mediaType: 'audio/wav' }
    await store.putObject({ ...head, payload: memoryPayload(bytes, 64 * 1024), checksum }, silent, signal)
    expect(await store.head(head.key, signal)).toMatchObject({ bytes: bytes.byteLength, token: 'token-2' })
    await store.putMade('in/clip.mov.thumb.jpg', bytes, 'image/jpeg', signal)
    expect(await store.head('in/clip.mov.thumb.jpg', signal)).toMatchObject({ bytes: bytes.byteLength })
    await store.deleteObject(head.key, signal)
    expect(await store.head(head.key, signal)).toBeUndefined()
  })

  test('wrong keys and a missing bucket are told apart', async () => {
    const asked = async (change: Partial<StorageAccess>) => {
      const other = open({ ...cluster.storage, ...change })
      const failure = await failureOf(other.listUploads('in/', signal))
      other.close()
      return failure
    }
    expect(await asked({ accessKeyId: 'NOBODY' })).toEqual({ kind: 'denied', name: 'InvalidAccessKeyId' })
    expect(await asked({ secretAccessKey: 'wrong' })).toEqual({
      kind: 'denied',
      name: 'SignatureDoesNotMatch',
    })
    expect(await asked({ bucket: 'nowhere' })).toEqual({ kind: 'noBucket', name: 'NoSuchBucket' })
  })

  test('a folder arrives whole and is registered once, though the host is killed six times', async () => {
    const station = await RgwStation.open(cluster)
    try {
      await sendOverKills(station)
    } finally {
      await station.dispose()
    }
  })
})

const bigFile = { name: 'A001_C001.mov', bytes: 300 * MiB }
const smallFiles = 200
/** Slow enough that the kills find the work under way. */
const bytesPerSecond = 30 * MiB

/** Two moments while small files are registered, then four while the long one grows. */
function killMoments(bytes: number): ((progress: Progress) => boolean)[] {
  const files = [5 + random.below(60), 80 + random.below(80)]
  const sent = Array.from({ length: 4 }, (_, index) => (0.15 + 0.19 * (index + random.next())) * bytes)
  process.stdout.write(
    `killed when ${files.join(' and ')} files are done, then at ${sent.map((at) => `${Math.round(at / MiB)}`).join(', ')} MiB\n`,
  )
  return [
    ...files.map(
      (count) =>
        ({ done }: Progress) =>
          done >= count,
    ),
    ...sent.map(
      (at) =>
        ({ bytesSent }: Progress) =>
          bytesSent >= at,
    ),
  ]
}

async function sendOverKills(station: RgwStation): Promise<void> {
  for (const { file } of readSamples()) station.copy(join(samplesFolder, file))
  for (let index = 0; index < smallFiles; index += 1)
    station.write(`still-${index}.png`, random.bytes(1 + random.below(100_000)))
  station.write(bigFile.name, noise(bigFile.bytes))
  const count = station.files.size
  const bytes = [...station.files.values()].reduce((sum, file) => sum + file.bytes, 0)

  const from = performance.now()
  await station.start(bytesPerSecond)
  await station.drop()
  const snapshots: Snapshot[] = []
  const moments = killMoments(bytes)
  const kills = moments.length
  const states = new Map<string, number>()
  for (const hasCome of moments) {
    await station.until(hasCome, 60_000)
    const snapshot = await station.kill()
    expect(snapshot.states.some((state) => state !== 'done')).toBe(true)
    for (const state of new Set(snapshot.states)) states.set(state, (states.get(state) ?? 0) + 1)
    snapshots.push(snapshot)
    await station.start(bytesPerSecond)
  }
  await station.configure(0)
  await station.until(({ done }) => done === count, 90_000)
  const seconds = (performance.now() - from) / 1000

  const objects = await station.objects()
  expect(objects.map(({ name }) => name).sort()).toEqual([...station.files.keys()].sort())
  for (const { name, bytes: size, sha256, mediaType } of objects) {
    expect({ size, sha256 }, name).toEqual({
      size: station.files.get(name)?.bytes,
      sha256: station.files.get(name)?.sha256,
    })
    expect(mediaType, name).toBe(mediaTypeOf(name))
  }
  const { assets } = station.service
  expect(assets.map(({ file_name: name }) => name).sort()).toEqual([...station.files.keys()].sort())
  expect(assets.map(({ object_key: key }) => key).sort()).toEqual(objects.map(({ key }) => key).sort())
  for (const { file_name: name, size, mimetype } of assets)
    expect({ size, mimetype }, name).toEqual({
      size: station.files.get(name)?.bytes,
      mimetype: mediaTypeOf(name),
    })
  expect(await uploadsLeft(station.cluster)).toEqual([])

  const needed = planParts(bigFile.bytes, preferredPartSize(bytesPerSecond)).length
  const requests = () => partRequests(station.cluster, `/${bigFile.name}`)
  const stored = () => requests().filter(({ status }) => status === 200)
  // The gateway writes its log a moment after it has answered.
  await expect.poll(() => new Set(stored().map(({ id }) => id)).size, { timeout: 15_000 }).toBe(needed)
  const sent = stored()
  for (const { at, parts } of snapshots)
    expect(
      sent.filter(({ time, id }) => time > at && parts.has(id)),
      'parts with a stored row that were sent again',
    ).toEqual([])
  // One that was just being stored while the next host asked what is there may be sent once more.
  expect(sent.length).toBeLessThanOrEqual(needed + kills)
  const cut = requests().length - sent.length
  const seen = [...states].map(([state, times]) => `${state} ${times}`).join(', ')
  const lines = [
    `${count} files, ${Math.round(bytes / MiB)} MiB in ${seconds.toFixed(1)} s; killed ${kills} times, states then: ${seen}`,
    `parts stored ${sent.length}, needed ${needed}; rows of parts at the kills: ${snapshots.map(({ parts }) => parts.size).join(', ')}; part requests cut by the kills: ${cut}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Bytes that do not repeat, the same for the same seed; faster than one number at a time. */
function noise(bytes: number): Buffer {
  const cipher = createCipheriv('aes-128-ctr', random.bytes(16), Buffer.alloc(16))
  return cipher.update(Buffer.alloc(bytes))
}
