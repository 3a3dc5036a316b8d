import { open } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { isBeforeSending, networkFailure } from '../connectors/networkFailure.ts'
import type { MediaLink } from '../connectors/remote.ts'
import { readAtMost } from './boundedBody.ts'
import type { MediaBytes } from './mediaInfo.ts'

/** Where bytes lie: at a link that was just given out, or in a file of this computer. */
export type MediaPlace =
  | { readonly kind: 'link'; readonly link: MediaLink }
  | { readonly kind: 'file'; readonly path: string; readonly mediaType: string }

/** Bytes of one medium, open until they are closed. */
export interface PlaceBytes extends MediaBytes {
  readonly isLink: boolean
  /** Of these bytes and no others, as far as whoever keeps them can tell: size, and date or tag. */
  readonly mark: string
  close(): Promise<void>
}

/**
 * Fails with `remote.refused` where the link has died, `remote.badReply` where it does not answer as asked, `network.*`
 * where nothing comes, `remote.unavailable` where the signal says that it takes too long, and else with its reason.
 */
export function bytesAt(place: MediaPlace, fetch: typeof globalThis.fetch, signal: AbortSignal) {
  return place.kind === 'file' ? fileBytes(place.path) : linkBytes(place.link.url, fetch, signal)
}

/** The bytes at a place that is found; where its link has died, at a fresh one: then the refusal is the truth. */
export async function bytesFound(
  find: (isFresh: boolean) => Promise<MediaPlace>,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<PlaceBytes> {
  const place = await find(false)
  try {
    return await bytesAt(place, fetch, signal)
  } catch (error) {
    if (place.kind === 'file' || !(error instanceof AppError) || error.code !== 'remote.refused') throw error
    return bytesAt(await find(true), fetch, signal)
  }
}

/** An expected refusal, not a bug: without a network every picture of a grid would fill the log with one. */
export function noAnswer(error: unknown): never {
  throw networkFailure(error, isBeforeSending(error))
}

async function fileBytes(path: string): Promise<PlaceBytes> {
  const handle = await open(path, 'r')
  const { size, mtimeNs } = await handle.stat({ bigint: true })
  return {
    size: Number(size),
    isLink: false,
    mark: `file ${size} ${mtimeNs}`,
    async read(offset, length) {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position: offset })
      return buffer.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
}

async function linkBytes(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<PlaceBytes> {
  const unanswered = (error: unknown): never => {
    if (!signal.aborted) return noAnswer(error)
    const { reason } = signal
    const isLate = reason instanceof DOMException && reason.name === 'TimeoutError'
    throw isLate ? new AppError('remote.unavailable', { reason: 'timeout' }, error) : reason
  }
  const ask = async (from: number, to: number) => {
    const response = await fetch(url, {
      headers: { range: `bytes=${from}-${to}` },
      redirect: 'error',
      signal,
    }).catch(unanswered)
    if (response.status !== 206) throw new AppError('remote.refused', { status: response.status })
    return response
  }
  const first = await ask(0, 0)
  const size = Number(/\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1])
  const tag = first.headers.get('etag') ?? first.headers.get('last-modified') ?? ''
  await first.body?.cancel()
  if (!Number.isSafeInteger(size)) throw new AppError('remote.badReply', { field: 'content-range' })
  return {
    size,
    isLink: true,
    mark: `link ${size} ${tag.slice(0, 200)}`,
    async read(offset, length) {
      if (offset >= size) return new Uint8Array(0)
      const last = Math.min(size, offset + length) - 1
      const { body } = await ask(offset, last)
      const bytes = await readAtMost(body, last - offset + 1).catch(unanswered)
      if (bytes === undefined) throw new AppError('remote.badReply', { field: 'body', reason: 'tooLong' })
      return bytes
    },
    close: () => Promise.resolve(),
  }
}
