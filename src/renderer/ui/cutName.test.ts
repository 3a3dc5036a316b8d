import { expect, test } from 'vitest'
import { middleCut } from './cutName.ts'

test('a name keeps its end', () => {
  expect(middleCut('A012_C003_0915.mov')).toEqual(['A012_C', '003_0915.mov'])
  expect(middleCut('Beech forest, shafts of light')).toEqual(['Beech forest, shafts ', 'of light'])
  expect(middleCut('B-roll. Everything we have got')).toEqual(['B-roll. Everything we ', 'have got'])
  expect(middleCut('short.mov')).toEqual(['short.mov', ''])
})

test('the pieces are the whole name, whatever it is written in', () => {
  for (const name of [
    'A012_C003_0915.mov',
    'Überraschung 🎬🎬🎬🎬🎬🎬.mov',
    '日本語の長いクリップの名前.mov',
  ])
    expect(middleCut(name).join('')).toBe(name)
})

test('no character is cut in two', () => {
  const [, end] = middleCut(`take ${'🎬'.repeat(20)}`)
  expect(Array.from(end)).toHaveLength(8)
})
