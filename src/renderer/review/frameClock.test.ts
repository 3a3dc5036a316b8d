import { expect, test } from 'vitest'
import { FrameClock, fasterThan, slowerThan } from './frameClock.ts'

test('tells of another frame, not of the same', () => {
  const clock = new FrameClock()
  const told: number[] = []
  const end = clock.subscribe(() => told.push(clock.frame))
  clock.show(5)
  clock.show(5)
  clock.show(6)
  end()
  clock.show(7)
  expect(told).toEqual([5, 6])
})

test('speeds go up to 8 and down to standing still', () => {
  expect([1, 2, 4, 8].map(fasterThan)).toEqual([2, 4, 8, 8])
  expect([8, 1, 0.5, 0.25].map(slowerThan)).toEqual([4, 0.5, 0.25, undefined])
})
