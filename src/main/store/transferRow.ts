import { z } from 'zod'
import { errorCodeSchema, type Failure } from '../../shared/errors.ts'
import {
  batchIdSchema,
  connectionIdSchema,
  placeIdSchema,
  sourceIdSchema,
  transferIdSchema,
} from '../../shared/ids.ts'
import { destinationSchema, transferStateSchema, waitReasonSchema } from '../../shared/transfer.ts'

/** How an upload proves its parts to the store. `crc32Full`: the store also checks one value over the whole object. */
export const checkKindSchema = z.enum(['crc32Full', 'crc32', 'md5'])
export type CheckKind = z.infer<typeof checkKindSchema>

/**
 * What we know or have begun at the store, apart from the upload id and the parts.
 * `creating`, `putting`, `completing`: the request is about to go out, or its answer was lost.
 */
export const objectStateSchema = z.enum(['none', 'creating', 'putting', 'completing', 'stored', 'verified'])
export type ObjectState = z.infer<typeof objectStateSchema>

const jsonText = z.string().transform((text) => JSON.parse(text) as unknown)
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const safeInteger = z.number().int().nonnegative()

const columns = z.object({
  id: transferIdSchema,
  sourceId: sourceIdSchema,
  batchId: batchIdSchema,
  connectionId: connectionIdSchema,
  placeId: placeIdSchema,
  destination: jsonText.pipe(destinationSchema),
  remote: jsonText.pipe(z.json()),
  versionOf: z.string().nullable(),
  metadata: jsonText.pipe(z.json()).nullable(),
  transport: z.enum(['s3', 'signedParts', 'singleRequest']),
  name: z.string(),
  folders: jsonText.pipe(z.array(z.string())),
  mediaType: z.string(),
  size: safeInteger,
  bucket: z.string().nullable(),
  objectKey: z.string().nullable(),
  uploadId: z.string().nullable(),
  writeToken: z.string(),
  partSize: safeInteger.nullable(),
  partCount: safeInteger.nullable(),
  checkKind: checkKindSchema.nullable(),
  objectState: objectStateSchema,
  state: transferStateSchema,
  waitReason: waitReasonSchema.nullable(),
  prio: z.number().int(),
  seq: z.number().int(),
  nextAt: z.number().int().nullable(),
  attempts: safeInteger,
  restarts: safeInteger,
  bytesDone: safeInteger,
  partsDone: safeInteger,
  errCode: errorCodeSchema.nullable(),
  errFacts: jsonText.pipe(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))).nullable(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
})

export type TransferRow = Omit<z.infer<typeof columns>, 'errCode' | 'errFacts'> & {
  readonly failure: Failure | null
}

/** For `SELECT ${transferColumns} FROM transfer t JOIN source s ON s.id = t.source_id`. */
export const transferColumns = `t.id, t.source_id AS sourceId, t.batch_id AS batchId, t.connection_id AS connectionId,
  t.place_id AS placeId, t.destination_json AS destination, t.remote_json AS remote, t.version_of AS versionOf,
  t.metadata_json AS metadata, t.transport, t.name,
  t.folders_json AS folders, s.media_type AS mediaType, t.size, t.bucket, t.object_key AS objectKey,
  t.upload_id AS uploadId, t.write_token AS writeToken, t.part_size AS partSize, t.part_count AS partCount,
  t.check_kind AS checkKind, t.object_state AS objectState, t.state, t.wait_reason AS waitReason, t.prio, t.seq,
  t.next_at AS nextAt, t.attempts, t.restarts, t.bytes_done AS bytesDone, t.parts_done AS partsDone,
  t.err_code AS errCode, t.err_facts_json AS errFacts, t.created_at AS createdAt, t.updated_at AS updatedAt`

export function readTransfer(stored: unknown): TransferRow {
  const { errCode, errFacts, ...rest } = columns.parse(stored)
  return { ...rest, failure: errCode === null ? null : { code: errCode, facts: errFacts ?? {} } }
}

export const sourceRowSchema = z.object({
  id: sourceIdSchema,
  path: z.string(),
  mediaType: z.string(),
  size: safeInteger,
  mtimeNs: z.string(),
  ctimeNs: z.string(),
  dev: z.string(),
  ino: z.string(),
  edge: bytes.nullable(),
})
export type SourceRow = z.infer<typeof sourceRowSchema>

export const partRowSchema = z.object({
  n: z.number().int().positive(),
  size: safeInteger,
  checkKind: z.enum(['crc32', 'md5']),
  checkValue: bytes,
  etag: z.string(),
})
export type PartRow = z.infer<typeof partRowSchema>

export const stepRowSchema = z.object({
  name: z.string(),
  state: z.enum(['none', 'sent', 'done']),
  remoteId: z.string().nullable(),
  sentAt: z.number().int().nullable(),
})
export type StepRow = z.infer<typeof stepRowSchema>
