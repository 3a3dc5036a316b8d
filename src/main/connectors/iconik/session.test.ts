import { describe, expect, test } from 'vitest'
import { type FakeAnswer, type FakeRequest, fakeFetch } from '../../../../tests/fakes/fakeFetch.ts'
import { TestClock } from '../../../../tests/fakes/TestClock.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Json } from '../../../shared/json.ts'
import { calls } from './calls/index.ts'
import { openSession, type SessionSecrets } from './session.ts'
import { userSchema } from './wireUsers.ts'

const address = 'https://app.iconik.io'
const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000
const signal = () => new AbortController().signal

const ownToken: SessionSecrets = { appId: 'app', token: 'first', life: null, share: null }
const lasting = (hours: number): SessionSecrets => ({
  ...ownToken,
  life: { from: start, until: start + hours * hour },
})
const iso = (at: number) => new Date(at).toISOString()

function open(
  secrets: SessionSecrets,
  answer: (request: FakeRequest) => FakeAnswer | undefined = () => undefined,
) {
  const clock = new TestClock(start)
  const service = fakeFetch((request) => answer(request) ?? { body: { id: 'u1' } })
  const session = openSession(address, secrets, { fetch: service.fetch, clock })
  const kept: Json[] = []
  session.onRenewed((next) => kept.push(next))
  const ask = (stop = signal()) => session.call(calls['users.readCurrentUser'], { answer: userSchema }, stop)
  const tokens = () => service.asked.map(({ method, headers }) => `${method} ${headers.get('auth-token')}`)
  return { clock, session, kept, ask, tokens, asked: service.asked }
}
const renewal = (request: FakeRequest): FakeAnswer | undefined =>
  request.method === 'PUT'
    ? { body: { token: 'second', app_id: 'app', expires: iso(start + 48 * hour) } }
    : undefined

describe('a token', () => {
  test('that somebody made elsewhere is never exchanged', async () => {
    const { clock, ask, tokens } = open(ownToken, renewal)
    clock.jump(365 * 24 * hour)
    await ask()
    expect(tokens()).toEqual(['GET first'])
  })

  test('of our own is exchanged in the last quarter of its life, once, and told to be kept', async () => {
    const { clock, ask, tokens, kept } = open(lasting(8), renewal)
    clock.jump(5.9 * hour)
    await ask()
    clock.jump(0.2 * hour)
    await Promise.all([ask(), ask(), ask()])
    expect(tokens()).toEqual(['GET first', 'PUT first', 'GET second', 'GET second', 'GET second'])
    expect(kept).toEqual([
      {
        ...ownToken,
        token: 'second',
        life: { from: start + 6.1 * hour, until: start + 48 * hour },
      },
    ])
  })

  test('of a long life is exchanged a day before its end, not a quarter', async () => {
    const { clock, ask, tokens } = open(lasting(24 * 30), renewal)
    clock.jump(28 * 24 * hour)
    await ask()
    clock.jump(1.5 * 24 * hour)
    await ask()
    expect(tokens()).toEqual(['GET first', 'PUT first', 'GET second'])
  })

  test('stays in use for a while when it could not be exchanged', async () => {
    let isDown = true
    const { clock, ask, tokens, kept } = open(lasting(8), (request) =>
      request.method === 'PUT' && isDown ? { status: 503 } : renewal(request),
    )
    clock.jump(7 * hour)
    await ask()
    await ask()
    expect(tokens()).toEqual(['PUT first', 'GET first', 'GET first'])
    isDown = false
    clock.jump(60_000)
    await ask()
    expect(tokens().slice(-2)).toEqual(['PUT first', 'GET second'])
    expect(kept).toHaveLength(1)
  })

  test('that ended is told as such by the call that needed it', async () => {
    const { clock, ask } = open(lasting(8), () => ({ status: 401, body: { errors: ['Token is invalid'] } }))
    clock.jump(9 * hour)
    const refused = await ask().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AppError)
    expect(refused).toMatchObject({ code: 'auth.expired' })
  })

  test('is exchanged whole although the call that noticed is given up', async () => {
    const stop = new AbortController()
    const { clock, ask, kept, tokens } = open(lasting(8), (request) => {
      if (request.method === 'PUT') stop.abort(new Error('no longer wanted'))
      return renewal(request)
    })
    clock.jump(7 * hour)
    await expect(ask(stop.signal)).rejects.toThrow('no longer wanted')
    expect(kept).toHaveLength(1)
    await ask()
    expect(tokens()).toEqual(['PUT first', 'GET second'])
  })

  test('of a guest is exchanged the guests’ way', async () => {
    const share = {
      hash: 'h',
      id: 's1',
      objectType: 'assets',
      objectId: 'a1',
      roles: ['can_read_assets'],
      email: null,
      guestEmail: null,
    }
    const answer = {
      token: 'second',
      app_id: 'app',
      share_id: 's1',
      object_type: 'assets',
      object_id: 'a1',
      roles: ['can_read_assets'],
      expires: iso(start + 48 * hour),
    }
    const { clock, ask, asked } = open({ ...lasting(8), share }, ({ method }) =>
      method === 'PUT' ? { body: answer } : undefined,
    )
    clock.jump(7 * hour)
    await ask()
    const [renewed, asking] = asked
    expect(renewed?.path).toBe('/API/assets/v1/shares/auth/token/')
    expect(renewed?.headers.get('share-auth-token')).toBe('first')
    expect(renewed?.headers.get('auth-token')).toBeNull()
    expect(asking?.headers.get('auth-token')).toBe('second')
  })
})
