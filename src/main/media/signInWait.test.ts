import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { connectionIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { createSignInWait } from './signInWait.ts'

const ulidOf = (last: string) => `01J0000000000000000000000${last}`
const connectionId = connectionIdSchema.parse(ulidOf('A'))
const other = connectionIdSchema.parse(ulidOf('B'))
const versionId = versionIdSchema.parse(ulidOf('C'))
const settled = () => new Promise((resolve) => setImmediate(resolve))
const { signal } = new AbortController()

/** A service that refuses until somebody signs in, and how often it was asked. */
function service() {
  const state = { isSignedIn: false, asked: 0 }
  const ask = async () => {
    state.asked += 1
    if (!state.isSignedIn) throw new AppError('auth.expired')
    return 'media'
  }
  return { state, ask }
}

test('however many want it, one asks; they follow one by one when that one has its answer', async () => {
  const wait = createSignInWait()
  const { ask, state } = service()
  const first = wait.answer({ connectionId, versionId, signal }, ask)
  await settled()
  const order: number[] = []
  const more = Array.from({ length: 7 }, async (_, at) => {
    const answer = await wait.answer({ connectionId, versionId, signal }, ask)
    order.push(at)
    return answer
  })
  await settled()
  wait.again(other)
  await settled()
  expect(state.asked).toBe(1)
  // Signed in as somebody whose session has ended as well.
  wait.again(connectionId)
  await settled()
  expect(state.asked).toBe(2)
  state.isSignedIn = true
  wait.again(connectionId)
  expect(await Promise.all([first, ...more])).toEqual(Array(8).fill('media'))
  expect([state.asked, order]).toEqual([10, [0, 1, 2, 3, 4, 5, 6]])
  expect(await wait.answer({ connectionId, versionId, signal }, ask)).toBe('media')
})

test('nobody follows while the one before has no answer, and another refusal keeps nobody back', async () => {
  const wait = createSignInWait()
  const { ask, state } = service()
  const asked: string[] = []
  let refuse: (error: unknown) => void = () => undefined
  const first = wait.answer({ connectionId, versionId, signal }, async () => {
    if (!state.isSignedIn) return ask()
    asked.push('first')
    return new Promise<string>((_, reject) => {
      refuse = reject
    })
  })
  await settled()
  const second = wait.answer({ connectionId, versionId, signal }, async () => {
    asked.push('second')
    return ask()
  })
  state.isSignedIn = true
  wait.again(connectionId)
  await settled()
  expect(asked).toEqual(['first'])
  const why = new AppError('remote.rateLimited')
  refuse(why)
  await expect(first).rejects.toBe(why)
  expect(await second).toBe('media')
  expect(asked).toEqual(['first', 'second'])
})

test('of a connection eight wait; for one more the oldest is given its refusal', async () => {
  const wait = createSignInWait()
  const { ask, state } = service()
  const ended: string[] = []
  const want = async (connection: typeof connectionId, last: string) => {
    const asked = { connectionId: connection, versionId: versionIdSchema.parse(ulidOf(last)), signal }
    const end = await wait.answer(asked, ask).catch((error: unknown) => error)
    ended.push(`${last} ${end instanceof AppError ? end.code : String(end)}`)
  }
  const elsewhere = want(other, 'Z')
  const all = [...'0123456789'].map((last) => want(connectionId, last))
  await settled()
  expect(ended).toEqual(['0 auth.expired', '1 auth.expired'])
  expect(state.asked).toBe(11)
  state.isSignedIn = true
  wait.again(connectionId)
  await Promise.all(all)
  expect(ended.slice(2).toSorted()).toEqual([...'23456789'].map((last) => `${last} media`))
  expect(state.asked).toBe(19)
  wait.again(other)
  await elsewhere
})

test('a refusal of the session before comes after somebody has signed in: asked again at once', async () => {
  const wait = createSignInWait()
  const { ask, state } = service()
  let refuse: (error: unknown) => void = () => undefined
  const late = wait.answer({ connectionId, versionId, signal }, async () => {
    if (state.isSignedIn) return ask()
    return new Promise<string>((_, reject) => {
      refuse = reject
    })
  })
  await settled()
  state.isSignedIn = true
  wait.again(connectionId)
  refuse(new AppError('auth.expired'))
  expect(await late).toBe('media')
  expect(state.asked).toBe(1)
})

test('whoever no longer wants it does not wait, nor keep back who comes after', async () => {
  const wait = createSignInWait()
  const { ask, state } = service()
  const stop = new AbortController()
  const held = wait.answer({ connectionId, versionId, signal: stop.signal }, ask)
  await settled()
  const after = wait.answer({ connectionId, versionId, signal }, ask)
  await settled()
  state.isSignedIn = true
  wait.again(connectionId)
  stop.abort()
  await expect(held).rejects.toBe(stop.signal.reason)
  expect(await after).toBe('media')
  expect(state.asked).toBe(2)
})

test('whoever gives up while waiting is let go', async () => {
  const wait = createSignInWait()
  const { ask, state } = service()
  const stop = new AbortController()
  const held = wait.answer({ connectionId, versionId, signal: stop.signal }, ask)
  await settled()
  stop.abort()
  await expect(held).rejects.toBe(stop.signal.reason)
  await expect(wait.answer({ connectionId, versionId, signal: stop.signal }, ask)).rejects.toBe(
    stop.signal.reason,
  )
  expect(state.asked).toBe(1)
})

test('another refusal is told at once', async () => {
  const wait = createSignInWait()
  const gone = new AppError('remote.notFound')
  await expect(wait.answer({ connectionId, versionId, signal }, () => Promise.reject(gone))).rejects.toBe(
    gone,
  )
})
