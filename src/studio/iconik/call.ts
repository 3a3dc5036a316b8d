import type { IncomingHttpHeaders } from 'node:http'
import type { Outbox } from '../outbox.ts'
import type { ObjectStore } from '../s3/objectStore.ts'
import { type ObjectUrl, type RequestUrl, readingUrls } from '../s3/presign.ts'
import type { SqlRows } from '../sqlRows.ts'
import { isoOf } from './dates.ts'
import { IconikError } from './iconikError.ts'
import type { Tokens, Viewer } from './tokens.ts'

/** What all handlers work with. */
export interface IconikApi {
  readonly rows: SqlRows
  readonly store: ObjectStore
  readonly tokens: Tokens
  /** Stands in for e-mail. */
  readonly outbox: Outbox
  /** The code that is mailed as the second factor of a sign-in. */
  readonly otp: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Does the studio's own jobs, one after another; wake it when there is one more. */
  readonly worker: { wake(): void }
}

/** What a handler answers. `body` goes out as JSON, `text` as it is; neither: an empty answer. */
export interface IconikAnswer {
  readonly status: number
  readonly body?: unknown
  readonly text?: { readonly type: string; readonly content: string }
  /** What it made or was about, for the request log. */
  readonly id?: string
  readonly objectKey?: string
}

export interface CallParts<B, Q> {
  readonly api: IconikApi
  readonly viewer: Viewer | undefined
  readonly params: Readonly<Record<string, string>>
  readonly body: B
  readonly query: Q
  readonly headers: IncomingHttpHeaders
  /** Path and query as they were asked for. */
  readonly url: string
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  /** Presigned URLs of the studio's S3 store, all of one moment. */
  readonly sign: RequestUrl
  readonly chunks: () => AsyncIterable<Buffer>
}

/** One request: authorised as its route asks for, its body and query parsed by the route's schemas. */
export class Call<B = unknown, Q = unknown> {
  readonly api: IconikApi
  readonly body: B
  readonly query: Q
  readonly url: string
  readonly origin: string
  /** URLs to read an object of the store with. */
  readonly link: ObjectUrl
  /** URLs for any request of the store. */
  readonly sign: RequestUrl
  /** The raw body, for a route that `takesBytes`. */
  readonly chunks: () => AsyncIterable<Buffer>
  readonly #parts: CallParts<B, Q>

  constructor(parts: CallParts<B, Q>) {
    this.#parts = parts
    this.api = parts.api
    this.body = parts.body
    this.query = parts.query
    this.url = parts.url
    this.origin = parts.origin
    this.sign = parts.sign
    this.link = readingUrls(parts.sign)
    this.chunks = parts.chunks
  }

  /** The same call with another query, to answer as a call with pages would. */
  withQuery<R>(query: R): Call<B, R> {
    return new Call({ ...this.#parts, query })
  }

  get rows(): SqlRows {
    return this.api.rows
  }

  /** Who asks: a user, or the guest of a share. Fails with 401 on a public route. */
  get viewer(): Viewer {
    const { viewer } = this.#parts
    if (viewer === undefined) throw IconikError.unauthorised()
    return viewer
  }

  /** A `{name}` of the path. Ids are lower case. */
  param(name: string): string {
    const value = this.#parts.params[name]
    if (value === undefined) throw new Error(`the path has no ${name}`)
    return value
  }

  header(name: string): string | undefined {
    const value = this.#parts.headers[name.toLowerCase()]
    return Array.isArray(value) ? value[0] : value
  }

  /** This moment as the service writes times. */
  get date(): string {
    return isoOf(this.api.now())
  }
}

export const ok = (body: unknown, id?: string): IconikAnswer => ({ status: 200, body, ...(id && { id }) })
export const created = (body: unknown, id?: string): IconikAnswer => ({
  status: 201,
  body,
  ...(id && { id }),
})
/** Done, nothing to say. */
export const done = (status: 200 | 201 | 202 | 204 = 204, id?: string): IconikAnswer => ({
  status,
  ...(id && { id }),
})
