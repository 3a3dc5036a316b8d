import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { connectionIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { createSignInWait } from './signInWait.ts'

const ulidOf = (last: string) => `01J0000000000000000000000${last}`
const connectionId = connectionIdSchema.parse(ulidOf('A'))
const other = connectionIdSchema.parse(ulidOf('B'))
const versionId = versionIdSchema.parse(ulidOf('C'))
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A service that refuses until somebody signs in. */
function service() {
  let isSignedIn = false
  let asked = 0
  return {
    asked: () => asked,
    signIn: () => {
      isSignedIn = true
    },
    ask: async () => {
      asked += 1
      if (!isSignedIn) throw new AppError('auth.expired')
      return 'media'
    },
  }
}

test('however often it is wanted, the service is asked once, and once more after signing in', async () => {
  const wait = createSignInWait()
  const { ask, asked, signIn } = service()
  const { signal } = new AbortController()
  const first = wait.answer({ connectionId, versionId, signal }, ask)
  await settled()
  const more = Array.from({ length: 30 }, () => wait.answer({ connectionId, versionId, signal }, ask))
  await settled()
  wait.again(other)
  await settled()
  expect(asked()).toBe(1)
  // Signed in as somebody whose session has ended as well.
  wait.again(connectionId)
  await settled()
  const inVain = asked()
  expect(inVain).toBeLessThanOrEqual(32)
  signIn()
  wait.again(connectionId)
  expect(await Promise.all([first, ...more])).toEqual(Array(31).fill('media'))
  expect(await wait.answer({ connectionId, versionId, signal }, ask)).toBe('media')
})

test('whoever no longer wants it does not wait', async () => {
  const wait = createSignInWait()
  const { ask, asked } = service()
  const stop = new AbortController()
  const held = wait.answer({ connectionId, versionId, signal: stop.signal }, ask)
  await settled()
  stop.abort()
  await expect(held).rejects.toBe(stop.signal.reason)
  await expect(wait.answer({ connectionId, versionId, signal: stop.signal }, ask)).rejects.toBe(
    stop.signal.reason,
  )
  expect(asked()).toBe(1)
})

test('another refusal is told at once', async () => {
  const wait = createSignInWait()
  const { signal } = new AbortController()
  const gone = new AppError('remote.notFound')
  await expect(wait.answer({ connectionId, versionId, signal }, () => Promise.reject(gone))).rejects.toBe(
    gone,
  )
})
