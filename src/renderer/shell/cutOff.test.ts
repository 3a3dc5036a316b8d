import { expect, test } from 'vitest'
import { CutOff } from './cutOff.ts'

const key = (name: string, more: Partial<{ ctrlKey: boolean }> = {}) => ({
  ...{ key: name, ctrlKey: false, metaKey: false, altKey: false },
  ...more,
})

function typist() {
  let now = 0
  const cut = new CutOff(() => now)
  return {
    cut,
    wait: (ms: number) => {
      now += ms
    },
  }
}

test('letters after a field that went while somebody typed are no commands, until there is a pause', () => {
  const { cut, wait } = typist()
  cut.pressed(key('a'), true)
  wait(200)
  cut.fieldGone()
  for (const letter of 'bright at the end'.replaceAll(' ', '')) {
    wait(300)
    expect(cut.takes(key(letter))).toBe(true)
  }
  wait(1_000)
  expect(cut.takes(key('c'))).toBe(false)
})

test('a field that ends by what was pressed cuts nothing off', () => {
  for (const last of [key('Enter'), key('Escape'), null, key('s', { ctrlKey: true })]) {
    const { cut } = typist()
    cut.pressed(key('a'), true)
    cut.pressed(last, last !== null)
    cut.fieldGone()
    expect(cut.takes(key('l'))).toBe(false)
  }
})

test('keys that write nothing, and those with a modifier, keep their meaning', () => {
  const { cut, wait } = typist()
  cut.pressed(key('a'), true)
  cut.fieldGone()
  expect(cut.takes(key('Escape'))).toBe(false)
  expect(cut.takes(key('z', { ctrlKey: true }))).toBe(false)
  expect(cut.takes(key('a'))).toBe(true)
  wait(100)
  cut.pressed(key('b'), true)
  expect(cut.takes(key('c'))).toBe(false)
})

test('who had stopped typing before it went was not cut off', () => {
  const { cut, wait } = typist()
  cut.pressed(key('a'), true)
  wait(1_000)
  cut.fieldGone()
  expect(cut.takes(key('c'))).toBe(false)
})
