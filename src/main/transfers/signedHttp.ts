import type { OnSent, Payload } from './objectStore.ts'
import type { RateLimit } from './rateLimit.ts'
import { createS3Handler, type Patience, usualPatience } from './s3Handler.ts'

/** One request to a storage through a URL the service signed. It carries no secret of ours. */
export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The bytes of a part, in place of `body`. */
  readonly payload?: Payload
  readonly onSent?: OnSent
  /** The store may take minutes to answer. */
  readonly isAssembling?: boolean
}

export interface SignedAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/**
 * Sends signed requests, each once, and never follows a redirect. Every answer resolves, whatever its status; a request
 * without one rejects with the socket's error, or with the signal's reason.
 */
export interface SignedHttp {
  send(request: SignedRequest, signal: AbortSignal): Promise<SignedAnswer>
  /** Closes idle connections: after sleep they are dead without knowing it. */
  freshSockets(): void
  close(): void
}

/** Over the same sockets, speed limit and watchdog as requests to a bucket of our own. */
export function createSignedHttp(limit: RateLimit, patience: Patience = usualPatience): SignedHttp {
  const handler = createS3Handler(limit, patience)
  return {
    async send({ method, url, headers = {}, body = '', payload, onSent, isAssembling = false }, signal) {
      const length = payload?.bytes ?? Buffer.byteLength(body)
      const { response } = await handler.handle(
        {
          method,
          protocol: url.protocol,
          hostname: url.hostname,
          ...(url.port === '' ? {} : { port: Number(url.port) }),
          // As it was signed: encoding it anew could break the signature.
          path: `${url.pathname}${url.search}`,
          headers: {
            host: url.host,
            ...(method === 'PUT' || method === 'POST' ? { 'content-length': String(length) } : {}),
            ...headers,
          },
          body,
        },
        {
          abortSignal: signal,
          isAssembling,
          ...(payload === undefined ? {} : { payload }),
          ...(onSent === undefined ? {} : { onSent }),
        },
      )
      const text = Buffer.from(response.body).toString('utf8')
      return { status: response.statusCode, headers: response.headers, text }
    },
    freshSockets: () => handler.freshSockets(),
    close: () => handler.destroy(),
  }
}
