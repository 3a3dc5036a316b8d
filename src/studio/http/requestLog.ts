import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'

/** One request as it ended. Holds no header, no query and no body, so nothing secret can get in. */
export interface LogEntry {
  /** When it arrived, epoch milliseconds. */
  readonly time: number
  readonly milliseconds: number
  readonly api: 's3' | 'candidio' | 'iconik'
  readonly method: string
  /** `UploadPart`, `assets.create`…; empty when no operation was recognised. */
  readonly operation: string
  readonly bucket?: string
  readonly key?: string
  readonly uploadId?: string
  readonly partNumber?: number
  readonly range?: string
  /** The id of what an API call made or was about. */
  readonly id?: string
  /** 0: the connection broke before an answer went out. */
  readonly status: number
  /** Of an error, as the client was told. */
  readonly code?: string
  readonly bytesIn: number
  readonly bytesOut: number
}

/** A log beyond this is put aside at the next start, and the one put aside before is dropped. */
const maxBytes = 64 * 2 ** 20

/**
 * `requests.jsonl`: one line for each request, written before its answer ends. So whoever has an answer finds its
 * line; what a kill of this process cuts off has none.
 */
export class RequestLog {
  #file: number | undefined

  constructor(path: string) {
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (bytes > maxBytes) renameSync(path, `${path}.old`)
    this.#file = openSync(path, 'a')
  }

  append(entry: LogEntry): void {
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(entry)}\n`)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}
