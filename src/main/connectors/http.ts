import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/json.ts'
import { redact } from '../log/redact.ts'
import type { Clock } from '../transfers/clock.ts'
import { isBeforeSending, networkFailure } from './networkFailure.ts'
import { createPace, type Pace, retryAtOf } from './pace.ts'

export type Fetch = typeof globalThis.fetch

export interface HttpOptions {
  /** Address of the API including its version path. */
  readonly address: string
  /** Headers that prove who asks. Called for every request, so that a renewed secret is used at once. */
  readonly authorise: () => Readonly<Record<string, string>>
  readonly fetch: Fetch
  readonly clock: Clock
  /** Requests on their way at once; others wait their turn. */
  readonly concurrency?: number
  readonly perSecond?: number
  /** For the whole answer, from the request on. */
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

export interface HttpRequest<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the address, each segment already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Beside those that prove who asks. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
  /** `text`: the answer is a document, and `answer` sees it as one string. `nothing`: what came is not looked at. */
  readonly read?: 'json' | 'text' | 'nothing'
  /** `answer` sees undefined when there is no body. */
  readonly answer: z.ZodType<T>
  /** Values of this request that no failure may repeat. */
  readonly secrets?: readonly string[]
}

/**
 * Asks one JSON API. What comes back was parsed by `answer`; everything else is an AppError:
 * `network.*` and `remote.unavailable` (with `isSent`: false when the request surely never left), `remote.rateLimited`
 * with `retryAt`, `remote.refused`, `remote.notFound`, `remote.badReply` with the `field`, `auth.*`.
 * Never repeats a request and never follows a redirect: the token stays with its host. An aborted signal rejects with its reason.
 */
export interface Http {
  ask<T>(request: HttpRequest<T>, signal: AbortSignal): Promise<T>
}

const defaultTimeout = 30_000
const defaultMaxBytes = 16 * 2 ** 20

export function createHttp(options: HttpOptions): Http {
  const pace = createPace(options.clock, {
    concurrency: options.concurrency ?? 6,
    ...(options.perSecond === undefined ? {} : { perSecond: options.perSecond }),
  })
  return {
    async ask(request, signal) {
      await pace.enter(signal)
      try {
        return await askOnce(options, pace, request, signal)
      } finally {
        pace.leave()
      }
    },
  }
}

async function askOnce<T>(
  options: HttpOptions,
  pace: Pace,
  request: HttpRequest<T>,
  signal: AbortSignal,
): Promise<T> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? defaultTimeout)
  const both = AbortSignal.any([signal, deadline])
  let response: Response
  let text: string
  try {
    response = await options.fetch(addressOf(options.address, request), {
      method: request.method,
      headers: {
        accept: request.read === 'text' ? '*/*' : 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.authorise(),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'manual',
      signal: both,
    })
    text = await readBounded(response, options.maxBytes ?? defaultMaxBytes)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof AppError) throw error
    if (deadline.aborted) throw new AppError('remote.unavailable', { isSent: true, reason: 'timeout' }, error)
    throw networkFailure(error, isBeforeSending(error))
  }
  const left = response.headers.get('ratelimit-remaining')
  if (left !== null && /^\d{1,9}$/.test(left)) pace.allow(Number(left))
  if (response.status < 200 || response.status > 299)
    throw refusal(response, text, options.clock, pace, request.secrets ?? [])
  pace.calm()
  return parsed(request, response, text)
}

function addressOf(address: string, request: HttpRequest<unknown>): string {
  const url = new URL(`${address.replace(/\/+$/, '')}${request.path}`)
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}

async function readBounded(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new AppError('remote.badReply', { field: '', reason: 'tooLong' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed<T>(request: HttpRequest<T>, response: Response, text: string): T {
  let value: unknown
  try {
    value = bodyOf(request, text)
  } catch (error) {
    // A page instead of data is a portal between us and the service, not the service's own answer.
    if (isPage(response)) throw new AppError('network.offline', { isSent: true, reason: 'portal' }, error)
    throw new AppError('remote.badReply', { field: '', reason: 'notJson' }, error)
  }
  const result = safelyRead(request.answer, value)
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new AppError('remote.badReply', { field: field.slice(0, 120), reason: 'shape' }, result.error)
}

function bodyOf(request: HttpRequest<unknown>, text: string): unknown {
  if (request.read === 'nothing') return undefined
  if (request.read === 'text') return text
  return text === '' ? undefined : JSON.parse(text)
}

/** As `safeParse`, also for a value that is nested deeper than our stack goes. */
function safelyRead<T>(answer: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  try {
    return answer.safeParse(value)
  } catch (error) {
    if (error instanceof RangeError)
      throw new AppError('remote.badReply', { field: '', reason: 'tooDeep' }, error)
    throw error
  }
}

function isPage(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').includes('text/html')
}

function refusal(
  response: Response,
  text: string,
  clock: Clock,
  pace: Pace,
  secrets: readonly string[],
): AppError {
  const { status } = response
  let retryAt = retryAtOf(response.headers.get('retry-after'), clock.now())
  if (retryAt !== undefined && (status === 429 || status === 503)) pace.holdUntil(retryAt)
  if (retryAt === undefined && status === 429) retryAt = pace.backOff()
  const facts = { status, isSent: true, ...(retryAt === undefined ? {} : { retryAt }) }
  if (status === 401) return new AppError('auth.expired', facts)
  if (status === 403) return new AppError('auth.forbidden', facts)
  if (status === 404 || status === 410) return new AppError('remote.notFound', facts)
  if (status === 429) return new AppError('remote.rateLimited', facts)
  if (status === 407) return new AppError('network.untrusted', { ...facts, reason: 'proxy' })
  if (status === 408 || status >= 500) return new AppError('remote.unavailable', facts)
  if (status < 400) return new AppError('remote.badReply', { ...facts, field: '', reason: 'redirect' })
  const message = messageIn(text, secrets)
  return new AppError('remote.refused', { ...facts, ...(message === '' ? {} : { message }) })
}

/** The service's own words about a refusal, where it says any: one short line, without secrets. */
function messageIn(text: string, secrets: readonly string[]): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return ''
  }
  let said =
    textAt(value, ['error', 'message']) ??
    textAt(value, ['message']) ??
    textAt(value, ['error']) ??
    errorsIn(value)
  for (const secret of secrets) if (secret !== '') said = said.replaceAll(secret, '…')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's text must not carry any into our windows
  return redact(said.replace(/[\s\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim()).slice(
    0,
    200,
  )
}

/** `{ errors: ["…"] }` or `{ errors: { field: "…" | ["…"] } }`, as one line. */
function errorsIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const errors: unknown = Reflect.get(value, 'errors')
  if (typeof errors !== 'object' || errors === null) return ''
  const said: string[] = []
  for (const [name, entry] of Object.entries(errors).slice(0, 8)) {
    const words = [entry].flat().filter((word): word is string => typeof word === 'string')
    if (words.length > 0) said.push(Array.isArray(errors) ? words.join(', ') : `${name}: ${words.join(', ')}`)
  }
  return said.join('; ')
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  let at: unknown = value
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[name]
  }
  return typeof at === 'string' ? at : undefined
}
