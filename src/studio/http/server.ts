import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Exchange } from './exchange.ts'
import type { RequestLog } from './requestLog.ts'
import type { Throttle } from './throttle.ts'

/** The address of the service itself: a page of it may call `POST /register`, as its documents show. */
const serviceOrigin = 'https://api.candidio.com'
const graceMs = 1000

export interface StudioRoutes {
  /** Candidio's API: everything under `/v1`. */
  candidio(exchange: Exchange): Promise<void>
  /** iconik's API: everything under `/API/`. */
  iconik(exchange: Exchange): Promise<void>
  /** Everything else: path-style buckets. Three small letters at least, so none of them is `v1` or `API`. */
  s3(exchange: Exchange): Promise<void>
}

export interface RunningServer {
  readonly port: number
  /** Ends idle connections at once and the others after a short grace. */
  stop(): Promise<void>
}

function apiOf(url: string): keyof StudioRoutes {
  if (url.startsWith('/API/')) return 'iconik'
  return url === '/v1' || url.startsWith('/v1/') || url.startsWith('/v1?') ? 'candidio' : 's3'
}

/** Why a request must not be looked at any further: it was meant for another host, or comes from a web page. */
function objection(request: IncomingMessage, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host, origin } = request.headers
  if (host === undefined || !hosts.includes(host.toLowerCase())) return 'This host is not served here.'
  if (origin === undefined || hosts.some((own) => origin === `http://${own}`)) return undefined
  const isRegistration = request.method === 'POST' && request.url === '/v1/register'
  if (isRegistration && origin === serviceOrigin) return undefined
  return 'Requests from web pages are not served here.'
}

/** Listens on 127.0.0.1 only; on a free port when the wanted one is taken. */
export async function startServer(
  wantedPort: number,
  routes: StudioRoutes,
  tools: {
    readonly throttle: Throttle
    readonly log: RequestLog
    readonly report: (error: unknown) => void
  },
): Promise<RunningServer> {
  let port = 0
  const running = new Set<Promise<void>>()
  const take = (awaitsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    // A connection that breaks is told of where its body is read or its answer written.
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    const exchange = new Exchange(request, response, awaitsContinue, tools)
    const refusal = objection(request, port)
    const api = apiOf(request.url ?? '')
    if (refusal !== undefined) {
      const body = JSON.stringify({ error: { http_code: 403, message: refusal } })
      const noted = { api, operation: '', status: 403, code: 'Foreign' } as const
      exchange.reply(noted, { 'content-type': 'application/json' }, body)
      return
    }
    const served = routes[api](exchange)
      .catch((error: unknown) => {
        tools.report(error)
        exchange.cut()
      })
      .finally(() => running.delete(served))
    running.add(served)
  }
  const server = createServer({
    // A slowed upload of many gigabytes may take its time; a client that sends no head may not.
    requestTimeout: 0,
    headersTimeout: 30_000,
    keepAliveTimeout: 75_000,
    maxHeaderSize: 32 * 1024,
  })
  server.on('request', take(false))
  server.on('checkContinue', take(true))
  port = await listen(server, wantedPort).catch((error: unknown) => {
    if (wantedPort !== 0 && error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return listen(server, 0)
    }
    throw error
  })
  return { port, stop: () => stop(server, running) }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Returns when nothing works on a request any more, so that what they use may be closed. */
async function stop(server: Server, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
  await Promise.all(running)
}
