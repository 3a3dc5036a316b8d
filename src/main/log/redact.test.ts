import { describe, expect, test } from 'vitest'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import { redact } from './redact.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const token = 'q7fJk2mPz9Xc4Vb8Nn1Ls6Hd3Gt5Ry0Wa7Ue2Io4'
const signature = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024'
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

/** Texts as they are met, and what must not be left of each. */
const shapes: readonly (readonly [string, string, readonly string[]])[] = [
  ['a bearer header', `Authorization: Bearer ${token}`, [token]],
  ['a bearer header in JSON', `{"authorization":"Bearer ${token}","accept":"*/*"}`, [token]],
  ['headers of fetch', `headers: { authorization: 'Bearer ${token}', accept: 'application/json' }`, [token]],
  ['a bearer token in a sentence', `the server refused Bearer ${token} today`, [token]],
  [
    'a SigV4 header',
    `authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    [signature, 'AKIAIOSFODNN7EXAMPLE', 'aws4_request'],
  ],
  [
    'a presigned URL',
    `GET https://bucket.s3.amazonaws.com/in/secret-film.mov?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101&X-Amz-Signature=${signature} failed`,
    [signature, 'AKIAIOSFODNN7EXAMPLE', 'secret-film'],
  ],
  [
    'an old presigned URL',
    'https://s3.amazonaws.com/b/k.mov?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D&Expires=1141889120',
    ['vjbyPxybdZaNmGa', 'AKIAIOSFODNN7EXAMPLE', 'k.mov'],
  ],
  [
    'a Google signed URL',
    `https://storage.googleapis.com/b/k.mov?X-Goog-Signature=${signature}&x=1`,
    [signature],
  ],
  [
    'an Azure signed URL',
    'https://a.blob.core.windows.net/c/k.mov?sv=2020&sig=Zm9vYmFyYmF6%3D&se=2026',
    ['Zm9vYmFyYmF6'],
  ],
  ['a share link with a token', `https://host/review?share=1&token=${token}`, [token]],
  ['a query alone', `X-Amz-Security-Token=${token}&other=1`, [token]],
  ['a URL with a password', 'http://anna:hunter2hunter2@proxy.local:3128/', ['hunter2hunter2', 'anna']],
  [
    'basic authorisation',
    'Proxy-Authorization: Basic YW5uYTpodW50ZXIyaHVudGVyMg==',
    ['YW5uYTpodW50ZXIyaHVudGVyMg'],
  ],
  ['a cookie', 'set-cookie: session=abcdef0123456789; HttpOnly', ['abcdef0123456789']],
  [
    'keys of a storage',
    `{"accessKeyId":"AKIAIOSFODNN7EXAMPLE","secretAccessKey":"${secret}"}`,
    [secret, 'AKIAIOSFODNN7EXAMPLE'],
  ],
  [
    'keys of an inspected object',
    `{ secretAccessKey: '${secret}', sessionToken: '${token}' }`,
    [secret, token],
  ],
  ['environment', `AWS_SECRET_ACCESS_KEY=${secret}`, [secret]],
  ['a password field', 'password: "correct horse battery"', ['correct horse', 'battery']],
  ['an API key header', `x-api-key: ${token}`, [token]],
  ['iconik headers', `App-ID: 1234-5678\nAuth-Token: ${token}`, [token, '1234-5678']],
  ['a JSON web token', `cookie value ${jwt}`, [jwt, 'eyJzdWIi']],
  [
    'a home on Linux',
    "ENOENT: no such file or directory, open '/home/anna/Secret Film/A001.mov'",
    ['anna', 'Secret', 'A001'],
  ],
  ['a home on macOS', 'at /Users/anna/Movies/A001_C003.mov:1', ['anna', 'A001_C003']],
  ['a volume', 'cannot read /Volumes/CARD_A/CLIPS/A001.mov', ['CARD_A', 'A001']],
  ['a home on Windows', 'open C:\\Users\\anna\\Secret Film\\A001.mov failed', ['anna', 'Secret', 'A001']],
  ['a network share', 'open \\\\nas\\films\\secret\\A001.mov', ['films', 'A001']],
  ['a file URL', 'file:///home/anna/A001.mov', ['anna', 'A001']],
]

describe('a text for the log keeps no secret of', () => {
  test.each(shapes)('%s', (_what, text, hidden) => {
    const clean = redact(text)
    for (const part of hidden) expect(clean).not.toContain(part)
    expect(redact(clean)).toBe(clean)
  })
})

test.each([
  'UploadPart 12 of 40 took 310 ms',
  'remote.unavailable {"status":503,"isSent":true}',
  'The disk takes no writes; trying again.',
  'https://api.candidio.com/v1/workspaces/wrk_1/productions',
  'tokens are counted: 3 of 5',
  'network: ECONNRESET',
  'at runTransfer (out/main/transferHost.js:37:21)',
])('plain text stays as it is: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test('a long text takes no long time', () => {
  const text = `${'a'.repeat(50_000)} ${'/x'.repeat(20_000)} ${'key='.repeat(10_000)} ${'https://'.repeat(5_000)}`
  expect(processorTime(() => redact(text)).ms).toBeLessThan(1500)
})
