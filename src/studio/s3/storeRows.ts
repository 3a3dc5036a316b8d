import { z } from 'zod'
import type { StudioDatabase } from '../database.ts'
import type { BlobName } from './blobs.ts'
import { checksumKinds } from './checksums.ts'

const textMap = z.string().transform((json) => z.record(z.string(), z.string()).parse(JSON.parse(json)))
const checksumFields = {
  checksum_kind: z.enum(checksumKinds).nullable(),
  checksum_type: z.enum(['FULL_OBJECT', 'COMPOSITE']).nullable(),
}

const objectRow = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  bytes: z.number(),
  etag: z.string(),
  headers: textMap,
  metadata: textMap,
  ...checksumFields,
  checksum: z.string().nullable(),
  part_count: z.number().nullable(),
  created_at: z.number(),
})
export type ObjectRow = z.infer<typeof objectRow>

const uploadRow = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  headers: textMap,
  metadata: textMap,
  ...checksumFields,
  created_at: z.number(),
})
export type UploadRow = z.infer<typeof uploadRow>

const partRow = z.object({
  upload_id: z.string(),
  number: z.number(),
  bytes: z.number(),
  etag: z.string(),
  checksum_kind: z.enum(checksumKinds).nullable(),
  checksum: z.string().nullable(),
  blob: z.string(),
  created_at: z.number(),
})
export type PartRow = z.infer<typeof partRow>

const segmentRow = z.object({ number: z.number(), bytes: z.number(), blob: z.string() })
export type Segment = z.infer<typeof segmentRow>

/** The store's tables: rows in, rows out. Every method is one statement; callers put them into transactions. */
export class StoreRows {
  readonly #database: StudioDatabase
  readonly #statements = new Map<string, ReturnType<StudioDatabase['prepare']>>()

  constructor(database: StudioDatabase) {
    this.#database = database
  }

  #prepared(sql: string) {
    const found = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, found)
    return found
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work).immediate()
  }

  object(bucket: string, key: string): ObjectRow | undefined {
    return objectRow
      .optional()
      .parse(this.#prepared('SELECT * FROM object WHERE bucket = ? AND key = ?').get(bucket, key))
  }

  insertObject(row: ObjectRow): void {
    this.#prepared(
      `INSERT INTO object(id, bucket, key, bytes, etag, headers, metadata, checksum_kind, checksum_type, checksum,
         part_count, created_at)
       VALUES (@id, @bucket, @key, @bytes, @etag, @headers, @metadata, @checksum_kind, @checksum_type, @checksum,
         @part_count, @created_at)`,
    ).run({ ...row, headers: JSON.stringify(row.headers), metadata: JSON.stringify(row.metadata) })
  }

  deleteObject(id: string): void {
    this.#prepared('DELETE FROM object WHERE id = ?').run(id)
  }

  segments(objectId: string): Segment[] {
    return z
      .array(segmentRow)
      .parse(
        this.#prepared('SELECT number, bytes, blob FROM segment WHERE object_id = ? ORDER BY number').all(
          objectId,
        ),
      )
  }

  insertSegment(objectId: string, { number, bytes, blob }: Segment): void {
    this.#prepared('INSERT INTO segment(object_id, number, bytes, blob) VALUES (?, ?, ?, ?)').run(
      objectId,
      number,
      bytes,
      blob,
    )
  }

  /** Objects whose key starts with `prefix`, after the given key, in byte order of the keys. */
  objectsAfter(bucket: string, prefix: string, after: string, limit: number): ObjectRow[] {
    return z.array(objectRow).parse(
      this.#prepared(
        `SELECT * FROM object WHERE bucket = ? AND key > ? AND key >= ? AND key < ? || char(1114111)
           AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?`,
      ).all(bucket, after, prefix, prefix, [...prefix].length, prefix, limit),
    )
  }

  upload(id: string): UploadRow | undefined {
    return uploadRow.optional().parse(this.#prepared('SELECT * FROM upload WHERE id = ?').get(id))
  }

  insertUpload(row: UploadRow): void {
    this.#prepared(
      `INSERT INTO upload(id, bucket, key, headers, metadata, checksum_kind, checksum_type, created_at)
       VALUES (@id, @bucket, @key, @headers, @metadata, @checksum_kind, @checksum_type, @created_at)`,
    ).run({ ...row, headers: JSON.stringify(row.headers), metadata: JSON.stringify(row.metadata) })
  }

  deleteUpload(id: string): void {
    this.#prepared('DELETE FROM upload WHERE id = ?').run(id)
  }

  uploadsAfter(
    bucket: string,
    prefix: string,
    afterKey: string,
    afterId: string,
    limit: number,
  ): UploadRow[] {
    return z.array(uploadRow).parse(
      this.#prepared(
        `SELECT * FROM upload WHERE bucket = ? AND substr(key, 1, ?) = ? AND (key, id) > (?, ?)
           ORDER BY key, id LIMIT ?`,
      ).all(bucket, [...prefix].length, prefix, afterKey, afterId, limit),
    )
  }

  part(uploadId: string, number: number): PartRow | undefined {
    return partRow
      .optional()
      .parse(this.#prepared('SELECT * FROM part WHERE upload_id = ? AND number = ?').get(uploadId, number))
  }

  partsAfter(uploadId: string, after: number, limit: number): PartRow[] {
    return z
      .array(partRow)
      .parse(
        this.#prepared('SELECT * FROM part WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?').all(
          uploadId,
          after,
          limit,
        ),
      )
  }

  replacePart(row: PartRow): void {
    this.#prepared(
      `INSERT OR REPLACE INTO part(upload_id, number, bytes, etag, checksum_kind, checksum, blob, created_at)
       VALUES (@upload_id, @number, @bytes, @etag, @checksum_kind, @checksum, @blob, @created_at)`,
    ).run(row)
  }

  /** Every file that a row names, with the size it must have. */
  knownBlobs(): Map<BlobName, number> {
    const rows = z
      .array(z.object({ blob: z.string(), bytes: z.number() }))
      .parse(this.#prepared('SELECT blob, bytes FROM segment UNION ALL SELECT blob, bytes FROM part').all())
    return new Map(rows.map(({ blob, bytes }) => [blob, bytes]))
  }

  /** Takes out what needs the given file: the whole object, or the one part. */
  dropBlob(blob: BlobName): void {
    this.#prepared('DELETE FROM object WHERE id = (SELECT object_id FROM segment WHERE blob = ?)').run(blob)
    this.#prepared('DELETE FROM part WHERE blob = ?').run(blob)
  }
}
