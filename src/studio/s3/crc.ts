import { crc32 } from 'node:zlib'

/** A cyclic checksum as S3 writes it: reflected, all ones at the start and the end. */
export interface Crc {
  readonly bits: 32 | 64
  /** The polynomial, reflected. */
  readonly polynomial: bigint
}

export const crcs = {
  CRC32: { bits: 32, polynomial: 0xedb88320n },
  CRC32C: { bits: 32, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64, polynomial: 0x9a6c9329ac4bc9b5n },
} as const satisfies Record<string, Crc>
export type CrcKind = keyof typeof crcs

export interface RunningCrc {
  update(bytes: Uint8Array): void
  value(): bigint
}

/** A running CRC32, by the runtime's own routine. */
function runningCrc32(): RunningCrc {
  let value = 0
  return {
    update(bytes) {
      value = crc32(bytes, value)
    },
    value: () => BigInt(value),
  }
}

interface CrcTable {
  readonly low: Int32Array
  readonly high: Int32Array
}

function tableOf({ polynomial }: Crc): CrcTable {
  const low = new Int32Array(256)
  const high = new Int32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte)
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n
    low[byte] = Number(BigInt.asIntN(32, value))
    high[byte] = Number(BigInt.asIntN(32, value >> 32n))
  }
  return { low, high }
}

const tables = new Map<CrcKind, CrcTable>()

function runningByTable(kind: CrcKind): RunningCrc {
  const table = tables.get(kind) ?? tableOf(crcs[kind])
  tables.set(kind, table)
  let low = -1
  let high = crcs[kind].bits === 64 ? -1 : 0
  return {
    update(bytes) {
      let a = low
      let b = high
      for (const byte of bytes) {
        const index = (a ^ byte) & 0xff
        a = ((a >>> 8) | (b << 24)) ^ (table.low[index] as number)
        b = (b >>> 8) ^ (table.high[index] as number)
      }
      low = a
      high = b
    },
    value: () =>
      crcs[kind].bits === 64 ? (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0) : BigInt(~low >>> 0),
  }
}

export const runningCrc = (kind: CrcKind): RunningCrc =>
  kind === 'CRC32' ? runningCrc32() : runningByTable(kind)

/** A square matrix over GF(2): what each single bit of a checksum becomes. */
type Matrix = readonly bigint[]

function times(matrix: Matrix, vector: bigint): bigint {
  let sum = 0n
  for (let index = 0, rest = vector; rest !== 0n; index++, rest >>= 1n) {
    if (rest & 1n) sum ^= matrix[index] as bigint
  }
  return sum
}

const product = (a: Matrix, b: Matrix): Matrix => b.map((column) => times(a, column))

/** What `bytes` zero bytes make of a checksum. */
function advanceBy({ bits, polynomial }: Crc, bytes: number): Matrix {
  const oneBit: Matrix = [polynomial, ...Array.from({ length: bits - 1 }, (_, bit) => 1n << BigInt(bit))]
  let power = oneBit
  for (let doubling = 0; doubling < 3; doubling++) power = product(power, power)
  let matrix: Matrix = Array.from({ length: bits }, (_, bit) => 1n << BigInt(bit))
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) matrix = product(power, matrix)
    power = product(power, power)
  }
  return matrix
}

/** The checksum of pieces laid end to end, from the checksum and length of each. No pieces: that of no bytes. */
export function combineCrcs(
  kind: CrcKind,
  pieces: Iterable<{ readonly value: bigint; readonly bytes: number }>,
): bigint {
  const matrices = new Map<number, Matrix>()
  let sum = 0n
  for (const { value, bytes } of pieces) {
    const matrix = matrices.get(bytes) ?? advanceBy(crcs[kind], bytes)
    matrices.set(bytes, matrix)
    sum = times(matrix, sum) ^ value
  }
  return sum
}
