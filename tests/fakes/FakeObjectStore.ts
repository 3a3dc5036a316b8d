import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { CheckKind } from '../../src/main/store/transferRow.ts'
import type { Checksum } from '../../src/main/transfers/checksum.ts'
import type {
  Abilities,
  ListedPart,
  ObjectStore,
  OnSent,
  Payload,
  SentPart,
  StoredObject,
} from '../../src/main/transfers/objectStore.ts'
import { probeStore } from '../../src/main/transfers/probe.ts'
import { type FailureKind, StoreFailure } from '../../src/main/transfers/storeFailure.ts'

export type Operation =
  | 'createUpload'
  | 'putPart'
  | 'listParts'
  | 'completeUpload'
  | 'abortUpload'
  | 'listUploads'
  | 'putObject'
  | 'head'
  | 'deleteObject'
  | 'putMade'
  | 'reach'

export interface Request {
  readonly operation: Operation
  readonly key: string
  readonly uploadId?: string
  readonly number?: number
  readonly bytes?: number
  /** Whether the store did it; a refused or dropped request did nothing. */
  readonly isDone: boolean
}

/** One planned misfortune. `after`: the store does it, but the answer is lost. */
export interface Fault {
  readonly operation: Operation | 'any'
  readonly kind: FailureKind
  readonly name?: string
  readonly when?: 'before' | 'after' | 'midway'
  readonly times?: number
  /** Leaves this many requests of the operation alone first. */
  readonly skip?: number
  readonly retryAfterMs?: number
}

interface Part {
  readonly body: Buffer
  readonly etag: string
  readonly crc32: Uint8Array
}

interface Upload {
  readonly key: string
  readonly token: string
  readonly kind: CheckKind
  readonly startedAt: number
  readonly parts: Map<number, Part>
}

interface Stored {
  readonly body: Buffer
  readonly etag: string
  readonly token: string | undefined
  readonly crc32: Uint8Array
}

/** What this store does, by default all that S3 does. */
export interface FakeAbilities {
  readonly checksMd5: boolean
  readonly checksCrc32: boolean
  readonly wholeCrc32: boolean
  readonly keepsMetadata: boolean
  readonly etagIsMd5: boolean
  readonly listsUploads: boolean
  /** The name for a lost upload, where stores differ. */
  readonly secondCompleteWorks: boolean
}

const everything: FakeAbilities = {
  checksMd5: true,
  checksCrc32: true,
  wholeCrc32: true,
  keepsMetadata: true,
  etagIsMd5: true,
  listsUploads: true,
  secondCompleteWorks: false,
}

/** A bucket in memory that keeps S3's rules, with a script of faults. Outlives the engines that use it. */
export class FakeObjectStore {
  readonly bucket = 'footage'
  readonly log: Request[] = []
  readonly #objects = new Map<string, Stored>()
  readonly #uploads = new Map<string, Upload>()
  readonly #faults: { fault: Fault; left: number; skip: number }[] = []
  readonly #abilities: FakeAbilities
  readonly #now: () => number
  #lastUpload = 0
  #isOffline = false
  #corruptions = 0
  #wrongEtags = 0
  /** Called before and after each request takes effect; may throw to cut the caller off, or wait to slow it down. */
  onRequest:
    | ((operation: Operation, phase: 'before' | 'after', key: string) => void | Promise<void>)
    | undefined

  constructor(now: () => number, abilities: Partial<FakeAbilities> = {}) {
    this.#now = now
    this.#abilities = { ...everything, ...abilities }
  }

  fault(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1, skip: fault.skip ?? 0 })
  }

  /** The connection breaks in the middle of the next part. */
  dropMidway(times = 1): void {
    this.fault({ operation: 'putPart', kind: 'network', name: 'ECONNRESET', when: 'midway', times })
  }

  status(status: 503 | 500 | 400 | 403, times = 1, retryAfterMs?: number): void {
    const kinds = { 503: 'throttle', 500: 'server', 400: 'idleClose', 403: 'denied' } as const
    const fault = { operation: 'any', kind: kinds[status], name: String(status), times } as const
    this.fault(retryAfterMs === undefined ? fault : { ...fault, retryAfterMs })
  }

  /** The store does it, and nobody hears. */
  loseReply(operation: Operation, times = 1): void {
    this.fault({ operation, kind: 'network', name: 'ECONNRESET', when: 'after', times })
  }

  /** A bit of the next bodies flips on the way. */
  corrupt(times = 1): void {
    this.#corruptions += times
  }

  wrongEtag(times = 1): void {
    this.#wrongEtags += times
  }

  set isOffline(value: boolean) {
    this.#isOffline = value
  }

  /** No more faults than those that happened. */
  heal(): void {
    this.#faults.length = 0
  }

  object(key: string): Buffer | undefined {
    return this.#objects.get(key)?.body
  }

  keys(): string[] {
    return [...this.#objects.keys()]
  }

  uploads(): string[] {
    return [...this.#uploads.keys()]
  }

  partsOf(uploadId: string): number[] {
    return [...(this.#uploads.get(uploadId)?.parts.keys() ?? [])]
  }

  /** The store forgets an upload, as its clean-up or a restart would make it. */
  sweep(uploadId: string): void {
    this.#uploads.delete(uploadId)
  }

  /** A part of an upload becomes another, of the same size. */
  replacePart(uploadId: string, number: number): void {
    const part = this.#uploads.get(uploadId)?.parts.get(number)
    if (part === undefined) throw new Error('no such part to replace')
    const body = Buffer.alloc(part.body.byteLength, 9)
    this.#uploads.get(uploadId)?.parts.set(number, { body, etag: quoted(md5(body)), crc32: crc(body) })
  }

  /** Somebody else writes an object. */
  put(key: string, body: Buffer, token?: string): void {
    this.#objects.set(key, { body, etag: quoted(md5(body)), token, crc32: crc(body) })
  }

  /** How often each part of a key was stored. */
  storesOf(key: string): Map<number, number> {
    const stores = new Map<number, number>()
    for (const request of this.log) {
      if (request.operation !== 'putPart' || request.key !== key || !request.isDone) continue
      stores.set(request.number ?? 0, (stores.get(request.number ?? 0) ?? 0) + 1)
    }
    return stores
  }

  count(operation: Operation): number {
    return this.log.filter((request) => request.operation === operation).length
  }

  async #serve<T>(
    request: Omit<Request, 'isDone'>,
    signal: AbortSignal,
    act: () => T,
    send?: () => Promise<void>,
  ): Promise<T> {
    signal.throwIfAborted()
    await this.onRequest?.(request.operation, 'before', request.key)
    await turn()
    signal.throwIfAborted()
    if (this.#isOffline) throw new StoreFailure('network', { name: 'ENOTFOUND' })
    const fault = this.#nextFault(request.operation)
    if (fault?.when === 'midway') throw this.#failure(fault)
    await send?.()
    signal.throwIfAborted()
    if (fault !== undefined && fault.when !== 'after') {
      this.log.push({ ...request, isDone: false })
      throw this.#failure(fault)
    }
    let value: T
    try {
      value = act()
    } catch (error) {
      this.log.push({ ...request, isDone: false })
      throw error
    }
    this.log.push({ ...request, isDone: true })
    await this.onRequest?.(request.operation, 'after', request.key)
    await turn()
    if (fault !== undefined) throw this.#failure(fault)
    signal.throwIfAborted()
    return value
  }

  #nextFault(operation: Operation): Fault | undefined {
    const index = this.#faults.findIndex(
      ({ fault }) => fault.operation === operation || fault.operation === 'any',
    )
    const found = this.#faults[index]
    if (found === undefined) return undefined
    if (found.skip > 0) {
      found.skip -= 1
      return undefined
    }
    found.left -= 1
    if (found.left === 0) this.#faults.splice(index, 1)
    return found.fault
  }

  #failure({ kind, name, retryAfterMs }: Fault): StoreFailure {
    return new StoreFailure(kind, {
      name: name ?? kind,
      ...(retryAfterMs === undefined ? {} : { retryAt: this.#now() + retryAfterMs }),
    })
  }

  /** The client of one engine. */
  client(): ObjectStore {
    const store: ObjectStore = {
      bucket: this.bucket,
      createUpload: ({ key, token }, kind, signal) =>
        this.#serve({ operation: 'createUpload', key }, signal, () => {
          if (kind === 'crc32Full' && !this.#abilities.wholeCrc32)
            throw new StoreFailure('unsupported', { name: 'InvalidRequest', status: 400 })
          this.#lastUpload += 1
          const id = `upload-${this.#lastUpload}`
          this.#uploads.set(id, { key, token, kind, startedAt: this.#now(), parts: new Map() })
          return id
        }),
      putPart: async ({ key, uploadId, number, payload, checksum }, onSent, signal) => {
        let body: Buffer = Buffer.alloc(0)
        return await this.#serve(
          { operation: 'putPart', key, uploadId, number, bytes: payload.bytes },
          signal,
          () => {
            const upload = this.#upload(uploadId, key)
            this.#check(body, checksum)
            const etag = quoted(this.#abilities.etagIsMd5 ? md5(body) : `p${md5(body).slice(1)}`)
            upload.parts.set(number, { body, etag, crc32: crc(body) })
            return this.#answer(etag, body)
          },
          async () => {
            body = await this.#receive(payload, onSent)
          },
        )
      },
      listParts: (key, uploadId, signal) =>
        this.#serve({ operation: 'listParts', key, uploadId }, signal, () =>
          [...this.#upload(uploadId, key).parts]
            .sort(([a], [b]) => a - b)
            .map(
              ([number, part]): ListedPart => ({
                number,
                bytes: part.body.byteLength,
                etag: part.etag,
                crc32: this.#abilities.checksCrc32 ? part.crc32 : undefined,
              }),
            ),
        ),
      completeUpload: ({ key, uploadId, bytes, parts, whole }, signal) =>
        this.#serve({ operation: 'completeUpload', key, uploadId }, signal, () => {
          const upload = this.#upload(uploadId, key)
          const bodies = parts.map(({ number, etag }) => {
            const part = upload.parts.get(number)
            if (part === undefined || part.etag !== etag)
              throw new StoreFailure('badPlan', { name: 'InvalidPart', status: 400 })
            return part.body
          })
          const body = Buffer.concat(bodies)
          if (body.byteLength !== bytes)
            throw new StoreFailure('badPlan', { name: 'InvalidRequest', status: 400 })
          if (whole !== undefined && !crc(body).equals(whole.value))
            throw new StoreFailure('corrupt', { name: 'BadDigest', status: 400 })
          const sums = Buffer.concat(bodies.map((part) => createHash('md5').update(part).digest()))
          this.#objects.set(key, {
            body,
            etag: quoted(`${md5(sums)}-${bodies.length}`),
            token: this.#abilities.keepsMetadata ? upload.token : undefined,
            crc32: crc(body),
          })
          this.#uploads.delete(uploadId)
        }),
      abortUpload: (key, uploadId, signal) =>
        this.#serve({ operation: 'abortUpload', key, uploadId }, signal, () => {
          this.#upload(uploadId, key)
          this.#uploads.delete(uploadId)
        }),
      listUploads: (key, signal) =>
        this.#serve({ operation: 'listUploads', key }, signal, () => {
          if (!this.#abilities.listsUploads)
            throw new StoreFailure('unsupported', { name: 'NotImplemented', status: 501 })
          return [...this.#uploads]
            .filter(([, upload]) => upload.key.startsWith(key))
            .map(([uploadId, upload]) => ({ key: upload.key, uploadId, startedAt: upload.startedAt }))
        }),
      putObject: async ({ key, token, payload, checksum }, onSent, signal) => {
        let body: Buffer = Buffer.alloc(0)
        return await this.#serve(
          { operation: 'putObject', key, bytes: payload.bytes },
          signal,
          () => {
            this.#check(body, checksum)
            const etag = quoted(this.#abilities.etagIsMd5 ? md5(body) : `p${md5(body).slice(1)}`)
            this.#objects.set(key, {
              body,
              etag,
              token: this.#abilities.keepsMetadata ? token : undefined,
              crc32: crc(body),
            })
            return this.#answer(etag, body)
          },
          async () => {
            body = await this.#receive(payload, onSent)
          },
        )
      },
      head: (key, signal) =>
        this.#serve({ operation: 'head', key }, signal, (): StoredObject | undefined => {
          const found = this.#objects.get(key)
          if (found === undefined) return undefined
          return {
            bytes: found.body.byteLength,
            etag: found.etag,
            token: found.token,
            crc32: this.#abilities.checksCrc32 && this.#abilities.wholeCrc32 ? found.crc32 : undefined,
          }
        }),
      deleteObject: (key, signal) =>
        this.#serve({ operation: 'deleteObject', key }, signal, () => {
          this.#objects.delete(key)
        }),
      putMade: (key, bytes, _mediaType, signal) =>
        this.#serve({ operation: 'putMade', key }, signal, () => this.put(key, Buffer.from(bytes))),
      reach: (signal) => this.#serve({ operation: 'reach', key: '' }, signal, () => undefined),
      probe: (prefix, signal): Promise<Abilities> => probeStore(store, prefix, signal),
      freshSockets: () => undefined,
      close: () => undefined,
    }
    return store
  }

  #upload(uploadId: string, key: string): Upload {
    const upload = this.#uploads.get(uploadId)
    if (upload === undefined || upload.key !== key)
      throw new StoreFailure('lostUpload', { name: 'NoSuchUpload', status: 404 })
    return upload
  }

  #answer(etag: string, body: Buffer): SentPart {
    const crc32 = this.#abilities.checksCrc32 ? crc(body) : undefined
    if (this.#wrongEtags === 0) return { etag, crc32 }
    this.#wrongEtags -= 1
    return { etag: quoted('0'.repeat(32)), crc32: crc32 === undefined ? undefined : Buffer.alloc(4) }
  }

  #check(body: Buffer, checksum: Checksum): void {
    const isChecked = checksum.kind === 'md5' ? this.#abilities.checksMd5 : this.#abilities.checksCrc32
    if (!isChecked) return
    const own = checksum.kind === 'md5' ? createHash('md5').update(body).digest() : crc(body)
    if (!own.equals(checksum.value)) throw new StoreFailure('corrupt', { name: 'BadDigest', status: 400 })
  }

  async #receive(payload: Payload, onSent: OnSent): Promise<Buffer> {
    const slices: Buffer[] = []
    let bytes = 0
    for await (const slice of payload.slices()) {
      slices.push(Buffer.from(slice))
      bytes += slice.byteLength
      onSent(bytes)
    }
    const body = Buffer.concat(slices)
    if (this.#corruptions > 0 && body.byteLength > 0) {
      this.#corruptions -= 1
      const middle = Math.floor(body.byteLength / 2)
      body[middle] = (body[middle] ?? 0) ^ 1
    }
    return body
  }
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex')
}

function crc(bytes: Buffer): Buffer {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(crc32(bytes))
  return value
}

function quoted(text: string): string {
  return `"${text}"`
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
