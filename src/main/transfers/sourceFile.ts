import type { BigIntStats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { type Checksum, checksumOf, createHasher } from './checksum.ts'
import type { Payload } from './objectStore.ts'

/** What tells one state of a file from another without reading it. */
export interface SourceFacts {
  readonly size: number
  readonly mtimeNs: string
  readonly ctimeNs: string
  readonly dev: string
  readonly ino: string
}

/** `gone`: the file or its volume is not there. `locked`: it is, but may not be read now. `changed`: it is not what we planned for. */
export class SourceFailure extends Error {
  readonly kind: 'gone' | 'locked' | 'changed'
  constructor(kind: SourceFailure['kind'], cause?: unknown) {
    super(`source ${kind}`, cause === undefined ? undefined : { cause })
    this.name = 'SourceFailure'
    this.kind = kind
  }
}

const goneCodes = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EIO', 'ESTALE', 'ELOOP'])
const lockedCodes = new Set(['EBUSY', 'EPERM', 'EACCES', 'EAGAIN', 'EMFILE', 'ENFILE'])

export function readSourceError(error: unknown): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (typeof code !== 'string') return error
  if (goneCodes.has(code)) return new SourceFailure('gone', error)
  if (lockedCodes.has(code)) return new SourceFailure('locked', error)
  return error
}

export function factsOf(stats: BigIntStats): SourceFacts {
  return {
    size: Number(stats.size),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
    dev: String(stats.dev),
    ino: String(stats.ino),
  }
}

/** The facts of a path now. Fails with SourceFailure. */
export async function statSource(path: string): Promise<SourceFacts> {
  try {
    const stats = await stat(path, { bigint: true })
    if (!stats.isFile()) throw new SourceFailure('gone')
    return factsOf(stats)
  } catch (error) {
    throw readSourceError(error)
  }
}

/** Milliseconds since the file was last written, by its own clock and ours. */
export function quietFor(facts: SourceFacts, now: number): number {
  return now - Number(BigInt(facts.mtimeNs) / 1_000_000n)
}

/** How two states of a file compare. `touched`: nothing says it changed, but only its content can tell. */
export function compareFacts(then: SourceFacts, now: SourceFacts): 'same' | 'touched' | 'moved' | 'changed' {
  if (then.size !== now.size || then.mtimeNs !== now.mtimeNs) return 'changed'
  const hasIdentity = then.ino !== '0' && now.ino !== '0'
  if (hasIdentity && (then.ino !== now.ino || then.dev !== now.dev)) return 'moved'
  return then.ctimeNs === now.ctimeNs ? 'same' : 'touched'
}

const edgeBytes = 64 * 1024
const streamSlice = 2 ** 20

/** A file open for reading at any place. Reads give all bytes asked for or fail: nothing is ever padded. */
export interface SourceFile {
  facts(): Promise<SourceFacts>
  read(start: number, into: Uint8Array): Promise<void>
  /** Checksum of a range, read in slices. */
  hash(kind: Checksum['kind'], start: number, bytes: number, signal: AbortSignal): Promise<Checksum>
  /** Hash of the first and last 64 KiB. */
  edge(size: number): Promise<Uint8Array>
  /** A range too large for memory, read while it is sent. */
  payload(start: number, bytes: number): Payload
  close(): Promise<void>
}

export async function openSource(path: string): Promise<SourceFile> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw readSourceError(error)
  }

  async function read(start: number, into: Uint8Array): Promise<void> {
    let done = 0
    while (done < into.byteLength) {
      const { bytesRead } = await handle
        .read(into, done, into.byteLength - done, start + done)
        .catch((error: unknown) => {
          throw readSourceError(error)
        })
      if (bytesRead === 0) throw new SourceFailure('changed')
      done += bytesRead
    }
  }

  async function* slices(start: number, bytes: number): AsyncGenerator<Uint8Array> {
    // A new buffer each: the one before may still be on its way out.
    for (let at = 0; at < bytes; at += streamSlice) {
      const slice = Buffer.allocUnsafe(Math.min(streamSlice, bytes - at))
      await read(start + at, slice)
      yield slice
    }
  }

  return {
    async facts() {
      return factsOf(await handle.stat({ bigint: true }))
    },
    read,
    async hash(kind, start, bytes, signal) {
      const hasher = createHasher(kind)
      const slice = Buffer.allocUnsafe(Math.min(streamSlice, bytes))
      for (let at = 0; at < bytes; at += streamSlice) {
        signal.throwIfAborted()
        const part = slice.subarray(0, Math.min(streamSlice, bytes - at))
        await read(start + at, part)
        hasher.update(part)
      }
      return hasher.finish()
    },
    async edge(size) {
      const length = Math.min(edgeBytes, size)
      const both = Buffer.alloc(length * 2)
      await read(0, both.subarray(0, length))
      await read(size - length, both.subarray(length))
      return (await checksumOf('md5', both)).value
    },
    payload: (start, bytes) => ({ bytes, slices: () => slices(start, bytes) }),
    async close() {
      await handle.close()
    },
  }
}
