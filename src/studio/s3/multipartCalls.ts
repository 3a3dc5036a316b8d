import { type ChecksumType, canBe, checksumKindOf, checksumKinds, defaultChecksumType } from './checksums.ts'
import type { CompleteClaim, PartClaim } from './completion.ts'
import { receive, receiveText } from './receive.ts'
import { S3Error } from './s3Error.ts'
import {
  checksumElementsOf,
  checksumHeadersOf,
  claimedChecksum,
  describe,
  header,
  numberIn,
  quoted,
  type S3Answer,
  type S3Request,
  writeCondition,
  xmlHeaders,
} from './s3Request.ts'
import { childText, parseXml, type XmlElement, xmlDocument } from './xml.ts'

const maxPartBytes = 5 * 2 ** 30
const maxParts = 10_000
/** 10,000 parts, each with an ETag and a SHA-256. */
const maxCompleteBytes = 4 * 2 ** 20

const uploadIdOf = ({ query }: S3Request) => query.get('uploadId') ?? ''

function checksumTypeOf(request: S3Request): ChecksumType | undefined {
  const text = header(request, 'x-amz-checksum-type')
  if (text === undefined || text === 'FULL_OBJECT' || text === 'COMPOSITE') return text
  throw new S3Error('InvalidRequest', 'Value for x-amz-checksum-type header is invalid.')
}

export async function createMultipartUpload(request: S3Request): Promise<S3Answer> {
  const { store, key } = request
  const named = header(request, 'x-amz-checksum-algorithm')
  const kind = checksumKindOf(named)
  const type = checksumTypeOf(request) ?? (kind && defaultChecksumType(kind))
  if (named !== undefined && kind === undefined) {
    throw new S3Error('InvalidRequest', 'Checksum algorithm provided is unsupported.')
  }
  if (type !== undefined && (kind === undefined || !canBe(kind, type))) {
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the checksum algorithm.`,
    )
  }
  const upload = store.createUpload(key, describe(request), kind, type)
  const headers: Record<string, string> = { ...xmlHeaders }
  if (kind !== undefined) headers['x-amz-checksum-algorithm'] = kind
  if (type !== undefined) headers['x-amz-checksum-type'] = type
  const body = xmlDocument('InitiateMultipartUploadResult', {
    Bucket: store.bucket,
    Key: key,
    UploadId: upload.id,
  })
  return { status: 200, headers, body }
}

export async function uploadPart(request: S3Request): Promise<S3Answer> {
  const { store, key, body } = request
  const number = numberIn(request, 'partNumber', 0, 1, maxParts + 1)
  if (number > maxParts || number < 1) {
    throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
      ArgumentName: 'partNumber',
      ArgumentValue: request.query.get('partNumber') ?? '',
    })
  }
  const upload = store.upload(key, uploadIdOf(request))
  const kind = upload.checksum_kind ?? undefined
  const writer = await store.blobs.create()
  try {
    const received = await receive(body, maxPartBytes, kind, (bytes) => writer.write(bytes))
    if (kind !== undefined && received.checksum?.kind !== kind) {
      throw new S3Error(
        'InvalidRequest',
        `Checksum Type mismatch occurred, expected checksum Type: ${kind.toLowerCase()}, actual checksum Type: ${received.checksum?.kind.toLowerCase()}`,
      )
    }
    const blob = await writer.commit()
    const row = await store.putPart(key, upload.id, number, received, blob).catch(async (error: unknown) => {
      await store.blobs.remove([blob])
      throw error
    })
    return {
      status: 200,
      headers: { etag: quoted(row.etag), ...checksumHeadersOf({ ...row, checksum_type: null }) },
    }
  } finally {
    await writer.discard()
  }
}

export async function listParts(request: S3Request): Promise<S3Answer> {
  const { store, key } = request
  const upload = store.upload(key, uploadIdOf(request))
  const limit = numberIn(request, 'max-parts', 1000, 0, 1000)
  const marker = numberIn(request, 'part-number-marker', 0, 0, 2 ** 31)
  const found = store.parts(upload.id, marker, limit + 1)
  const parts = found.slice(0, limit)
  const body = xmlDocument('ListPartsResult', {
    Bucket: store.bucket,
    Key: key,
    UploadId: upload.id,
    PartNumberMarker: marker,
    NextPartNumberMarker: parts.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: found.length > limit,
    StorageClass: 'STANDARD',
    ChecksumAlgorithm: upload.checksum_kind ?? undefined,
    ChecksumType: upload.checksum_type ?? undefined,
    Part: parts.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.created_at).toISOString(),
      ETag: quoted(part.etag),
      Size: part.bytes,
      ...checksumElementsOf(part),
    })),
  })
  return { status: 200, headers: xmlHeaders, body }
}

function partClaim(element: XmlElement): PartClaim {
  const malformed = () => new S3Error('MalformedXML', 'The XML you provided does not list parts as it must')
  const number = childText(element, 'PartNumber') ?? ''
  const etag = childText(element, 'ETag')
  if (element.name !== 'Part' || !/^\d{1,5}$/.test(number) || !etag) throw malformed()
  const sums = checksumKinds.flatMap((kind) => {
    const value = childText(element, `Checksum${kind}`)
    return value === undefined ? [] : [{ kind, value }]
  })
  if (sums.length > 1) throw malformed()
  return { number: Number(number), etag, checksum: sums[0] }
}

async function completeClaim(request: S3Request): Promise<CompleteClaim> {
  const root = parseXml(await receiveText({ ...request.body, hasOwnChecksum: false }, maxCompleteBytes))
  const parts = root.children.map(partClaim)
  if (root.name !== 'CompleteMultipartUpload' || parts.length === 0 || parts.length > maxParts) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate')
  }
  const bytes = header(request, 'x-amz-mp-object-size')
  if (bytes !== undefined && !/^\d{1,16}$/.test(bytes)) {
    throw new S3Error('InvalidRequest', 'Value for x-amz-mp-object-size header is invalid.')
  }
  return {
    parts,
    checksum: claimedChecksum(request),
    checksumType: checksumTypeOf(request),
    bytes: bytes === undefined ? undefined : Number(bytes),
    condition: writeCondition(request),
  }
}

export async function completeMultipartUpload(request: S3Request): Promise<S3Answer> {
  const { store, key } = request
  const uploadId = uploadIdOf(request)
  const claim = await completeClaim(request)
  const object = await store.complete(key, uploadId, claim)
  const body = xmlDocument('CompleteMultipartUploadResult', {
    Location: `/${store.bucket}/${key}`,
    Bucket: store.bucket,
    Key: key,
    ETag: quoted(object.etag),
    ...checksumElementsOf(object),
    ChecksumType: object.checksum_type ?? undefined,
  })
  return { status: 200, headers: xmlHeaders, body }
}

export async function abortMultipartUpload(request: S3Request): Promise<S3Answer> {
  await request.store.abort(request.key, uploadIdOf(request))
  return { status: 204 }
}
