import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import type { OriginalServer } from './originalServer.ts'
import { serveOriginal } from './originalServer.ts'

let server: OriginalServer | undefined
afterEach(() => server?.close())

interface Given {
  readonly url?: string
  readonly password?: string
  readonly method?: string
  readonly range?: string
}

/** Asks as a program with an HTTP proxy does. */
function ask(at: OriginalServer, { url = at.url, password, method = 'GET', range }: Given) {
  const proxy = new URL(at.proxy)
  const given = Buffer.from(`rushes:${password ?? proxy.password}`).toString('base64')
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const asking = request({
      ...{ host: proxy.hostname, port: proxy.port, path: url, method },
      headers: { 'proxy-authorization': `Basic ${given}`, ...(range && { range }) },
    })
    asking.on('error', reject)
    asking.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('close', () => resolve({ status: response.statusCode, text }))
    })
    asking.end()
  })
}

test('gives its one medium to who knows the password, in the range that is asked for', async () => {
  const asked: (string | null)[] = []
  server = await serveOriginal(async (given) => {
    asked.push(given.headers.get('range'))
    return new Response('frames', { status: 206, headers: { 'content-range': 'bytes 2-7/10' } })
  })
  expect(new URL(server.proxy).hostname).toBe('127.0.0.1')
  expect(await ask(server, { range: 'bytes=2-7' })).toEqual({ status: 206, text: 'frames' })
  expect(asked).toEqual(['bytes=2-7'])
  expect(server.bytesServed()).toBe(6)
  expect(server.failure()).toBeUndefined()
})

test('refuses everybody else and everything else', async () => {
  let asked = 0
  server = await serveOriginal(async () => {
    asked += 1
    return new Response('frames')
  })
  const { url } = server
  expect(await ask(server, { password: 'guess' })).toMatchObject({ status: 407, text: '' })
  expect(await ask(server, { url: 'http://127.0.0.1:80/other' })).toMatchObject({ status: 403 })
  expect(await ask(server, { url: '/media' })).toMatchObject({ status: 403 })
  expect(await ask(server, { url: `${url}?x=1` })).toMatchObject({ status: 403 })
  expect(await ask(server, { method: 'POST' })).toMatchObject({ status: 403 })
  expect(asked).toBe(0)
  expect(server.failure()).toBeUndefined()
})

test('every run has a password of its own, and none after its end', async () => {
  server = await serveOriginal(async () => new Response('frames'))
  const other = await serveOriginal(async () => new Response('others'))
  expect(new URL(other.proxy).password).not.toBe(new URL(server.proxy).password)
  expect(await ask(server, { password: new URL(other.proxy).password })).toMatchObject({ status: 407 })
  await other.close()
  await expect(ask(other, {})).rejects.toThrow()
})

test.each([
  [404, 'remote.notFound'],
  [500, 'remote.refused'],
] as const)('remembers that the store answered %i', async (status, code) => {
  server = await serveOriginal(async () => new Response(null, { status }))
  expect((await ask(server, {})).status).toBe(status)
  expect(server.failure()?.code).toBe(code)
})

test('remembers why it could not be asked, and that an answer broke off', async () => {
  server = await serveOriginal(() => Promise.reject(new AppError('auth.expired')))
  expect((await ask(server, {})).status).toBe(502)
  expect(server.failure()?.code).toBe('auth.expired')
  await server.close()
  server = await serveOriginal(async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(4)),
      pull: (controller) => controller.error(new TypeError('terminated')),
    })
    return new Response(body, { headers: { 'content-length': '10' } })
  })
  await ask(server, {}).catch(() => undefined)
  expect(server.failure()?.code).toBe('network.offline')
})
