import { expect, test } from 'vitest'
import { percentOf, volumeKeys } from './volume.ts'

test('a volume is said in percent, and as 0 while it is muted', () => {
  expect(percentOf({ volume: 0.55, isMuted: false })).toBe(55)
  expect(percentOf({ volume: 0.55, isMuted: true })).toBe(0)
})

test.each([
  ['ArrowUp', 50, 55],
  ['ArrowRight', 98, 100],
  ['ArrowLeft', 50, 45],
  ['ArrowDown', 3, 0],
  ['PageUp', 50, 70],
  ['PageDown', 50, 30],
  ['Home', 50, 0],
  ['End', 50, 100],
])('%s leads from %i to %i', (key, from, to) => expect(volumeKeys[key]?.(from)).toBe(to))

test('no other key is for the slider', () => expect(volumeKeys['l']).toBeUndefined())
