import { expect, test } from 'vitest'
import type { TransferNote } from '../../shared/transfer.ts'
import { verifiedIn } from './verified.ts'

const note = (at: number, kind: TransferNote['kind'], facts: TransferNote['facts'] = {}): TransferNote => ({
  at,
  kind,
  facts,
})

test('the last look at the object counts, with the checksum that agreed', () => {
  const notes = [
    note(1, 'verified', { bytes: 5 }),
    note(2, 'restarted'),
    note(3, 'verified', { bytes: 5, crc32: '0a1b2c3d' }),
    note(4, 'registered'),
  ]
  expect(verifiedIn(notes)).toEqual({ at: 3, checksum: ['CRC32', '0a1b2c3d'] })
})

test('nothing is claimed that was not compared', () => {
  expect(verifiedIn([note(1, 'completed', { crc32: '0a1b2c3d' })])).toBeNull()
  expect(verifiedIn([note(1, 'verified', { bytes: 5 })])).toEqual({ at: 1, checksum: null })
})
