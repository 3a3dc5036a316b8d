import { createHash } from 'node:crypto'
import { type CrcKind, combineCrcs, crcs, runningCrc } from './crc.ts'

/** The checksums a client may send, named as S3 names them. */
export const checksumKinds = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const
export type ChecksumKind = (typeof checksumKinds)[number]

/** FULL_OBJECT is over the bytes; COMPOSITE is over the checksums of the parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

export const checksumKindOf = (text: string | undefined): ChecksumKind | undefined =>
  checksumKinds.find((kind) => kind === text?.toUpperCase())

export const checksumHeader = (kind: ChecksumKind): string => `x-amz-checksum-${kind.toLowerCase()}`

const digestBytes = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 } as const

/** Whether `text` is base64 of a digest of this kind; for composite ones without their `-parts` ending. */
export function isDigest(kind: ChecksumKind, text: string): boolean {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === digestBytes[kind] && bytes.toString('base64') === text
}

export interface RunningChecksum {
  update(bytes: Uint8Array): void
  /** In base64. May be called once. */
  digest(): string
}

const isCrc = (kind: ChecksumKind): kind is CrcKind => kind in crcs

function crcText(kind: CrcKind, value: bigint): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes.subarray(8 - digestBytes[kind]).toString('base64')
}

function crcValue(kind: CrcKind, text: string): bigint {
  const bytes = Buffer.alloc(8)
  Buffer.from(text, 'base64').copy(bytes, 8 - digestBytes[kind])
  return bytes.readBigUInt64BE()
}

export function runningChecksum(kind: ChecksumKind): RunningChecksum {
  if (isCrc(kind)) {
    const crc = runningCrc(kind)
    return { update: (bytes) => crc.update(bytes), digest: () => crcText(kind, crc.value()) }
  }
  const hash = createHash(kind === 'SHA1' ? 'sha1' : 'sha256')
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('base64') }
}

/** What S3 takes when the client names a kind and no type; only CRC64NVME has no composite form. */
export const defaultChecksumType = (kind: ChecksumKind): ChecksumType =>
  kind === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE'

export const canBe = (kind: ChecksumKind, type: ChecksumType): boolean =>
  type === 'FULL_OBJECT' ? isCrc(kind) : kind !== 'CRC64NVME'

/** The checksum of an object made of parts, as `x-amz-checksum-*` shows it. */
export function joinChecksums(
  kind: ChecksumKind,
  type: ChecksumType,
  parts: readonly { readonly checksum: string; readonly bytes: number }[],
): string {
  if (type === 'FULL_OBJECT' && isCrc(kind)) {
    const pieces = parts.map(({ checksum, bytes }) => ({ value: crcValue(kind, checksum), bytes }))
    return crcText(kind, combineCrcs(kind, pieces))
  }
  const joined = runningChecksum(kind)
  for (const part of parts) joined.update(Buffer.from(part.checksum, 'base64'))
  return `${joined.digest()}-${parts.length}`
}
