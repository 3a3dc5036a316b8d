import type { IncomingHttpHeaders } from 'node:http'
import type { StudioFault } from '../control.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Faults } from '../http/faults.ts'
import { hasBody, isJson, readJson } from '../http/jsonBody.ts'
import type { RateWindow } from '../http/rateWindow.ts'
import type { Recording } from '../http/recording.ts'
import type { RequestUrl } from '../s3/presign.ts'
import { authorise, callerOf } from './authorise.ts'
import { Call, type IconikAnswer, type IconikApi } from './call.ts'
import { errorBody, IconikError } from './iconikError.ts'
import { type Match, Router } from './router.ts'
import { routes } from './routes.ts'

export interface IconikTools {
  readonly api: IconikApi
  readonly faults: Faults
  /** The service's bound on requests, by token. */
  readonly window: RateWindow
  /** Links for one answer, all of one moment. */
  readonly links: () => RequestUrl
  readonly origin: () => string
  readonly recording: Recording | undefined
  readonly report: (error: unknown) => void
}

/** 500 segments with drawings are a few megabytes. */
const maxBodyBytes = 16 * 2 ** 20

interface Asked {
  readonly url: URL
  readonly operation: string
  body?: unknown
  readonly headers: Record<string, string>
}

/** Serves everything below `/API/`. Never throws. */
export function createIconikApi(tools: IconikTools): (exchange: Exchange) => Promise<void> {
  const router = new Router(routes)
  return async (exchange) => {
    const { request } = exchange
    const url = new URL(request.url ?? '', tools.origin())
    const [, service = '', rest = ''] = /^\/API\/([a-z-]+)(\/.*)$/.exec(url.pathname) ?? []
    const found = router.find(service, request.method ?? '', rest)
    const operation = 'route' in found ? found.route.name : ''
    const asked: Asked = { url, operation, headers: {} }
    try {
      const { left, retryAfterMs } = tools.window.take(callerOf(request.headers))
      asked.headers['ratelimit-remaining'] = String(left)
      if (retryAfterMs !== undefined) {
        asked.headers['retry-after'] = String(Math.ceil(retryAfterMs / 1000))
        throw new IconikError(429, 'Too many requests')
      }
      if (!('route' in found)) {
        if (found.length === 0) throw IconikError.notFound('This path')
        asked.headers['allow'] = found.join(', ')
        throw new IconikError(405, 'Method not allowed')
      }
      await handle(found, asked, exchange, tools)
    } catch (error) {
      if (request.destroyed && !request.complete) return cut(exchange, operation, 'ClientGone')
      if (!(error instanceof IconikError)) tools.report(error)
      const refusal = error instanceof IconikError ? error : new IconikError(500, 'Internal server error')
      send(exchange, asked, { status: refusal.status, body: errorBody(refusal) }, tools)
    }
  }
}

async function handle(match: Match, asked: Asked, exchange: Exchange, tools: IconikTools): Promise<void> {
  const { api } = tools
  const { route, params } = match
  const { headers } = exchange.request
  const viewer = authorise(api, match, headers)
  const fault = tools.faults.take(route.name)
  if (fault?.kind === 'cut') return cut(exchange, route.name, 'FaultCut')
  if (fault?.kind === 'status') return refuse(fault, exchange, asked, tools)
  asked.body = route.takesBytes ? undefined : await bodyOf(exchange)
  const parsed = route.parse(asked.body, queryOf(asked.url))
  const call = new Call({
    ...{ api, viewer, params, headers, ...parsed },
    url: asked.url.pathname + asked.url.search,
    origin: tools.origin(),
    sign: tools.links(),
    chunks: () => exchange.chunks(),
  })
  const answer = await route.run(call)
  if (fault?.kind === 'loseReply') return cut(exchange, route.name, 'FaultLostReply', answer)
  send(exchange, asked, answer, tools)
}

/** Fails with 400 for a field that is given twice. */
function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(query, name)) throw IconikError.badRequest({ [name]: 'Given twice' })
    query[name] = value
  }
  return query
}

/** A page of the web cannot send a body that calls itself JSON without being asked about first. */
async function bodyOf(exchange: Exchange): Promise<unknown> {
  const { headers } = exchange.request
  if (!hasBody(headers)) return undefined
  if (!isJson(headers)) throw IconikError.badRequest('The body must be JSON.')
  return await readJson(
    exchange.chunks(),
    maxBodyBytes,
    (status, message) => new IconikError(status, message),
  )
}

const noted = ({ id, objectKey }: Partial<IconikAnswer>) => ({
  ...(id !== undefined && { id }),
  ...(objectKey !== undefined && { key: objectKey }),
})

function cut(exchange: Exchange, operation: string, code: string, answer: Partial<IconikAnswer> = {}): void {
  exchange.note({ api: 'iconik', operation, status: 0, code, ...noted(answer) })
  exchange.cut()
}

function refuse(fault: StudioFault, exchange: Exchange, asked: Asked, tools: IconikTools): void {
  if (fault.retryAfterSeconds !== undefined) asked.headers['retry-after'] = String(fault.retryAfterSeconds)
  if (fault.status === 429) asked.headers['ratelimit-remaining'] = '0'
  const body = { errors: [fault.status === 429 ? 'Too many requests' : 'Not now'] }
  send(exchange, asked, { status: fault.status, body }, tools, fault.code)
}

function send(
  exchange: Exchange,
  asked: Asked,
  answer: IconikAnswer,
  tools: IconikTools,
  code?: string,
): void {
  const { status, body, text } = answer
  const json = body === undefined ? '' : JSON.stringify(body)
  const content = text?.content ?? json
  const type = text?.type ?? (json === '' ? '' : 'application/json')
  tools.recording?.append({
    operation: asked.operation,
    method: exchange.request.method ?? '',
    path: asked.url.pathname,
    query: Object.fromEntries(asked.url.searchParams),
    headers: headersOf(exchange.request.headers),
    ...(asked.body !== undefined && { request: asked.body }),
    ...{ status, responseType: type },
    ...(content !== '' && { response: text === undefined ? JSON.parse(json) : content }),
  })
  const headers = { ...asked.headers, ...(type !== '' && { 'content-type': type }) }
  const line = {
    api: 'iconik',
    operation: asked.operation,
    status,
    ...(code && { code }),
    ...noted(answer),
  } as const
  exchange.reply(line, headers, content)
}

const secretHeaders = ['app-id', 'auth-token', 'share-auth-token', 'temp-auth-token']
const plainHeaders = ['share-user-email', 'content-type']

function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of secretHeaders) if (headers[name] !== undefined) kept[name] = 'present'
  for (const name of plainHeaders) if (headers[name] !== undefined) kept[name] = String(headers[name])
  return kept
}
