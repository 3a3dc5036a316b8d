import { createHash } from 'node:crypto'
import type { SignedAnswer, SignedHttp, SignedRequest } from '../../src/main/transfers/signedHttp.ts'
import { turn } from './FaultQueue.ts'
import type { FaultScript } from './FaultScript.ts'

interface Part {
  readonly body: Buffer
  readonly etag: string
}

export type SignedOperation = 'createUpload' | 'putPart' | 'listParts' | 'complete' | 'abort' | 'get'

/** How this storage differs from plain S3. */
export interface StorageHabits {
  /** ETags are no MD5s, as with some encryptions. */
  readonly opaqueEtags?: boolean
  /** Takes only parts whose MD5 was signed. */
  readonly wantsSignedMd5?: boolean
  /** Objects cannot be read with signed URLs. */
  readonly unreadable?: boolean
}

const listPage = 3

/** An S3 storage in memory that is reached through signed URLs alone, with a script of faults. */
export class FakeSignedStorage {
  readonly script: FaultScript
  readonly habits: StorageHabits
  /** The service can be asked, its storage cannot. */
  isUnreachable = false
  /** How long a URL may be used. */
  urlLifeMs = 3_600_000
  readonly #now: () => number
  readonly #uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Part> }>()
  readonly #objects = new Map<string, { readonly body: Buffer; readonly etag: string }>()
  /** Of every part stored, `key/number`. */
  readonly stores: string[] = []
  #lastUpload = 0
  #deadBefore = 0

  constructor(script: FaultScript, now: () => number, habits: StorageHabits = {}) {
    this.script = script
    this.#now = now
    this.habits = habits
  }

  url(operation: SignedOperation, key: string, query: Readonly<Record<string, string>> = {}): string {
    const url = new URL(`https://store.test/${key}`)
    for (const [name, value] of Object.entries({ ...query, operation, issued: String(this.#now()) }))
      url.searchParams.set(name, value)
    return url.href
  }

  /** URLs given out until now work no more, whatever they say of themselves. */
  killUrls(): void {
    this.#deadBefore = this.#now() + 1
  }

  object(key: string): Buffer | undefined {
    return this.#objects.get(key)?.body
  }

  uploads(): string[] {
    return [...this.#uploads.keys()]
  }

  /** The storage forgets an upload, as its clean-up would make it. */
  sweep(uploadId: string): void {
    this.#uploads.delete(uploadId)
  }

  abortAll(key: string): void {
    for (const [id, upload] of this.#uploads) if (upload.key === key) this.#uploads.delete(id)
  }

  http(): SignedHttp {
    return {
      send: (request, signal) => this.#send(request, signal),
      freshSockets: () => undefined,
      close: () => undefined,
    }
  }

  async #send(request: SignedRequest, signal: AbortSignal): Promise<SignedAnswer> {
    const query = request.url.searchParams
    const operation = `s3.${query.get('operation')}`
    const key = request.url.pathname.slice(1)
    const { script } = this
    signal.throwIfAborted()
    await script.onRequest?.(operation, 'before', key)
    await turn()
    signal.throwIfAborted()
    const fault = script.next(operation)
    if (script.isOffline || this.isUnreachable || fault?.kind === 'cut') {
      script.log.push({ operation, key, isDone: false })
      throw broken()
    }
    if (request.method === 'HEAD') return { status: 403, headers: {}, text: '' }
    const body = await this.#receive(request, fault?.kind === 'corrupt')
    const answer = this.#refusal(fault) ?? this.#serve(operation, key, request, body, fault?.kind === 'dead')
    const isDone = answer.status < 300 && fault?.kind !== 'errorBody'
    script.log.push({ operation, key, isDone })
    await script.onRequest?.(operation, 'after', key)
    await turn()
    signal.throwIfAborted()
    if (fault?.kind === 'lost') throw broken()
    return answer
  }

  #refusal(fault: ReturnType<FaultScript['next']>): SignedAnswer | undefined {
    if (fault?.kind === 'errorBody') return xml(200, errorBody(fault.code ?? 'InternalError'))
    if (fault?.kind !== 'refused') return undefined
    const { status = 503, code = 'SlowDown', retryAfterSeconds } = fault
    const answer = xml(status, errorBody(code))
    if (retryAfterSeconds === undefined) return answer
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } }
  }

  async #receive({ payload, body = '', onSent }: SignedRequest, isCorrupt: boolean): Promise<Buffer> {
    if (payload === undefined) return Buffer.from(body)
    const slices: Buffer[] = []
    let bytes = 0
    for await (const slice of payload.slices()) {
      slices.push(Buffer.from(slice))
      bytes += slice.byteLength
      onSent?.(bytes)
    }
    const received = Buffer.concat(slices)
    if (isCorrupt && received.byteLength > 0) received[0] = (received[0] ?? 0) ^ 1
    return received
  }

  #serve(
    operation: string,
    key: string,
    request: SignedRequest,
    body: Buffer,
    isDead: boolean,
  ): SignedAnswer {
    const query = request.url.searchParams
    const issued = Number(query.get('issued'))
    if (isDead || issued < this.#deadBefore || issued + this.urlLifeMs < this.#now())
      return xml(403, errorBody('AccessDenied', 'Request has expired'))
    const uploadId = query.get('uploadId') ?? ''
    const upload = this.#uploads.get(uploadId)
    if (operation === 's3.createUpload') return this.#create(key)
    if (operation === 's3.get') return this.#read(key)
    if (upload === undefined) return xml(404, errorBody('NoSuchUpload'))
    if (operation === 's3.putPart') return this.#put(key, upload.parts, request, body)
    if (operation === 's3.listParts') return list(upload.parts, Number(query.get('marker')))
    if (operation === 's3.abort') {
      this.#uploads.delete(uploadId)
      return { status: 204, headers: {}, text: '' }
    }
    return this.#complete(key, uploadId, upload.parts, body.toString('utf8'))
  }

  #create(key: string): SignedAnswer {
    this.#lastUpload += 1
    const uploadId = `upload&${this.#lastUpload}`
    this.#uploads.set(uploadId, { key, parts: new Map() })
    return xml(
      200,
      `<InitiateMultipartUploadResult><UploadId>${uploadId.replace('&', '&amp;')}</UploadId></InitiateMultipartUploadResult>`,
    )
  }

  #put(
    key: string,
    parts: Map<number, Part>,
    { url, headers = {} }: SignedRequest,
    body: Buffer,
  ): SignedAnswer {
    const digest = createHash('md5').update(body).digest()
    const signed = url.searchParams.get('md5')
    if (this.habits.wantsSignedMd5 === true && signed === null) return xml(403, errorBody('AccessDenied'))
    const named = headers['content-md5']
    if (signed !== null && signed !== named) return xml(403, errorBody('SignatureDoesNotMatch'))
    if (named !== undefined && named !== digest.toString('base64')) return xml(400, errorBody('BadDigest'))
    const number = Number(url.searchParams.get('partNumber'))
    const etag = `"${this.habits.opaqueEtags === true ? `x${digest.toString('hex').slice(1)}` : digest.toString('hex')}"`
    parts.set(number, { body, etag })
    this.stores.push(`${key}/${number}`)
    return { status: 200, headers: { etag }, text: '' }
  }

  #complete(key: string, uploadId: string, parts: ReadonlyMap<number, Part>, text: string): SignedAnswer {
    const named = [...text.matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag>/g)]
    const bodies: Buffer[] = []
    for (const [, number, etag = ''] of named) {
      const part = parts.get(Number(number))
      if (part === undefined || part.etag !== etag.replaceAll('&#34;', '"'))
        return xml(400, errorBody('InvalidPart'))
      bodies.push(part.body)
    }
    const sums = Buffer.concat(bodies.map((part) => createHash('md5').update(part).digest()))
    const etag = `"${createHash('md5').update(sums).digest('hex')}-${bodies.length}"`
    this.#objects.set(key, { body: Buffer.concat(bodies), etag })
    this.#uploads.delete(uploadId)
    return xml(200, `\n<CompleteMultipartUploadResult><ETag>${etag}</ETag></CompleteMultipartUploadResult>`)
  }

  #read(key: string): SignedAnswer {
    if (this.habits.unreadable === true) return xml(403, errorBody('AccessDenied'))
    const found = this.#objects.get(key)
    if (found === undefined) return xml(404, errorBody('NoSuchKey'))
    const { body, etag } = found
    if (body.byteLength === 0)
      return { status: 416, headers: { 'content-range': 'bytes */0', etag }, text: '' }
    const range = `bytes 0-0/${body.byteLength}`
    return { status: 206, headers: { 'content-range': range, etag }, text: '' }
  }
}

function list(parts: ReadonlyMap<number, Part>, marker: number): SignedAnswer {
  const all = [...parts].sort(([a], [b]) => a - b)
  const page = all.filter(([number]) => number > marker && number <= marker + listPage)
  const isTruncated = all.some(([number]) => number > marker + listPage)
  const rows = page.map(
    ([number, { body, etag }]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${body.byteLength}</Size></Part>`,
  )
  return xml(
    200,
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${isTruncated}</IsTruncated>${rows.join('')}</ListPartsResult>`,
  )
}

/** Where each list of the parts begins. */
export function listMarkers(parts: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(parts / listPage)) }, (_, index) => index * listPage)
}

function xml(status: number, text: string): SignedAnswer {
  return { status, headers: { 'content-type': 'application/xml' }, text }
}

function errorBody(code: string, message = code): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
}

function broken(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}
