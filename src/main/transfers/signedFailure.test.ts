import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { answerFailure, serviceFailure, signedUrl } from './signedFailure.ts'

const xml = (code: string) => `<Error><Code>${code}</Code></Error>`
const now = Date.UTC(2026, 0, 2)
const kindOf = (status: number, code: string, headers: Record<string, string> = {}) => {
  const failure = answerFailure({ status, headers, text: code === '' ? '' : xml(code) }, now)
  return 'kind' in failure ? failure.kind : failure.code
}

test('what is said of keys, rights and clocks is about the URL', () => {
  for (const [status, code] of [
    [403, 'AccessDenied'],
    [403, 'SignatureDoesNotMatch'],
    [403, 'InvalidAccessKeyId'],
    [403, 'RequestTimeTooSkewed'],
    [400, 'ExpiredToken'],
    [400, 'AuthorizationQueryParametersError'],
    [403, ''],
  ] as const)
    expect(kindOf(status, code), code).toBe('deadUrl')
  expect(kindOf(403, '', { date: new Date(now - 3_600_000).toUTCString() })).toBe('deadUrl')
})

test('everything else is what it is with keys of our own', () => {
  expect(kindOf(503, 'SlowDown')).toBe('throttle')
  expect(kindOf(500, 'InternalError')).toBe('server')
  expect(kindOf(404, 'NoSuchUpload')).toBe('lostUpload')
  expect(kindOf(400, 'BadDigest')).toBe('corrupt')
  expect(kindOf(400, 'InvalidPart')).toBe('badPlan')
  expect(kindOf(404, 'NoSuchBucket')).toBe('storage.notFound')
})

test('a service that cannot be asked counts as a store that cannot; its refusals stay', () => {
  const kinds = (
    ['network.offline', 'remote.unavailable', 'remote.rateLimited', 'auth.expired'] as const
  ).map((code) => serviceFailure(new AppError(code, { status: 503, retryAt: 7 })))
  expect(kinds).toMatchObject([
    { kind: 'network' },
    { kind: 'server', facts: { status: 503, retryAt: 7 } },
    { kind: 'throttle', facts: { retryAt: 7 } },
    { kind: 'token' },
  ])
  const refused = new AppError('auth.forbidden', { status: 403 })
  expect(serviceFailure(refused)).toBe(refused)
})

test('no file is sent where a service must not send it', () => {
  const far = 'https://app.iconik.io'
  const here = 'http://127.0.0.1:4000'
  expect(signedUrl('https://bucket.s3.amazonaws.com/key?x=1', far).hostname).toBe('bucket.s3.amazonaws.com')
  expect(signedUrl('http://127.0.0.1:4000/key', here).port).toBe('4000')
  for (const [url, service] of [
    ['http://bucket.s3.amazonaws.com/key', far],
    ['http://bucket.s3.amazonaws.com/key', here],
    ['http://127.0.0.1/key', far],
    ['https://localhost/key', far],
    ['https://user:secret@bucket.test/key', far],
    ['file:///etc/passwd', here],
    ['not a url', far],
  ] as const)
    expect(() => signedUrl(url, service), url).toThrow(expect.objectContaining({ code: 'remote.badReply' }))
})
