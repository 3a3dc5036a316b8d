import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { z } from 'zod'
import { s3ClientOf } from './studioClient.ts'
import type { StudioProcess } from './studioProcess.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Data = Record<string, unknown>

/** Plain requests to the API of a studio, for tests that look at answers themselves. */
export class CandidioClient {
  readonly #studio: StudioProcess
  readonly #token: string | undefined

  constructor(studio: StudioProcess, token: string | undefined = studio.token) {
    this.#studio = studio
    this.#token = token
  }

  admin(): CandidioClient {
    return new CandidioClient(this.#studio, this.#studio.adminToken)
  }

  nobody(): CandidioClient {
    return new CandidioClient(this.#studio, '')
  }

  async ask(method: Method, path: string, data?: Data): Promise<Answer> {
    const headers: Record<string, string> = this.#token ? { authorization: `Bearer ${this.#token}` } : {}
    const body = data === undefined ? {} : { body: JSON.stringify({ data }) }
    if (data !== undefined) headers['content-type'] = 'application/json'
    const answer = await fetch(this.#studio.address + path, { method, headers, ...body })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }

  /** The body of an answer that must be a success of the given shape. */
  async expect<S extends z.ZodType>(
    schema: S,
    method: Method,
    path: string,
    data?: Data,
  ): Promise<z.output<S>> {
    const answer = await this.ask(method, path, data)
    if (answer.status !== 200)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return schema.parse(answer.body)
  }

  get = <S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> =>
    this.expect(schema, 'GET', path)

  /** Puts a file into the store and returns what registering it takes. */
  async stored(
    key: string,
    { bytes = Buffer.from('bytes'), type = 'mp4', mimetype = 'video/mp4' } = {},
  ): Promise<Data> {
    const { bucket } = this.#studio.storage
    const s3 = s3ClientOf(this.#studio)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }))
    s3.destroy()
    const name = key.slice(key.lastIndexOf('/') + 1)
    return { bucket, object_key: key, file_name: name, file_type: type, size: bytes.length, mimetype }
  }
}
