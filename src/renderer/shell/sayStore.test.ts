import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { holdSaid, letSaidGo, say, sayNothing, sayTrouble, sayWords, useSaid } from './sayStore.ts'

const shown = () => useSaid.getState().said?.words ?? null
const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  sayNothing()
  vi.useRealTimers()
})

test('what is over and well goes after five seconds, counted from the newest', () => {
  sayWords('Copied')
  pass(4900)
  sayWords('Copied again')
  pass(4900)
  expect(shown()).toBe('Copied again')
  pass(200)
  expect(shown()).toBeNull()
})

test('a failure, an offer and what went half as meant stay for longer', () => {
  for (const tell of [
    () => say({ code: 'remote.unavailable', facts: {} }),
    () => sayWords('Added', { words: 'Undo', run: () => undefined }),
    () => sayTrouble('Two could not be restored'),
  ]) {
    tell()
    pass(11_900)
    expect(useSaid.getState().said).not.toBeNull()
    pass(200)
    expect(useSaid.getState().said).toBeNull()
  }
})

test('it waits for the pointer and the focus, and then its whole time', () => {
  sayWords('Copied')
  pass(4000)
  holdSaid('pointer', true)
  holdSaid('focus', true)
  pass(60_000)
  holdSaid('pointer', false)
  pass(60_000)
  expect(shown()).toBe('Copied')
  holdSaid('focus', false)
  pass(4900)
  expect(shown()).toBe('Copied')
  pass(200)
  expect(shown()).toBeNull()
})

test('what rested on a line that was put away does not hold the next one', () => {
  sayWords('Copied')
  holdSaid('pointer', true)
  sayNothing()
  sayWords('Copied again')
  pass(5100)
  expect(shown()).toBeNull()
})

test('nor what rested on a line whose element made way for the next one', () => {
  sayWords('Copied')
  holdSaid('focus', true)
  holdSaid('pointer', true)
  sayTrouble('Two could not be restored')
  letSaidGo()
  pass(11_900)
  expect(shown()).toBe('Two could not be restored')
  pass(200)
  expect(shown()).toBeNull()
})
