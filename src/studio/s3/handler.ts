import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ulid } from 'ulid'
import type { Exchange } from '../http/exchange.ts'
import type { Faults } from '../http/faults.ts'
import { authorize, type S3Keys } from './authorize.ts'
import type { ObjectStore } from './objectStore.ts'
import { operationOf } from './operations.ts'
import { S3Error } from './s3Error.ts'
import { header, type S3Answer, type S3Request } from './s3Request.ts'
import { decodeText, parseQuery } from './signature.ts'
import { xmlDocument } from './xml.ts'

export interface S3Tools {
  readonly store: ObjectStore
  readonly keys: S3Keys
  readonly faults: Faults
  readonly now: () => number
  /** Told of what was thrown and is no answer. */
  readonly report: (error: unknown) => void
}

const maxKeyBytes = 1024

/** What the log tells of a request, filled in as it becomes known. */
interface Known {
  api: 's3'
  operation: string
  bucket?: string
  key?: string
  uploadId?: string
  partNumber?: number
  range?: string
}

/** A client that went away is neither an answer nor a bug. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE', 'ABORT_ERR'].includes(String(error.code))

/** Serves S3 on the raw connection, so that bodies stream. Never throws. */
export async function handleS3(exchange: Exchange, tools: S3Tools): Promise<void> {
  const requestId = ulid()
  const known: Known = { api: 's3', operation: '' }
  const common = { 'x-amz-request-id': requestId, server: 'RushesStudio' }
  try {
    const request = readRequest(exchange, tools, known)
    const operation = operationOf(request)
    known.operation = operation.name
    const fault = tools.faults.take(operation.name)
    if (fault?.kind === 'cut') {
      exchange.note({ ...known, status: 0, code: 'FaultCut' })
      exchange.cut()
      return
    }
    if (fault?.kind === 'status' || fault?.kind === 'errorBody') {
      const retryAfter: Record<string, string> =
        fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }
      const body = errorBody(fault.code, 'Please reduce your request rate.', {}, exchange, requestId)
      const status = fault.kind === 'status' ? fault.status : 200
      exchange.reply(
        { ...known, status, code: fault.code },
        { ...common, ...retryAfter, 'content-type': 'application/xml' },
        body,
      )
      return
    }
    const answer = await operation.run(request)
    if (fault?.kind === 'loseReply') {
      exchange.note({ ...known, status: 0, code: 'FaultLostReply' })
      exchange.cut()
      return
    }
    await send(exchange, known, answer, common)
  } catch (error) {
    refuse(exchange, known, error, requestId, common, tools)
  }
}

function readRequest(exchange: Exchange, tools: S3Tools, known: Known): S3Request {
  const { request } = exchange
  const { headers, method = '' } = request
  const [rawPath = '', ...rest] = (request.url ?? '').split('?')
  const pairs = parseQuery(rest.join('?'))
  const query = new Map(pairs)
  const [, rawBucket = '', ...rawKey] = rawPath.split('/')
  const bucket = decodeText(rawBucket)
  const key = decodeText(rawKey.join('/'))
  known.bucket = bucket
  if (key !== '') known.key = key
  const uploadId = query.get('uploadId')
  const partNumber = Number(query.get('partNumber'))
  const range = header(request, 'range')
  if (uploadId !== undefined) known.uploadId = uploadId.slice(0, 64)
  if (Number.isInteger(partNumber) && partNumber > 0) known.partNumber = partNumber
  if (range !== undefined) known.range = range.slice(0, 64)

  const payload = authorize({ method, rawPath, query: pairs, headers }, tools.keys, tools.now())
  if (bucket !== tools.store.bucket) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket })
  }
  if (Buffer.byteLength(key) > maxKeyBytes) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', {
      Size: Buffer.byteLength(key),
      MaxSizeAllowed: maxKeyBytes,
    })
  }
  if (key.includes('\u0000')) throw new S3Error('InvalidURI', "Couldn't parse the specified URI.")
  return {
    store: tools.store,
    method,
    key,
    query,
    headers,
    body: { headers, payload, hasOwnChecksum: true, chunks: () => exchange.chunks() },
  }
}

async function send(
  exchange: Exchange,
  known: Known,
  { status, headers = {}, body = '' }: S3Answer,
  common: Readonly<Record<string, string>>,
): Promise<void> {
  if (typeof body === 'string') {
    exchange.reply({ ...known, status }, { ...common, ...headers }, body)
    return
  }
  const { response } = exchange
  response.writeHead(status, { ...common, ...headers })
  try {
    await pipeline(counted(body, exchange), response)
    exchange.note({ ...known, status })
  } catch (error) {
    exchange.note({ ...known, status, code: isGone(error) ? 'ClientGone' : 'ReadFailed' })
    if (!isGone(error)) throw error
  }
}

function counted(body: AsyncIterable<Buffer>, exchange: Exchange): Readable {
  async function* passing() {
    for await (const bytes of body) {
      exchange.bytesOut += bytes.length
      yield bytes
    }
  }
  return Readable.from(passing(), { objectMode: false })
}

function refuse(
  exchange: Exchange,
  known: Known,
  error: unknown,
  requestId: string,
  common: Readonly<Record<string, string>>,
  tools: S3Tools,
): void {
  if (error instanceof S3Error) {
    const { status, code, message, details } = error
    const more: Record<string, string> = { 'content-type': 'application/xml' }
    if (code === 'InvalidRange' && details['ActualObjectSize'] !== undefined) {
      more['content-range'] = `bytes */${details['ActualObjectSize']}`
    }
    exchange.reply(
      { ...known, status, code },
      { ...common, ...more },
      errorBody(code, message, details, exchange, requestId),
    )
    return
  }
  if (isGone(error)) {
    exchange.note({ ...known, status: 0, code: 'ClientGone' })
    exchange.cut()
    return
  }
  tools.report(error)
  const body = errorBody(
    'InternalError',
    'We encountered an internal error. Please try again.',
    {},
    exchange,
    requestId,
  )
  if (exchange.response.headersSent) exchange.cut()
  exchange.reply(
    { ...known, status: 500, code: 'InternalError' },
    { ...common, 'content-type': 'application/xml' },
    body,
  )
}

function errorBody(
  code: string,
  message: string,
  details: Readonly<Record<string, string | number>>,
  { request }: Exchange,
  requestId: string,
): string {
  const [resource = ''] = (request.url ?? '').split('?')
  return xmlDocument('Error', {
    Code: code,
    Message: message,
    ...details,
    Resource: resource,
    RequestId: requestId,
    HostId: 'studio',
  })
}
