import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { CheckKind } from '../../src/main/store/transferRow.ts'
import type { Checksum } from '../../src/main/transfers/checksum.ts'
import type { ListedPart, SentPart, StoredObject } from '../../src/main/transfers/objectStore.ts'
import { StoreFailure } from '../../src/main/transfers/storeFailure.ts'

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

interface Whole {
  readonly key: string
  readonly uploadId: string
  readonly bytes: number
  readonly parts: readonly { readonly number: number; readonly etag: string }[]
  readonly whole: Checksum | undefined
}

/** What lies in a bucket, by S3's rules; everything happens at once. */
export class FakeBucket {
  readonly #objects = new Map<string, Stored>()
  readonly #uploads = new Map<string, Upload>()
  readonly #abilities: FakeAbilities
  readonly #now: () => number
  #lastUpload = 0

  constructor(now: () => number, abilities: Partial<FakeAbilities> = {}) {
    this.#now = now
    this.#abilities = { ...everything, ...abilities }
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

  protected createUpload(key: string, token: string, kind: CheckKind): string {
    if (kind === 'crc32Full' && !this.#abilities.wholeCrc32)
      throw new StoreFailure('unsupported', { name: 'InvalidRequest', status: 400 })
    this.#lastUpload += 1
    const id = `upload-${this.#lastUpload}`
    this.#uploads.set(id, { key, token, kind, startedAt: this.#now(), parts: new Map() })
    return id
  }

  protected putPart(at: { key: string; uploadId: string; number: number }, body: Buffer, checksum: Checksum) {
    const upload = this.#upload(at.uploadId, at.key)
    this.#check(body, checksum)
    const etag = this.#etagOf(body)
    upload.parts.set(at.number, { body, etag, crc32: crc(body) })
    return this.#sent(etag, body)
  }

  protected listParts(key: string, uploadId: string): ListedPart[] {
    return [...this.#upload(uploadId, key).parts]
      .sort(([a], [b]) => a - b)
      .map(([number, part]) => ({
        number,
        bytes: part.body.byteLength,
        etag: part.etag,
        crc32: this.#abilities.checksCrc32 ? part.crc32 : undefined,
      }))
  }

  protected completeUpload({ key, uploadId, bytes, parts, whole }: Whole): void {
    const upload = this.#upload(uploadId, key)
    const bodies = parts.map(({ number, etag }) => {
      const part = upload.parts.get(number)
      if (part === undefined || part.etag !== etag)
        throw new StoreFailure('badPlan', { name: 'InvalidPart', status: 400 })
      return part.body
    })
    const body = Buffer.concat(bodies)
    if (body.byteLength !== bytes) throw new StoreFailure('badPlan', { name: 'InvalidRequest', status: 400 })
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
  }

  protected abortUpload(key: string, uploadId: string): void {
    this.#upload(uploadId, key)
    this.#uploads.delete(uploadId)
  }

  protected listUploads(prefix: string): { key: string; uploadId: string; startedAt: number }[] {
    if (!this.#abilities.listsUploads)
      throw new StoreFailure('unsupported', { name: 'NotImplemented', status: 501 })
    return [...this.#uploads]
      .filter(([, upload]) => upload.key.startsWith(prefix))
      .map(([uploadId, upload]) => ({ key: upload.key, uploadId, startedAt: upload.startedAt }))
  }

  protected putObject(key: string, token: string, body: Buffer, checksum: Checksum): SentPart {
    this.#check(body, checksum)
    const etag = this.#etagOf(body)
    this.#objects.set(key, {
      body,
      etag,
      token: this.#abilities.keepsMetadata ? token : undefined,
      crc32: crc(body),
    })
    return this.#sent(etag, body)
  }

  protected head(key: string): StoredObject | undefined {
    const found = this.#objects.get(key)
    if (found === undefined) return undefined
    return {
      bytes: found.body.byteLength,
      etag: found.etag,
      token: found.token,
      crc32: this.#abilities.checksCrc32 && this.#abilities.wholeCrc32 ? found.crc32 : undefined,
    }
  }

  protected deleteObject(key: string): void {
    this.#objects.delete(key)
  }

  #upload(uploadId: string, key: string): Upload {
    const upload = this.#uploads.get(uploadId)
    if (upload === undefined || upload.key !== key)
      throw new StoreFailure('lostUpload', { name: 'NoSuchUpload', status: 404 })
    return upload
  }

  #etagOf(body: Buffer): string {
    return quoted(this.#abilities.etagIsMd5 ? md5(body) : `p${md5(body).slice(1)}`)
  }

  #sent(etag: string, body: Buffer): SentPart {
    return { etag, crc32: this.#abilities.checksCrc32 ? crc(body) : undefined }
  }

  #check(body: Buffer, checksum: Checksum): void {
    const isChecked = checksum.kind === 'md5' ? this.#abilities.checksMd5 : this.#abilities.checksCrc32
    if (!isChecked) return
    const own = checksum.kind === 'md5' ? createHash('md5').update(body).digest() : crc(body)
    if (!own.equals(checksum.value)) throw new StoreFailure('corrupt', { name: 'BadDigest', status: 400 })
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
