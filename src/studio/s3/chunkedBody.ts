import { createHash } from 'node:crypto'
import { S3Error } from './s3Error.ts'
import { chunkSignature, isSame, type StreamSeed, trailerSignature } from './signature.ts'

const maxLineBytes = 4096
const maxTrailers = 16

export interface Trailers {
  readonly values: Map<string, string>
}

const malformed = () =>
  new S3Error('IncompleteBody', 'The request body terminated unexpectedly or is malformed')

/**
 * Takes the `aws-chunked` framing off a body. Trailing headers land in `trailers`; where the stream is signed, each
 * chunk is checked by its own signature as it ends, so what was yielded counts only once this has returned.
 */
export async function* unchunk(
  source: AsyncIterable<Buffer>,
  seed: StreamSeed | undefined,
  hasTrailer: boolean,
  trailers: Trailers,
): AsyncGenerator<Buffer> {
  const reader = new LineReader(source)
  let previous = seed?.signature ?? ''
  for (;;) {
    const line = await reader.line()
    const match = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line)
    if (match === null) throw malformed()
    let left = Number.parseInt(match[1] ?? '', 16)
    const isLast = left === 0
    const hash = seed === undefined ? undefined : createHash('sha256')
    while (left > 0) {
      const bytes = await reader.atMost(left)
      left -= bytes.length
      hash?.update(bytes)
      yield bytes
    }
    if (seed !== undefined && hash !== undefined) {
      const expected = chunkSignature(seed, previous, hash.digest('hex'))
      if (!isSame(expected, match[2] ?? '')) throw chunkRefused()
      previous = expected
    }
    if (isLast) break
    if ((await reader.line()) !== '') throw malformed()
  }
  await readTrailers(reader, seed, previous, hasTrailer, trailers)
}

const chunkRefused = () =>
  new S3Error('SignatureDoesNotMatch', 'The chunk signature we calculated does not match the one provided.')

async function readTrailers(
  reader: LineReader,
  seed: StreamSeed | undefined,
  previous: string,
  hasTrailer: boolean,
  { values }: Trailers,
): Promise<void> {
  let signed = ''
  for (;;) {
    const line = await reader.line()
    if (line === '') break
    const at = line.indexOf(':')
    if (at <= 0 || !hasTrailer || values.size >= maxTrailers) throw malformed()
    const name = line.slice(0, at).trim().toLowerCase()
    const value = line.slice(at + 1).trim()
    values.set(name, value)
    if (name !== 'x-amz-trailer-signature') signed += `${name}:${value}\n`
  }
  if (seed === undefined || !hasTrailer) return
  const signature = values.get('x-amz-trailer-signature') ?? ''
  if (!isSame(trailerSignature(seed, previous, signed), signature)) throw chunkRefused()
}

/** Lines and runs of bytes, in turns, from one stream. */
class LineReader {
  readonly #source: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async #more(): Promise<Buffer> {
    const next = await this.#source.next()
    if (next.done === true) throw malformed()
    return next.value
  }

  async line(): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf('\r\n')
      if (at >= 0) {
        const line = this.#held.toString('latin1', 0, at)
        this.#held = this.#held.subarray(at + 2)
        return line
      }
      if (this.#held.length > maxLineBytes) throw malformed()
      this.#held = Buffer.concat([this.#held, await this.#more()])
    }
  }

  async atMost(bytes: number): Promise<Buffer> {
    if (this.#held.length === 0) this.#held = await this.#more()
    const taken = this.#held.subarray(0, bytes)
    this.#held = this.#held.subarray(taken.length)
    return taken
  }
}
