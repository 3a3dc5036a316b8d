import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { PartRow } from '../store/transferRow.ts'

export interface Checksum {
  readonly kind: PartRow['checkKind']
  readonly value: Uint8Array
}

export interface Hasher {
  update(bytes: Uint8Array): void
  finish(): Checksum
}

export function createHasher(kind: Checksum['kind']): Hasher {
  if (kind === 'md5') {
    const hash = createHash('md5')
    return { update: (bytes) => void hash.update(bytes), finish: () => ({ kind, value: hash.digest() }) }
  }
  let crc = 0
  return {
    update(bytes) {
      crc = crc32(bytes, crc)
    },
    finish: () => ({ kind, value: crcBytes(crc) }),
  }
}

/** Hashing this much takes about a millisecond: between two slices others get their turn. */
const sliceBytes = { crc32: 4 * 2 ** 20, md5: 2 ** 19 }

/** The checksum of bytes in memory, without holding the event loop for long. */
export async function checksumOf(kind: Checksum['kind'], bytes: Uint8Array): Promise<Checksum> {
  const hasher = createHasher(kind)
  const slice = sliceBytes[kind]
  for (let at = 0; at < bytes.byteLength; at += slice) {
    if (at > 0) await nextTurn()
    hasher.update(bytes.subarray(at, at + slice))
  }
  return hasher.finish()
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export function sameChecksum(a: Checksum, b: Checksum): boolean {
  return a.kind === b.kind && Buffer.compare(a.value, b.value) === 0
}

export function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64')
}

export function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex')
}

function crcBytes(crc: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc)
  return bytes
}

const polynomial = 0xedb88320

/** A linear map of 32 bits onto 32 bits: column i is where bit i goes. */
type Matrix = Uint32Array

function timesVector(matrix: Matrix, vector: number): number {
  let sum = 0
  for (let bit = 0, rest = vector; rest !== 0; bit += 1, rest >>>= 1) {
    if ((rest & 1) === 1) sum ^= matrix[bit] ?? 0
  }
  return sum >>> 0
}

function squared(matrix: Matrix): Matrix {
  return matrix.map((column) => timesVector(matrix, column))
}

function oneZeroByte(): Matrix {
  const bit = new Uint32Array(32)
  bit[0] = polynomial
  for (let i = 1; i < 32; i += 1) bit[i] = 2 ** (i - 1)
  return squared(squared(squared(bit)))
}

const powers: Matrix[] = [oneZeroByte()]

function powerOf(exponent: number): Matrix {
  for (let last = powers.length; last <= exponent; last += 1) {
    powers.push(squared(powers[last - 1] ?? oneZeroByte()))
  }
  return powers[exponent] ?? oneZeroByte()
}

/** CRC32 of two stretches of bytes laid end to end, from the CRC32 of each and the length of the second. */
export function combineCrc32(first: number, second: number, secondBytes: number): number {
  let crc = first
  for (let exponent = 0, rest = secondBytes; rest > 0; exponent += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) crc = timesVector(powerOf(exponent), crc)
  }
  return (crc ^ second) >>> 0
}

/** CRC32 of a whole file from those of its parts, in order. Undefined when a part has another kind of checksum. */
export function wholeCrc32(parts: readonly PartRow[]): Checksum | undefined {
  let crc = 0
  for (const part of parts) {
    if (part.checkKind !== 'crc32') return undefined
    crc = combineCrc32(crc, Buffer.from(part.checkValue).readUInt32BE(), part.size)
  }
  return { kind: 'crc32', value: crcBytes(crc) }
}

/** The ETag S3 gives an object of several parts whose own ETags are MD5 sums: their MD5, and how many. */
export function multipartEtag(partMd5s: readonly Uint8Array[]): string {
  const hash = createHash('md5')
  for (const md5 of partMd5s) hash.update(md5)
  return `${hash.digest('hex')}-${partMd5s.length}`
}

/** An ETag without its quotes, in lower case: stores write it both ways. */
export function plainEtag(etag: string): string {
  return etag.replaceAll('"', '').toLowerCase()
}
