import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { refusalOf, s3ClientOf } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

const random = seeded(1)
const MiB = 2 ** 20
let studio: StudioProcess
let s3: S3Client
let Bucket: string

beforeAll(async () => {
  studio = await startStudio()
  s3 = s3ClientOf(studio)
  Bucket = studio.storage.bucket
})
afterAll(async () => {
  s3.destroy()
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

const put = (Key: string, Body: Buffer | string, more: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))

async function bytesOf(Key: string, Range?: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('an object', () => {
  test.each([0, 1, 65_536, 3 * MiB + 7])('of %i bytes comes back as it was sent', async (size) => {
    const bytes = random.bytes(size)
    const { ETag } = await put(`size/${size}.bin`, bytes)
    expect(ETag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`)
    expect((await bytesOf(`size/${size}.bin`)).equals(bytes)).toBe(true)
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: `size/${size}.bin` }))
    expect(head).toMatchObject({ ContentLength: size, ETag, AcceptRanges: 'bytes' })
  })

  test.each([
    'plain.mp4',
    "with space/and (brackets)!*'.mp4",
    'Größe/æøå/日本語/🎬.mov',
    'nfd/e\u0301.mov',
    'new\nline\tand "quotes" & <angles>.mov',
    'percent%20%2F+plus=&?#.mov',
    'a//b/../c/./d',
    `${'n'.repeat(1024)}`,
  ])('may be called %j', async (key) => {
    await put(key, key)
    expect((await bytesOf(key)).toString()).toBe(key)
    const prefix = key.slice(0, 3)
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }))
    expect(listed.Contents?.map(({ Key }) => Key)).toContain(key)
  })

  test('with a key that is too long is refused', async () => {
    expect(await refusalOf(put('n'.repeat(1025), 'x'))).toEqual({ name: 'KeyTooLongError', status: 400 })
  })

  test('keeps its type, headers and metadata', async () => {
    await put('described.jpg', 'x', {
      ContentType: 'image/jpeg',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      Metadata: { token: '01HX', 'two-words': 'a b' },
    })
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'described.jpg' }))
    expect(head).toMatchObject({
      ContentType: 'image/jpeg',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      Metadata: { token: '01HX', 'two-words': 'a b' },
    })
    const big = refusalOf(put('big', 'x', { Metadata: { note: 'n'.repeat(2100) } }))
    expect(await big).toEqual({ name: 'MetadataTooLarge', status: 400 })
  })

  test('is replaced whole, and gone once deleted', async () => {
    await put('replaced', 'first')
    await put('replaced', 'second')
    expect((await bytesOf('replaced')).toString()).toBe('second')
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'replaced' }))
    expect(await refusalOf(bytesOf('replaced'))).toEqual({ name: 'NoSuchKey', status: 404 })
    // Deleting what is not there is no error, as in S3.
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'replaced' }))
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'replaced' })))).toEqual({
      name: 'NotFound',
      status: 404,
    })
  })

  test('is written only if absent where that is asked for', async () => {
    await put('once', 'first', { IfNoneMatch: '*' })
    const again = refusalOf(put('once', 'second', { IfNoneMatch: '*' }))
    expect(await again).toEqual({ name: 'PreconditionFailed', status: 412 })
    expect((await bytesOf('once')).toString()).toBe('first')
  })
})

describe('a read', () => {
  const bytes = random.bytes(100_000)
  beforeAll(() => put('ranged', bytes))

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=10-99', 10, 100],
    ['bytes=99990-', 99_990, 100_000],
    ['bytes=-5', 99_995, 100_000],
    ['bytes=50000-999999', 50_000, 100_000],
    ['bytes=-999999', 0, 100_000],
  ])('of %s gives that part', async (Range, start, end) => {
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: 'ranged', Range }))
    expect(answer.$metadata.httpStatusCode).toBe(206)
    expect(answer.ContentRange).toBe(`bytes ${start}-${end - 1}/100000`)
    const read = Buffer.from((await answer.Body?.transformToByteArray()) ?? [])
    expect(read.equals(bytes.subarray(start, end))).toBe(true)
  })

  test('past the end is 416, and of nonsense the whole', async () => {
    expect(await refusalOf(bytesOf('ranged', 'bytes=100000-'))).toEqual({ name: 'InvalidRange', status: 416 })
    expect((await bytesOf('ranged', 'bytes=5-1')).length).toBe(100_000)
    expect((await bytesOf('ranged', 'lines=1-2')).length).toBe(100_000)
  })

  test('is conditional', async () => {
    const read = (more: object) => s3.send(new GetObjectCommand({ Bucket, Key: 'ranged', ...more }))
    const ETag = `"${createHash('md5').update(bytes).digest('hex')}"`
    expect((await refusalOf(read({ IfNoneMatch: ETag }))).status).toBe(304)
    expect((await refusalOf(read({ IfMatch: '"other"' }))).name).toBe('PreconditionFailed')
    const current = await read({ IfMatch: ETag })
    expect((await current.Body?.transformToByteArray())?.length).toBe(100_000)
    const long = new Date(Date.now() + 3_600_000)
    expect((await refusalOf(read({ IfModifiedSince: long }))).status).toBe(304)
  })
})

describe('checksums', () => {
  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    '%s of the client is checked, kept and shown',
    async (ChecksumAlgorithm) => {
      const field = `Checksum${ChecksumAlgorithm}` as const
      const known = {
        CRC32: 'DUoRhQ==',
        CRC32C: 'yZRlqg==',
        CRC64NVME: 'jSnVw/bqjr4=',
        SHA1: 'Kq5sNclPz7QV2+lfQIuc6R7oRu0=',
        SHA256: 'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=',
      }
      const stored = await put(`sum/${ChecksumAlgorithm}`, 'hello world', {
        ChecksumAlgorithm,
        [field]: known[ChecksumAlgorithm],
      })
      expect(stored[field]).toBe(known[ChecksumAlgorithm])
      const head = await s3.send(
        new HeadObjectCommand({ Bucket, Key: `sum/${ChecksumAlgorithm}`, ChecksumMode: 'ENABLED' }),
      )
      expect(head[field]).toBe(known[ChecksumAlgorithm])
      expect(head.ChecksumType).toBe('FULL_OBJECT')
      const wrong = put('sum/wrong', 'hello World', { ChecksumAlgorithm, [field]: known[ChecksumAlgorithm] })
      expect(await refusalOf(wrong)).toEqual({ name: 'BadDigest', status: 400 })
    },
  )

  test('a wrong Content-MD5 is refused and nothing is stored', async () => {
    const ContentMD5 = createHash('md5').update('other').digest('base64')
    expect(await refusalOf(put('md5', 'bytes', { ContentMD5 }))).toEqual({ name: 'BadDigest', status: 400 })
    expect((await refusalOf(put('md5', 'bytes', { ContentMD5: 'nonsense' }))).name).toBe('InvalidDigest')
    expect(await refusalOf(bytesOf('md5'))).toEqual({ name: 'NoSuchKey', status: 404 })
    const right = createHash('md5').update('bytes').digest('base64')
    await put('md5', 'bytes', { ContentMD5: right })
  })
})

describe('streams', () => {
  test('of known length go out unsigned or as chunks with a trailing checksum', async () => {
    const bytes = random.bytes(2 * MiB + 3)
    const plain = s3ClientOf(studio, { requestChecksumCalculation: 'WHEN_REQUIRED' })
    for (const [name, client] of Object.entries({ plain, checksummed: s3 })) {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: `stream/${name}`,
          Body: Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)], { objectMode: false }),
          ContentLength: bytes.length,
        }),
      )
      expect((await bytesOf(`stream/${name}`)).equals(bytes)).toBe(true)
    }
    const head = await s3.send(
      new HeadObjectCommand({ Bucket, Key: 'stream/checksummed', ChecksumMode: 'ENABLED' }),
    )
    expect(head.ChecksumCRC32).toMatch(/^.{6}==$/)
    expect(head.ContentEncoding).toBeUndefined()
    plain.destroy()
  })

  test.each([100, 12 * MiB + 5])('of unknown length, %i bytes, go up by lib-storage', async (size) => {
    const bytes = random.bytes(size)
    const pieces = Array.from({ length: Math.ceil(size / 100_000) }, (_, index) =>
      bytes.subarray(index * 100_000, (index + 1) * 100_000),
    )
    const Key = `upload/${size}`
    await new Upload({
      client: s3,
      params: { Bucket, Key, Body: Readable.from(pieces, { objectMode: false }) },
    }).done()
    expect((await bytesOf(Key)).equals(bytes)).toBe(true)
  })
})

describe('a client that goes away', () => {
  const incoming = () => readdirSync(join(studio.folder, 'store', 'incoming'))

  test('in the middle of a write leaves nothing behind', async () => {
    await studio.throttle(4 * MiB)
    const stopping = new AbortController()
    const writing = s3.send(new PutObjectCommand({ Bucket, Key: 'gone', Body: random.bytes(8 * MiB) }), {
      abortSignal: stopping.signal,
    })
    await expect.poll(incoming).toHaveLength(1)
    stopping.abort()
    await expect(writing).rejects.toThrow()
    await studio.throttle(null)
    await expect.poll(incoming).toHaveLength(0)
    const logged = await studio.untilLogged(({ key }) => key === 'gone')
    expect([logged.status, logged.code]).toEqual([0, 'ClientGone'])
    expect(await refusalOf(bytesOf('gone'))).toEqual({ name: 'NoSuchKey', status: 404 })
  })

  test('in the middle of a read is no fault of ours', async () => {
    await put('long', random.bytes(8 * MiB))
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'long' }))
    if (Body instanceof Readable) {
      await new Promise((resolve) => Body.once('data', resolve))
      // The rest of the body ends in an error, which is what was asked for.
      Body.on('error', () => undefined)
      Body.destroy()
    }
    const logged = await studio.untilLogged(
      ({ key, operation }) => key === 'long' && operation === 'GetObject',
    )
    expect(logged.code).toBe('ClientGone')
    expect(logged.bytesOut).toBeLessThan(8 * MiB)
  })
})

describe('a listing', () => {
  const keys = ['list/a', 'list/b/1', 'list/b/2', 'list/b/deep/3', 'list/c', 'list/d/1', 'list/é']
  beforeAll(async () => {
    for (const key of keys) await put(key, key)
  })
  const list = (more: object) => s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', ...more }))

  test.each([1, 2, 3, 1000])('in pages of %i has every key once, in order', async (MaxKeys) => {
    const found: (string | undefined)[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await list({ MaxKeys, ContinuationToken })
      expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys)
      found.push(...(page.Contents ?? []).map(({ Key }) => Key))
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken)
    expect(found).toEqual(keys)
  })

  test.each([1, 2, 1000])('with a delimiter, in pages of %i, folds folders', async (MaxKeys) => {
    const found: (string | undefined)[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await list({ MaxKeys, ContinuationToken, Delimiter: '/' })
      const folders = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix)
      found.push(...(page.Contents ?? []).map(({ Key }) => Key), ...folders)
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken)
    expect(found.toSorted()).toEqual(['list/a', 'list/b/', 'list/c', 'list/d/', 'list/é'].toSorted())
  })

  test('starts after a key, and encodes on request', async () => {
    const page = await list({ StartAfter: 'list/b/2', EncodingType: 'url' })
    expect(page.Contents?.map(({ Key }) => Key)).toEqual([
      'list/b/deep/3',
      'list/c',
      'list/d/1',
      'list/%C3%A9',
    ])
  })
})

test('the bucket is there, others are not, and what is not offered says so', async () => {
  await s3.send(new HeadBucketCommand({ Bucket }))
  const other = s3.send(new ListObjectsV2Command({ Bucket: 'other-bucket' }))
  expect(await refusalOf(other)).toEqual({ name: 'NoSuchBucket', status: 404 })
})

test('the log tells what was sent, line by line, and nothing secret', async () => {
  await put('logged.bin', 'twelve bytes')
  const entry = studio.log().find(({ key }) => key === 'logged.bin')
  expect(entry).toMatchObject({
    operation: 'PutObject',
    method: 'PUT',
    bucket: Bucket,
    status: 200,
    bytesIn: 12,
  })
  const text = JSON.stringify(studio.log())
  expect(text).not.toContain(studio.storage.secretAccessKey)
  expect(text).not.toContain(studio.storage.accessKeyId)
  expect(text).not.toMatch(/signature/i)
})
