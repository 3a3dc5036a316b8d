import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checksumOf } from '../../src/main/transfers/checksum.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import { memoryPayload, type ObjectStore } from '../../src/main/transfers/objectStore.ts'
import { createRateLimit, type RateLimit } from '../../src/main/transfers/rateLimit.ts'
import { type Patience, usualPatience } from '../../src/main/transfers/s3Handler.ts'
import { createS3ObjectStore } from '../../src/main/transfers/s3ObjectStore.ts'
import { seeded } from '../fakes/seeded.ts'

const random = seeded(101)
const KiB = 1024
const body = random.bytes(900 * KiB)
/** What one connection does once a request's head has arrived. */
type Script = (
  socket: Socket,
  request: { readonly head: string; readonly body: () => Promise<Buffer> },
) => void

let server: Server
let port: number
let script: Script
let store: ObjectStore
let limit: RateLimit
const sockets = new Set<Socket>()

beforeEach(async () => {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  limit = createRateLimit(systemClock)
  port = (server.address() as AddressInfo).port
  store = openStore(usualPatience)
})
afterEach(() => {
  store.close()
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  server.close()
})

function openStore(patience: Patience): ObjectStore {
  return createS3ObjectStore({
    access: () => ({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'local',
      bucket: 'bucket',
      prefix: '',
      forcePathStyle: true,
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    }),
    clock: systemClock,
    limit,
    patience,
  })
}

/** Goes on with little patience. Only for what must run out of it: a busy machine would, too. */
function hurry(): Patience {
  const patience = { ...usualPatience, stallMs: 400, answerMs: 400 }
  store.close()
  store = openStore(patience)
  return patience
}

/** Reads heads of requests and leaves the rest to the script, as no well-behaved server would. */
function serve(socket: Socket): void {
  let data = Buffer.alloc(0)
  let head: string | undefined
  let waiting: (() => void) | undefined
  socket.on('data', (chunk) => {
    data = Buffer.concat([data, chunk])
    const end = data.indexOf('\r\n\r\n')
    if (head === undefined && end >= 0) {
      head = data.toString('latin1', 0, end)
      data = data.subarray(end + 4)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      script(socket, {
        head,
        body: async () => {
          while (data.byteLength < length) await new Promise<void>((resolve) => (waiting = resolve))
          const whole = Buffer.from(data.subarray(0, length))
          data = data.subarray(length)
          head = undefined
          return whole
        },
      })
    }
    waiting?.()
  })
}

function answer(socket: Socket, status: string, headers: Record<string, string> = {}, text = ''): void {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(text)), ...headers })
  socket.write(
    `HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`,
  )
}

async function sendPart(
  signal = new AbortController().signal,
  onSent: (bytes: number) => void = () => undefined,
) {
  return await store.putPart(
    {
      key: 'a',
      uploadId: 'u',
      number: 1,
      payload: memoryPayload(body, 64 * KiB),
      checksum: await checksumOf('crc32', body),
    },
    onSent,
    signal,
  )
}

test('a part arrives as it is, unsigned body, without waiting for 100 Continue', async () => {
  let seen: Buffer | undefined
  let head = ''
  script = async (socket, request) => {
    head = request.head
    seen = await request.body()
    answer(socket, '200 OK', { etag: '"e"' })
  }
  const progress: number[] = []
  expect(await sendPart(undefined, (bytes) => progress.push(bytes))).toEqual({
    etag: '"e"',
    crc32: undefined,
  })
  expect(seen?.equals(body)).toBe(true)
  expect(head).toMatch(/x-amz-content-sha256: UNSIGNED-PAYLOAD/i)
  expect(head).toMatch(/x-amz-checksum-crc32: /i)
  expect(head).not.toMatch(/expect:/i)
  expect(progress).toEqual(
    Array.from({ length: 15 }, (_, index) => Math.min(body.byteLength, (index + 1) * 64 * KiB)),
  )
})

test('a connection cut in the middle of a part is a network failure', async () => {
  script = (socket) => socket.destroy()
  await expect(sendPart()).rejects.toMatchObject({ kind: 'network' })
})

test('a reset after the body and before the answer is a network failure', async () => {
  script = async (socket, request) => {
    await request.body()
    socket.resetAndDestroy()
  }
  await expect(sendPart()).rejects.toMatchObject({ kind: 'network' })
})

test('a peer that stops reading is found by the watchdog', async () => {
  hurry()
  script = (socket) => socket.pause()
  const big = Buffer.alloc(24 * 2 ** 20)
  const sent = store.putPart(
    {
      key: 'a',
      uploadId: 'u',
      number: 1,
      payload: memoryPayload(big, 256 * KiB),
      checksum: await checksumOf('crc32', big),
    },
    () => undefined,
    new AbortController().signal,
  )
  await expect(sent).rejects.toMatchObject({ kind: 'network', facts: { name: 'ETIMEDOUT' } })
})

test('an answer that never comes is a network failure', async () => {
  hurry()
  script = async (_socket, request) => void (await request.body())
  await expect(sendPart()).rejects.toMatchObject({ kind: 'network', facts: { name: 'ETIMEDOUT' } })
})

test('an answer that ends too early is a network failure', async () => {
  script = async (socket, request) => {
    await request.body()
    socket.end('HTTP/1.1 200 OK\r\netag: "e"\r\ncontent-length: 500\r\n\r\n<Comple')
  }
  await expect(sendPart()).rejects.toMatchObject({ kind: 'network' })
})

test('200 without an ETag, as a portal gives it, is a network failure', async () => {
  script = async (socket, request) => {
    await request.body()
    answer(socket, '200 OK', { 'content-type': 'text/html' }, '<html>Welcome to the hotel</html>')
  }
  await expect(sendPart()).rejects.toMatchObject({ kind: 'network' })
})

test.each([
  ['503 Slow Down', 'SlowDown', 'throttle'],
  ['500 Internal Server Error', 'InternalError', 'server'],
  ['400 Bad Request', 'RequestTimeout', 'idleClose'],
  ['400 Bad Request', 'BadDigest', 'corrupt'],
  ['400 Bad Request', 'ExpiredToken', 'token'],
  ['403 Forbidden', 'AccessDenied', 'denied'],
  ['403 Forbidden', 'SignatureDoesNotMatch', 'denied'],
  ['403 Forbidden', 'RequestTimeTooSkewed', 'skew'],
  ['404 Not Found', 'NoSuchUpload', 'lostUpload'],
  ['404 Not Found', 'NoSuchBucket', 'noBucket'],
  ['412 Precondition Failed', 'PreconditionFailed', 'exists'],
  ['501 Not Implemented', 'NotImplemented', 'unsupported'],
  ['413 Payload Too Large', 'EntityTooLarge', 'tooBig'],
] as const)('%s %s is read as %s', async (status, code, kind) => {
  script = async (socket, request) => {
    await request.body()
    answer(socket, status, { 'retry-after': '7' }, `<Error><Code>${code}</Code><Message>x</Message></Error>`)
  }
  const before = Date.now()
  const failure = await sendPart().catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind, facts: { status: Number(status.slice(0, 3)) } })
  const { retryAt } = (failure as { facts: { retryAt: number } }).facts
  expect(retryAt - before).toBeGreaterThan(6_000)
  expect(retryAt - before).toBeLessThan(9_000)
})

test('a refusal in the middle of the body is heard at once', async () => {
  script = (socket) =>
    answer(socket, '403 Forbidden', { connection: 'close' }, '<Error><Code>AccessDenied</Code></Error>')
  await expect(sendPart()).rejects.toMatchObject({ kind: 'denied' })
})

test('an assembly that answers 200 and then an error has failed', async () => {
  script = async (socket, request) => {
    await request.body()
    answer(
      socket,
      '200 OK',
      {},
      '<?xml version="1.0"?><Error><Code>InternalError</Code><Message>x</Message></Error>',
    )
  }
  const upload = { key: 'a', uploadId: 'u', bytes: 1, kind: 'crc32' as const, parts: [], whole: undefined }
  await expect(store.completeUpload(upload, new AbortController().signal)).rejects.toMatchObject({
    kind: 'server',
  })
})

test('an assembly may take longer than any part', async () => {
  const patience = hurry()
  script = async (socket, request) => {
    await request.body()
    await systemClock.wait(patience.answerMs * 2)
    answer(
      socket,
      '200 OK',
      {},
      '<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>',
    )
  }
  const upload = { key: 'a', uploadId: 'u', bytes: 1, kind: 'crc32' as const, parts: [], whole: undefined }
  await store.completeUpload(upload, new AbortController().signal)
})

test('a kept connection that the server closed meanwhile costs nothing but another try', async () => {
  script = async (socket, request) => {
    await request.body()
    answer(socket, '200 OK', { etag: '"e"' })
  }
  await sendPart()
  script = (socket) => socket.resetAndDestroy()
  await expect(sendPart()).rejects.toMatchObject({ kind: 'idleClose' })
})

test('an aborted part ends at once with the reason', async () => {
  script = () => undefined
  const controller = new AbortController()
  const sent = sendPart(controller.signal)
  const reason = new Error('paused')
  setImmediate(() => controller.abort(reason))
  await expect(sent).rejects.toBe(reason)
})

test('nobody listening is a network failure', async () => {
  server.close()
  await once(server, 'close')
  await expect(sendPart()).rejects.toMatchObject({ kind: 'network', facts: { name: 'ECONNREFUSED' } })
})

test('a speed limit is kept within five in a hundred', async () => {
  script = async (socket, request) => {
    await request.body()
    answer(socket, '200 OK', { etag: '"e"' })
  }
  limit.set(600 * KiB)
  const rates: number[] = []
  // What else runs on the machine may slow one part down, but makes none faster.
  do {
    const from = performance.now()
    await sendPart()
    rates.push(body.byteLength / ((performance.now() - from) / 1000))
  } while (rates.length < 3 && Math.max(...rates) <= 600 * KiB * 0.85)
  // The bucket starts with a quarter of a second's worth.
  expect(Math.max(...rates)).toBeLessThan(600 * KiB * 1.05 * (900 / (900 - 150)))
  expect(Math.max(...rates)).toBeGreaterThan(600 * KiB * 0.85)
})
