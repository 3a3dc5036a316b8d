import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../shared/errors.ts'
import { systemCodeOf } from '../connectors/networkFailure.ts'

/** One medium for one run of a program on this computer. */
export interface OriginalServer {
  /** What the program is told to read; says nothing about the medium. */
  readonly url: string
  /** For the program's environment as `http_proxy`: holds the password of this run, so never an argument. */
  readonly proxy: string
  bytesServed(): number
  /** Why the medium could not be read to its end, where that happened. */
  failure(): AppError | undefined
  close(): Promise<void>
}

/** A name that no resolver knows: nothing but this proxy can answer for it. */
const url = 'http://original.invalid/media'
const asked = new Set([url, url.replace('/media', ':80/media')])
const mostConnections = 8

/**
 * Gives out one medium on 127.0.0.1, as an HTTP proxy that knows a single address. A program's arguments can be read by
 * everybody on the computer, its environment only by its owner: there stands the password, and the links of the service
 * never leave main. Whatever else the program asks for is refused.
 * @param answer the bytes, with `Range` as the request has it
 */
export async function serveOriginal(
  answer: (request: Request) => Promise<Response>,
): Promise<OriginalServer> {
  const password = randomBytes(32).toString('hex')
  const wanted = Buffer.from(`Basic ${Buffer.from(`rushes:${password}`).toString('base64')}`)
  let served = 0
  let failure: AppError | undefined

  const mayRead = (given: string | undefined) => {
    const bytes = Buffer.from(given ?? '')
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
  }
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (!mayRead(request.headers['proxy-authorization'])) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="rushes"', 'content-length': 0 }).end()
      return
    }
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !asked.has(request.url ?? '')) {
      response.writeHead(403, { 'content-length': 0 }).end()
      return
    }
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const { range } = request.headers
    try {
      const found = await answer(
        new Request(url, { headers: range === undefined ? {} : { range }, signal: gone.signal }),
      )
      if (!found.ok && found.status !== 416)
        failure =
          found.status === 404
            ? new AppError('remote.notFound', { thing: 'play' })
            : new AppError('remote.refused', { status: found.status })
      response.writeHead(found.status, Object.fromEntries(found.headers))
      if (found.body === null || request.method === 'HEAD') {
        await found.body?.cancel()
        response.end()
        return
      }
      const body = Readable.fromWeb(found.body as Parameters<typeof Readable.fromWeb>[0])
      body.on('data', (chunk: Buffer) => {
        served += chunk.byteLength
      })
      await pipeline(body, response)
    } catch (error) {
      // It seeks by closing and asking anew.
      const hasLeft = systemCodeOf(error) === 'ERR_STREAM_PREMATURE_CLOSE'
      if (hasLeft || (gone.signal.aborted && !response.headersSent)) return
      failure = error instanceof AppError ? error : new AppError('network.offline', {}, error)
      if (response.headersSent) response.destroy()
      else response.writeHead(502, { 'content-length': 0 }).end()
    }
  }

  const server = createServer((request, response) => void serve(request, response))
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url,
    proxy: `http://rushes:${password}@127.0.0.1:${port}/`,
    bytesServed: () => served,
    failure: () => failure,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
