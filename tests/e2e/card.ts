/** Footage for tests: folders of seeded files whose hashes are known before anything reads them. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Seeded } from '../fakes/seeded.ts'
import type { Source } from './arrived.ts'

const MiB = 2 ** 20
/** Long before any test: nobody is still writing to it. */
export const longAgo = 1_700_000_000

export class Card {
  /** The folder above all that is dropped. */
  readonly folder: string
  readonly sources: Source[] = []
  readonly #random: Seeded

  constructor(folder: string, random: Seeded) {
    this.folder = folder
    this.#random = random
  }

  /** Seeded bytes, written in pieces. */
  async noise(place: readonly string[], bytes: number, mediaType: string): Promise<string> {
    const random = this.#random
    function* pieces() {
      for (let left = bytes; left > 0; left -= 8 * MiB) yield random.bytes(Math.min(left, 8 * MiB))
    }
    return await this.#write(place, pieces(), bytes, mediaType)
  }

  async copy(from: string, place: readonly string[], mediaType: string): Promise<string> {
    const content = await readFile(from)
    return await this.#write(place, [content], content.byteLength, mediaType)
  }

  /** Files that come to nothing: not among what must arrive. */
  async aside(place: readonly string[], content: string): Promise<string> {
    const path = join(this.folder, ...place)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    return path
  }

  async #write(
    place: readonly string[],
    pieces: Iterable<Buffer>,
    bytes: number,
    mediaType: string,
  ): Promise<string> {
    const path = join(this.folder, ...place)
    await mkdir(dirname(path), { recursive: true })
    const hash = createHash('sha256')
    function* hashed() {
      for (const piece of pieces) {
        hash.update(piece)
        yield piece
      }
    }
    await pipeline(Readable.from(hashed()), createWriteStream(path))
    await utimes(path, longAgo, longAgo)
    this.sources.push({ path, place, bytes, sha256: hash.digest('hex'), mediaType })
    return path
  }
}
