import { expect, test } from 'vitest'
import { mentionAt, mentionedIn, partsOf, withMention } from './mentionText.ts'

test('a mention begins at the beginning of a word and may have the spaces of a name', () => {
  expect(mentionAt('@', 1)).toEqual({ start: 0, typed: '' })
  expect(mentionAt('Look, @bea lin', 14)).toEqual({ start: 6, typed: 'bea lin' })
  expect(mentionAt('Look, @bea lin', 10)).toEqual({ start: 6, typed: 'bea' })
  for (const [words, caret] of [
    ['mail@host', 9],
    ['@ there', 7],
    ['@one\ntwo', 8],
    ['@a b c d', 8],
    ['nobody', 6],
    ['@bea', 0],
  ] as const)
    expect(mentionAt(words, caret), words).toBeNull()
})

test('the chosen name takes the place of what was typed, with one space after it', () => {
  expect(withMention('Look @be at it', { start: 5, typed: 'be' }, 'Bea Lind')).toEqual({
    words: 'Look @Bea Lind at it',
    caret: 15,
  })
  expect(withMention('@', { start: 0, typed: '' }, 'Bea Lind')).toEqual({ words: '@Bea Lind ', caret: 10 })
})

test('names that are known and addresses are mentions, the longest name first; others are asked about', () => {
  const asked: string[] = []
  const names = new Set(['Bea', 'Bea Lind', 'Camera'])
  const shown = (text: string) =>
    partsOf(text, names, (word) => asked.push(word)).map(({ words, isMention }) =>
      isMention ? `[${words}]` : words,
    )
  expect(shown('@Bea Lind, see @bea. @Beate and @tom@host.example too')).toEqual([
    ...['[@Bea Lind]', ', see ', '[@bea]', '. @Beate and ', '[@tom@host.example]', ' too'],
  ])
  expect(asked).toEqual(['Beate'])
  expect(shown('mail@Bea')).toEqual(['mail@Bea'])
  expect(shown('')).toEqual([''])
})

test('who is mentioned, out of names that begin alike', () => {
  const names = new Set(['Bea', 'Bea Lind', 'Bea Lindgren', 'BEATE'])
  expect(mentionedIn('@bea lindgren, @Bea Lind! @beat @beate', names)).toEqual([
    ...['bea lindgren', 'Bea Lind', 'beate'],
  ])
  expect(mentionedIn('@Bea Lindqvist', names)).toEqual(['Bea'])
  expect(mentionedIn('nobody', names)).toEqual([])
  expect(mentionedIn('@Bea', new Set())).toEqual([])
})
