import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LogEntry, RequestLog } from './requestLog.ts'
import type { Throttle } from './throttle.ts'

/** What is left of a refused body is read and dropped up to here, so that the client gets to see the refusal. */
const maxDrainedBytes = 64 * 2 ** 20
const maxDrainMs = 20_000

type Noted = Omit<LogEntry, 'time' | 'milliseconds' | 'method' | 'bytesIn' | 'bytesOut'>

/** One request and its answer on the raw connection, with what passed of both. */
export class Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly arrivedAt = Date.now()
  bytesIn = 0
  bytesOut = 0
  readonly #startedAt = performance.now()
  readonly #throttle: Throttle
  readonly #log: RequestLog
  readonly #awaitsContinue: boolean
  #isLogged = false

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    awaitsContinue: boolean,
    tools: { readonly throttle: Throttle; readonly log: RequestLog },
  ) {
    this.request = request
    this.response = response
    this.#awaitsContinue = awaitsContinue
    this.#throttle = tools.throttle
    this.#log = tools.log
  }

  /** The body as it arrives. Throws when the client goes away. Leaves the connection alone when the reader stops. */
  async *chunks(): AsyncGenerator<Buffer> {
    if (this.#awaitsContinue) this.response.writeContinue()
    for await (const chunk of this.request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer
      await this.#throttle.take(bytes.length)
      this.bytesIn += bytes.length
      yield bytes
    }
  }

  /** Writes the log line of this request. A second call does nothing. */
  note(noted: Noted): void {
    if (this.#isLogged) return
    this.#isLogged = true
    this.#log.append({
      time: this.arrivedAt,
      milliseconds: Math.round(performance.now() - this.#startedAt),
      method: this.request.method ?? '',
      ...noted,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
    })
  }

  /** Cuts the connection without an answer. */
  cut(): void {
    this.request.socket.destroy()
  }

  /**
   * Notes the request and sends a whole answer. A body that was not read is dropped; the connection lives on if that
   * is soon done.
   */
  reply(noted: Noted, headers: Readonly<Record<string, string>>, body: string): void {
    const { response, request } = this
    const bytes = Buffer.from(body)
    const sendsBody = request.method !== 'HEAD' && noted.status !== 204 && noted.status !== 304
    if (sendsBody) this.bytesOut += bytes.length
    this.note(noted)
    if (response.headersSent || response.destroyed) return
    const isBodyHeldBack = this.#awaitsContinue && this.bytesIn === 0 && !request.complete
    response.writeHead(noted.status, {
      ...(sendsBody ? { 'content-length': String(bytes.length) } : {}),
      ...headers,
      ...(isBodyHeldBack ? { connection: 'close' } : {}),
    })
    response.end(sendsBody ? bytes : undefined)
    this.drain()
  }

  /** Reads and drops what is left of the body. Call once the answer is on its way. */
  drain(): void {
    const { request } = this
    if (request.complete || request.destroyed) return
    let dropped = 0
    const timer = setTimeout(() => request.destroy(), maxDrainMs)
    timer.unref()
    request.on('data', (chunk: Buffer) => {
      dropped += chunk.length
      if (dropped > maxDrainedBytes) request.destroy()
    })
    request.once('close', () => clearTimeout(timer))
    request.resume()
  }
}
