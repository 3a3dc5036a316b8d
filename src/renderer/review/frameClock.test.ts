import { expect, test } from 'vitest'
import { FrameClock, shuttleFrom } from './frameClock.ts'

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

test('standing, it names the speed that play begins at, not the one it was stopped from', () => {
  const clock = new FrameClock()
  expect(clock.playSpeed).toBe(1)
  const shown: number[] = []
  clock.subscribe(() => shown.push(clock.playSpeed))
  clock.moves(true, 1)
  clock.moves(true, 4)
  clock.moves(false, 4)
  clock.moves(true, -2)
  clock.moves(false, -2)
  expect(shown).toEqual([1, 4, 1, -2, 1])
  // A list that leaves a clip goes on as fast as it was.
  expect(clock.speed).toBe(-2)
})

test('standing, it names the speed that was chosen; playing, the one it plays at', () => {
  const clock = new FrameClock()
  const shown: number[] = []
  clock.subscribe(() => shown.push(clock.playSpeed))
  clock.choose(0.5)
  clock.choose(0.5)
  clock.moves(true, 2)
  clock.choose(4)
  clock.moves(false, 2)
  expect(shown).toEqual([0.5, 2, 2, 4])
})

test('the shuttle goes from standing to 8 either way, and back through half speed', () => {
  const walk = (from: number, way: 1 | -1, steps: number) => {
    const seen = [from]
    for (let step = 0; step < steps; step += 1) seen.push(shuttleFrom(seen.at(-1) ?? 0, way))
    return seen
  }
  expect(walk(0, 1, 5)).toEqual([0, 1, 2, 4, 8, 8])
  expect(walk(0, -1, 5)).toEqual([0, -1, -2, -4, -8, -8])
  expect(walk(2, -1, 4)).toEqual([2, 1, 0.5, 0, -1])
})
