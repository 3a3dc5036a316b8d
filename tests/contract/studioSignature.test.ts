import { createHash } from 'node:crypto'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorize, type S3Keys } from '../../src/studio/s3/authorize.ts'
import { S3Error } from '../../src/studio/s3/s3Error.ts'
import {
  amzDateOf,
  canonicalRequest,
  chunkSignature,
  emptySha256,
  scopeText,
  sign,
  signingKey,
  stringToSign,
} from '../../src/studio/s3/signature.ts'
import { refusalOf, s3ClientOf, sendRaw } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

let studio: StudioProcess
let s3: S3Client
let Bucket: string

beforeAll(async () => {
  studio = await startStudio()
  s3 = s3ClientOf(studio)
  Bucket = studio.storage.bucket
  await s3.send(new PutObjectCommand({ Bucket, Key: 'thing', Body: 'bytes', ContentType: 'text/plain' }))
})
afterAll(async () => {
  s3.destroy()
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const scopeAt = (time: number) => ({ day: amzDateOf(time).slice(0, 8), region: 'us-east-1', service: 's3' })

interface Signing {
  readonly method?: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly payloadHash?: string
  readonly time?: number
  readonly region?: string
}

/** The headers of a request signed by hand, so that each part of it can be wrong. */
function signed({
  method = 'GET',
  path,
  headers = {},
  payloadHash = emptySha256,
  time = Date.now(),
  region = 'us-east-1',
}: Signing): Record<string, string> & { authorization: string } {
  const { accessKeyId, secretAccessKey } = studio.storage
  const scope = { ...scopeAt(time), region }
  const all: Record<string, string> = {
    host: `127.0.0.1:${studio.port}`,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': amzDateOf(time),
    ...headers,
  }
  const lines = Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const request = canonicalRequest({ method, rawPath: path, query: [], headers: lines, payloadHash })
  const signature = sign(signingKey(secretAccessKey, scope), stringToSign(amzDateOf(time), scope, request))
  const names = lines.map(([name]) => name).join(';')
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const path = () => `/${Bucket}/thing`
const codeOf = (xml: string) => /<Code>(\w+)<\/Code>/.exec(xml)?.[1]

describe('a signed request', () => {
  test('is served', async () => {
    expect(await sendRaw(studio.port, { path: path(), headers: signed({ path: path() }) })).toMatchObject({
      status: 200,
      text: 'bytes',
    })
  })

  test('with a wrong secret is refused as S3 writes it', async () => {
    const { accessKeyId } = studio.storage
    const wrong = s3ClientOf(studio, { credentials: { accessKeyId, secretAccessKey: 'wrong-secret-wrong' } })
    const get = wrong.send(new GetObjectCommand({ Bucket, Key: 'thing' }))
    expect(await refusalOf(get)).toEqual({ name: 'SignatureDoesNotMatch', status: 403 })
    wrong.destroy()
    const headers = signed({ path: path() })
    const answer = await sendRaw(studio.port, {
      path: path(),
      headers: {
        ...headers,
        authorization: headers.authorization.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      },
    })
    expect(answer.status).toBe(403)
    expect(answer.headers['content-type']).toBe('application/xml')
    for (const name of ['Code', 'Message', 'Resource', 'RequestId'])
      expect(answer.text).toContain(`<${name}>`)
    expect(answer.text).toContain(`<Resource>${path()}</Resource>`)
    expect(answer.text).toContain(String(answer.headers['x-amz-request-id']))
  })

  test('with an unknown key is refused', async () => {
    const wrong = s3ClientOf(studio, { credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'x' } })
    const get = wrong.send(new GetObjectCommand({ Bucket, Key: 'thing' }))
    expect(await refusalOf(get)).toEqual({ name: 'InvalidAccessKeyId', status: 403 })
    wrong.destroy()
  })

  test.each([-16, 16])('that is %i minutes off is refused', async (minutes) => {
    const time = Date.now() + minutes * 60_000
    const answer = await sendRaw(studio.port, { path: path(), headers: signed({ path: path(), time }) })
    expect(answer.status).toBe(403)
    expect(codeOf(answer.text)).toBe('RequestTimeTooSkewed')
    expect(answer.text).toContain('<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>')
    expect(Math.abs(Date.parse(String(answer.headers.date)) - Date.now())).toBeLessThan(5000)
  })

  test('of a client whose clock is wrong is refused, and the next one is right', async () => {
    const late = s3ClientOf(studio, { systemClockOffset: -3_600_000 })
    const get = () => late.send(new HeadObjectCommand({ Bucket, Key: 'thing' }))
    expect((await refusalOf(get())).status).toBe(403)
    // The client learns the offset from the Date of the refusal.
    expect((await get()).ContentLength).toBe(5)
    late.destroy()
  })

  test('for another region, or with unsigned amz headers, is refused', async () => {
    const elsewhere = signed({ path: path(), region: 'eu-west-1' })
    const other = await sendRaw(studio.port, { path: path(), headers: elsewhere })
    expect([other.status, codeOf(other.text)]).toEqual([400, 'AuthorizationHeaderMalformed'])
    expect(other.text).toContain('<Region>us-east-1</Region>')
    const loose = { ...signed({ path: path() }), 'x-amz-meta-added': 'later' }
    const refused = await sendRaw(studio.port, { path: path(), headers: loose })
    expect([refused.status, codeOf(refused.text)]).toEqual([403, 'AccessDenied'])
  })

  test.each([{}, { authorization: 'Bearer x' }, { authorization: 'AWS4-HMAC-SHA256 Credential=x' }])(
    'must be one: %j is refused',
    async (headers) => {
      const answer = await sendRaw(studio.port, { path: path(), headers })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(404)
    },
  )
})

describe('a signed body', () => {
  const put = (headers: Record<string, string>, body: string, payloadHash: string) =>
    sendRaw(studio.port, {
      method: 'PUT',
      path: `/${Bucket}/signed`,
      headers: {
        ...signed({ method: 'PUT', path: `/${Bucket}/signed`, headers, payloadHash }),
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    })

  test('must have the hash it was signed with', async () => {
    expect((await put({}, 'true', sha256('true'))).status).toBe(200)
    const changed = await put({}, 'lies', sha256('true'))
    expect([changed.status, codeOf(changed.text)]).toEqual([400, 'XAmzContentSHA256Mismatch'])
    expect((await put({}, 'anything', 'UNSIGNED-PAYLOAD')).status).toBe(200)
    expect((await put({}, 'x', 'nonsense')).status).toBe(400)
  })

  test('in signed chunks is checked chunk by chunk', async () => {
    const streaming = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
    const target = `/${Bucket}/chunks`
    const time = Date.now()
    const headers = signed({
      method: 'PUT',
      path: target,
      headers: { 'x-amz-decoded-content-length': '10' },
      payloadHash: streaming,
      time,
    })
    const scope = scopeAt(time)
    const seed = {
      key: signingKey(studio.storage.secretAccessKey, scope),
      amzDate: amzDateOf(time),
      scope,
      signature: headers.authorization.slice(-64),
    }
    const one = chunkSignature(seed, seed.signature, sha256('hello'))
    const two = chunkSignature(seed, one, sha256('world'))
    const end = chunkSignature(seed, two, sha256(''))
    const frame = (second: string) =>
      `5;chunk-signature=${one}\r\nhello\r\n5;chunk-signature=${two}\r\n${second}\r\n0;chunk-signature=${end}\r\n\r\n`
    const send = (body: string) => sendRaw(studio.port, { method: 'PUT', path: target, headers, body })
    const forged = await send(frame('w0rld'))
    expect([forged.status, codeOf(forged.text)]).toEqual([403, 'SignatureDoesNotMatch'])
    expect((await send(frame('world'))).status).toBe(200)
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'chunks' }))
    expect(await read.Body?.transformToString()).toBe('helloworld')
  })

  test('that ends early, or has no length, is refused and leaves nothing', async () => {
    const target = `/${Bucket}/early`
    const more = { 'x-amz-decoded-content-length': '10', 'x-amz-trailer': 'x-amz-checksum-crc32' }
    const payloadHash = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
    const headers = signed({ method: 'PUT', path: target, headers: more, payloadHash })
    const bodies = ['5\r\nhello\r\n0\r\n\r\n', '5\r\nhel', 'zz\r\n', '', '5\r\nhelloXX0\r\n\r\n']
    for (const body of bodies) {
      const answer = await sendRaw(studio.port, { method: 'PUT', path: target, headers, body })
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'IncompleteBody'])
    }
    const unmeasured = await sendRaw(studio.port, {
      method: 'PUT',
      path: target,
      headers: {
        ...signed({ method: 'PUT', path: target, payloadHash: 'UNSIGNED-PAYLOAD' }),
        'transfer-encoding': 'chunked',
      },
      body: 'x',
    })
    expect([unmeasured.status, codeOf(unmeasured.text)]).toEqual([411, 'MissingContentLength'])
    expect((await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'early' })))).status).toBe(404)
  })
})

describe('a presigned URL', () => {
  const urlFor = (expiresIn: number, more: object = {}) =>
    getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'thing', ...more }), { expiresIn })

  test('reads one object, with the headers it asks for', async () => {
    const answer = await fetch(await urlFor(60, { ResponseContentType: 'video/mp4' }))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('video/mp4')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(await answer.text()).toBe('bytes')
    const ranged = await fetch(await urlFor(60), { headers: { range: 'bytes=1-2' } })
    expect([ranged.status, await ranged.text()]).toEqual([206, 'yt'])
  })

  test('writes an object that was signed for', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'by-url' }), { expiresIn: 60 })
    const answer = await fetch(url, { method: 'PUT', body: 'from outside' })
    expect(answer.status).toBe(200)
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'by-url' }))
    expect(await read.Body?.transformToString()).toBe('from outside')
  })

  test('is good for that object, method and time only', async () => {
    const url = await urlFor(60)
    const other = await fetch(url.replace('/thing?', '/other?'))
    expect([other.status, codeOf(await other.text())]).toEqual([403, 'SignatureDoesNotMatch'])
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403)
    const longer = await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))
    expect(longer.status).toBe(403)
    const tooLong = await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'))
    expect([tooLong.status, codeOf(await tooLong.text())]).toEqual([400, 'AuthorizationQueryParametersError'])
  })

  test('is refused once it has expired', async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'thing' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 61_000),
    })
    const answer = await fetch(url)
    const text = await answer.text()
    expect([answer.status, codeOf(text)]).toEqual([403, 'AccessDenied'])
    expect(text).toContain('<Message>Request has expired</Message>')
  })
})

// The example that AWS publishes with its description of the algorithm: keys, request and signature are theirs.
test('the signature of the published example is the published one', () => {
  const keys: S3Keys = {
    region: 'us-east-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }
  const head = (signature: string) => ({
    method: 'GET',
    rawPath: '/test.txt',
    query: [],
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': emptySha256,
      'x-amz-date': '20130524T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
    },
  })
  const published = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
  const now = Date.UTC(2013, 4, 24)
  expect(authorize(head(published), keys, now)).toEqual({ kind: 'sha256', hex: emptySha256 })
  expect(() => authorize(head(published.replace('f', 'e')), keys, now)).toThrow(S3Error)
})
