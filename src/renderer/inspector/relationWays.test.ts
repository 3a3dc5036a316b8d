import { expect, test } from 'vitest'
import { relationWays } from './relationWays.ts'

const type = { name: 'SOURCE', words: 'was made from', wordsBack: 'is the source of', isDirectional: true }

test('a relation with a direction can be said from either end', () => {
  expect(relationWays([type]).map(({ words, isBack }) => [words, isBack])).toEqual([
    ['was made from', false],
    ['is the source of', true],
  ])
})

test('one that reads the same both ways is offered once, and one without words by its name', () => {
  const alike = { ...type, isDirectional: false }
  const nameless = { ...type, name: 'X', words: '', wordsBack: '' }
  expect(relationWays([alike, nameless]).map(({ words, isBack }) => [words, isBack])).toEqual([
    ['was made from', false],
    ['X', false],
  ])
})
