import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { base64, type Checksum } from './checksum.ts'
import type { Clock } from './clock.ts'
import type { StorageAccess } from './hostContract.ts'
import type { ListedPart, ListedUpload, ObjectStore, OnSent, Payload } from './objectStore.ts'
import { probeStore } from './probe.ts'
import type { RateLimit } from './rateLimit.ts'
import { readFailure } from './s3Failure.ts'
import { createS3Handler, type Patience, type SendOptions, usualPatience } from './s3Handler.ts'
import { StoreFailure } from './storeFailure.ts'

/** Name of the metadata entry that proves an object to be the one we sent. */
const tokenName = 'rushes-token'
const listPages = 1000

export interface S3StoreOptions {
  /** Read again for every request: keys may be renewed under way. */
  readonly access: () => StorageAccess
  readonly clock: Clock
  readonly limit: RateLimit
  readonly patience?: Patience
}

/** Whether the transport itself protects the body, so that hashing it for the signature would only cost time. */
function isProtected(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return true
  const url = new URL(endpoint)
  if (url.protocol === 'https:') return true
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\./.test(url.hostname)
}

/** A bucket reached through the AWS SDK, one request a call, never repeated by the SDK. */
export function createS3ObjectStore(options: S3StoreOptions): ObjectStore {
  const { access, clock, limit } = options
  const { endpoint, region, bucket, forcePathStyle } = access()
  const handler = createS3Handler(limit, options.patience ?? usualPatience)
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle,
    credentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = access()
      // Expired at birth, so that the SDK asks again each time instead of keeping what was.
      const expiration = new Date(clock.now())
      return {
        accessKeyId,
        secretAccessKey,
        expiration,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      }
    },
    maxAttempts: 1,
    expectContinueHeader: false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // The SDK's own type asks for configuration methods that a finished handler has no use for.
    requestHandler: handler as never,
  })
  const isUnsigned = isProtected(endpoint)
  if (isUnsigned)
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string> }
        request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
        return next(args)
      },
      { step: 'build', name: 'unsignedPayload' },
    )

  async function ask<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (error instanceof StoreFailure) throw error
      throw readFailure(error, clock.now())
    }
  }
  const sending = (payload: Payload, onSent: OnSent, signal: AbortSignal): SendOptions => ({
    abortSignal: signal,
    payload,
    onSent,
  })
  /** Needed only where the body is part of the signature. */
  const signedBody = (payload: Payload) =>
    isUnsigned || payload.buffer === undefined ? {} : { Body: payload.buffer }

  const store: ObjectStore = {
    bucket,
    createUpload: ({ key, token, mediaType }, kind, signal) =>
      ask(async () => {
        const reply = await client.send(
          new CreateMultipartUploadCommand({
            Bucket: bucket,
            Key: key,
            ContentType: mediaType,
            Metadata: { [tokenName]: token },
            ...(kind === 'md5' ? {} : { ChecksumAlgorithm: 'CRC32' }),
            ...(kind === 'crc32Full' ? { ChecksumType: 'FULL_OBJECT' } : {}),
          }),
          { abortSignal: signal },
        )
        if (reply.UploadId === undefined || reply.UploadId === '')
          throw new StoreFailure('network', { name: 'NoUploadId' })
        return reply.UploadId
      }, signal),
    putPart: ({ key, uploadId, number, payload, checksum }, onSent, signal) =>
      ask(async () => {
        const reply = await client.send(
          new UploadPartCommand({
            Bucket: bucket,
            Key: key,
            UploadId: uploadId,
            PartNumber: number,
            ContentLength: payload.bytes,
            ...checkedBy(checksum),
            ...signedBody(payload),
          }),
          sending(payload, onSent, signal),
        )
        return { etag: etagIn(reply.ETag), crc32: bytesIn(reply.ChecksumCRC32) }
      }, signal),
    listParts: (key, uploadId, signal) =>
      ask(async () => {
        const parts: ListedPart[] = []
        let marker: string | undefined
        for (let page = 0; page < listPages; page += 1) {
          const reply = await client
            .send(
              new ListPartsCommand({
                Bucket: bucket,
                Key: key,
                UploadId: uploadId,
                ...(marker === undefined ? {} : { PartNumberMarker: marker }),
              }),
              { abortSignal: signal },
            )
            .catch((error: unknown) => {
              // Some stores name the key instead of the upload.
              if (nameOf(error) === 'NoSuchKey')
                throw new StoreFailure('lostUpload', { name: 'NoSuchKey' }, error)
              throw error
            })
          for (const { PartNumber, Size, ETag, ChecksumCRC32 } of reply.Parts ?? []) {
            if (PartNumber === undefined || Size === undefined || ETag === undefined) continue
            parts.push({ number: PartNumber, bytes: Size, etag: ETag, crc32: bytesIn(ChecksumCRC32) })
          }
          if (reply.IsTruncated !== true || reply.NextPartNumberMarker === undefined) return parts
          if (reply.NextPartNumberMarker === marker) return parts
          marker = reply.NextPartNumberMarker
        }
        return parts
      }, signal),
    completeUpload: ({ key, uploadId, bytes, kind, parts, whole }, signal) =>
      ask(async () => {
        const options: SendOptions = { abortSignal: signal, isAssembling: true }
        await client.send(
          new CompleteMultipartUploadCommand({
            Bucket: bucket,
            Key: key,
            UploadId: uploadId,
            MpuObjectSize: bytes,
            MultipartUpload: {
              Parts: parts.map(({ number, etag, checksum }) => ({
                PartNumber: number,
                ETag: etag,
                ...(checksum.kind === 'crc32' ? { ChecksumCRC32: base64(checksum.value) } : {}),
              })),
            },
            ...(kind === 'crc32Full' && whole !== undefined
              ? { ChecksumType: 'FULL_OBJECT', ChecksumCRC32: base64(whole.value) }
              : {}),
          }),
          options,
        )
      }, signal),
    abortUpload: (key, uploadId, signal) =>
      ask(async () => {
        await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }), {
          abortSignal: signal,
        })
      }, signal),
    listUploads: (prefix, signal) =>
      ask(async () => {
        const found: ListedUpload[] = []
        let markers: { KeyMarker?: string; UploadIdMarker?: string } = {}
        for (let page = 0; page < listPages; page += 1) {
          const reply = await client.send(
            new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...markers }),
            { abortSignal: signal },
          )
          for (const { Key, UploadId, Initiated } of reply.Uploads ?? []) {
            if (Key === undefined || UploadId === undefined) continue
            found.push({ key: Key, uploadId: UploadId, startedAt: Initiated?.getTime() })
          }
          if (reply.IsTruncated !== true || reply.NextKeyMarker === undefined) return found
          markers = {
            KeyMarker: reply.NextKeyMarker,
            ...(reply.NextUploadIdMarker === undefined ? {} : { UploadIdMarker: reply.NextUploadIdMarker }),
          }
        }
        return found
      }, signal),
    putObject: ({ key, token, mediaType, payload, checksum }, onSent, signal) =>
      ask(async () => {
        const reply = await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            ContentType: mediaType,
            ContentLength: payload.bytes,
            Metadata: { [tokenName]: token },
            ...checkedBy(checksum),
            ...signedBody(payload),
          }),
          sending(payload, onSent, signal),
        )
        return { etag: etagIn(reply.ETag), crc32: bytesIn(reply.ChecksumCRC32) }
      }, signal),
    head: (key, signal) =>
      ask(async () => {
        try {
          const reply = await client.send(
            new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
            { abortSignal: signal },
          )
          return {
            bytes: reply.ContentLength ?? 0,
            etag: reply.ETag ?? '',
            token: reply.Metadata?.[tokenName],
            crc32: reply.ChecksumType === 'COMPOSITE' ? undefined : bytesIn(reply.ChecksumCRC32),
          }
        } catch (error) {
          if (nameOf(error) === 'NotFound' || nameOf(error) === 'NoSuchKey') return undefined
          throw error
        }
      }, signal),
    deleteObject: (key, signal) =>
      ask(async () => {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
      }, signal),
    putMade: (key, bytes, mediaType, signal) =>
      ask(async () => {
        const upload = new Upload({
          client,
          params: { Bucket: bucket, Key: key, Body: bytes, ContentType: mediaType },
        })
        const stop = () => void upload.abort()
        signal.addEventListener('abort', stop, { once: true })
        try {
          signal.throwIfAborted()
          await upload.done()
        } finally {
          signal.removeEventListener('abort', stop)
        }
      }, signal),
    reach: (signal) =>
      ask(async () => {
        await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: signal })
      }, signal),
    probe: (prefix, signal) => probeStore(store, prefix, signal),
    freshSockets: () => handler.freshSockets(),
    close: () => client.destroy(),
  }
  return store
}

/** An answer without an ETag is not the store's: something between us made it up. */
/** What the store is to compare the body with, as a field of the request. */
function checkedBy(checksum: Checksum): { ContentMD5: string } | { ChecksumCRC32: string } {
  const value = base64(checksum.value)
  return checksum.kind === 'md5' ? { ContentMD5: value } : { ChecksumCRC32: value }
}

function etagIn(etag: string | undefined): string {
  if (etag === undefined || etag === '') throw new StoreFailure('network', { name: 'NoETag', status: 200 })
  return etag
}

/** A composite value ends in `-n` and says nothing about the bytes alone. */
function bytesIn(value: string | undefined): Uint8Array | undefined {
  return value === undefined || value.includes('-') ? undefined : Buffer.from(value, 'base64')
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined
}
