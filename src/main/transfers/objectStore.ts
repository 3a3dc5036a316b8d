import type { CheckKind } from '../store/transferRow.ts'
import type { Checksum } from './checksum.ts'

/** What the probe found a store to do. Decides which checksum is sent and what an answer proves. */
export interface Abilities {
  /** A wrong one is refused. */
  readonly checksMd5: boolean
  readonly checksCrc32: boolean
  /** Completion takes one CRC32 over the whole object. */
  readonly checksWholeCrc32: boolean
  /** HEAD gives back the metadata of an object, so the write token can be read. */
  readonly keepsMetadata: boolean
  /** The ETag of a part, or of an object sent in one request, is its MD5. */
  readonly etagIsMd5: boolean
  /** Uploads of one key can be listed. */
  readonly listsUploads: boolean
}

/** How far one request has come; every call feeds the watchdog. */
export type OnSent = (bytesSent: number) => void

/** Bytes of one request, held in memory or read while they are sent. */
export interface Payload {
  readonly bytes: number
  /** The whole of it, where it is held in memory. */
  readonly buffer?: Uint8Array
  /** Slices in order, anew for every call. */
  slices(): AsyncIterable<Uint8Array>
}

export interface UploadHead {
  readonly key: string
  readonly token: string
  readonly mediaType: string
}

export interface ListedPart {
  readonly number: number
  readonly bytes: number
  readonly etag: string
  readonly crc32: Uint8Array | undefined
}

export interface ListedUpload {
  readonly key: string
  readonly uploadId: string
  /** By the store's clock, epoch milliseconds; undefined where it does not say. */
  readonly startedAt: number | undefined
}

export interface StoredObject {
  readonly bytes: number
  readonly etag: string
  readonly token: string | undefined
  readonly crc32: Uint8Array | undefined
}

export interface SentPart {
  readonly etag: string
  readonly crc32: Uint8Array | undefined
}

export interface CompletePart {
  readonly number: number
  readonly etag: string
  readonly checksum: Checksum
}

/**
 * One bucket, or the place of one object. Every call fails with a StoreFailure, except that an aborted signal rejects with
 * its reason, and that a service standing between may refuse with an AppError, which ends the transfer.
 * No call repeats itself; all may be repeated, though `complete` and `putObject` may have happened although they failed.
 */
export interface ObjectStore {
  readonly bucket: string
  /** Takes no object in one request: small files go as uploads of one part. */
  readonly onlyParts?: true
  createUpload(head: UploadHead, kind: CheckKind, signal: AbortSignal): Promise<string>
  putPart(
    part: {
      readonly key: string
      readonly uploadId: string
      readonly number: number
      readonly payload: Payload
      readonly checksum: Checksum
    },
    onSent: OnSent,
    signal: AbortSignal,
  ): Promise<SentPart>
  /** All pages. Fails with `lostUpload` when the store does not know the upload. */
  listParts(key: string, uploadId: string, signal: AbortSignal): Promise<readonly ListedPart[]>
  completeUpload(
    upload: {
      readonly key: string
      readonly uploadId: string
      readonly bytes: number
      readonly kind: CheckKind
      readonly parts: readonly CompletePart[]
      readonly whole: Checksum | undefined
    },
    signal: AbortSignal,
  ): Promise<void>
  abortUpload(key: string, uploadId: string, signal: AbortSignal): Promise<void>
  /** Unfinished uploads whose key begins so, an exact key among them. */
  listUploads(prefix: string, signal: AbortSignal): Promise<readonly ListedUpload[]>
  /** Removes uploads of the key whose ids were lost, where they cannot be listed. */
  removeLost?(key: string, signal: AbortSignal): Promise<void>
  putObject(
    object: UploadHead & { readonly payload: Payload; readonly checksum: Checksum },
    onSent: OnSent,
    signal: AbortSignal,
  ): Promise<SentPart>
  /** Undefined when there is no such object. */
  head(key: string, signal: AbortSignal): Promise<StoredObject | undefined>
  deleteObject(key: string, signal: AbortSignal): Promise<void>
  /** Something the app made itself and can make again. */
  putMade(key: string, bytes: Uint8Array, mediaType: string, signal: AbortSignal): Promise<void>
  /** Asks for the bucket; tells whether the store can be reached. */
  reach(signal: AbortSignal): Promise<void>
  /** Finds out what the store does, with a few small objects of its own under `prefix`. */
  probe(prefix: string, signal: AbortSignal): Promise<Abilities>
  /** Closes idle connections: after sleep they are dead without knowing it. */
  freshSockets(): void
  close(): void
}

/** A payload held in memory, in slices of `slice` bytes. */
export function memoryPayload(buffer: Uint8Array, slice: number): Payload {
  return {
    bytes: buffer.byteLength,
    buffer,
    async *slices() {
      for (let at = 0; at < buffer.byteLength; at += slice) yield buffer.subarray(at, at + slice)
    },
  }
}
