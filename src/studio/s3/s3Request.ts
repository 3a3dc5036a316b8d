import type { IncomingHttpHeaders } from 'node:http'
import { type ChecksumKind, checksumHeader, checksumKinds, isDigest } from './checksums.ts'
import type { WriteCondition } from './completion.ts'
import type { Description, ObjectStore } from './objectStore.ts'
import type { Body } from './receive.ts'
import { S3Error } from './s3Error.ts'
import type { ObjectRow } from './storeRows.ts'

/** An authorised request to one bucket or object. */
export interface S3Request {
  readonly store: ObjectStore
  readonly method: string
  /** Empty for the bucket itself. */
  readonly key: string
  readonly query: ReadonlyMap<string, string>
  readonly headers: IncomingHttpHeaders
  readonly body: Body
}

export interface S3Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A whole document, or bytes that are read as they go out. */
  readonly body?: string | AsyncIterable<Buffer>
}

export function header(request: { readonly headers: IncomingHttpHeaders }, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

export const quoted = (etag: string): string => `"${etag}"`
export const xmlHeaders = { 'content-type': 'application/xml' }

/** A whole number in the query, within bounds. */
export function numberIn(
  request: S3Request,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = request.query.get(name)
  if (text === undefined || text === '') return fallback
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min)) {
    throw new S3Error('InvalidArgument', `Provided ${name} not an integer or within integer range`, {
      ArgumentName: name,
      ArgumentValue: text,
    })
  }
  return Math.min(value, max)
}

const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const
const metadataPrefix = 'x-amz-meta-'
const maxMetadataBytes = 2048

/** What the client says of an object that it is about to write. */
export function describe(request: S3Request): Description {
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream' }
  for (const name of keptHeaders) {
    const value = header(request, name)
    if (value !== undefined) headers[name] = value
  }
  const encodings = (headers['content-encoding'] ?? '').split(',').map((part) => part.trim())
  const kept = encodings.filter((encoding) => encoding !== '' && encoding !== 'aws-chunked')
  if (kept.length > 0) headers['content-encoding'] = kept.join(', ')
  else delete headers['content-encoding']

  const metadata: Record<string, string> = {}
  let bytes = 0
  for (const name of Object.keys(request.headers)) {
    if (!name.startsWith(metadataPrefix)) continue
    const value = header(request, name) ?? ''
    const ownName = name.slice(metadataPrefix.length)
    metadata[ownName] = value
    bytes += Buffer.byteLength(ownName) + Buffer.byteLength(value)
  }
  if (bytes > maxMetadataBytes) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      Size: bytes,
      MaxSizeAllowed: maxMetadataBytes,
    })
  }
  return { headers, metadata }
}

export function writeCondition(request: S3Request): WriteCondition {
  const ifNoneMatch = header(request, 'if-none-match')
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
      {
        Header: 'If-None-Match',
      },
    )
  }
  return { onlyIfAbsent: ifNoneMatch === '*', onlyIfEtag: header(request, 'if-match') }
}

/** The one checksum among the headers of a request that has no body to check it against. */
export function claimedChecksum(
  request: S3Request,
): { readonly kind: ChecksumKind; readonly value: string } | undefined {
  for (const kind of checksumKinds) {
    const value = header(request, checksumHeader(kind))
    if (value === undefined) continue
    if (!isDigest(kind, value.replace(/-\d+$/, ''))) {
      throw new S3Error('InvalidRequest', `Value for ${checksumHeader(kind)} header is invalid.`)
    }
    return { kind, value }
  }
  return undefined
}

/** The headers that tell of an object's checksum, as writes answer with. */
export function checksumHeadersOf(row: Pick<ObjectRow, 'checksum' | 'checksum_kind' | 'checksum_type'>) {
  const headers: Record<string, string> = {}
  if (row.checksum !== null && row.checksum_kind !== null) {
    headers[checksumHeader(row.checksum_kind)] = row.checksum
    if (row.checksum_type !== null) headers['x-amz-checksum-type'] = row.checksum_type
  }
  return headers
}

/** The same as elements of an XML answer. */
export function checksumElementsOf(row: { checksum: string | null; checksum_kind: ChecksumKind | null }) {
  const elements: Record<string, string> = {}
  if (row.checksum !== null && row.checksum_kind !== null)
    elements[`Checksum${row.checksum_kind}`] = row.checksum
  return elements
}
