import type {
  Abilities,
  ObjectStore,
  OnSent,
  Payload,
  SentPart,
} from '../../src/main/transfers/objectStore.ts'
import { probeStore } from '../../src/main/transfers/probe.ts'
import { type FailureKind, StoreFailure } from '../../src/main/transfers/storeFailure.ts'
import { type FakeAbilities, FakeBucket } from './FakeBucket.ts'
import { FaultQueue, type Planned, turn } from './FaultQueue.ts'

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
export interface Fault extends Planned {
  readonly operation: Operation | '*'
  readonly kind: FailureKind
  readonly name?: string
  readonly when?: 'before' | 'after' | 'midway'
  readonly retryAfterMs?: number
}

/** A bucket in memory with a script of faults. Outlives the engines that use it. */
export class FakeObjectStore extends FakeBucket {
  readonly bucket = 'footage'
  readonly log: Request[] = []
  readonly #faults = new FaultQueue<Fault>()
  readonly #now: () => number
  #isOffline = false
  #corruptions = 0
  #wrongEtags = 0
  /** Called before and after each request takes effect; may throw to cut the caller off, or wait to slow it down. */
  onRequest:
    | ((operation: Operation, phase: 'before' | 'after', key: string) => void | Promise<void>)
    | undefined

  constructor(now: () => number, abilities: Partial<FakeAbilities> = {}) {
    super(now, abilities)
    this.#now = now
  }

  fault(fault: Fault): void {
    this.#faults.plan(fault)
  }

  /** The connection breaks in the middle of the next part. */
  dropMidway(times = 1): void {
    this.fault({ operation: 'putPart', kind: 'network', name: 'ECONNRESET', when: 'midway', times })
  }

  status(status: 503 | 500 | 400 | 403, times = 1, retryAfterMs?: number): void {
    const kinds = { 503: 'throttle', 500: 'server', 400: 'idleClose', 403: 'denied' } as const
    const fault = { operation: '*', kind: kinds[status], name: String(status), times } as const
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
    this.#faults.clear()
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
    const fault = this.#faults.next(request.operation)
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
        this.#serve({ operation: 'createUpload', key }, signal, () => this.createUpload(key, token, kind)),
      putPart: async ({ key, uploadId, number, payload, checksum }, onSent, signal) => {
        const { receive, body } = this.#receiver(payload, onSent)
        const request = { operation: 'putPart', key, uploadId, number, bytes: payload.bytes } as const
        const put = () => this.#answer(this.putPart({ key, uploadId, number }, body(), checksum))
        return this.#serve(request, signal, put, receive)
      },
      listParts: (key, uploadId, signal) =>
        this.#serve({ operation: 'listParts', key, uploadId }, signal, () => this.listParts(key, uploadId)),
      completeUpload: (whole, signal) => {
        const { key, uploadId } = whole
        return this.#serve({ operation: 'completeUpload', key, uploadId }, signal, () =>
          this.completeUpload(whole),
        )
      },
      abortUpload: (key, uploadId, signal) =>
        this.#serve({ operation: 'abortUpload', key, uploadId }, signal, () =>
          this.abortUpload(key, uploadId),
        ),
      listUploads: (key, signal) =>
        this.#serve({ operation: 'listUploads', key }, signal, () => this.listUploads(key)),
      putObject: async ({ key, token, payload, checksum }, onSent, signal) => {
        const { receive, body } = this.#receiver(payload, onSent)
        const request = { operation: 'putObject', key, bytes: payload.bytes } as const
        const put = () => this.#answer(this.putObject(key, token, body(), checksum))
        return this.#serve(request, signal, put, receive)
      },
      head: (key, signal) => this.#serve({ operation: 'head', key }, signal, () => this.head(key)),
      deleteObject: (key, signal) =>
        this.#serve({ operation: 'deleteObject', key }, signal, () => this.deleteObject(key)),
      putMade: (key, bytes, _mediaType, signal) =>
        this.#serve({ operation: 'putMade', key }, signal, () => this.put(key, Buffer.from(bytes))),
      reach: (signal) => this.#serve({ operation: 'reach', key: '' }, signal, () => undefined),
      probe: (prefix, signal): Promise<Abilities> => probeStore(store, prefix, signal),
      freshSockets: () => undefined,
      close: () => undefined,
    }
    return store
  }

  #answer({ etag, crc32 }: SentPart): SentPart {
    if (this.#wrongEtags === 0) return { etag, crc32 }
    this.#wrongEtags -= 1
    return { etag: `"${'0'.repeat(32)}"`, crc32: crc32 === undefined ? undefined : Buffer.alloc(4) }
  }

  #receiver(payload: Payload, onSent: OnSent) {
    let body: Buffer = Buffer.alloc(0)
    const receive = async () => {
      body = await this.#receive(payload, onSent)
    }
    return { receive, body: () => body }
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
