import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../transfers/clock.ts'
import { createHttp, type Http } from './http.ts'

const answer = z.object({ data: z.object({ id: z.string() }) })
const { signal } = new AbortController()
let server: Server
let serve: (request: IncomingMessage, response: ServerResponse) => void
let http: Http
let requests: IncomingMessage[]

beforeEach(async () => {
  requests = []
  server = createServer((request, response) => {
    requests.push(request)
    serve(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  http = openHttp(10_000)
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const openHttp = (timeoutMs: number) => {
  const { port } = server.address() as AddressInfo
  return createHttp({
    address: `http://127.0.0.1:${port}/v1/`,
    authorise: () => ({ authorization: 'Bearer a-token-of-the-test' }),
    fetch,
    clock: systemClock,
    timeoutMs,
    maxBytes: 10_000,
    concurrency: 2,
  })
}

const get = (query?: Record<string, string | number | undefined>) =>
  http.ask({ method: 'GET', path: '/things', answer, ...(query === undefined ? {} : { query }) }, signal)

function reply(status: number, body: string, headers: Record<string, string> = {}): void {
  serve = (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}

test('asks with the token and gives back what was parsed', async () => {
  reply(200, '{"data":{"id":"x","more":1}}')
  expect(await get({ page: 2, limit: undefined })).toEqual({ data: { id: 'x' } })
  expect(requests[0]?.url).toBe('/v1/things?page=2')
  expect(requests[0]?.headers).toMatchObject({
    authorization: 'Bearer a-token-of-the-test',
    accept: 'application/json',
  })
})

test.each([
  [401, 'auth.expired'],
  [403, 'auth.forbidden'],
  [404, 'remote.notFound'],
  [410, 'remote.notFound'],
  [408, 'remote.unavailable'],
  [422, 'remote.refused'],
  [500, 'remote.unavailable'],
  [503, 'remote.unavailable'],
])('%i is %s', async (status, code) => {
  reply(status, '{"error":{"message":"because\\u202e of it"}}')
  const failure = await get().catch((error: unknown) => error)
  expect(failure).toMatchObject({ code, facts: { status, isSent: true } })
  if (status === 422) expect(failure).toMatchObject({ facts: { message: 'because of it' } })
})

test('a redirect is not followed: the token stays with its host', async () => {
  reply(302, '', { location: 'http://127.0.0.1:9/elsewhere' })
  await expect(get()).rejects.toMatchObject({ code: 'remote.badReply', facts: { reason: 'redirect' } })
  expect(requests).toHaveLength(1)
})

test('an answer of another shape names the field', async () => {
  reply(200, '{"data":{"id":7}}')
  await expect(get()).rejects.toMatchObject({ code: 'remote.badReply', facts: { field: 'data.id' } })
})

test('a page instead of data is a network that is not there yet', async () => {
  reply(200, '<html>Welcome to the hotel</html>', { 'content-type': 'text/html' })
  await expect(get()).rejects.toMatchObject({ code: 'network.offline', facts: { reason: 'portal' } })
})

test('an endless answer ends', async () => {
  serve = (_request, response) => {
    response.writeHead(200)
    const more = () => {
      if (response.write('x'.repeat(4000))) setImmediate(more)
      else response.once('drain', more)
    }
    more()
  }
  await expect(get()).rejects.toMatchObject({ code: 'remote.badReply', facts: { reason: 'tooLong' } })
})

test('an answer that never comes ends', async () => {
  // For this one alone: on a busy machine an answer may take as long.
  http = openHttp(500)
  serve = () => undefined
  await expect(get()).rejects.toMatchObject({
    code: 'remote.unavailable',
    facts: { reason: 'timeout', isSent: true },
  })
})

test('a connection cut after the request may have worked; one that was never made has not', async () => {
  serve = (request) => request.socket.resetAndDestroy()
  await expect(get()).rejects.toMatchObject({ code: 'network.offline', facts: { isSent: true } })
  server.close()
  await expect(get()).rejects.toMatchObject({ code: 'network.offline', facts: { isSent: false } })
})

test('one Retry-After holds the whole connection', async () => {
  reply(429, '', { 'retry-after': '60' })
  const before = Date.now()
  const failure = await get().catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'remote.rateLimited' })
  reply(200, '{"data":{"id":"x"}}')
  await expect(get()).rejects.toMatchObject({ code: 'remote.rateLimited', facts: { isSent: false } })
  const { facts } = failure as { facts: { retryAt: number } }
  expect(facts.retryAt - before).toBeGreaterThan(58_000)
  expect(requests).toHaveLength(1)
})

test('no more requests at once than allowed', async () => {
  let open = 0
  let most = 0
  serve = (_request, response) => {
    open += 1
    most = Math.max(most, open)
    setImmediate(() => {
      open -= 1
      response.end('{"data":{"id":"x"}}')
    })
  }
  await Promise.all(Array.from({ length: 12 }, () => get()))
  expect(most).toBeLessThanOrEqual(2)
  expect(requests).toHaveLength(12)
})

test('an aborted request rejects with its reason', async () => {
  serve = () => undefined
  const controller = new AbortController()
  const asked = http.ask({ method: 'GET', path: '/things', answer }, controller.signal)
  const reason = new Error('left the screen')
  controller.abort(reason)
  await expect(asked).rejects.toBe(reason)
})
