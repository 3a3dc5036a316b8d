import { expect, test } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import type { Comment } from '../../../shared/review.ts'
import type { Thread } from '../comments/threads.ts'
import { crowdsOf, framesAt, framesOf, nextOf } from './crowds.ts'

const thread = (startFrame: number | null): Thread => ({
  comment: { span: startFrame === null ? null : { startFrame, endFrame: startFrame } } as Comment,
  replies: [],
})
const starts = (frames: readonly (number | null)[], frameCount: number, width: number) =>
  crowdsOf(frames.map(thread), frameCount, width).map((crowd) =>
    crowd.map(({ comment }) => comment.span?.startFrame),
  )

test('markers that would hide each other are one, others stand alone', () => {
  // A frame to a pixel.
  expect(starts([null, 10, 10, 17, 18, 40], 1000, 1000)).toEqual([[10, 10, 17], [18], [40]])
  // As wide as eight frames each: only the same frame is shared.
  expect(starts([10, 10, 11, 12], 100, 800)).toEqual([[10, 10], [11], [12]])
})

test('close ones never run into a single crowd, however many', () => {
  const frames = Array.from({ length: 1000 }, (_, frame) => frame)
  expect(starts(frames, 1000, 1000)).toHaveLength(125)
})

test('without a width yet, only the same frame is shared', () => {
  expect(starts([3, 3, 4], 1000, 0)).toEqual([[3, 3], [4]])
})

test('a press goes through the frames of a crowd, round and round', () => {
  const frames = framesOf([thread(4), thread(4), thread(6), thread(9)])
  expect(frames).toEqual([4, 6, 9])
  expect([100, 4, 6, 9].map((now) => nextOf(frames, now))).toEqual([4, 6, 9, 4])
  expect(nextOf([], 4)).toBeUndefined()
})

test('the frames under a press are those that asking each one gives', () => {
  const random = seeded(17)
  const frames = Array.from({ length: 400 }, () => random.below(300)).sort((a, b) => a - b)
  for (let press = 0; press < 200; press += 1) {
    const wanted = random.below(1280) / 4 - 10
    const reach = random.below(24) / 4
    const near = [...new Set(frames.filter((frame) => Math.abs(frame - wanted) <= reach))]
    expect(framesAt(frames, wanted, reach)).toEqual(near)
  }
})
