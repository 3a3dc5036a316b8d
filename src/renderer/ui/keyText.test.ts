import { describe, expect, test } from 'vitest'
import { isPress, type KeyPress, keyNames, pressText } from './keyText.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('isPress', () => {
  test('Mod is Ctrl, and Command on macOS', () => {
    expect(isPress('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true)
    expect(isPress('Mod+K', press('k', { metaKey: true }), false)).toBe(false)
    expect(isPress('Mod+K', press('k', { metaKey: true }), true)).toBe(true)
    expect(isPress('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false)
  })
  test('a plain key does not answer to a press with modifiers', () => {
    expect(isPress('K', press('k'), false)).toBe(true)
    expect(isPress('K', press('k', { ctrlKey: true }), false)).toBe(false)
    expect(isPress('M', press('M', { shiftKey: true }), false)).toBe(false)
  })
  test('Shift counts for letters and arrows, not for signs', () => {
    expect(isPress('Mod+Shift+O', press('O', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(isPress('ArrowRight', press('ArrowRight', { shiftKey: true }), false)).toBe(false)
    expect(isPress('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(isPress('?', press('?'), false)).toBe(true)
  })
  test('a sign typed with AltGr is the sign', () => {
    const altGraph = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' }
    expect(isPress('[', press('[', altGraph), false)).toBe(true)
    expect(isPress('Mod+[', press('[', altGraph), false)).toBe(false)
  })
  test('another alphabet is read by the place of the key', () => {
    expect(isPress('Mod+K', press('л', { code: 'KeyK', ctrlKey: true }), false)).toBe(true)
  })
  test('Space has a name', () => {
    expect(isPress('Space', press(' '), false)).toBe(true)
  })
})

describe('pressText', () => {
  test('is undefined while only modifiers are down', () => {
    expect(pressText(press('Shift', { shiftKey: true }), false)).toBeUndefined()
  })
  test('gives back a text that means the same press', () => {
    const presses = [
      press('o', { ctrlKey: true, shiftKey: true }),
      press('ArrowUp', { altKey: true }),
      press('?', { shiftKey: true }),
      press(' '),
      press('F5'),
    ]
    for (const each of presses) {
      const text = pressText(each, false)
      expect(text).toBeDefined()
      expect(isPress(text ?? '', each, false)).toBe(true)
    }
  })
})

test('keys have the names of the system', () => {
  expect(keyNames('Mod+Shift+O', false)).toEqual(['Ctrl', 'Shift', 'O'])
  expect(keyNames('Mod+Shift+O', true)).toEqual(['⌘', '⇧', 'O'])
  expect(keyNames('Escape', false)).toEqual(['Esc'])
})
