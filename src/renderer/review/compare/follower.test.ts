import { expect, test } from 'vitest'
import { frameRates } from '../../../shared/frameRate.ts'
import { followingFrame, followingHas } from './follower.ts'

const clip = (rate: keyof typeof frameRates, frameCount: number) => ({
  rate: frameRates[rate],
  dropFrame: false,
  startFrame: 0,
  frameCount,
})

test('at one rate the frames are the same, moved by the offset and kept inside the clip', () => {
  const a = clip('24', 240)
  expect(followingFrame(100, 0, a, clip('24', 240))).toBe(100)
  expect(followingFrame(100, -12, a, clip('24', 240))).toBe(88)
  expect(followingFrame(5, -12, a, clip('24', 240))).toBe(0)
  expect(followingFrame(239, 0, a, clip('24', 200))).toBe(199)
})

test('a clip that has not begun, or is over, is known to have no picture', () => {
  const a = clip('24', 240)
  expect(followingHas(12, -12, a, a)).toBe('picture')
  expect(followingHas(11, -12, a, a)).toBe('notBegun')
  expect(followingHas(199, 0, a, clip('24', 200))).toBe('picture')
  expect(followingHas(200, 0, a, clip('24', 200))).toBe('ended')
})

test('at another rate the same moment is shown', () => {
  expect(followingFrame(25, 0, clip('25', 250), clip('50', 500))).toBe(50)
  expect(followingFrame(48, 0, clip('24', 240), clip('25', 250))).toBe(50)
})

test('every frame of an hour at 23.976 finds itself', () => {
  const a = clip('23.976', 86_314)
  for (let frame = 0; frame < a.frameCount; frame += 7) expect(followingFrame(frame, 0, a, a)).toBe(frame)
})
