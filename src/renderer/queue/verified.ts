import type { TransferNote } from '../../shared/transfer.ts'

/** The proof that what lies in the storage is what was read here. */
export interface Verified {
  readonly at: number
  /** Name and value of the checksum that agreed; null where size and mark of the object were all there was. */
  readonly checksum: readonly [name: string, value: string] | null
}

/** What a checksum is called where it is shown; the facts name it as the code does. */
const names: Readonly<Record<string, string>> = {
  crc32: 'CRC32',
  crc64nvme: 'CRC64NVME',
  md5: 'MD5',
  sha256: 'SHA-256',
  etag: 'ETag',
}

export function checksumIn(facts: TransferNote['facts']): Verified['checksum'] {
  for (const [name, words] of Object.entries(names)) {
    const value = facts[name]
    if (typeof value === 'string') return [words, value]
  }
  return null
}

/** The last time a transfer was verified; null: not yet. */
export function verifiedIn(notes: readonly TransferNote[]): Verified | null {
  const note = notes.findLast(({ kind }) => kind === 'verified')
  return note === undefined ? null : { at: note.at, checksum: checksumIn(note.facts) }
}
