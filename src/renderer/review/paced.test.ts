import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from './paced.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function source() {
  const listeners = new Set<() => void>()
  return {
    listeners,
    tell: () => {
      for (const each of listeners) each()
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

test('the first is heard at once, many in a row as one more', () => {
  const { subscribe, tell } = source()
  const heard = vi.fn()
  paced(subscribe, 200)(heard)
  tell()
  expect(heard).toHaveBeenCalledTimes(1)
  for (let time = 0; time < 10; time += 1) tell()
  expect(heard).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(200)
  expect(heard).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(heard).toHaveBeenCalledTimes(2)
  tell()
  expect(heard).toHaveBeenCalledTimes(3)
})

test('who has left hears nothing, not even what was waiting', () => {
  const { subscribe, tell, listeners } = source()
  const heard = vi.fn()
  const leave = paced(subscribe, 200)(heard)
  tell()
  tell()
  leave()
  vi.advanceTimersByTime(1000)
  expect(heard).toHaveBeenCalledTimes(1)
  expect(listeners.size).toBe(0)
})
