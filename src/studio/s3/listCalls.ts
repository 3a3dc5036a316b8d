import { S3Error } from './s3Error.ts'
import { numberIn, quoted, type S3Answer, type S3Request, xmlHeaders } from './s3Request.ts'
import { encode } from './signature.ts'
import type { ObjectRow } from './storeRows.ts'
import { type Xml, xmlDocument } from './xml.ts'

export async function headBucket(): Promise<S3Answer> {
  return { status: 200 }
}

export async function getBucketLocation(): Promise<S3Answer> {
  return { status: 200, headers: xmlHeaders, body: xmlDocument('LocationConstraint', {}) }
}

/** How keys are written in an answer: as they are, or percent-encoded on request. */
function keyWriter({ query }: S3Request): (key: string) => string {
  const encoding = query.get('encoding-type')
  if (encoding === undefined) return (key) => key
  if (encoding !== 'url') throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request')
  return (key) => key.split('/').map(encode).join('/')
}

interface Listing {
  readonly objects: ObjectRow[]
  readonly prefixes: string[]
  /** The next page starts after this. */
  readonly next: string | undefined
}

/** One page: keys that share a prefix up to the delimiter count as one entry. */
function pageOf(
  { store }: S3Request,
  prefix: string,
  delimiter: string,
  start: string,
  limit: number,
): Listing {
  const objects: ObjectRow[] = []
  const prefixes: string[] = []
  // With a delimiter one key may stand for thousands that are jumped over, so looking far ahead is wasted.
  const batch = delimiter === '' ? limit + 1 : 32
  let after = start
  for (;;) {
    const found = store.objects(prefix, after, batch)
    let isJump = false
    for (const object of found) {
      if (objects.length + prefixes.length === limit) return { objects, prefixes, next: after }
      const at = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length)
      if (at < 0) {
        objects.push(object)
        after = object.key
        continue
      }
      const common = object.key.slice(0, at + delimiter.length)
      prefixes.push(common)
      // Past every key under the prefix: no character sorts after this one.
      after = `${common}\u{10ffff}`
      isJump = true
      break
    }
    if (!isJump && found.length < batch) return { objects, prefixes, next: undefined }
  }
}

const tokenOf = (after: string) => Buffer.from(after).toString('base64url')
const afterToken = (token: string) => Buffer.from(token, 'base64url').toString()

export async function listObjectsV2(request: S3Request): Promise<S3Answer> {
  const { query, store } = request
  const write = keyWriter(request)
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const limit = numberIn(request, 'max-keys', 1000, 0, 1000)
  const token = query.get('continuation-token')
  if (token === '') throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect')
  const startAfter = query.get('start-after') ?? ''
  const start = token === undefined ? startAfter : afterToken(token)
  const { objects, prefixes, next } = pageOf(request, prefix, delimiter, start, limit)
  const body = xmlDocument('ListBucketResult', {
    Name: store.bucket,
    Prefix: write(prefix),
    Delimiter: delimiter === '' ? undefined : write(delimiter),
    MaxKeys: limit,
    EncodingType: query.get('encoding-type'),
    KeyCount: objects.length + prefixes.length,
    IsTruncated: next !== undefined,
    ContinuationToken: token,
    NextContinuationToken: next === undefined ? undefined : tokenOf(next),
    StartAfter: startAfter === '' ? undefined : write(startAfter),
    Contents: objects.map(
      (object): Xml => ({
        Key: write(object.key),
        LastModified: new Date(object.created_at).toISOString(),
        ETag: quoted(object.etag),
        ChecksumAlgorithm: object.checksum_kind ?? undefined,
        ChecksumType: object.checksum_type ?? undefined,
        Size: object.bytes,
        StorageClass: 'STANDARD',
      }),
    ),
    CommonPrefixes: prefixes.map((common): Xml => ({ Prefix: write(common) })),
  })
  return { status: 200, headers: xmlHeaders, body }
}

export async function listMultipartUploads(request: S3Request): Promise<S3Answer> {
  const { query, store } = request
  const write = keyWriter(request)
  const prefix = query.get('prefix') ?? ''
  const limit = numberIn(request, 'max-uploads', 1000, 0, 1000)
  const keyMarker = query.get('key-marker') ?? ''
  const idMarker = query.get('upload-id-marker') ?? ''
  if (query.get('delimiter')) throw new S3Error('NotImplemented', 'Uploads are listed without a delimiter')
  // A key marker alone passes over all uploads of that key.
  const afterId = keyMarker !== '' && idMarker === '' ? '\u{10ffff}' : idMarker
  const found = store.uploads(prefix, keyMarker, afterId, limit + 1)
  const uploads = found.slice(0, limit)
  const last = uploads.at(-1)
  const body = xmlDocument('ListMultipartUploadsResult', {
    Bucket: store.bucket,
    KeyMarker: write(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: last === undefined ? undefined : write(last.key),
    NextUploadIdMarker: last?.id,
    Prefix: write(prefix),
    EncodingType: query.get('encoding-type'),
    MaxUploads: limit,
    IsTruncated: found.length > limit,
    Upload: uploads.map(
      (upload): Xml => ({
        Key: write(upload.key),
        UploadId: upload.id,
        StorageClass: 'STANDARD',
        Initiated: new Date(upload.created_at).toISOString(),
        ChecksumAlgorithm: upload.checksum_kind ?? undefined,
        ChecksumType: upload.checksum_type ?? undefined,
      }),
    ),
  })
  return { status: 200, headers: xmlHeaders, body }
}
