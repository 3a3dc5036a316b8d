import { describe, expect, test } from 'vitest'
import { type FakeAnswer, type FakeRequest, fakeFetch } from '../../../../tests/fakes/fakeFetch.ts'
import { TestClock } from '../../../../tests/fakes/TestClock.ts'
import type { ConnectionInput, IconikInput } from '../../../shared/connection.ts'
import { AppError } from '../../../shared/errors.ts'
import { iconikProvider } from './provider.ts'

const start = Date.UTC(2026, 0, 1)
const until = start + 3_600_000
const domain = {
  system_domain_id: 'd1',
  token: 'temporary',
  mfa_required: false,
  mfa_methods_configured: ['MAIL_2SV'],
}
const password = { kind: 'password', email: 'me@example.com', password: 'correct horse' } as const
const link =
  'https://app.iconik.io/share/assets/a1/?object_type=assets&object_id=a1&hash=opensesame&app_id=app9'

function service(answer: (request: FakeRequest) => FakeAnswer) {
  const { fetch, asked } = fakeFetch(answer)
  const parts = { fetch, clock: new TestClock(start) }
  const input = (
    signIn: IconikInput['signIn'],
    address = 'https://app.iconik.io/somewhere',
  ): ConnectionInput => ({
    provider: 'iconik',
    name: 'Northlight',
    address,
    signIn,
  })
  const record = (signIn: IconikInput['signIn'], address?: string) =>
    iconikProvider.record(input(signIn, address), parts, new AbortController().signal)
  return { asked, record, parts }
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { code: error.code, ...error.facts }
  }
}

describe('a sign-in', () => {
  test('with a token asks nothing and keeps the token apart from the settings', async () => {
    const { record, asked } = service(() => ({ status: 500 }))
    const made = await record({ kind: 'token', appId: 'app', token: 'long-lived' })
    expect(made).toMatchObject({
      host: 'app.iconik.io',
      settings: { address: 'https://app.iconik.io', isShare: false },
      secrets: { appId: 'app', token: 'long-lived', life: null, share: null },
    })
    expect(JSON.stringify(made.settings)).not.toContain('long-lived')
    expect(asked).toEqual([])
  })

  test('with a password becomes a token; the password is kept nowhere', async () => {
    const { record, asked } = service(() => ({
      status: 201,
      body: {
        token: 'fresh',
        app_id: 'app',
        expires: new Date(until).toISOString(),
        auth_system_domains: [domain],
      },
    }))
    const made = await record(password)
    expect(made.secrets).toMatchObject({ appId: 'app', token: 'fresh', life: { from: start, until } })
    expect(JSON.stringify(made)).not.toContain('correct horse')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.path).toBe('/API/auth/v1/auth/simple/login/')
    expect([asked[0]?.headers.has('app-id'), asked[0]?.headers.has('auth-token')]).toEqual([false, false])
  })

  test.each([400, 401, 403])('with a wrong password (%s) is auth.expired', async (status) => {
    const { record } = service(() => ({
      status,
      body: { errors: ['Wrong email or password correct horse'] },
    }))
    const failure = await failureOf(record(password))
    expect(failure).toEqual({ code: 'auth.expired', reason: 'password' })
  })

  test('at a service that is down or gone is that, not a wrong password', async () => {
    const { record } = service(() => ({ status: 503 }))
    expect(await failureOf(record(password))).toMatchObject({ code: 'remote.unavailable' })
  })

  test('never sends a password in the clear', async () => {
    const { record, asked } = service(() => ({ status: 201, body: {} }))
    expect(await failureOf(record(password, 'http://app.iconik.io'))).toMatchObject({
      code: 'request.invalid',
      reason: 'plainHttp',
    })
    expect(asked).toEqual([])
  })
})

describe('a second factor', () => {
  const answers = (wanted: string) =>
    service(({ path, body, headers }) => {
      if (path.endsWith('/simple/login/'))
        return {
          status: 201,
          body: { token: null, app_id: null, auth_system_domains: [{ ...domain, mfa_required: true }] },
        }
      if (path.endsWith('/otp/generate/')) return { status: 201 }
      const { otp } = body as { otp?: string }
      if (headers.get('temp-auth-token') !== 'temporary' || otp !== wanted)
        return { status: 401, body: { errors: ['Code is invalid'] } }
      return { status: 201, body: { token: 'proven', app_id: 'app', expires: new Date(until).toISOString() } }
    })

  test('is asked for once, and mailed once', async () => {
    const { record, asked } = answers('123456')
    expect(await failureOf(record(password))).toEqual({ code: 'auth.codeNeeded', method: 'mail' })
    expect(asked.map(({ path }) => path.split('/').at(-2))).toEqual(['login', 'generate'])
    const made = await record({ ...password, code: '123456' })
    expect(made.secrets).toMatchObject({ appId: 'app', token: 'proven' })
    expect(asked.map(({ path }) => path.split('/').slice(-3, -1).join('/'))).toEqual([
      'simple/login',
      'otp/generate',
      'simple/login',
      'multidomain/login',
    ])
  })

  test('that is wrong is asked for again', async () => {
    const { record } = answers('123456')
    expect(await failureOf(record({ ...password, code: '000000' }))).toEqual({
      code: 'auth.codeNeeded',
      isWrong: true,
      method: 'mail',
    })
  })
})

describe('a link to a share', () => {
  const session = {
    token: 'guest-token',
    app_id: 'app9',
    share_id: 's1',
    share_user_id: 'g1',
    object_type: 'assets',
    object_id: 'a1',
    email: 'client@example.com',
    expires: new Date(until).toISOString(),
    roles: ['can_read_assets', 'can_read_segments'],
  }
  const share = { kind: 'share', link } as const

  test('opens with what the link says, at its own host, with the application’s id alone', async () => {
    const { record, asked } = service(() => ({ body: session }))
    const made = await record(share)
    expect(made.settings).toEqual({ address: 'https://app.iconik.io', isShare: true })
    expect(made.secrets).toMatchObject({
      token: 'guest-token',
      share: { hash: 'opensesame', id: 's1', roles: session.roles, email: 'client@example.com' },
    })
    const [request] = asked
    expect(request).toMatchObject({
      origin: 'https://app.iconik.io',
      path: '/API/assets/v1/shares/auth/login/',
      body: { hash: 'opensesame', object_type: 'assets', object_id: 'a1' },
    })
    expect([...(request?.headers.keys() ?? [])].sort()).toEqual(['accept', 'app-id', 'content-type'])
    expect(JSON.stringify(made.settings)).not.toContain('opensesame')
  })

  test('is not followed to another host, whatever its words', async () => {
    const { record, asked } = service(() => ({ body: session }))
    const elsewhere = { ...share, link: link.replace('app.iconik.io', 'app.iconik.io.example.com') }
    expect(await failureOf(record(elsewhere))).toMatchObject({ code: 'request.invalid', reason: 'host' })
    expect(asked).toEqual([])
  })

  test('that wants a password says so; a wrong one is told from a missing one, and from a share that ended', async () => {
    const { record } = service(({ body }) => {
      const { password: given } = body as { password?: string }
      if (given === 'gone') return { status: 404, body: { errors: ['Share does not exist'] } }
      return given === 'right'
        ? { body: session }
        : { status: 400, body: { errors: { password: 'is needed' } } }
    })
    expect(await failureOf(record(share))).toEqual({ code: 'auth.passwordNeeded' })
    expect(await failureOf(record({ ...share, password: 'wrong' }))).toEqual({
      code: 'auth.passwordNeeded',
      isWrong: true,
    })
    expect(await failureOf(record({ ...share, password: 'gone' }))).toMatchObject({ code: 'remote.notFound' })
    const made = await record({ ...share, password: 'right' })
    expect(JSON.stringify(made)).not.toContain('right')
  })

  test('stays a share: no account is put behind it, and nothing can be sent to it', async () => {
    const { record, parts } = service(() => ({ body: session }))
    const made = await record(share)
    const signal = new AbortController().signal
    const asAccount = iconikProvider.renew(
      made,
      { signIn: { kind: 'token', appId: 'app', token: 't' } },
      parts,
      signal,
    )
    expect(await failureOf(asAccount)).toMatchObject({ code: 'request.invalid', field: 'signIn' })
    const again = await iconikProvider.renew(made, { signIn: { kind: 'share' } }, parts, signal)
    expect(again).toMatchObject({ token: 'guest-token', share: { hash: 'opensesame' } })
    expect(iconikProvider.access('01J00000000000000000000000' as never, made)).toBeUndefined()
  })

  test('without the id of an application asks for one instead of guessing', async () => {
    const { record, asked } = service(() => ({ body: session }))
    const bare = { ...share, link: link.replace('&app_id=app9', '') }
    expect(await failureOf(record(bare))).toEqual({ code: 'request.invalid', field: 'appId' })
    expect(asked).toEqual([])
    await record({ ...bare, appId: 'typed' })
    expect(asked[0]?.headers.get('app-id')).toBe('typed')
  })
})
