import type { Fetch } from '../../src/main/connectors/http.ts'

export interface FakeRequest {
  readonly method: string
  /** From the host on, with its query. */
  readonly path: string
  readonly origin: string
  readonly headers: Headers
  readonly body: unknown
}
export interface FakeAnswer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A service inside of this process: answers what the script says, and remembers what was asked. */
export function fakeFetch(answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>): {
  readonly fetch: Fetch
  readonly asked: FakeRequest[]
} {
  const asked: FakeRequest[] = []
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input)
    const request = {
      method: init.method ?? 'GET',
      path: url.pathname + url.search,
      origin: url.origin,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    }
    asked.push(request)
    init.signal?.throwIfAborted()
    const { status = 200, body, headers = {} } = await answer(request)
    const text = body === undefined ? null : JSON.stringify(body)
    return new Response(status === 204 ? null : text, {
      status,
      headers: { ...(text === null ? {} : { 'content-type': 'application/json' }), ...headers },
    })
  }
  return { fetch, asked }
}
