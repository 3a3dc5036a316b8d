import { expect, test } from 'vitest'
import type { KeyPress } from '../ui/keyText.ts'
import { isOnce, isTaken } from './keyHandler.ts'

const press = (keys: string): KeyPress => {
  const pieces = keys.split('+')
  const key = pieces.at(-1) ?? ''
  const held = (name: string) => pieces.slice(0, -1).includes(name)
  return {
    key,
    code: '',
    ctrlKey: held('Ctrl'),
    metaKey: held('Meta'),
    altKey: held('Alt'),
    shiftKey: held('Shift'),
  }
}

/** As much of an element as is asked: what it is by the selectors that name it. */
const at = (name: string) =>
  ({ closest: (selector: string) => (selector.split(', ').includes(name) ? {} : null) }) as unknown as Element

const field = at('textarea')
const line = at('input')
const button = at('button')
const slider = at('[role="slider"]')
const menu = at('[role="menu"]')
const picture = at('main')

test.each<[keys: string, ...on: [string, Element, boolean][]]>([
  [
    'Enter',
    ['field', field, true],
    ['line', line, true],
    ['button', button, true],
    ['picture', picture, false],
  ],
  ['Ctrl+Enter', ['field', field, true], ['line', line, true], ['picture', picture, false]],
  ['Meta+Enter', ['field', field, true], ['line', line, true], ['picture', picture, false]],
  ['Ctrl+Shift+Enter', ['field', field, true], ['line', line, true], ['picture', picture, false]],
  ['Alt+Enter', ['field', field, true], ['line', line, true]],
  ['Shift+Enter', ['field', field, true]],
  ['a', ['field', field, true], ['button', button, false], ['menu', menu, true]],
  ['Ctrl+c', ['field', field, true]],
  ['Ctrl+k', ['field', field, false], ['line', line, false], ['menu', menu, false]],
  ['Shift+R', ['menu', menu, true], ['picture', picture, false]],
  ['Alt+x', ['menu', menu, false]],
  [
    'Escape',
    ['field', field, false],
    ['line', line, false],
    ['button', button, false],
    ['slider', slider, false],
  ],
  ['ArrowLeft', ['slider', slider, true], ['button', button, false]],
  [' ', ['button', button, true], ['picture', picture, false]],
])('%s', (keys, ...on) => {
  for (const [name, target, isOwn] of on) expect(isTaken(target, press(keys)), name).toBe(isOwn)
})

test('with nothing under the keys nothing is taken', () => {
  expect(isTaken(null, press('Ctrl+Enter'))).toBe(false)
})

test('a key that is held down sends nothing over and over, and moves on and on', () => {
  for (const id of ['review.resolve', 'review.approve', 'media.remove', 'media.favourite'] as const)
    expect(isOnce(id), id).toBe(true)
  for (const id of ['player.nextFrame', 'review.nextComment', 'player.panLeft', 'draw.undo'] as const)
    expect(isOnce(id), id).toBe(false)
})
