import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pace } from './pace.ts'

let frames: (() => void)[] = []
beforeEach(() => {
  frames = []
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const frame = () => {
  const now = frames
  frames = []
  for (const run of now) run()
}

/** Whether it makes things wait. */
function isFast(pace: Pace): boolean {
  let hasRun = false
  pace.whenCalm(() => {
    hasRun = true
  })()
  return !hasRun
}

test('reading pace is not fast, a fling is, and it is over when the scrolling is', () => {
  const pace = new Pace(30, 1)
  pace.moved(0, 0, 200)
  pace.moved(40, 16, 200)
  expect(isFast(pace)).toBe(false)
  pace.moved(440, 32, 200)
  expect(isFast(pace)).toBe(true)
  vi.advanceTimersByTime(100)
  expect(isFast(pace)).toBe(false)
  expect(pace.isMoving).toBe(false)
})

test('rows are filled one with every frame, and not while it is fast', () => {
  const pace = new Pace(30, 1)
  pace.moved(0, 0, 200)
  pace.moved(2000, 16, 200)
  const filled: number[] = []
  for (const row of [1, 2, 3]) pace.fillLater(() => filled.push(row))
  frame()
  expect(filled).toEqual([])
  pace.moved(2010, 32, 200)
  frame()
  expect(filled).toEqual([1])
  frame()
  expect(filled).toEqual([1, 2])
  vi.advanceTimersByTime(100)
  frame()
  expect(filled).toEqual([1, 2, 3])
  expect(frames).toHaveLength(0)
})

test('a row that has gone is not filled', () => {
  const pace = new Pace(30, 1)
  let isFilled = false
  const leave = pace.fillLater(() => {
    isFilled = true
  })
  leave()
  frame()
  expect(isFilled).toBe(false)
})

test('what can wait runs once, when the list is calm', () => {
  const pace = new Pace(30, 1)
  const ran: string[] = []
  pace.whenCalm(() => ran.push('now'))
  pace.moved(0, 0, 200)
  pace.moved(2000, 16, 200)
  const leave = pace.whenCalm(() => ran.push('gone'))
  pace.whenCalm(() => ran.push('later'))
  leave()
  expect(ran).toEqual(['now'])
  vi.advanceTimersByTime(100)
  expect(ran).toEqual(['now', 'later'])
})
