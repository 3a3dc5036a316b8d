import { expect, test } from 'vitest'
import { fitOf, marked, nearness } from './matching.ts'

test('the start fits best, then the start of a word, then anywhere', () => {
  const fits = ['Pause all transfers', 'Resume and pause', 'Unpause', 'Open'].map((words) =>
    fitOf(words, 'pause'),
  )
  expect(fits[0]).toBeLessThan(fits[1] ?? 0)
  expect(fits[1]).toBeLessThan(fits[2] ?? 0)
  expect(fits[3]).toBeUndefined()
})

test('words in any order fit last', () => {
  expect(fitOf('Show or hide the sidebar', 'sidebar hide')).toBe(3)
})

test('marks what was typed and keeps the text', () => {
  expect(marked('A012_C003.mov', 'c00')).toEqual([
    ['A012_', false],
    ['C00', true],
    ['3.mov', false],
  ])
  expect(
    marked('İstanbul', 'stan')
      .map(([piece]) => piece)
      .join(''),
  ).toBe('İstanbul')
})

test('nearness finds what was misspelt', () => {
  expect(nearness('Settings', 'setings')).toBeGreaterThan(nearness('Back', 'setings'))
})
