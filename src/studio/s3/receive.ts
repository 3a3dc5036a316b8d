import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import type { PayloadRule } from './authorize.ts'
import {
  type ChecksumKind,
  checksumHeader,
  checksumKindOf,
  checksumKinds,
  isDigest,
  runningChecksum,
} from './checksums.ts'
import { type Trailers, unchunk } from './chunkedBody.ts'
import { S3Error } from './s3Error.ts'

/** A body on its way in. */
export interface Body {
  readonly headers: IncomingHttpHeaders
  readonly payload: PayloadRule
  /** False where checksum headers are about the object and not about these bytes. */
  readonly hasOwnChecksum: boolean
  /** The raw bytes as they arrive, already slowed. Throws when the connection breaks. */
  chunks(): AsyncIterable<Buffer>
}

export interface Received {
  readonly bytes: number
  readonly md5: Buffer
  /** Of the kind the client sent, or else of the kind asked for. */
  readonly checksum: { readonly kind: ChecksumKind; readonly value: string } | undefined
}

const text = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

/** How long the content says it is. S3 takes no body of unknown length. */
function announcedBytes({ headers, payload }: Body, maxBytes: number): number {
  const name = payload.kind === 'chunked' ? 'x-amz-decoded-content-length' : 'content-length'
  const given = text(headers, name)
  if (given === undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.')
  }
  if (!/^\d{1,16}$/.test(given)) throw new S3Error('InvalidArgument', `${name} is not a length`)
  const bytes = Number(given)
  if (bytes > maxBytes) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: bytes,
      MaxSizeAllowed: maxBytes,
    })
  }
  return bytes
}

interface Promised {
  readonly md5: string | undefined
  readonly checksum: { readonly kind: ChecksumKind; readonly value: string } | undefined
  readonly trailing: ChecksumKind | undefined
}

/** The digests the client announced, refused where they cannot be digests at all. */
function promised({ headers, payload, hasOwnChecksum }: Body): Promised {
  const md5 = text(headers, 'content-md5')
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.')
  }
  if (!hasOwnChecksum) return { md5, checksum: undefined, trailing: undefined }
  const sent = checksumKinds.flatMap((kind) => {
    const value = text(headers, checksumHeader(kind))
    return value === undefined ? [] : [{ kind, value }]
  })
  const trailer = text(headers, 'x-amz-trailer')
  const trailing = checksumKinds.find((kind) => checksumHeader(kind) === trailer?.trim().toLowerCase())
  if (sent.length > 1 || (sent.length === 1 && trailing !== undefined)) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header')
  }
  const [checksum] = sent
  if (checksum !== undefined && !isDigest(checksum.kind, checksum.value)) {
    throw new S3Error('InvalidRequest', `Value for ${checksumHeader(checksum.kind)} header is invalid.`)
  }
  if (trailer !== undefined && (trailing === undefined || payload.kind !== 'chunked')) {
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported')
  }
  const named = text(headers, 'x-amz-sdk-checksum-algorithm')
  if (named !== undefined && checksumKindOf(named) === undefined) {
    throw new S3Error('InvalidRequest', 'Checksum algorithm provided is unsupported.')
  }
  return { md5, checksum, trailing }
}

/**
 * Reads a body to its end and checks it against everything the client said about it: length, Content-MD5, checksum
 * in header or trailer, SHA-256 of the signature. Bytes reach `sink` before the verdict, so keep them aside until
 * this returns. Fails with S3's own codes.
 */
export async function receive(
  body: Body,
  maxBytes: number,
  wantedKind: ChecksumKind | undefined,
  sink: (bytes: Buffer) => Promise<void>,
): Promise<Received> {
  const expectedBytes = announcedBytes(body, maxBytes)
  const claims = promised(body)
  const kind = claims.checksum?.kind ?? claims.trailing ?? wantedKind
  const md5 = createHash('md5')
  const sha256 = body.payload.kind === 'sha256' ? createHash('sha256') : undefined
  const running = kind === undefined ? undefined : runningChecksum(kind)
  const trailers: Trailers = { values: new Map() }
  const { payload } = body
  const content =
    payload.kind === 'chunked'
      ? unchunk(body.chunks(), payload.seed, payload.hasTrailer, trailers)
      : body.chunks()

  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    if (bytes > expectedBytes) throw incomplete()
    md5.update(chunk)
    sha256?.update(chunk)
    running?.update(chunk)
    await sink(chunk)
  }
  if (bytes !== expectedBytes) throw incomplete()

  if (sha256 !== undefined && payload.kind === 'sha256') {
    const found = sha256.digest('hex')
    if (found !== payload.hex) {
      throw new S3Error(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        { ClientComputedContentSHA256: payload.hex, S3ComputedContentSHA256: found },
      )
    }
  }
  const digest = md5.digest()
  if (claims.md5 !== undefined && claims.md5 !== digest.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      ExpectedDigest: claims.md5,
      CalculatedDigest: digest.toString('base64'),
    })
  }
  if (kind === undefined || running === undefined) return { bytes, md5: digest, checksum: undefined }
  const value = running.digest()
  const claimed =
    claims.trailing === undefined ? claims.checksum?.value : trailers.values.get(checksumHeader(kind))
  if (claims.trailing !== undefined && claimed === undefined) {
    throw new S3Error('InvalidRequest', `The ${checksumHeader(kind)} trailer was announced and did not come.`)
  }
  if (claimed !== undefined && claimed !== value) {
    throw new S3Error('BadDigest', `The ${kind} you specified did not match the calculated checksum.`)
  }
  return { bytes, md5: digest, checksum: { kind, value } }
}

const incomplete = () =>
  new S3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  )

/** A small body as text, checked in the same way. */
export async function receiveText(body: Body, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  await receive(body, maxBytes, undefined, async (bytes) => {
    chunks.push(bytes)
  })
  return Buffer.concat(chunks).toString('utf8')
}

/** What an upload of the file would be known by. */
export async function receiveFile(path: string): Promise<Received> {
  const md5 = createHash('md5')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    md5.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { bytes, md5: md5.digest(), checksum: undefined }
}
