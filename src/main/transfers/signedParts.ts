import type { FileAtService } from './uploadFile.ts'

/** Where one part can be put. The URL is a secret and dies by itself. */
export interface PartUrl {
  readonly number: number
  readonly url: string
}

/** An upload under way at the service's storage. */
export interface SignedUpload extends FileAtService {
  readonly uploadId: string
  readonly partCount: number
}

/**
 * The transport of services that own the storage: every request to it goes through a URL that the service signs. The
 * methods ask the service for such URLs and fail with the codes of its client; none of them sends a byte of the file.
 */
export interface SignedParts {
  readonly kind: 'signedParts'
  /** Names the service and the account's home there: uploads begun at one cannot go on at another. */
  readonly address: string
  /** The largest object its storage takes. */
  readonly maxBytes: number
  /** Names the storage that this file goes to: what is learned of one storage is believed of it alone. */
  storageOf(file: FileAtService): string
  /** Starts a multipart upload of the file's object. */
  createUrl(file: FileAtService, signal: AbortSignal): Promise<string>
  /** URLs of the part `number` and as many after or around it as come in one answer. */
  partUrls(upload: SignedUpload, number: number, signal: AbortSignal): Promise<readonly PartUrl[]>
  /** For storages that take only a part whose MD5 (base64) was signed: a URL for these very bytes. */
  checkedPartUrl?(upload: SignedUpload, number: number, md5: string, signal: AbortSignal): Promise<string>
  /** One or more URLs that list the parts, in order. */
  listUrls(upload: SignedUpload, signal: AbortSignal): Promise<readonly string[]>
  completeUrl(upload: SignedUpload, signal: AbortSignal): Promise<string>
  abortUrl(upload: SignedUpload, signal: AbortSignal): Promise<string>
  /** A fresh URL to read the object; undefined where the service gives none. */
  objectUrl(file: FileAtService, signal: AbortSignal): Promise<string | undefined>
  /** Removes uploads of the file's object whose id was lost, as far as the service can. */
  removeLost(file: FileAtService, signal: AbortSignal): Promise<void>
  /** Any answer of the service will do. */
  reach(signal: AbortSignal): Promise<void>
}
