import { type RawAnswer, sendRaw } from './studioClient.ts'
import type { StudioProcess } from './studioProcess.ts'

export type IconikMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface IconikAnswer {
  readonly status: number
  readonly headers: RawAnswer['headers']
  /** Parsed when it is JSON, the text otherwise; undefined when empty. */
  readonly body: unknown
}

/** Plain requests to the iconik API of a studio, for tests that look at answers themselves. */
export class IconikClient {
  readonly #studio: Pick<StudioProcess, 'port' | 'iconik'>
  readonly #headers: Readonly<Record<string, string>>

  /** Signed in with the studio's own token, unless other headers are given. */
  constructor(studio: Pick<StudioProcess, 'port' | 'iconik'>, headers?: Readonly<Record<string, string>>) {
    this.#studio = studio
    this.#headers = headers ?? { 'app-id': studio.iconik.appId, 'auth-token': studio.iconik.token }
  }

  /** The second account, which has few roles. */
  limited(): IconikClient {
    const { appId, limitedToken } = this.#studio.iconik
    return this.as(appId, limitedToken)
  }

  as(appId: string, token: string): IconikClient {
    return new IconikClient(this.#studio, { 'app-id': appId, 'auth-token': token })
  }

  /** Without any header of its own. */
  nobody(): IconikClient {
    return new IconikClient(this.#studio, {})
  }

  /** `path` from the service on: `assets/v1/assets/`. */
  async ask(
    method: IconikMethod,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<IconikAnswer> {
    const answer = await sendRaw(this.#studio.port, {
      method,
      path: `/API/${path}`,
      headers: {
        host: `127.0.0.1:${this.#studio.port}`,
        ...this.#headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const isJson = answer.headers['content-type']?.startsWith('application/json') === true
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson ? JSON.parse(answer.text) : answer.text || undefined,
    }
  }
}
