import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iconikProvider } from '../../src/main/connectors/iconik/provider.ts'
import { secretsSchema } from '../../src/main/connectors/iconik/session.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import type { IconikInput } from '../../src/shared/connection.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Json } from '../../src/shared/json.ts'
import { TestClock } from '../fakes/TestClock.ts'
import { codeOf, none } from './asking.ts'
import { type IconikStation, openIconik } from './iconikStation.ts'

let station: IconikStation
beforeAll(async () => {
  station = await openIconik({ hasSamples: false })
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const parts = { fetch: globalThis.fetch, clock: systemClock }
const record = (signIn: IconikInput['signIn']) =>
  iconikProvider.record(
    { provider: 'iconik', name: 'Studio', address: station.studio.iconik.address, signIn },
    parts,
    none(),
  )

describe('signing in', () => {
  test('with a password gives a token that works, and ends', async () => {
    const { email, password } = station.studio.iconik
    const made = await record({ kind: 'password', email, password })
    const { life, token } = secretsSchema.parse(made.secrets)
    expect(life?.until).toBeGreaterThan(Date.now())
    expect(token).not.toBe(station.studio.iconik.token)
    const connector = iconikProvider.connector(made, parts)
    expect(await connector.account(none())).toEqual({ name: 'Robin Producer', isShare: false })
    expect(await codeOf(record({ kind: 'password', email, password: 'wrong' }))).toBe('auth.expired')
  })

  test('with a second factor asks for the mailed code, and again for a wrong one', async () => {
    const { mfaEmail, password, otp } = station.studio.iconik
    const proof = { kind: 'password', email: mfaEmail, password } as const
    const asked = await record(proof).catch((error: unknown) => error)
    expect(asked).toBeInstanceOf(AppError)
    expect(asked).toMatchObject({ code: 'auth.codeNeeded', facts: { method: 'mail' } })
    const wrong = otp === '000000' ? '111111' : '000000'
    expect(await codeOf(record({ ...proof, code: wrong }))).toBe('auth.codeNeeded')
    const made = await record({ ...proof, code: otp })
    expect((await iconikProvider.connector(made, parts).account(none())).name).toBe('Mika Lindqvist')
    // A code is good once.
    expect(await codeOf(record({ ...proof, code: otp }))).toBe('auth.codeNeeded')
  })

  test('is renewed by itself before it ends: the new token is told to be kept, the old one is of no use', async () => {
    const { email, password } = station.studio.iconik
    const made = await record({ kind: 'password', email, password })
    const before = secretsSchema.parse(made.secrets)
    const clock = new TestClock((before.life?.until ?? 0) - 60_000)
    const connector = iconikProvider.connector(made, { ...parts, clock })
    const kept: Json[] = []
    connector.renewed?.((secrets) => kept.push(secrets))
    expect(await codeOf(connector.account(none()))).toBe('nothing')
    expect(kept).toHaveLength(1)
    const after = secretsSchema.parse(kept[0])
    expect(after.token).not.toBe(before.token)
    const { settings } = made
    expect(await codeOf(iconikProvider.connector(made, parts).account(none()))).toBe('auth.expired')
    const restarted = iconikProvider.connector({ settings, secrets: kept[0] ?? null }, parts)
    expect(await codeOf(restarted.account(none()))).toBe('nothing')
  })
})

describe('a service that says no', () => {
  test('is told apart: ended, not allowed, too much at once', async () => {
    const { appId, token } = station.studio.iconik
    const me = await station.signIn({ kind: 'token', appId, token })
    const [root] = (await me.places(null, undefined, none())).items
    const fault = (status: number, retryAfterSeconds?: number) =>
      station.studio.fault({
        operation: 'users.readCurrentUser',
        kind: 'status',
        status,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      })
    await fault(401)
    expect(await codeOf(me.account(none()))).toBe('auth.expired')
    await fault(403)
    expect(await codeOf(me.account(none()))).toBe('auth.forbidden')
    await fault(503)
    expect(await codeOf(me.account(none()))).toBe('remote.unavailable')
    await fault(429, 60)
    expect(await codeOf(me.account(none()))).toBe('remote.rateLimited')
    // The whole connection is held, not the one call.
    const held = await me.places(root ?? null, undefined, none()).catch((error: unknown) => error)
    expect(held).toMatchObject({ code: 'remote.rateLimited', facts: { isSent: false } })
  })
})
