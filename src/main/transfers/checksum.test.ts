import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import { checksumOf, combineCrc32, multipartEtag, sameChecksum, wholeCrc32 } from './checksum.ts'

const seed = Number(process.env['RUSHES_SEED'] ?? 1)

test('two CRC32 combine to the one over both', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), fc.uint8Array({ maxLength: 3000 }), (first, second) => {
      const both = Buffer.concat([first, second])
      expect(combineCrc32(crc32(first), crc32(second), second.byteLength)).toBe(crc32(both))
    }),
    { seed, numRuns: 500 },
  )
})

test('ten thousand parts combine in well under a second', () => {
  const part = Buffer.alloc(4)
  part.writeUInt32BE(0x12345678)
  const parts = Array.from({ length: 10_000 }, (_, index) => ({
    n: index + 1,
    size: 16 * 2 ** 20,
    checkKind: 'crc32' as const,
    checkValue: part,
    etag: '',
  }))
  expect(processorTime(() => wholeCrc32(parts)).ms).toBeLessThan(900)
})

test('a buffer of many slices has the checksum of the whole', async () => {
  const bytes = randomBytes(9 * 2 ** 20 + 7)
  const crc = await checksumOf('crc32', bytes)
  expect(Buffer.from(crc.value).readUInt32BE()).toBe(crc32(bytes))
  const md5 = await checksumOf('md5', bytes)
  expect(Buffer.from(md5.value).toString('hex')).toBe(createHash('md5').update(bytes).digest('hex'))
  expect(sameChecksum(crc, md5)).toBe(false)
  expect(sameChecksum(md5, await checksumOf('md5', bytes))).toBe(true)
})

test('nothing has a checksum too', async () => {
  expect(Buffer.from((await checksumOf('crc32', new Uint8Array())).value).toString('hex')).toBe('00000000')
})

test('the ETag of an object of parts is the MD5 of their MD5 sums', () => {
  const parts = [Buffer.from('one'), Buffer.from('two')].map((part) =>
    createHash('md5').update(part).digest(),
  )
  expect(multipartEtag(parts)).toBe(`${createHash('md5').update(Buffer.concat(parts)).digest('hex')}-2`)
})
