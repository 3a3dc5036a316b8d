import { expect, test } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import { shortWords } from './shortWords.ts'

test('what can be read at a glance stays as it is', () => {
  for (const words of ['', 'Too dark.', 'a'.repeat(750), 'line\n'.repeat(14)])
    expect(shortWords(words)).toBe(words)
})

test('many letters are cut between words, many lines between lines', () => {
  const letters = shortWords('Take the light down here. '.repeat(400))
  expect(letters).toMatch(
    /^(Take the light down here\. )+(Take|Take the|Take the light|Take the light down|Take the light down here\.)$/,
  )
  expect(letters.length).toBeLessThanOrEqual(600)
  expect(shortWords('one\n'.repeat(300))).toBe('one\n'.repeat(12).trimEnd())
})

test('one word without an end is cut, too, and no character in half', () => {
  expect(shortWords('x'.repeat(10_000))).toBe('x'.repeat(600))
  const random = seeded(71)
  for (let turn = 0; turn < 200; turn += 1) {
    const words = 'a'.repeat(random.below(5)) + '🎬'.repeat(400 + random.below(600))
    const short = shortWords(words)
    expect(words.startsWith(short)).toBe(true)
    // It throws at half of a character.
    expect(decodeURIComponent(encodeURIComponent(short))).toBe(short)
  }
})
