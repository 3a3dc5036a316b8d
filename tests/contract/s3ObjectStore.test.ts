import { afterAll, beforeAll, expect, test } from 'vitest'
import { checksumOf, wholeCrc32 } from '../../src/main/transfers/checksum.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import { memoryPayload, type ObjectStore } from '../../src/main/transfers/objectStore.ts'
import { createRateLimit } from '../../src/main/transfers/rateLimit.ts'
import { createS3ObjectStore } from '../../src/main/transfers/s3ObjectStore.ts'
import { seeded } from '../fakes/seeded.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

const { signal } = new AbortController()
const random = seeded(21)
const MiB = 2 ** 20
let studio: StudioProcess
let store: ObjectStore

beforeAll(async () => {
  studio = await startStudio()
  store = createS3ObjectStore({
    access: () => ({ ...studio.storage, prefix: '' }),
    clock: systemClock,
    limit: createRateLimit(systemClock),
  })
})
afterAll(async () => {
  store?.close()
  await studio?.dispose()
})

test('the probe finds out what the store checks', async () => {
  expect(await store.probe('station/probe', signal)).toEqual({
    checksMd5: true,
    checksCrc32: true,
    checksWholeCrc32: true,
    keepsMetadata: true,
    etagIsMd5: true,
    listsUploads: true,
  })
  expect(await store.listUploads('station/probe-parts', signal)).toEqual([])
  expect(await store.head('station/probe-whole', signal)).toBeUndefined()
})

test('an object of several parts comes back with its token, size and checksum', async () => {
  const key = 'in/A001 näme+1.mov'
  const bytes = random.bytes(12 * MiB + 3)
  const uploadId = await store.createUpload(
    { key, token: 'token-1', mediaType: 'video/quicktime' },
    'crc32Full',
    signal,
  )
  expect(await store.listUploads(key, signal)).toMatchObject([{ key, uploadId }])
  const rows = []
  for (let n = 1; n <= 3; n += 1) {
    const body = bytes.subarray((n - 1) * 5 * MiB, n * 5 * MiB)
    const checksum = await checksumOf('crc32', body)
    const progress: number[] = []
    const sent = await store.putPart(
      { key, uploadId, number: n, payload: memoryPayload(body, 256 * 1024), checksum },
      (bytesSent) => progress.push(bytesSent),
      signal,
    )
    expect(progress.at(-1)).toBe(body.byteLength)
    rows.push({
      n,
      size: body.byteLength,
      checkKind: 'crc32' as const,
      checkValue: checksum.value,
      etag: sent.etag,
    })
  }
  const listed = await store.listParts(key, uploadId, signal)
  expect(listed.map(({ number, bytes: size }) => [number, size])).toEqual(
    rows.map(({ n, size }) => [n, size]),
  )
  const whole = wholeCrc32(rows)
  const parts = rows.map(({ n, etag, checkValue }) => ({
    number: n,
    etag,
    checksum: { kind: 'crc32' as const, value: checkValue },
  }))
  await store.completeUpload(
    { key, uploadId, bytes: bytes.byteLength, kind: 'crc32Full', parts, whole },
    signal,
  )
  const found = await store.head(key, signal)
  expect(found).toMatchObject({ bytes: bytes.byteLength, token: 'token-1' })
  expect(Buffer.compare(found?.crc32 ?? new Uint8Array(), (await checksumOf('crc32', bytes)).value)).toBe(0)
  await expect(store.listParts(key, uploadId, signal)).rejects.toMatchObject({ kind: 'lostUpload' })
  expect(await store.head('in/nothing', signal)).toBeUndefined()
})

test('a picture of the app itself arrives', async () => {
  const jpeg = random.bytes(30_000)
  await store.putMade('in/clip.mov.thumb.jpg', jpeg, 'image/jpeg', signal)
  expect(await store.head('in/clip.mov.thumb.jpg', signal)).toMatchObject({ bytes: jpeg.byteLength })
})
