import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { OnSent, Payload } from './objectStore.ts'
import type { RateLimit } from './rateLimit.ts'
import { twoInFlight } from './twoInFlight.ts'

/** The limits of one request's patience, in milliseconds. */
export interface Patience {
  readonly connectMs: number
  /** Without any byte taken by the socket. Time spent waiting for the speed limit is not counted. */
  readonly stallMs: number
  /** From the last byte sent to the first of the answer. */
  readonly answerMs: number
  /** The same while the store assembles an object. */
  readonly assembleMs: number
}
export const usualPatience: Patience = {
  connectMs: 10_000,
  stallMs: 30_000,
  answerMs: 60_000,
  assembleMs: 600_000,
}

/** What travels with a request beside the SDK's own options. */
export interface SendOptions {
  readonly abortSignal: AbortSignal
  readonly payload?: Payload
  readonly onSent?: OnSent
  readonly isAssembling?: boolean
}

interface SdkRequest {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Record<string, string>
  readonly body?: unknown
}

interface SdkResponse {
  readonly response: {
    readonly statusCode: number
    readonly reason: string | undefined
    readonly headers: Record<string, string>
    readonly body: Uint8Array
  }
}

/** Requests of the SDK over our own sockets. */
export interface S3Handler {
  handle(request: SdkRequest, options?: Partial<SendOptions>): Promise<SdkResponse>
  readonly metadata: { readonly handlerProtocol: string }
  updateHttpClientConfig(): void
  httpHandlerConfigs(): Record<string, never>
  destroy(): void
  freshSockets(): void
}

/** Answers of a store are XML of a bounded length; the longest is a page of a thousand parts. */
const longestAnswer = 8 * 2 ** 20
const sockets = 32
const oneWrite = 256 * 1024

/**
 * Why not the SDK's own handler: it hands a part to the socket in one piece, so there is no progress to show, no
 * speed to limit and nothing to watch; its idle time-out fires late; and it waits for `100 Continue` on every part.
 */
export function createS3Handler(limit: RateLimit, patience: Patience = usualPatience): S3Handler {
  const fresh = () => ({
    http: new HttpAgent({ keepAlive: true, maxSockets: sockets }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: sockets }),
  })
  let agents = fresh()
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig() {
      throw new Error('the handler is set up once')
    },
    httpHandlerConfigs: () => ({}),
    destroy() {
      agents.http.destroy()
      agents.https.destroy()
    },
    freshSockets() {
      const old = agents
      agents = fresh()
      old.http.destroy()
      old.https.destroy()
    },
    handle(request, options = {}) {
      const isSecure = request.protocol === 'https:'
      const start = isSecure ? httpsRequest : httpRequest
      const sent = start({
        method: request.method,
        host: request.hostname.replace(/^\[(.*)\]$/, '$1'),
        ...(request.port === undefined ? {} : { port: request.port }),
        path: request.path + queryOf(request.query),
        headers: request.headers,
        agent: isSecure ? agents.https : agents.http,
      })
      return carry(sent, request, options, limit, patience)
    },
  }
}

async function carry(
  sent: ClientRequest,
  request: SdkRequest,
  options: Partial<SendOptions>,
  limit: RateLimit,
  patience: Patience,
): Promise<SdkResponse> {
  const { abortSignal } = options
  const watch = watchdog((what) => sent.destroy(namedError('ETIMEDOUT', what)))
  const onAbort = () => sent.destroy(namedError('ABORTED', 'aborted'))
  const ended = new AbortController()
  let isBodySent = false
  const onConnected = () => {
    if (!isBodySent) watch.arm(patience.stallMs, 'stalled')
  }
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve)
    sent.once('error', (error) => {
      // A kept connection the server closed while it was idle: the request never had a chance.
      if (sent.reusedSocket) Reflect.set(error, 'isStaleSocket', true)
      reject(error)
    })
    sent.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', onConnected)
      else onConnected()
    })
  })
  // With a reason of its own: making the usual one costs as much as sending a small request.
  answered.finally(() => ended.abort('answered')).catch(() => undefined)
  try {
    abortSignal?.throwIfAborted()
    abortSignal?.addEventListener('abort', onAbort, { once: true })
    watch.arm(patience.connectMs, 'not connected')
    const body = sendBody(sent, request, options, limit, watch, patience, ended.signal).then(() => {
      isBodySent = true
      if (!ended.signal.aborted)
        watch.arm(options.isAssembling === true ? patience.assembleMs : patience.answerMs, 'not answered')
    })
    // A failure while sending shows as the request's own error; an early answer ends the sending quietly.
    const [response] = await Promise.all([answered, body])
    const result = await readAnswer(response, watch, patience)
    if (!sent.writableFinished) sent.destroy()
    return result
  } catch (error) {
    sent.destroy()
    if (abortSignal?.aborted === true) throw abortSignal.reason
    throw error
  } finally {
    watch.stop()
    abortSignal?.removeEventListener('abort', onAbort)
  }
}

async function sendBody(
  sent: ClientRequest,
  request: SdkRequest,
  { payload, onSent }: Partial<SendOptions>,
  limit: RateLimit,
  watch: Watchdog,
  patience: Patience,
  ended: AbortSignal,
): Promise<void> {
  if (payload === undefined) {
    const { body } = request
    if (body === undefined || body === null) sent.end()
    else if (typeof body === 'string' || body instanceof Uint8Array) sent.end(body)
    else throw new Error('a body the store client cannot send')
    return
  }
  // Small enough for one write: head and body leave together.
  if (payload.buffer !== undefined && payload.bytes <= oneWrite && limit.bytesPerSecond === 0) {
    const { buffer } = payload
    await Promise.race([new Promise<void>((resolve) => sent.end(buffer, resolve)), untilAborted(ended)])
    onSent?.(payload.bytes)
    return
  }
  let bytes = 0
  const send = async (slice: Uint8Array) => {
    await write(sent, slice)
    bytes += slice.byteLength
    onSent?.(bytes)
    if (!ended.aborted) watch.arm(patience.stallMs, 'stalled')
  }
  // Two slices on their way keep the socket busy while the next one is fetched.
  await twoInFlight(
    allowed(payload, limit, watch, patience, ended),
    send,
    untilAborted(ended),
    () => ended.aborted,
  )
  if (!ended.aborted) sent.end()
}

/** The slices, each when the speed limit lets it go. */
async function* allowed(
  payload: Payload,
  limit: RateLimit,
  watch: Watchdog,
  patience: Patience,
  ended: AbortSignal,
): AsyncIterable<Uint8Array> {
  for await (const slice of payload.slices()) {
    if (limit.bytesPerSecond > 0 && !ended.aborted) {
      watch.stop()
      await limit.take(slice.byteLength, ended).catch(() => undefined)
      if (!ended.aborted) watch.arm(patience.stallMs, 'stalled')
    }
    yield slice
  }
}

function write(sent: ClientRequest, slice: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    sent.write(slice, (error) => (error instanceof Error ? reject(error) : resolve()))
  })
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

async function readAnswer(
  response: IncomingMessage,
  watch: Watchdog,
  patience: Patience,
): Promise<SdkResponse> {
  watch.arm(patience.answerMs, 'answer stalled')
  const body = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength
      if (bytes > longestAnswer) reject(namedError('EMSGSIZE', 'answer too long'))
      chunks.push(chunk)
      watch.arm(patience.answerMs, 'answer stalled')
    })
    response.once('end', () => resolve(Buffer.concat(chunks)))
    response.once('error', reject)
    response.once('close', () => {
      if (!response.complete) reject(namedError('ECONNRESET', 'answer cut short'))
    })
  })
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    response: {
      statusCode: response.statusCode ?? 0,
      reason: response.statusMessage,
      headers,
      body,
    },
  }
}

interface Watchdog {
  arm(ms: number, what: string): void
  stop(): void
}

/** Armed for every slice, so one timer runs on and looks again instead of being set anew each time. */
function watchdog(bite: (what: string) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined
  let firesAt = 0
  let due: { readonly at: number; readonly what: string } | undefined
  const look = () => {
    timer = undefined
    if (due === undefined) return
    const left = due.at - performance.now()
    if (left <= 0) bite(due.what)
    else sleep(left)
  }
  const sleep = (ms: number) => {
    firesAt = performance.now() + ms
    timer = setTimeout(look, ms)
  }
  return {
    arm(ms, what) {
      due = { at: performance.now() + ms, what }
      if (timer !== undefined && firesAt <= due.at) return
      clearTimeout(timer)
      sleep(ms)
    },
    stop() {
      due = undefined
      clearTimeout(timer)
      timer = undefined
    },
  }
}

function namedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

function percentCode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function queryOf(query: SdkRequest['query']): string {
  const pairs = Object.entries(query ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => {
      if (value === null) return [percentCode(name)]
      const values = typeof value === 'string' ? [value] : value
      return values.map((one) => `${percentCode(name)}=${percentCode(one)}`)
    })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
