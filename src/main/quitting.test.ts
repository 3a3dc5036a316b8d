import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stopInTime } from './quitting.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what stops in time, or fails to, is waited for and told of once', async () => {
  const told: unknown[] = []
  await stopInTime(async () => undefined, told.push.bind(told), 1000)
  expect(told).toEqual([])
  const failure = new Error('no')
  await stopInTime(() => Promise.reject(failure), told.push.bind(told), 1000)
  await vi.runAllTimersAsync()
  expect(told).toEqual([failure])
})

test('what does not stop is not waited for any longer', async () => {
  const told: string[] = []
  let isOver = false
  const over = stopInTime(
    () => new Promise(() => undefined),
    (error) => told.push(String(error)),
    1000,
  ).then(() => {
    isOver = true
  })
  await vi.advanceTimersByTimeAsync(999)
  expect(isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await over
  expect(told).toEqual([expect.stringContaining('has not stopped for 1000 ms')])
})
