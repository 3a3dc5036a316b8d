import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type Part,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { refusalOf, s3ClientOf } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

const random = seeded(2)
const MiB = 2 ** 20
const partBytes = 5 * MiB
let studio: StudioProcess
let s3: S3Client
let Bucket: string

beforeAll(async () => {
  studio = await startStudio()
  // As the transfer engine sets its client up: it sends checksums of its own.
  s3 = s3ClientOf(studio, {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  Bucket = studio.storage.bucket
})
afterAll(async () => {
  s3.destroy()
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

async function create(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))
  return UploadId ?? ''
}
const send = (
  Key: string,
  UploadId: string,
  PartNumber: number,
  Body: Buffer,
  more: Partial<UploadPartCommandInput> = {},
) => s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }))
const complete = (
  Key: string,
  UploadId: string,
  Parts: Part[],
  more: Partial<CompleteMultipartUploadCommandInput> = {},
) =>
  s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }))
const listParts = (Key: string, UploadId: string, more: object = {}) =>
  s3.send(new ListPartsCommand({ Bucket, Key, UploadId, ...more }))
async function bytesOf(Key: string, more: object = {}): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest()
const crcText = (bytes: Buffer) => {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(crc32(bytes))
  return value.toString('base64')
}
const blobCount = () =>
  readdirSync(join(studio.folder, 'store'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length

const first = random.bytes(partBytes)
const second = random.bytes(partBytes)
const last = random.bytes(1234)

test('parts sent in any order become one object, read across their borders', async () => {
  const UploadId = await create('joined', { ContentType: 'video/mp4', Metadata: { token: 'mine' } })
  const parts: Part[] = []
  for (const [number, bytes] of [
    [3, last],
    [1, first],
    [2, second],
  ] as const) {
    const { ETag } = await send('joined', UploadId, number, bytes, {
      ContentMD5: md5(bytes).toString('base64'),
    })
    expect(ETag).toBe(`"${md5(bytes).toString('hex')}"`)
    parts.push({ PartNumber: number, ETag })
  }
  const ordered = parts.toSorted((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0))
  const bytes = Buffer.concat([first, second, last])
  const { ETag } = await complete('joined', UploadId, ordered, { MpuObjectSize: bytes.length })
  const joined = md5(Buffer.concat([md5(first), md5(second), md5(last)])).toString('hex')
  expect(ETag).toBe(`"${joined}-3"`)
  expect((await bytesOf('joined')).equals(bytes)).toBe(true)
  const Range = `bytes=${partBytes - 10}-${2 * partBytes + 9}`
  expect(
    (await bytesOf('joined', { Range })).equals(bytes.subarray(partBytes - 10, 2 * partBytes + 10)),
  ).toBe(true)
  expect((await bytesOf('joined', { PartNumber: 2 })).equals(second)).toBe(true)
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'joined', PartNumber: 1 }))
  expect(head).toMatchObject({ ContentType: 'video/mp4', Metadata: { token: 'mine' }, PartsCount: 3 })
  expect((await refusalOf(listParts('joined', UploadId))).name).toBe('NoSuchUpload')
  expect((await refusalOf(complete('joined', UploadId, ordered))).name).toBe('NoSuchUpload')
})

test('a part sent again replaces the first, and unused parts go', async () => {
  const UploadId = await create('again')
  await send('again', UploadId, 1, Buffer.from('old'))
  const { ETag } = await send('again', UploadId, 1, Buffer.from('new'))
  await send('again', UploadId, 2, Buffer.from('unused'))
  const before = blobCount()
  await complete('again', UploadId, [{ PartNumber: 1, ETag }])
  expect((await bytesOf('again')).toString()).toBe('new')
  expect(blobCount()).toBe(before - 1)
})

describe('completing is refused, and the upload stays,', () => {
  const cases: Record<string, [Part[], string]> = {
    'when a part was never sent': [[{ PartNumber: 9, ETag: '"x"' }], 'InvalidPart'],
    'when an ETag is another': [[{ PartNumber: 1, ETag: '"0123"' }], 'InvalidPart'],
    'when parts are out of order': [
      [
        { PartNumber: 2, ETag: '2' },
        { PartNumber: 1, ETag: '1' },
      ],
      'InvalidPartOrder',
    ],
    'when a part that is not the last is small': [
      [
        { PartNumber: 1, ETag: '1' },
        { PartNumber: 2, ETag: '2' },
      ],
      'EntityTooSmall',
    ],
    'when no part is named': [[], 'MalformedXML'],
  }
  test.each(Object.entries(cases))('%s', async (name, [claimed, code]) => {
    const UploadId = await create(name)
    const etags = new Map<string, string | undefined>()
    for (const number of [1, 2]) {
      const { ETag } = await send(name, UploadId, number, Buffer.from(`part ${number}`))
      etags.set(String(number), ETag)
    }
    const parts = claimed.map((part) => ({ ...part, ETag: etags.get(part.ETag ?? '') ?? part.ETag }))
    expect(await refusalOf(complete(name, UploadId, parts))).toEqual({ name: code, status: 400 })
    expect((await listParts(name, UploadId)).Parts).toHaveLength(2)
    expect((await refusalOf(bytesOf(name))).name).toBe('NoSuchKey')
  })

  test('when the size is another', async () => {
    const UploadId = await create('sized')
    const { ETag } = await send('sized', UploadId, 1, last)
    const wrong = complete('sized', UploadId, [{ PartNumber: 1, ETag }], { MpuObjectSize: 5 })
    expect((await refusalOf(wrong)).name).toBe('InvalidRequest')
    await complete('sized', UploadId, [{ PartNumber: 1, ETag }], { MpuObjectSize: last.length })
  })

  test('when an object is at the key that must be absent', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'taken', Body: 'theirs' }))
    const UploadId = await create('taken')
    const { ETag } = await send('taken', UploadId, 1, last)
    const wrong = complete('taken', UploadId, [{ PartNumber: 1, ETag }], { IfNoneMatch: '*' })
    expect(await refusalOf(wrong)).toEqual({ name: 'PreconditionFailed', status: 412 })
    expect((await bytesOf('taken')).toString()).toBe('theirs')
  })
})

describe('parts are refused', () => {
  test('with a wrong MD5, CRC32 or number, and are not kept', async () => {
    const UploadId = await create('strict')
    const wrongMd5 = send('strict', UploadId, 1, last, { ContentMD5: md5(first).toString('base64') })
    expect(await refusalOf(wrongMd5)).toEqual({ name: 'BadDigest', status: 400 })
    const wrongCrc = send('strict', UploadId, 1, last, { ChecksumCRC32: crcText(first) })
    expect(await refusalOf(wrongCrc)).toEqual({ name: 'BadDigest', status: 400 })
    for (const number of [0, 10_001]) {
      expect((await refusalOf(send('strict', UploadId, number, last))).name).toBe('InvalidArgument')
    }
    expect((await listParts('strict', UploadId)).Parts).toBeUndefined()
  })

  test('for an upload that is unknown or of another key', async () => {
    const UploadId = await create('own-key')
    expect((await refusalOf(send('other-key', UploadId, 1, last))).name).toBe('NoSuchUpload')
    expect((await refusalOf(send('own-key', 'nonsense', 1, last))).name).toBe('NoSuchUpload')
  })

  test('with another checksum than the upload was created for', async () => {
    const UploadId = await create('kind', { ChecksumAlgorithm: 'CRC32' })
    const ChecksumSHA256 = createHash('sha256').update(last).digest('base64')
    expect((await refusalOf(send('kind', UploadId, 1, last, { ChecksumSHA256 }))).name).toBe('InvalidRequest')
  })
})

describe('checksums of a whole object', () => {
  const bytes = Buffer.concat([first, second, last])

  test('are combined from the parts, and checked', async () => {
    const UploadId = await create('full', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' })
    const parts: Part[] = []
    for (const [index, piece] of [first, second, last].entries()) {
      const ChecksumCRC32 = crcText(piece)
      const { ETag } = await send('full', UploadId, index + 1, piece, { ChecksumCRC32 })
      parts.push({ PartNumber: index + 1, ETag, ChecksumCRC32 })
    }
    const listed = await listParts('full', UploadId)
    expect(listed.Parts?.map(({ ChecksumCRC32 }) => ChecksumCRC32)).toEqual(
      parts.map(({ ChecksumCRC32 }) => ChecksumCRC32),
    )
    const swapped = parts.with(0, { ...parts[0], ChecksumCRC32: crcText(last) })
    expect((await refusalOf(complete('full', UploadId, swapped))).name).toBe('InvalidPart')
    const claim = { ChecksumType: 'FULL_OBJECT', ChecksumCRC32: crcText(first) } as const
    expect((await refusalOf(complete('full', UploadId, parts, claim))).name).toBe('BadDigest')
    const done = await complete('full', UploadId, parts, { ...claim, ChecksumCRC32: crcText(bytes) })
    expect(done.ChecksumCRC32).toBe(crcText(bytes))
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'full', ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({ ChecksumCRC32: crcText(bytes), ChecksumType: 'FULL_OBJECT' })
  })

  test.each(['CRC32C', 'CRC64NVME'] as const)('of kind %s join like those of one piece', async (kind) => {
    const field = `Checksum${kind}` as const
    const whole = await s3.send(
      new PutObjectCommand({ Bucket, Key: `whole/${kind}`, Body: bytes, ChecksumAlgorithm: kind }),
    )
    const UploadId = await create(`joined/${kind}`, { ChecksumAlgorithm: kind, ChecksumType: 'FULL_OBJECT' })
    const parts: Part[] = []
    for (const [index, piece] of [first, second, last].entries()) {
      const { ETag } = await send(`joined/${kind}`, UploadId, index + 1, piece)
      parts.push({ PartNumber: index + 1, ETag })
    }
    expect((await complete(`joined/${kind}`, UploadId, parts))[field]).toBe(whole[field])
  })

  test('may be composite, where every part must be named with its own', async () => {
    const UploadId = await create('composite', { ChecksumAlgorithm: 'SHA256' })
    const digests = [first, last].map((piece) => createHash('sha256').update(piece).digest())
    const parts: Part[] = []
    for (const [index, piece] of [first, last].entries()) {
      const ChecksumSHA256 = digests[index]?.toString('base64') ?? ''
      const { ETag } = await send('composite', UploadId, index + 1, piece, { ChecksumSHA256 })
      parts.push({ PartNumber: index + 1, ETag, ChecksumSHA256 })
    }
    const bare = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))
    expect((await refusalOf(complete('composite', UploadId, bare))).name).toBe('InvalidRequest')
    const done = await complete('composite', UploadId, parts)
    const joined = createHash('sha256').update(Buffer.concat(digests)).digest('base64')
    expect(done.ChecksumSHA256).toBe(`${joined}-2`)
    expect(done.ChecksumType).toBe('COMPOSITE')
  })
})

test('ListParts gives pages of up to 1000, each part once', async () => {
  const Key = 'many'
  const UploadId = await create(Key)
  const count = 1203
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const queue = [...numbers]
  const workers = Array.from({ length: 8 }, async () => {
    for (let number = queue.pop(); number !== undefined; number = queue.pop()) {
      await send(Key, UploadId, number, Buffer.from(`part ${number}`))
    }
  })
  await Promise.all(workers)
  const pageOne = await listParts(Key, UploadId)
  expect(pageOne.Parts).toHaveLength(1000)
  expect(pageOne).toMatchObject({ IsTruncated: true, MaxParts: 1000, NextPartNumberMarker: '1000' })
  const pageTwo = await listParts(Key, UploadId, { PartNumberMarker: pageOne.NextPartNumberMarker })
  expect(pageTwo.IsTruncated).toBe(false)
  const listed = [...(pageOne.Parts ?? []), ...(pageTwo.Parts ?? [])]
  expect(listed.map(({ PartNumber }) => PartNumber)).toEqual(numbers)
  expect(listed[41]).toMatchObject({ Size: 7, ETag: `"${md5(Buffer.from('part 42')).toString('hex')}"` })
  const small = await listParts(Key, UploadId, { MaxParts: 7, PartNumberMarker: '1200' })
  expect(small.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([1201, 1202, 1203])
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
}, 60_000)

test('an aborted upload and its bytes are gone', async () => {
  const before = blobCount()
  const UploadId = await create('aborted')
  await send('aborted', UploadId, 1, last)
  expect(blobCount()).toBe(before + 1)
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }))
  expect(blobCount()).toBe(before)
  expect((await refusalOf(listParts('aborted', UploadId))).name).toBe('NoSuchUpload')
  const again = s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }))
  expect((await refusalOf(again)).name).toBe('NoSuchUpload')
})

test('a part whose upload is aborted while it is under way leaves nothing', async () => {
  const before = blobCount()
  const UploadId = await create('race')
  // Slow enough that the part is still under way when the upload is aborted, also on a busy machine.
  await studio.throttle(MiB / 2)
  const sending = refusalOf(send('race', UploadId, 1, first))
  const files = () => readdirSync(join(studio.folder, 'store', 'incoming')).length
  await expect.poll(files).toBe(1)
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'race', UploadId }))
  await studio.throttle(null)
  expect((await sending).name).toBe('NoSuchUpload')
  expect(blobCount()).toBe(before)
})

test('uploads are listed by prefix, in pages', async () => {
  const ids = new Map<string, string>()
  for (const key of ['ours/a', 'ours/b', 'ours/c', 'theirs/d']) ids.set(key, await create(key))
  const twin = await create('ours/b')
  const list = (more: object) =>
    s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'ours/', ...more }))
  const all = await list({})
  const found = (all.Uploads ?? []).map(({ Key, UploadId }) => `${Key} ${UploadId}`)
  expect(found).toEqual([
    `ours/a ${ids.get('ours/a')}`,
    ...[ids.get('ours/b'), twin].toSorted().map((id) => `ours/b ${id}`),
    `ours/c ${ids.get('ours/c')}`,
  ])
  expect(Math.abs(Date.now() - (all.Uploads?.[0]?.Initiated?.getTime() ?? 0))).toBeLessThan(60_000)
  const paged: string[] = []
  let markers: object = {}
  for (;;) {
    const page = await list({ MaxUploads: 1, ...markers })
    paged.push(...(page.Uploads ?? []).map(({ Key, UploadId }) => `${Key} ${UploadId}`))
    if (!page.IsTruncated) break
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
  expect(paged).toEqual(found)
  const exact = await list({ Prefix: 'ours/c' })
  expect(exact.Uploads).toHaveLength(1)
  const afterKey = await list({ KeyMarker: 'ours/b' })
  expect(afterKey.Uploads?.map(({ Key }) => Key)).toEqual(['ours/c'])
})

test('the last part number there is may be the only one', async () => {
  const UploadId = await create('quick')
  const { ETag } = await send('quick', UploadId, 10_000, last)
  const done = await complete('quick', UploadId, [{ PartNumber: 10_000, ETag }])
  expect(done.ETag).toMatch(/-1"$/)
  expect((await bytesOf('quick')).equals(last)).toBe(true)
})
