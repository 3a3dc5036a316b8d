import { expect, test } from 'vitest'
import type { Comment } from '../../../shared/review.ts'
import { guessCardHeight } from './cardHeight.ts'

const saying = (text: string) => ({ text }) as Comment
const width = 320

test('a card grows with its words, its answers, and as the list gets narrower', () => {
  const short = guessCardHeight({ comment: saying('Yes.'), replies: [] }, width)
  const long = guessCardHeight({ comment: saying('Yes. '.repeat(40)), replies: [] }, width)
  const answered = guessCardHeight({ comment: saying('Yes.'), replies: [saying('No.')] }, width)
  const lines = guessCardHeight({ comment: saying('One\ntwo\nthree'), replies: [] }, width)
  expect(short).toBe(68)
  expect(lines).toBe(short + 40)
  expect(long).toBeGreaterThan(lines)
  expect(answered).toBeGreaterThan(short)
  expect(guessCardHeight({ comment: saying('Yes. '.repeat(40)), replies: [] }, 200)).toBeGreaterThan(long)
})

test('a list that has no width yet gives a height all the same', () => {
  expect(guessCardHeight({ comment: saying('Yes. '.repeat(40)), replies: [] }, 0)).toBeLessThan(2_000)
})
