import { expect, test } from 'vitest'
import { frameRates } from '../../../shared/frameRate.ts'
import { followingFrame, followingHas } from './follower.ts'

const clip = (rate: keyof typeof frameRates, frameCount: number) => ({
  rate: frameRates[rate],
  dropFrame: false,
  startFrame: 0,
  frameCount,
})

const together = { own: 0, other: 0 }
const moved = (other: number) => ({ own: 0, other })

test('at one rate the frames are the same, moved by the offset and kept inside the clip', () => {
  const a = clip('24', 240)
  expect(followingFrame(100, together, a, clip('24', 240))).toBe(100)
  expect(followingFrame(100, moved(-12), a, clip('24', 240))).toBe(88)
  expect(followingFrame(5, moved(-12), a, clip('24', 240))).toBe(0)
  expect(followingFrame(239, together, a, clip('24', 200))).toBe(199)
})

test('a clip that has not begun, or is over, is known to have no picture', () => {
  const a = clip('24', 240)
  expect(followingHas(12, moved(-12), a, a)).toBe('picture')
  expect(followingHas(11, moved(-12), a, a)).toBe('notBegun')
  expect(followingHas(199, together, a, clip('24', 200))).toBe('picture')
  expect(followingHas(200, together, a, clip('24', 200))).toBe('ended')
})

test('at another rate the same moment is shown', () => {
  expect(followingFrame(25, together, clip('25', 250), clip('50', 500))).toBe(50)
  expect(followingFrame(48, together, clip('24', 240), clip('25', 250))).toBe(50)
})

test('every frame of an hour at 23.976 finds itself', () => {
  const a = clip('23.976', 86_314)
  for (let frame = 0; frame < a.frameCount; frame += 7)
    expect(followingFrame(frame, together, a, a)).toBe(frame)
})

test('two that change places find each other’s frame again, each moved by frames of its own', () => {
  const a = clip('24', 240)
  for (const b of [clip('24', 240), clip('48', 480)]) {
    for (const offsets of [together, { own: 3, other: -7 }, { own: -12, other: 5 }]) {
      const changed = { own: offsets.other, other: offsets.own }
      for (let frame = 20; frame < 220; frame += 1) {
        const there = followingFrame(frame, offsets, a, b)
        expect(followingFrame(there, changed, b, a)).toBe(frame)
      }
    }
  }
})

test('before the first frame of what both have in common there is none, at another rate too', () => {
  const offsets = { own: 5, other: 0 }
  expect(followingHas(4, offsets, clip('24', 240), clip('48', 480))).toBe('notBegun')
  expect(followingHas(5, offsets, clip('24', 240), clip('48', 480))).toBe('picture')
})
