import { describe, expect, test } from 'vitest'
import type { Transfer, TransferState } from '../../shared/transfer.ts'
import { arranged } from './onTheWay.ts'

const transfer = (id: string, state: TransferState = 'uploading') => ({ id, state }) as Transfer
const nothing = { onTheWay: [], inPlace: new Map<string, Transfer>() }

describe('files on their way', () => {
  test('stand before everything else until their asset is there, then in its place', () => {
    const [a, b] = [transfer('a'), transfer('b')]
    const first = arranged([a, b], new Set(), nothing)
    expect([first.onTheWay, first.inPlace.size]).toEqual([[a, b], 0])
    const next = arranged([a, b], new Set(['b']), first)
    expect([next.onTheWay, [...next.inPlace]]).toEqual([[a], [['b', b]]])
  })

  test('are one card at every moment of their end', () => {
    const done = transfer('a', 'done')
    // Finished, and its asset not read yet: no card may vanish before the other is there.
    expect(arranged([done], new Set(), nothing).onTheWay).toEqual([done])
    const read = arranged([done], new Set(['a']), nothing)
    expect([read.onTheWay, read.inPlace.size]).toEqual([[], 0])
  })

  test('are not drawn again while nothing changes', () => {
    const rows = [transfer('a'), transfer('b')]
    const before = arranged(rows, new Set(['b']), nothing)
    const after = arranged([...rows], new Set(['b']), before)
    expect(after.onTheWay).toBe(before.onTheWay)
    expect(after.inPlace).toBe(before.inPlace)
  })
})
