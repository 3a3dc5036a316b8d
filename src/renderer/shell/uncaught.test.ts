import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { sayNothing, useSaid } from './sayStore.ts'
import { followUncaught } from './uncaught.ts'

const page = new EventTarget()
let end: () => void

beforeEach(() => {
  vi.useFakeTimers()
  end = followUncaught(page as unknown as Window)
})
afterEach(() => {
  end()
  sayNothing()
  vi.useRealTimers()
})

const said = () => useSaid.getState().said?.failure ?? null
const thrown = (error: unknown, message = 'Uncaught') =>
  page.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { error, message }))
const rejected = (reason: unknown) =>
  page.dispatchEvent(Object.assign(new Event('unhandledrejection', { cancelable: true }), { reason }))
const minutes = (count: number) => vi.advanceTimersByTime(count * 60_000)

test('what was thrown is said by its kind and its place, and stays on the console', () => {
  const error = new RangeError('of /home/ida/secret.mov')
  error.stack = 'RangeError: of /home/ida/secret.mov\n    at app://rushes/assets/index-B1x_2.js:40:1207'
  expect(thrown(error), 'nobody keeps the page from reporting it').toBe(true)
  expect(said()).toEqual({
    code: 'internal.bug',
    facts: { name: 'RangeError', at: 'index-B1x_2.js:40:1207' },
  })
})

test('an answer of main that nobody waited for is said as itself, and anything else that was thrown as a bug', () => {
  expect(rejected(new AppError('remote.unavailable', { host: 'localhost' }))).toBe(true)
  expect(said()).toEqual({ code: 'remote.unavailable', facts: { host: 'localhost' } })
  minutes(2)
  rejected('a text')
  expect(said()).toEqual({ code: 'internal.bug', facts: {} })
})

test('what comes again and again is said once; after a minute of rest it is news', () => {
  thrown(new Error('first'))
  sayNothing()
  for (let times = 0; times < 100; times += 1) {
    vi.advanceTimersByTime(50_000)
    rejected(new Error(`again ${times}`))
    expect(said()).toBeNull()
  }
  minutes(2)
  rejected(new Error('another day'))
  expect(said()).not.toBeNull()
})

test('what was given up, and a size that is told later, are no failures', () => {
  rejected(new DOMException('stopped', 'AbortError'))
  thrown(null, 'ResizeObserver loop completed with undelivered notifications.')
  expect(said()).toBeNull()
  thrown(null, 'Script error.')
  expect(said(), 'nor do they keep the next from being said').not.toBeNull()
})

test('nothing is said any more once it has ended', () => {
  end()
  thrown(new Error('late'))
  rejected(new Error('late'))
  expect(said()).toBeNull()
})
