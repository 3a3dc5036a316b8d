import { expect, test } from 'vitest'
import { type ActionEntry, type ActionId, actions } from '../../shared/actions.ts'
import { fitOf, guessesOf, marked, nearness, searchPlace } from './matching.ts'

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

const all = (Object.keys(actions) as ActionId[]).map((id) => ({ id, ...(actions[id] as ActionEntry) }))

test('what was misspelt is guessed', () => {
  expect(guessesOf(all, 'setings', 2)[0]).toBe('app.settings')
})

test.each([
  ...['This version needs changes', 'Approve this version', 'Approve and go on', 'Clear votes…'],
  ...['Move to the trash', 'Delete for good…', 'Delete the playlist', 'Cancel the selected transfers'],
  ...['Take out of the playlist', 'Move this place to the trash', 'Clear finished transfers'],
])('“%s” is never a guess, however near', (words) => {
  expect(all.find((each) => each.words === words)?.isGrave).toBe(true)
  expect(guessesOf(all, words, all.length).map((id) => actions[id].words)).not.toContain(words)
  expect(fitOf(words, words.slice(0, 6)), 'typed, it is found').toBeDefined()
})

test.each([
  ['nothing fits', 'ridge', { actions: 0, names: 0 }, 'first'],
  ['only actions fit', 'ridge', { actions: 2, names: 0 }, 'last'],
  ['a few names fit', 'ridge', { actions: 0, names: 4 }, 'last'],
  ['many names fit', 'ridge', { actions: 0, names: 5 }, 'none'],
  ['nothing is typed', '', { actions: 8, names: 0 }, 'none'],
])('where %s the services are offered to be searched: %s %o %s', (_what, typed, known, place) => {
  expect(searchPlace(typed, known)).toBe(place)
})

test('nearness finds what was misspelt', () => {
  expect(nearness('Settings', 'setings')).toBeGreaterThan(nearness('Back', 'setings'))
})
