import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { ulid } from 'ulid'
import type { BlobName, Blobs } from './blobs.ts'
import type { ChecksumKind, ChecksumType } from './checksums.ts'
import {
  bareEtag,
  type CompleteClaim,
  chosenParts,
  joinedChecksum,
  type WriteCondition,
} from './completion.ts'
import type { Received } from './receive.ts'
import { S3Error } from './s3Error.ts'
import type { ObjectRow, PartRow, StoreRows, UploadRow } from './storeRows.ts'

/** What a client says of an object besides its bytes. */
export interface Description {
  /** Content-Type, Cache-Control and their like, by lower-case name. */
  readonly headers: Record<string, string>
  /** `x-amz-meta-…` without the prefix. */
  readonly metadata: Record<string, string>
}

export const noCondition: WriteCondition = { onlyIfAbsent: false, onlyIfEtag: undefined }

const noSuchUpload = (uploadId: string) =>
  new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: uploadId },
  )

/**
 * Objects and uploads of one bucket, durable when a call returns. The row is the moment of truth: a blob is complete
 * on disk before a row names it, and is removed only after the last row that named it is gone.
 */
export class ObjectStore {
  readonly bucket: string
  readonly #rows: StoreRows
  readonly #blobs: Blobs
  readonly #now: () => number

  constructor(bucket: string, rows: StoreRows, blobs: Blobs, now: () => number) {
    this.bucket = bucket
    this.#rows = rows
    this.#blobs = blobs
    this.#now = now
  }

  get blobs(): Blobs {
    return this.#blobs
  }

  /** Makes rows and files agree after a crash. Call once, before anything else. */
  async open(): Promise<void> {
    await this.#blobs.open()
    const known = this.#rows.knownBlobs()
    const sizes = await this.#blobs.sweep((name) => known.has(name))
    const broken = [...known].filter(([name, bytes]) => sizes.get(name) !== bytes)
    if (broken.length === 0) return
    this.#rows.transaction(() => {
      for (const [name] of broken) this.#rows.dropBlob(name)
    })
    const left = this.#rows.knownBlobs()
    await this.#blobs.remove([...known.keys()].filter((name) => !left.has(name)))
  }

  find(key: string): ObjectRow | undefined {
    return this.#rows.object(this.bucket, key)
  }

  /** Fails with `NoSuchKey`. */
  get(key: string): ObjectRow {
    const found = this.find(key)
    if (found === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key })
    return found
  }

  /** The bytes from `start`, `bytes` of them, read as they are taken. */
  async *read(object: ObjectRow, start: number, bytes: number): AsyncGenerator<Buffer> {
    let offset = 0
    for (const segment of this.#rows.segments(object.id)) {
      const from = Math.max(0, start - offset)
      const to = Math.min(segment.bytes, start + bytes - offset)
      offset += segment.bytes
      if (from >= to) continue
      const options = { start: from, end: to - 1, highWaterMark: 256 * 1024 }
      for await (const chunk of createReadStream(this.#blobs.pathOf(segment.blob), options)) {
        yield chunk as Buffer
      }
    }
  }

  /** Where part `number` of the object lies. An object that was put whole is its own part 1. */
  segmentRange(object: ObjectRow, number: number): { start: number; bytes: number } | undefined {
    let start = 0
    for (const segment of this.#rows.segments(object.id)) {
      if (segment.number === number) return { start, bytes: segment.bytes }
      start += segment.bytes
    }
    return undefined
  }

  async put(
    key: string,
    description: Description,
    received: Received,
    blob: BlobName,
    condition: WriteCondition = noCondition,
  ): Promise<ObjectRow> {
    const row: ObjectRow = {
      id: ulid(),
      bucket: this.bucket,
      key,
      bytes: received.bytes,
      etag: received.md5.toString('hex'),
      ...description,
      checksum_kind: received.checksum?.kind ?? null,
      checksum_type: received.checksum === undefined ? null : 'FULL_OBJECT',
      checksum: received.checksum?.value ?? null,
      part_count: null,
      created_at: this.#now(),
    }
    const old = this.#rows.transaction(() => {
      const replaced = this.#takeOut(key, condition)
      this.#rows.insertObject(row)
      this.#rows.insertSegment(row.id, { number: 1, bytes: row.bytes, blob })
      return replaced
    })
    await this.#blobs.remove(old)
    return row
  }

  /** Inside a transaction: removes the rows of an object and returns the blobs to remove after it. */
  #takeOut(key: string, condition: WriteCondition): BlobName[] {
    const found = this.find(key)
    this.#check(found, condition)
    if (found === undefined) return []
    const blobs = this.#rows.segments(found.id).map(({ blob }) => blob)
    this.#rows.deleteObject(found.id)
    return blobs
  }

  #check(found: ObjectRow | undefined, { onlyIfAbsent, onlyIfEtag }: WriteCondition): void {
    const refuse = (Condition: string) =>
      new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
        Condition,
      })
    if (onlyIfAbsent && found !== undefined) throw refuse('If-None-Match')
    if (onlyIfEtag !== undefined && (found === undefined || found.etag !== bareEtag(onlyIfEtag))) {
      throw refuse('If-Match')
    }
  }

  async delete(key: string): Promise<void> {
    await this.#blobs.remove(this.#rows.transaction(() => this.#takeOut(key, noCondition)))
  }

  createUpload(
    key: string,
    description: Description,
    kind: ChecksumKind | undefined,
    type: ChecksumType | undefined,
  ): UploadRow {
    const row: UploadRow = {
      id: ulid(),
      bucket: this.bucket,
      key,
      ...description,
      checksum_kind: kind ?? null,
      checksum_type: type ?? null,
      created_at: this.#now(),
    }
    this.#rows.insertUpload(row)
    return row
  }

  /** Fails with `NoSuchUpload`, also when the upload belongs to another key. */
  upload(key: string, uploadId: string): UploadRow {
    const found = this.#rows.upload(uploadId)
    if (found === undefined || found.key !== key) throw noSuchUpload(uploadId)
    return found
  }

  /** The upload may have ended while the bytes were under way: then `NoSuchUpload`, and the blob is the caller's. */
  async putPart(
    key: string,
    uploadId: string,
    number: number,
    received: Received,
    blob: BlobName,
  ): Promise<PartRow> {
    const row: PartRow = {
      upload_id: uploadId,
      number,
      bytes: received.bytes,
      etag: received.md5.toString('hex'),
      checksum_kind: received.checksum?.kind ?? null,
      checksum: received.checksum?.value ?? null,
      blob,
      created_at: this.#now(),
    }
    const old = this.#rows.transaction(() => {
      this.upload(key, uploadId)
      const replaced = this.#rows.part(uploadId, number)
      this.#rows.replacePart(row)
      return replaced
    })
    if (old !== undefined) await this.#blobs.remove([old.blob])
    return row
  }

  parts(uploadId: string, after: number, limit: number): PartRow[] {
    return this.#rows.partsAfter(uploadId, after, limit)
  }

  async abort(key: string, uploadId: string): Promise<void> {
    const blobs = this.#rows.transaction(() => {
      this.upload(key, uploadId)
      const parts = this.#allParts(uploadId)
      this.#rows.deleteUpload(uploadId)
      return parts.map(({ blob }) => blob)
    })
    await this.#blobs.remove(blobs)
  }

  #allParts(uploadId: string): PartRow[] {
    return this.#rows.partsAfter(uploadId, 0, 10_000)
  }

  /** Turns the parts into an object without moving a byte. Fails with S3's codes and leaves the upload as it was. */
  async complete(key: string, uploadId: string, claim: CompleteClaim): Promise<ObjectRow> {
    const { row, unused } = this.#rows.transaction(() => {
      const upload = this.upload(key, uploadId)
      const stored = new Map(this.#allParts(uploadId).map((part) => [part.number, part]))
      const parts = chosenParts(claim, upload, stored)
      const object = this.#joined(upload, parts, claim)
      const chosen = new Set(parts.map(({ blob }) => blob))
      const left = [...stored.values()].map(({ blob }) => blob).filter((blob) => !chosen.has(blob))
      const replaced = this.#takeOut(key, claim.condition)
      this.#rows.deleteUpload(uploadId)
      this.#rows.insertObject(object)
      for (const part of parts) this.#rows.insertSegment(object.id, part)
      return { row: object, unused: [...left, ...replaced] }
    })
    await this.#blobs.remove(unused)
    return row
  }

  #joined(upload: UploadRow, parts: readonly PartRow[], claim: CompleteClaim): ObjectRow {
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
    if (claim.bytes !== undefined && claim.bytes !== bytes) {
      throw new S3Error(
        'InvalidRequest',
        `The provided 'x-amz-mp-object-size' header value ${claim.bytes} does not match what was computed: ${bytes}`,
      )
    }
    const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))
    const checksum = joinedChecksum(upload, parts, claim)
    return {
      id: ulid(),
      bucket: this.bucket,
      key: upload.key,
      bytes,
      etag: `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`,
      headers: upload.headers,
      metadata: upload.metadata,
      checksum_kind: checksum?.kind ?? null,
      checksum_type: checksum?.type ?? null,
      checksum: checksum?.value ?? null,
      part_count: parts.length,
      created_at: this.#now(),
    }
  }

  objects(prefix: string, after: string, limit: number): ObjectRow[] {
    return this.#rows.objectsAfter(this.bucket, prefix, after, limit)
  }

  uploads(prefix: string, afterKey: string, afterId: string, limit: number): UploadRow[] {
    return this.#rows.uploadsAfter(this.bucket, prefix, afterKey, afterId, limit)
  }
}
