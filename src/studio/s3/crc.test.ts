import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import { type CrcKind, combineCrcs, crcs, runningCrc } from './crc.ts'

/** What every catalogue of these checksums gives for the digits 1 to 9. */
const check: Record<CrcKind, bigint> = {
  CRC32: 0xcbf43926n,
  CRC32C: 0xe3069283n,
  CRC64NVME: 0xae8b14860a799888n,
}
const crcOf = (kind: CrcKind, ...pieces: Uint8Array[]) => {
  const running = runningCrc(kind)
  for (const piece of pieces) running.update(piece)
  return running.value()
}

describe.each(Object.keys(crcs) as CrcKind[])('%s', (kind) => {
  test('gives the known value, in one piece or several', () => {
    const digits = Buffer.from('123456789')
    expect(crcOf(kind, digits)).toBe(check[kind])
    expect(crcOf(kind, digits.subarray(0, 4), Buffer.alloc(0), digits.subarray(4))).toBe(check[kind])
    expect(crcOf(kind)).toBe(0n)
  })

  test('of pieces combines to that of the whole', () => {
    const pieces = [1, 100, 0, 4096, 4096, 65_537].map((length) => randomBytes(length))
    const parts = pieces.map((piece) => ({ value: crcOf(kind, piece), bytes: piece.length }))
    expect(combineCrcs(kind, parts)).toBe(crcOf(kind, Buffer.concat(pieces)))
    expect(combineCrcs(kind, [])).toBe(0n)
  })
})

test('10,000 parts combine at once', () => {
  const piece = randomBytes(1000)
  const value = BigInt(crc32(piece))
  const parts = Array.from({ length: 10_000 }, () => ({ value, bytes: piece.length }))
  const { value: whole, ms } = processorTime(() => combineCrcs('CRC32', parts))
  expect(ms).toBeLessThan(500)
  let expected = 0
  for (let part = 0; part < 10_000; part++) expected = crc32(piece, expected)
  expect(whole).toBe(BigInt(expected))
})
