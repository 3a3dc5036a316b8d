import type { IncomingMessage } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import type { Json } from '../../shared/json.ts'
import type { StudioFault } from '../control.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Faults } from '../http/faults.ts'
import { hasBody, isJson } from '../http/jsonBody.ts'
import type { ObjectUrl } from '../s3/presign.ts'
import { isSame } from '../s3/signature.ts'
import { ApiError, errorBody } from './apiError.ts'
import { readData } from './body.ts'
import type { Api, CallAnswer } from './call.ts'
import type { Viewer } from './resource.ts'
import { type Route, routes } from './routes.ts'

export interface ApiTools {
  readonly api: Api
  /** Whose token it is; tokens are compared in constant time. */
  readonly viewers: readonly { readonly token: string; readonly viewer: Viewer }[]
  readonly faults: Faults
  /** Links for one answer, all of one moment. */
  readonly links: () => ObjectUrl
  readonly report: (error: unknown) => void
}

type Env = { Bindings: HttpBindings }

/** Serves the API. Never throws. */
export function createApi(tools: ApiTools): (exchange: Exchange) => Promise<void> {
  const exchanges = new WeakMap<IncomingMessage, Exchange>()
  const exchangeOf = (context: Context<Env>): Exchange => {
    const found = exchanges.get(context.env.incoming)
    if (found === undefined) throw new Error('a request came without its exchange')
    return found
  }

  const app = new Hono<Env>({ strict: false })
  for (const route of routes) {
    app.on(route.method, `/v1${route.path}`, (context) => handle(route, context, exchangeOf(context), tools))
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method)
    app.all(`/v1${path}`, (context) => {
      const error = new ApiError(405, 'This method is not allowed here.')
      return reply(exchangeOf(context), '', error.status, errorBody(error), { allow: allowed.join(', ') })
    })
  }
  app.notFound((context) => {
    const error = new ApiError(404, 'There is nothing at this path.')
    return reply(exchangeOf(context), '', error.status, errorBody(error))
  })
  app.onError((error, context) => {
    tools.report(error)
    return reply(exchangeOf(context), '', 500, errorBody(new ApiError(500, 'Something went wrong.')))
  })

  // Bodies that nobody read are dropped by the exchange, which lets the client see the answer first.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false, autoCleanupIncoming: false })
  return async (exchange) => {
    exchanges.set(exchange.request, exchange)
    try {
      await listener(exchange.request, exchange.response)
      exchange.drain()
    } catch (error) {
      tools.report(error)
      exchange.cut()
    }
  }
}

type Noted = Partial<Pick<CallAnswer, 'id' | 'objectKey'>> & { readonly code?: string }

/** Notes the request before its answer can be seen. */
function reply(
  exchange: Exchange,
  operation: string,
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>> = {},
  { id, objectKey, code }: Noted = {},
): Response {
  const text = JSON.stringify(body)
  exchange.bytesOut += Buffer.byteLength(text)
  exchange.note({
    api: 'candidio',
    operation,
    status,
    ...(id !== undefined && { id }),
    ...(objectKey !== undefined && { key: objectKey }),
    ...(code !== undefined && { code }),
  })
  return new Response(text, { status, headers: { ...headers, 'content-type': 'application/json' } })
}

function cut(exchange: Exchange, operation: string, code: string, answer?: CallAnswer): Response {
  exchange.note({
    api: 'candidio',
    operation,
    status: 0,
    code,
    ...(answer?.id !== undefined && { id: answer.id }),
    ...(answer?.objectKey !== undefined && { key: answer.objectKey }),
  })
  exchange.cut()
  return RESPONSE_ALREADY_SENT
}

function refusalBy(fault: StudioFault, exchange: Exchange, operation: string): Response {
  const retryAfter: Record<string, string> =
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }
  const error = new ApiError(fault.status, 'Not now.')
  return reply(exchange, operation, fault.status, errorBody(error), retryAfter, { code: fault.code })
}

async function handle(
  route: Route,
  context: Context<Env>,
  exchange: Exchange,
  tools: ApiTools,
): Promise<Response> {
  const { name } = route
  try {
    const viewer = viewerFor(route, exchange, tools)
    const fault = tools.faults.take(name)
    if (fault?.kind === 'cut') return cut(exchange, name, 'FaultCut')
    if (fault?.kind === 'status') return refusalBy(fault, exchange, name)
    const data = await payload(exchange)
    const answer = await route.run({
      api: tools.api,
      params: context.req.param(),
      query: new URL(context.req.url).searchParams,
      data,
      viewer,
      url: context.req.url,
      link: tools.links(),
    })
    if (fault?.kind === 'loseReply') return cut(exchange, name, 'FaultLostReply', answer)
    return reply(exchange, name, answer.status, answer.body, {}, answer)
  } catch (error) {
    if (exchange.request.destroyed && !exchange.request.complete) return cut(exchange, name, 'ClientGone')
    if (error instanceof ApiError) {
      const headers: Record<string, string> = error.status === 401 ? { 'www-authenticate': 'Bearer' } : {}
      return reply(exchange, name, error.status, errorBody(error), headers)
    }
    tools.report(error)
    return reply(exchange, name, 500, errorBody(new ApiError(500, 'Something went wrong.')))
  }
}

/** Fails with 401 and 403. A public route has no viewer, whatever the client sends. */
function viewerFor(route: Route, { request }: Exchange, { viewers }: ApiTools): Viewer | undefined {
  const { accept, authorization = '' } = request.headers
  if (accept !== undefined && !/(^|[\s,])(\*\/\*|application\/(\*|json))/i.test(accept)) {
    throw new ApiError(406, 'Answers are JSON.')
  }
  if (route.access === 'public') return undefined
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
  const known = viewers.find((entry) => isSame(entry.token, token))
  if (known === undefined) throw new ApiError(401, 'The token is wrong or missing.')
  if (route.access === 'admin' && !known.viewer.isAdmin) {
    throw ApiError.forbidden('This is for administrators.')
  }
  return known.viewer
}

/**
 * The payload of a POST or PUT. Any body must call itself JSON, and a POST must always: a web page can send one
 * without that to a public path.
 */
async function payload(exchange: Exchange): Promise<Readonly<Record<string, unknown>>> {
  const { headers, method } = exchange.request
  if (method !== 'POST' && method !== 'PUT') return {}
  if (method === 'PUT' && !hasBody(headers)) return {}
  if (!isJson(headers)) throw new ApiError(406, 'The body must be JSON.')
  return await readData(exchange.chunks())
}
