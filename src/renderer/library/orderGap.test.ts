import { expect, test } from 'vitest'
import { gapAt, indexInGap } from './orderGap.ts'

test('a gap is counted in assets, whatever is on its way ahead of them', () => {
  expect([gapAt(5, 'before', 2), gapAt(5, 'after', 2), gapAt(0, 'before', 2)]).toEqual([3, 4, 0])
})

test('an asset put into a gap leaves its own place, and the gaps on either side of it are no move', () => {
  expect([indexInGap(1, 0), indexInGap(1, 4)]).toEqual([0, 3])
  expect([indexInGap(1, 1), indexInGap(1, 2)]).toEqual([undefined, undefined])
})
