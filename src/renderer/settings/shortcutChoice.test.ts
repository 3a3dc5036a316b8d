import { expect, test } from 'vitest'
import { actions, keysOf } from '../../shared/actions.ts'
import { conflictOf, withoutChange, withShortcut } from './shortcutChoice.ts'

test('no two actions are made with the same keys in one place', () => {
  for (const id of Object.keys(actions) as (keyof typeof actions)[])
    for (const keys of actions[id].keys) expect([id, conflictOf(id, keys, {})]).toEqual([id, undefined])
})

test('keys may be shared by places that never meet', () => {
  expect(conflictOf('player.toggle', 'Space', {})).toBeUndefined()
})

test('taking keys over leaves the other without', () => {
  expect(conflictOf('view.queue', 'Mod+B', {})).toBe('view.sidebar')
  const changed = withShortcut('view.queue', 'Mod+B', {})
  expect(keysOf('view.queue', changed)).toEqual(['Mod+B'])
  expect(keysOf('view.sidebar', changed)).toEqual([])
  expect(keysOf('view.sidebar', withoutChange('view.sidebar', changed))).toEqual(['Mod+B'])
})

test('back at the first keys is no change', () => {
  expect(withShortcut('view.queue', 'Mod+J', { 'view.queue': 'Mod+Y' })).toEqual({})
})
