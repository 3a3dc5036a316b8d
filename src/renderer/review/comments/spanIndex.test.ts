import { expect, test } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import type { Comment } from '../../../shared/review.ts'
import { SpanIndex } from './spanIndex.ts'
import type { Thread } from './threads.ts'

const thread = (startFrame: number | null, endFrame = startFrame): Thread => ({
  comment: { span: startFrame === null ? null : { startFrame, endFrame } } as Comment,
  replies: [],
})

test('nothing holds a frame of an empty list, nor of remarks on the whole', () => {
  expect(new SpanIndex([]).last(0)).toBeUndefined()
  expect(new SpanIndex([thread(null)]).last(0)).toBeUndefined()
})

test('of equal starts the later in the list is last', () => {
  const [first, second] = [thread(4, 9), thread(4, 9)]
  expect(new SpanIndex([first, second]).last(7)).toBe(second)
})

test('says of every frame what asking each thread says', () => {
  const random = seeded(31)
  for (const size of [1, 2, 3, 7, 64, 200]) {
    const threads = Array.from({ length: size }, () => {
      const start = random.below(100)
      return random.below(8) === 0 ? thread(null) : thread(start, start + random.below(30))
    })
    const index = new SpanIndex(threads)
    const inFilm = threads.toSorted(
      (a, b) => (a.comment.span?.startFrame ?? -1) - (b.comment.span?.startFrame ?? -1),
    )
    for (let frame = 0; frame < 140; frame += 1) {
      const holding = inFilm.filter(
        ({ comment: { span } }) => span !== null && span.startFrame <= frame && frame <= span.endFrame,
      )
      expect([...index.holding(frame)]).toEqual(holding.toReversed())
      expect(index.last(frame)).toBe(holding.at(-1))
    }
  }
})
