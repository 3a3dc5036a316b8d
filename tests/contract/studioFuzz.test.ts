import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { routes } from '../../src/studio/candidio/routes.ts'
import {
  amzDateOf,
  canonicalRequest,
  parseQuery,
  scopeText,
  sign,
  signingKey,
  stringToSign,
} from '../../src/studio/s3/signature.ts'
import { CandidioClient } from '../fakes/candidioClient.ts'
import { seeded } from '../fakes/seeded.ts'
import { type RawRequest, sendRaw } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'

const requests = 2000
const random = seeded(4)
let studio: StudioProcess
let ids: string[]

beforeAll(async () => {
  studio = await startStudio()
  const { workspaceId, productionId } = await studio.seed('Fuzzed', 5)
  const { body } = await new CandidioClient(studio).ask('GET', `/workspaces/${workspaceId}/assets`)
  const listed = z.object({ data: z.array(z.object({ id: z.string() })) }).parse(body)
  ids = [workspaceId, productionId, 'wrk_none', 'prd_none', 'ast_none', ...listed.data.map(({ id }) => id)]
})
afterAll(() => studio.dispose())

const oddTexts = [
  ...['', ' ', '0', '-1', '1e309', 'NaN', 'null', 'true', '%00', '%', '%zz', '%ff%fe', '%2e%2e', '..', '//'],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE asset; --',
    '<script>',
    '\u202e',
    '💥',
    'ä'.repeat(300),
    'x'.repeat(5000),
  ],
  ...['__proto__', 'constructor', 'toString', '[]', '{}', ',', '.', ':', 'a.b.c.d.e.f', '9'.repeat(40)],
]
const oddValues: unknown[] = [
  ...oddTexts,
  ...[null, true, false, 0, -1, 1.5, 1e300, [], {}, [[]], { a: { b: {} } }, '\ud800', '\u0000'],
]

const fields = [
  ...['workspace_id', 'user_id', 'production_id', 'description_id', 'bucket', 'object_key', 'file_name'],
  ...['file_type', 'size', 'mimetype', 'is_stock', 'title', 'goal_date', 'status', 'is_business', 'name'],
  ...[
    'email',
    'password',
    'first_name',
    'last_name',
    'token',
    'type',
    'fields',
    'meta',
    'instructions',
    'features',
  ],
  ...['preferences', 'new_password', 'template', 'rating', 'turnaround', 'video_length', '__proto__'],
]
const words = [
  ...[
    'assets',
    'productions',
    'workspaces',
    'workspace',
    'public',
    'descriptions',
    'revisions',
    'briefs',
    'users',
  ],
  ...[
    'deliverables',
    'video-series',
    'actions',
    'invites',
    'register',
    'activate',
    'templates',
    'industries',
  ],
  ...['attach', 'detach', 'template-types', 'forgot-password', 'reset-password', 'confirm-email'],
]
const parameters = [
  'limit',
  'page',
  'sort',
  'direction',
  'include',
  'scope',
  'scope[stock]',
  'workspace_id',
  'scope[]',
]

const odd = () => encodeURI(random.pick(oddTexts)).slice(0, 6000)
const maybe = (chance: number) => random.next() < chance

/** A real path, mostly with ids that exist, or any row of segments. */
function apiPath(): { method: string; path: string } {
  if (maybe(0.8)) {
    // Without the workspace there would be little left to try.
    const route = random.pick(routes.filter(({ name }) => name !== 'workspaces.delete'))
    const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => {
      if (maybe(0.1)) return odd()
      if (name === 'w') return ids[0] ?? ''
      return name === 'p' ? (ids[1] ?? '') : random.pick(ids)
    })
    return { method: maybe(0.9) ? route.method : 'PUT', path }
  }
  const method = random.pick(['GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'])
  const segments = Array.from({ length: 1 + random.below(6) }, () =>
    maybe(0.7) ? random.pick(words) : maybe(0.7) ? random.pick(ids) : odd(),
  )
  return { method, path: `/${segments.join('/')}` }
}

function apiRequest(): RawRequest {
  const query = Array.from(
    { length: random.below(4) },
    () => `${random.pick(parameters)}=${maybe(0.5) ? odd() : random.pick(words)}`,
  )
  const headers: Record<string, string> = {
    authorization: `Bearer ${maybe(0.9) ? random.pick([studio.token, studio.adminToken]) : 'x'}`,
    'content-type': maybe(0.9) ? 'application/json' : 'text/plain',
  }
  const data = Object.fromEntries(
    Array.from({ length: random.below(8) }, () => [random.pick(fields), random.pick(oddValues)]),
  )
  const bodies = [
    JSON.stringify({ data }),
    JSON.stringify(data),
    '{"data":',
    '['.repeat(100_000),
    '',
    JSON.stringify({ data: { fields: '['.repeat(50) } }),
    random.bytes(200),
  ]
  const target = apiPath()
  const { method } = target
  const path = `/v1${target.path}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const body =
    method === 'GET' || method === 'HEAD' ? '' : maybe(0.8) ? (bodies[0] ?? '') : random.pick(bodies)
  return { method, path, headers, body }
}

const s3Parameters = [
  ...[
    'uploads',
    'uploadId',
    'partNumber',
    'list-type',
    'prefix',
    'max-keys',
    'continuation-token',
    'delimiter',
  ],
  ...[
    'key-marker',
    'max-uploads',
    'part-number-marker',
    'max-parts',
    'encoding-type',
    'response-content-type',
    'acl',
  ],
]
const s3Headers = [
  ...['range', 'if-match', 'if-none-match', 'if-range', 'if-modified-since', 'content-md5', 'content-type'],
  ...['x-amz-checksum-crc32', 'x-amz-checksum-sha256', 'x-amz-checksum-type', 'x-amz-checksum-algorithm'],
  ...[
    'x-amz-mp-object-size',
    'x-amz-trailer',
    'x-amz-meta-a',
    'x-amz-decoded-content-length',
    'x-amz-copy-source',
  ],
]

/** Signed rightly more often than not, so that what lies behind the signature is reached. */
function s3Request(): RawRequest {
  const { bucket, accessKeyId, secretAccessKey } = studio.storage
  const rawPath =
    `/${maybe(0.95) ? bucket : 'other'}${maybe(0.8) ? `/${maybe(0.5) ? 'key' : odd()}` : ''}`.replace(
      /[?#]/g,
      '_',
    )
  const rawQuery = Array.from({ length: random.below(4) }, () => {
    const value = maybe(0.5) ? odd() : String(random.below(20))
    return `${random.pick(s3Parameters)}=${value.replace(/[&#]/g, '_')}`
  }).join('&')
  const method = random.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'])
  const xml =
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>'
  const body =
    method === 'GET' || method === 'HEAD'
      ? ''
      : random.pick(['', 'body', xml, '<a>', '5\r\nhello\r\n0\r\n\r\n', '<'.repeat(2000)])
  const payloadHash = random.pick([
    ...[
      'UNSIGNED-PAYLOAD',
      'UNSIGNED-PAYLOAD',
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'nonsense',
      '0'.repeat(64),
    ],
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  ])
  const time = Date.now() + (maybe(0.05) ? 3_600_000 : 0)
  const scope = { day: amzDateOf(time).slice(0, 8), region: 'us-east-1', service: 's3' }
  const plain = Array.from({ length: random.below(4) }, () => {
    const value = maybe(0.4)
      ? String(random.below(30))
      : random.pick(['bytes=0-1', 'CRC32', '"x"', '*', 'AAAAAA==', 'x'])
    return [random.pick(s3Headers), value] as const
  })
  const headers: Record<string, string> = {
    host: `127.0.0.1:${studio.port}`,
    'x-amz-date': amzDateOf(time),
    'x-amz-content-sha256': payloadHash,
    'content-length': String(Buffer.byteLength(body)),
    ...Object.fromEntries(plain),
  }
  const path = rawQuery === '' ? rawPath : `${rawPath}?${rawQuery}`
  if (maybe(0.1)) return { method, path, headers, body }
  try {
    const lines = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const request = canonicalRequest({
      method,
      rawPath,
      query: parseQuery(rawQuery),
      headers: lines,
      payloadHash,
    })
    const signature = sign(signingKey(secretAccessKey, scope), stringToSign(amzDateOf(time), scope, request))
    const names = lines.map(([name]) => name).join(';')
    const credential = `Credential=${accessKeyId}/${scopeText(scope)}`
    headers['authorization'] =
      `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes("Couldn't parse")) throw error
    // A path that cannot be decoded cannot be signed either.
  }
  return { method, path, headers, body }
}

test(`${requests} malformed requests are all answered, none of them with a fault of the studio`, async () => {
  const counts = new Map<number, number>()
  const pending = Array.from({ length: requests }, () => (maybe(0.5) ? apiRequest() : s3Request()))
  const worker = async () => {
    for (let request = pending.pop(); request !== undefined; request = pending.pop()) {
      const answer = await sendRaw(studio.port, request).catch((error: Error) => {
        throw new Error(`${JSON.stringify(request).slice(0, 2000)}: ${error.message}`)
      })
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1)
      const isFault = answer.status >= 500 && answer.status !== 501
      expect(isFault, `${JSON.stringify(request).slice(0, 2000)} → ${answer.status} ${answer.text}`).toBe(
        false,
      )
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  const shares = [...counts].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  process.stdout.write(`fuzzed (seed ${random.seed}): ${shares.join(', ')}\n`)
  expect(studio.problems).toEqual([])
  // Some must have got through to the operations, or this proves nothing.
  for (const status of [200, 400, 404, 422]) expect(counts.get(status)).toBeGreaterThan(10)
}, 120_000)

test('bytes that are no HTTP, and connections that say nothing, harm nobody', async () => {
  for (let round = 0; round < 50; round++) {
    await new Promise<void>((resolve) => {
      const socket = connect(studio.port, '127.0.0.1')
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
      socket.end(maybe(0.8) ? random.bytes(random.below(5000)) : 'GET / HTTP/1.1\r\n\r\n')
      socket.resume()
    })
  }
  const answer = await sendRaw(studio.port, {
    path: '/v1/workspaces',
    headers: { authorization: `Bearer ${studio.token}` },
  })
  expect(answer.status).toBe(200)
  expect(studio.problems).toEqual([])
})
