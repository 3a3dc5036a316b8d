import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { type Seeded, seeded } from '../fakes/seeded.ts'
import { s3ClientOf } from '../fakes/studioClient.ts'
import { startStudio } from '../fakes/studioProcess.ts'

const rounds = Number(process.env['RUSHES_KILLS'] ?? 24)
const partBytes = 5 * 2 ** 20
const random = seeded(3)

interface Key {
  readonly name: string
  /** SHA-256 of what may be at the key: what was last confirmed, or what was on its way. Null: nothing. */
  allowed: Set<string | null>
}

interface Pending {
  readonly key: Key
  readonly uploadId: string
  readonly pieces: readonly Buffer[]
  readonly confirmed: Map<number, string>
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

/** Clients that write, each to a key of its own, until the studio dies under them. */
class Workload {
  readonly keys: Key[]
  readonly uploads = new Map<string, Pending>()
  /** Told of each request as it is sent. */
  onSend: (step: string) => void = () => undefined
  readonly killedIn = new Map<string, number>()
  readonly #Bucket: string
  readonly #random: Seeded

  constructor(Bucket: string, random: Seeded, writers: number) {
    this.#Bucket = Bucket
    this.#random = random
    this.keys = Array.from({ length: writers }, (_, index) => ({
      name: `key-${index}`,
      allowed: new Set([null]),
    }))
  }

  async #during<T>(step: string, work: Promise<T>): Promise<T> {
    this.onSend(step)
    try {
      return await work
    } catch (error) {
      this.killedIn.set(step, (this.killedIn.get(step) ?? 0) + 1)
      throw error
    }
  }

  async run(s3: S3Client, isOver: () => boolean): Promise<void> {
    const writers = this.keys.map(async (key) => {
      while (!isOver()) {
        const kind = this.#random.pick(['put', 'multipart', 'multipart', 'delete', 'abort'] as const)
        try {
          await this.#write(s3, key, kind)
        } catch (error) {
          if (!isOver()) throw error
        }
      }
    })
    await Promise.all(writers)
  }

  async #write(s3: S3Client, key: Key, kind: 'put' | 'multipart' | 'delete' | 'abort'): Promise<void> {
    const at = { Bucket: this.#Bucket, Key: key.name }
    if (kind === 'delete') {
      key.allowed.add(null)
      await this.#during('delete', s3.send(new DeleteObjectCommand(at)))
      key.allowed = new Set([null])
      return
    }
    if (kind === 'put') {
      const Body = this.#random.bytes(this.#random.below(300_000))
      key.allowed.add(sha256(Body))
      await this.#during(
        'put',
        s3.send(new PutObjectCommand({ ...at, Body, Metadata: { sha256: sha256(Body) } })),
      )
      key.allowed = new Set([sha256(Body)])
      return
    }
    await this.#multipart(s3, key, kind === 'abort')
  }

  async #multipart(s3: S3Client, key: Key, isAborted: boolean): Promise<void> {
    const at = { Bucket: this.#Bucket, Key: key.name }
    const large = this.#random.next() < 0.3 ? [this.#random.bytes(partBytes)] : []
    const pieces = [...large, this.#random.bytes(1 + this.#random.below(200_000))]
    const whole = sha256(Buffer.concat(pieces))
    const create = new CreateMultipartUploadCommand({ ...at, Metadata: { sha256: whole } })
    const { UploadId = '' } = await this.#during('create', s3.send(create))
    const pending: Pending = { key, uploadId: UploadId, pieces, confirmed: new Map() }
    this.uploads.set(UploadId, pending)
    for (const [index, Body] of pieces.entries()) {
      const part = new UploadPartCommand({ ...at, UploadId, PartNumber: index + 1, Body })
      const { ETag = '' } = await this.#during('part', s3.send(part))
      pending.confirmed.set(index + 1, ETag)
    }
    if (isAborted) {
      await this.#during('abort', s3.send(new AbortMultipartUploadCommand({ ...at, UploadId })))
      this.uploads.delete(UploadId)
      return
    }
    key.allowed.add(whole)
    await this.#during('complete', this.complete(s3, pending))
    key.allowed = new Set([whole])
    this.uploads.delete(UploadId)
  }

  async complete(s3: S3Client, { key, uploadId, confirmed }: Pending): Promise<void> {
    const Parts = [...confirmed].map(([PartNumber, ETag]) => ({ PartNumber, ETag }))
    await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket: this.#Bucket,
        Key: key.name,
        UploadId: uploadId,
        MultipartUpload: { Parts },
      }),
    )
  }

  /** Everything that is there is whole, everything confirmed is there, and no file is left that nothing names. */
  async verify(s3: S3Client, folder: string): Promise<void> {
    const Bucket = this.#Bucket
    let blobs = 0
    for (const key of this.keys) {
      const found = await this.#found(s3, key.name)
      expect([...key.allowed], `${key.name} is neither what it was nor what was being written`).toContain(
        found?.hash ?? null,
      )
      key.allowed = new Set([found?.hash ?? null])
      blobs += found?.blobs ?? 0
    }
    const listed = await s3.send(new ListObjectsV2Command({ Bucket }))
    expect(listed.KeyCount).toBe(this.keys.filter(({ allowed }) => !allowed.has(null)).length)

    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }))
    for (const { Key, UploadId = '' } of Uploads) {
      const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))
      blobs += Parts.length
      const pending = this.uploads.get(UploadId)
      for (const { PartNumber = 0, ETag, Size } of Parts) {
        const piece = pending?.pieces[PartNumber - 1]
        if (piece === undefined) continue
        expect([ETag, Size]).toEqual([`"${md5(piece)}"`, piece.length])
      }
      const numbers = new Set(Parts.map(({ PartNumber }) => PartNumber))
      for (const number of pending?.confirmed.keys() ?? []) expect(numbers).toContain(number)
    }
    const store = join(folder, 'store')
    const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(files.length, 'files and rows differ').toBe(blobs)
    await this.#finish(s3, Uploads)
  }

  async #found(s3: S3Client, Key: string): Promise<{ hash: string; blobs: number } | undefined> {
    const at = { Bucket: this.#Bucket, Key }
    try {
      const { Body, Metadata, ETag } = await s3.send(new GetObjectCommand(at))
      const hash = sha256((await Body?.transformToByteArray()) ?? new Uint8Array())
      expect(hash).toBe(Metadata?.['sha256'])
      const head = await s3.send(new HeadObjectCommand({ ...at, PartNumber: 1 }))
      expect(head.ETag).toBe(ETag)
      return { hash, blobs: head.PartsCount ?? 1 }
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined
      throw error
    }
  }

  /** What was left open is finished or given up, so that uploads found after a kill are seen to be usable. */
  async #finish(
    s3: S3Client,
    uploads: readonly { Key?: string | undefined; UploadId?: string | undefined }[],
  ) {
    for (const { Key, UploadId = '' } of uploads) {
      const pending = this.uploads.get(UploadId)
      this.uploads.delete(UploadId)
      if (pending !== undefined && pending.confirmed.size === pending.pieces.length) {
        await this.complete(s3, pending)
        pending.key.allowed = new Set([sha256(Buffer.concat(pending.pieces))])
      } else {
        await s3.send(new AbortMultipartUploadCommand({ Bucket: this.#Bucket, Key, UploadId }))
      }
    }
    this.uploads.clear()
  }
}

const steps = ['put', 'create', 'part', 'complete', 'abort', 'delete']

/** Returns at a random moment, every second time while a request of a chosen kind is on its way. */
async function randomMoment(workload: Workload, round: number): Promise<void> {
  const step = steps[Math.floor(round / 2) % steps.length]
  if (round % 2 === 1) {
    await new Promise<void>((resolve) => {
      workload.onSend = (sent) => {
        if (sent === step) resolve()
      }
    })
    workload.onSend = () => undefined
  }
  // The moment itself is what is random here.
  const range = round % 2 === 1 ? 6 : 250
  await new Promise((resolve) => setTimeout(resolve, random.next() * range))
}

test(`${rounds} kills at random moments leave no half object and lose nothing confirmed`, async () => {
  let studio = await startStudio()
  const workload = new Workload(studio.storage.bucket, random, 4)
  try {
    for (let round = 0; round < rounds; round++) {
      const s3 = s3ClientOf(studio)
      let isOver = false
      const running = workload.run(s3, () => isOver)
      await randomMoment(workload, round)
      isOver = true
      await studio.kill()
      await running
      s3.destroy()
      studio = await studio.restart()
      const reader = s3ClientOf(studio)
      await workload.verify(reader, studio.folder)
      reader.destroy()
      expect(studio.problems).toEqual([])
    }
    const histogram = [...workload.killedIn].map(([step, count]) => `${step} ${count}`).join(', ')
    process.stdout.write(`requests cut by ${rounds} kills (seed ${random.seed}): ${histogram}\n`)
    expect(workload.killedIn.size).toBeGreaterThan(3)
  } finally {
    await studio.dispose()
  }
}, 120_000)
