import { bareEtag } from './completion.ts'
import { receive } from './receive.ts'
import { S3Error } from './s3Error.ts'
import {
  checksumHeadersOf,
  describe,
  header,
  numberIn,
  quoted,
  type S3Answer,
  type S3Request,
  writeCondition,
} from './s3Request.ts'
import type { ObjectRow } from './storeRows.ts'

const maxPutBytes = 5 * 2 ** 30

export async function putObject(request: S3Request): Promise<S3Answer> {
  const { store, key, body } = request
  const description = describe(request)
  const condition = writeCondition(request)
  const writer = await store.blobs.create()
  try {
    const received = await receive(body, maxPutBytes, undefined, (bytes) => writer.write(bytes))
    const blob = await writer.commit()
    const row = await store.put(key, description, received, blob, condition).catch(async (error: unknown) => {
      await store.blobs.remove([blob])
      throw error
    })
    return { status: 200, headers: { etag: quoted(row.etag), ...checksumHeadersOf(row) } }
  } finally {
    await writer.discard()
  }
}

export async function deleteObject({ store, key }: S3Request): Promise<S3Answer> {
  await store.delete(key)
  return { status: 204 }
}

interface Span {
  readonly start: number
  readonly bytes: number
}

/** The one range that was asked for; undefined where S3 answers with the whole object. */
function requestedRange(text: string, object: ObjectRow): Span | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text.trim())
  const [, first = '', last = ''] = match ?? []
  if (match === null || (first === '' && last === '')) return undefined
  const size = object.bytes
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < start) return undefined
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: text,
      ActualObjectSize: size,
    })
  }
  return { start, bytes: end - start + 1 }
}

const lastModified = (object: ObjectRow) => new Date(object.created_at).toUTCString()
/** HTTP dates have whole seconds. */
const modifiedSecond = (object: ObjectRow) => Math.floor(object.created_at / 1000) * 1000

function isOneOf(etags: string, object: ObjectRow): boolean {
  return etags.split(',').some((etag) => etag.trim() === '*' || bareEtag(etag.trim()) === object.etag)
}

/** The conditions of a read, in the order HTTP gives them. */
function checkReadConditions(request: S3Request, object: ObjectRow): void {
  const ifMatch = header(request, 'if-match')
  const unmodifiedSince = Date.parse(header(request, 'if-unmodified-since') ?? '')
  const isChanged =
    ifMatch === undefined ? modifiedSecond(object) > unmodifiedSince : !isOneOf(ifMatch, object)
  if (isChanged) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: ifMatch === undefined ? 'If-Unmodified-Since' : 'If-Match',
    })
  }
  const ifNoneMatch = header(request, 'if-none-match')
  const modifiedSince = Date.parse(header(request, 'if-modified-since') ?? '')
  const isKnown =
    ifNoneMatch === undefined ? modifiedSecond(object) <= modifiedSince : isOneOf(ifNoneMatch, object)
  if (isKnown) throw new S3Error('NotModified', 'Not Modified')
}

function spanOf(request: S3Request, object: ObjectRow): Span | undefined {
  const range = header(request, 'range')
  const partNumber = request.query.get('partNumber')
  if (partNumber !== undefined) {
    const span = request.store.segmentRange(object, numberIn(request, 'partNumber', 1, 1, 10_000))
    if (span === undefined) throw new S3Error('InvalidRange', 'The requested partnumber is not satisfiable')
    return span
  }
  if (range === undefined) return undefined
  const ifRange = header(request, 'if-range')
  const isCurrent =
    ifRange === undefined ||
    (ifRange.startsWith('"')
      ? bareEtag(ifRange) === object.etag
      : Date.parse(ifRange) >= modifiedSecond(object))
  return isCurrent ? requestedRange(range, object) : undefined
}

const overridable = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const

/** Header values from a query must not be able to end the header. */
function overrides({ query }: S3Request): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of overridable) {
    const value = query.get(`response-${name}`)
    if (value === undefined) continue
    if (!/^[\x20-\x7e]*$/.test(value)) {
      throw new S3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', {
        ArgumentName: `response-${name}`,
      })
    }
    headers[name] = value
  }
  return headers
}

/** GetObject and HeadObject: the same headers, with or without the bytes. */
export async function readObject(request: S3Request): Promise<S3Answer> {
  const { store, key } = request
  const object = store.get(key)
  checkReadConditions(request, object)
  const span = spanOf(request, object)
  const { start, bytes } = span ?? { start: 0, bytes: object.bytes }
  const headers: Record<string, string> = {
    ...object.headers,
    ...overrides(request),
    etag: quoted(object.etag),
    'last-modified': lastModified(object),
    'accept-ranges': 'bytes',
    'content-length': String(bytes),
  }
  for (const [name, value] of Object.entries(object.metadata)) headers[`x-amz-meta-${name}`] = value
  const isWhole = bytes === object.bytes
  if (header(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && isWhole) {
    Object.assign(headers, checksumHeadersOf(object))
  }
  if (request.query.has('partNumber') && object.part_count !== null) {
    headers['x-amz-mp-parts-count'] = String(object.part_count)
  }
  if (span !== undefined) headers['content-range'] = `bytes ${start}-${start + bytes - 1}/${object.bytes}`
  const status = span === undefined ? 200 : 206
  if (request.method === 'HEAD' || bytes === 0) return { status, headers }
  return { status, headers, body: store.read(object, start, bytes) }
}
