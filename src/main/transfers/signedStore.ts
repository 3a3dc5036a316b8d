import { AppError } from '../../shared/errors.ts'
import { base64, type Checksum, hex, plainEtag } from './checksum.ts'
import type { Clock } from './clock.ts'
import type { Abilities, ListedPart, ObjectStore, OnSent, Payload, StoredObject } from './objectStore.ts'
import { createPartUrls } from './partUrls.ts'
import { isKind } from './retry.ts'
import { answerFailure, requestFailure, serviceFailure, signedUrl } from './signedFailure.ts'
import type { SignedAnswer, SignedHttp, SignedRequest } from './signedHttp.ts'
import type { SignedParts, SignedUpload } from './signedParts.ts'
import { completionXml, readPartList, readXml } from './signedXml.ts'
import { StoreFailure } from './storeFailure.ts'
import type { FileAtService } from './uploadFile.ts'

/** What was seen of a service's storages. */
export interface StorageMemory {
  /** An ETag of a part equalled the MD5 of what was sent. With some encryptions it never does. */
  etagsAreMd5(storage: string): boolean
  sawMd5Etag(storage: string): void
}

export interface SignedStoreOptions {
  readonly http: SignedHttp
  readonly clock: Clock
  /** Read again for every request: the connection may have been given a new token. */
  readonly signed: () => SignedParts
  /** The one transfer this store is for, as far as it has come; undefined while there is none with a plan. */
  readonly transfer: () => { readonly file: FileAtService; readonly partCount: number } | undefined
  readonly memory: StorageMemory
}

/** S3 compares a Content-MD5 that comes with a part, signed or not; other checksums would have to be signed. */
export const signedAbilities: Abilities = {
  checksMd5: true,
  checksCrc32: false,
  checksWholeCrc32: false,
  keepsMetadata: false,
  etagIsMd5: false,
  listsUploads: false,
}

/** Refusals of one part after which it is asked for with its MD5 in the signature. */
const refusalsToCheck = 2

/** Answers that say something about an object. 416: an empty one has no first byte. */
const readable: ReadonlySet<number> = new Set([200, 206, 403, 404, 416])

/**
 * The object of one transfer at a service's own storage, reached through URLs the service signs. The transfer is its only
 * writer, so its size alone proves it ours; uploads cannot be listed, and nothing is deleted.
 */
export function createSignedStore(options: SignedStoreOptions): ObjectStore {
  const { http, clock, signed, memory } = options
  const refusals = new Map<number, number>()
  let wantsChecked = false
  let urlsOf = ''
  /** The upload this very run asked to complete. */
  let completing: string | undefined
  const urls = createPartUrls(clock, (number, signal) =>
    asked(signal, () => signed().partUrls(upload(urlsOf), number, signal)),
  )

  function own(): { readonly file: FileAtService; readonly partCount: number } {
    const transfer = options.transfer()
    if (transfer === undefined) throw new StoreFailure('unsupported', { name: 'NoFile' })
    return transfer
  }

  function upload(uploadId: string): SignedUpload {
    const { file, partCount } = own()
    return { ...file, uploadId, partCount }
  }

  /** Asks the service; what can be tried again comes back as a failure of the store. */
  async function asked<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw serviceFailure(error)
    }
  }

  async function send(
    url: string,
    request: Omit<SignedRequest, 'url'>,
    signal: AbortSignal,
    isAccepted: (status: number) => boolean = (status) => status >= 200 && status < 300,
  ): Promise<SignedAnswer> {
    const address = signedUrl(url, signed().address)
    let answer: SignedAnswer
    try {
      answer = await http.send({ ...request, url: address }, signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw requestFailure(error, clock.now())
    }
    if (!isAccepted(answer.status)) throw answerFailure(answer, clock.now())
    return answer
  }

  /** For requests about an upload: a file the service does not know any more, or a key the store does not, has none. */
  async function aboutUpload<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      const isGone =
        error instanceof AppError
          ? error.code === 'remote.notFound'
          : isKind(error, 'refused') && error.facts.status === 404
      throw isGone ? new StoreFailure('lostUpload', { name: 'NoUpload', status: 404 }, error) : error
    }
  }

  async function urlOfPart(
    uploadId: string,
    number: number,
    md5: string,
    signal: AbortSignal,
  ): Promise<{ readonly url: string; readonly isChecked: boolean }> {
    const service = signed()
    const { checkedPartUrl } = service
    if (checkedPartUrl !== undefined && (wantsChecked || (refusals.get(number) ?? 0) >= refusalsToCheck)) {
      const ask = () => checkedPartUrl.call(service, upload(uploadId), number, md5, signal)
      return { url: await asked(signal, ask), isChecked: true }
    }
    if (urlsOf !== uploadId) urls.forget()
    urlsOf = uploadId
    return { url: await urls.take(number, signal), isChecked: false }
  }

  async function putPart(
    uploadId: string,
    { number, payload, checksum }: { number: number; payload: Payload; checksum: Checksum },
    onSent: OnSent,
    signal: AbortSignal,
  ): Promise<{ readonly etag: string; readonly crc32: undefined }> {
    const md5 = base64(checksum.value)
    const { url, isChecked } = await urlOfPart(uploadId, number, md5, signal)
    let etag: string | undefined
    try {
      const request = { method: 'PUT', headers: { 'content-md5': md5 }, payload, onSent } as const
      etag = (await send(url, request, signal)).headers['etag']
    } catch (error) {
      if (isKind(error, 'deadUrl')) {
        urls.forget()
        refusals.set(number, (refusals.get(number) ?? 0) + 1)
      }
      throw error
    }
    // An answer without an ETag is not the store's: something between us made it up.
    if (etag === undefined || etag === '') throw new StoreFailure('network', { name: 'NoETag', status: 200 })
    const storage = signed().storageOf(own().file)
    if (plainEtag(etag) === hex(checksum.value)) memory.sawMd5Etag(storage)
    else if (memory.etagsAreMd5(storage)) throw new StoreFailure('corrupt', { name: 'ETagMismatch' })
    if (isChecked) wantsChecked = true
    urls.used(number)
    return { etag, crc32: undefined }
  }

  async function listParts(uploadId: string, signal: AbortSignal): Promise<readonly ListedPart[]> {
    const parts: ListedPart[] = []
    for (const url of await asked(signal, () => signed().listUrls(upload(uploadId), signal))) {
      const page = readPartList((await send(url, { method: 'GET' }, signal)).text)
      if (page === undefined) throw new StoreFailure('network', { name: 'NotTheStore', status: 200 })
      parts.push(...page.parts)
      if (!page.isTruncated) break
    }
    return parts
  }

  async function complete(
    uploadId: string,
    parts: Parameters<typeof completionXml>[0],
    signal: AbortSignal,
  ): Promise<void> {
    const url = await asked(signal, () => signed().completeUrl(upload(uploadId), signal))
    completing = uploadId
    const headers = { 'content-type': 'application/xml' }
    const request = { method: 'POST', headers, body: completionXml(parts), isAssembling: true } as const
    const answer = await send(url, request, signal)
    const { root } = readXml(answer.text)
    // The status went out before the work was done; what became of it stands in the body.
    if (root === 'Error') throw answerFailure({ ...answer, status: 500 }, clock.now())
    if (root !== 'CompleteMultipartUploadResult')
      throw new StoreFailure('network', { name: 'NotTheStore', status: answer.status })
  }

  async function head(signal: AbortSignal): Promise<StoredObject | undefined> {
    const { file } = own()
    const url = await asked(signal, () => signed().objectUrl(file, signal)).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'remote.notFound') return undefined
      throw error
    })
    if (url === undefined) return await assembled(file, signal)
    const request = { method: 'GET', headers: { range: 'bytes=0-0' } } as const
    const { status, headers } = await send(url, request, signal, (found) => readable.has(found))
    // A store answers so for an object that is not there, too, when its signer may not list.
    if (status === 403) return await assembled(file, signal)
    if (status === 404) return undefined
    const bytes = sizeIn(headers)
    if (bytes === undefined) throw new StoreFailure('network', { name: 'NoSize', status })
    return { bytes, etag: headers['etag'] ?? '', token: undefined, crc32: undefined }
  }

  /**
   * For storages whose objects cannot be read: this very run asked for the completion, and the upload is gone. S3 takes
   * all the parts that were named or none, so the object is whole.
   */
  async function assembled(file: FileAtService, signal: AbortSignal): Promise<StoredObject | undefined> {
    const uploadId = completing
    if (uploadId === undefined) return undefined
    try {
      await aboutUpload(() => listParts(uploadId, signal))
      return undefined
    } catch (error) {
      if (!isKind(error, 'lostUpload')) throw error
      return { bytes: file.facts.bytes, etag: '', token: undefined, crc32: undefined }
    }
  }

  return {
    get bucket() {
      return signed().address
    },
    onlyParts: true,
    async createUpload(_head, _kind, signal) {
      const { file } = own()
      const url = await asked(signal, () => signed().createUrl(file, signal))
      const answer = readXml((await send(url, { method: 'POST' }, signal)).text)
      const uploadId = answer.text('UploadId')
      if (answer.root !== 'InitiateMultipartUploadResult' || uploadId === undefined || uploadId === '')
        throw new StoreFailure('network', { name: 'NoUploadId', status: 200 })
      completing = undefined
      return uploadId
    },
    putPart: ({ uploadId, ...part }, onSent, signal) =>
      aboutUpload(() => putPart(uploadId, part, onSent, signal)),
    listParts: (_key, uploadId, signal) => aboutUpload(() => listParts(uploadId, signal)),
    completeUpload: ({ uploadId, parts }, signal) => aboutUpload(() => complete(uploadId, parts, signal)),
    abortUpload: (_key, uploadId, signal) =>
      aboutUpload(async () => {
        const url = await asked(signal, () => signed().abortUrl(upload(uploadId), signal))
        await send(url, { method: 'DELETE' }, signal)
      }),
    removeLost: (_key, signal) => asked(signal, () => signed().removeLost(own().file, signal)),
    head: (_key, signal) => head(signal),
    reach: (signal) => asked(signal, () => signed().reach(signal)),
    async probe() {
      const file = options.transfer()?.file
      const isKnown = file !== undefined && file.done.size > 0
      return { ...signedAbilities, etagIsMd5: isKnown && memory.etagsAreMd5(signed().storageOf(file)) }
    },
    listUploads: unable,
    putObject: unable,
    deleteObject: unable,
    putMade: unable,
    freshSockets: () => http.freshSockets(),
    close: () => undefined,
  }
}

async function unable(): Promise<never> {
  throw new StoreFailure('unsupported', { name: 'NotSigned' })
}

/** The whole object's size out of `bytes 0-0/123` or `bytes * /0`, or of an answer that was the whole of it. */
function sizeIn(headers: Readonly<Record<string, string>>): number | undefined {
  const total = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? headers['content-length']
  const bytes = Number(total ?? Number.NaN)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
