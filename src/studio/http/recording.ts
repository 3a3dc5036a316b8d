import { closeSync, openSync, writeSync } from 'node:fs'

/** One call and its answer, as the strict check against the vendor's files reads it. */
export interface RecordedExchange {
  /** The name in the request log; empty where no call was recognised. */
  readonly operation: string
  readonly method: string
  /** Without the query: `/API/assets/v1/assets/…/`. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Those that matter to the API, in lower case. Of secrets only that they were there: `present`. */
  readonly headers: Readonly<Record<string, string>>
  /** Absent: none was sent, or it was no JSON. */
  readonly request?: unknown
  readonly status: number
  readonly responseType: string
  /** Parsed when it is JSON, the text otherwise. Absent: an empty answer. */
  readonly response?: unknown
}

/** Appends exchanges to a file, one JSON line each. For tests: bodies hold passwords and signed URLs. */
export class Recording {
  #file: number | undefined

  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o600)
  }

  append(exchange: RecordedExchange): void {
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(exchange)}\n`)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}
