import { setMaxListeners } from 'node:events'
import type { PartRow, TransferRow } from '../store/transferRow.ts'
import { type Checksum, checksumOf, hex, plainEtag, sameChecksum } from './checksum.ts'
import { type Abilities, memoryPayload, type Payload, type SentPart } from './objectStore.ts'
import { type PartRange, planParts } from './partPlan.ts'
import { isOurs, startOver, stored } from './restart.ts'
import { findStoredParts, recheckParts } from './resume.ts'
import { Halt, isKind } from './retry.ts'
import { flowRequest, planned, type Run, sourceOf, write } from './run.ts'
import { checkSource } from './source.ts'
import { SourceFailure, type SourceFile } from './sourceFile.ts'
import { StoreFailure } from './storeFailure.ts'

/** Bytes handed to the socket at once: small enough to show progress on a slow line, large enough to cost nothing on a fast one. */
export const sliceBytes = 256 * 1024
const mostCorrupt = 3

/** Sends the parts the store does not have yet, and ends when it has all of them and the file is still the planned one. */
export async function uploadParts(run: Run, row: TransferRow): Promise<TransferRow> {
  const { lane, tools } = run
  const { key, partSize } = planned(row)
  const { uploadId } = row
  if (uploadId === null) return await startOver(run, row, 'noUploadId')
  const file = await tools.files.open(sourceOf(run, row).path)
  const inner = new AbortController()
  const signal = AbortSignal.any([run.signal, inner.signal])
  setMaxListeners(0, signal)
  const active = new Set<Promise<void>>()
  try {
    const state = await checkSource(run, row)
    if (state === 'touched') tools.trusted.delete(run.id)
    const kept = await findStoredParts(run, row, uploadId, file)
    if (kept === 'lost') {
      const found = await lane.attempt((s) => lane.store.head(key, s), run.signal)
      if (await isOurs(run, row, found)) return await stored(run, 'resumed')
      return await startOver(run, row, 'lost')
    }
    const abilities = await lane.abilities(run.signal)
    const watch = (task: Promise<void>) => {
      const own = task
        .catch((error: unknown) => inner.abort(error))
        .finally(() => {
          active.delete(own)
        })
      active.add(own)
    }
    if (!tools.trusted.has(run.id)) {
      watch(
        recheckParts(row, file, kept, signal).then(() => {
          tools.trusted.add(run.id)
        }),
      )
    }
    for (const range of planParts(row.size, partSize)) {
      if (kept.has(range.number)) continue
      signal.throwIfAborted()
      const { sending } = await beginPart({ run, row, key, uploadId, file, abilities, signal }, range)
      watch(sending)
    }
    while (active.size > 0) await Promise.all(active)
    signal.throwIfAborted()
    await lastLook(run, row, signal)
    return await write(run, () =>
      tools.store.apply(run.id, { kind: 'advance', to: 'completing' }, { objectState: 'completing' }),
    )
  } catch (error) {
    inner.abort(error)
    const first = run.signal.aborted ? run.signal.reason : (inner.signal.reason as unknown)
    if (isKind(first, 'lostUpload')) {
      await Promise.allSettled(active)
      return await uploadLost(run, row, key)
    }
    if (isKind(first, 'unsupported')) lane.forgetAbilities()
    throw first
  } finally {
    inner.abort(new Error('the run of this file is over'))
    await Promise.allSettled(active)
    await file.close()
  }
}

async function uploadLost(run: Run, row: TransferRow, key: string): Promise<TransferRow> {
  const found = await run.lane.attempt((s) => run.lane.store.head(key, s), run.signal)
  if (await isOurs(run, row, found)) return await stored(run, 'resumed')
  const now = run.tools.store.transfer(run.id) ?? row
  return await startOver(run, now, 'lost')
}

/** The file may have been written to while it was read: its times say so, or its content is compared with every part. */
async function lastLook(run: Run, row: TransferRow, signal: AbortSignal): Promise<void> {
  if ((await checkSource(run, row)) === 'same') return
  const parts = new Map(run.tools.store.parts(run.id).map((part) => [part.n, part]))
  const file = await run.tools.files.open(sourceOf(run, row).path)
  try {
    await recheckParts(row, file, parts, signal)
  } finally {
    await file.close()
  }
}

interface PartWork {
  readonly run: Run
  readonly row: TransferRow
  readonly key: string
  readonly uploadId: string
  readonly file: SourceFile
  readonly abilities: Abilities
  readonly signal: AbortSignal
}

interface ReadPart {
  readonly payload: Payload
  readonly checksum: Checksum
  release(isClean: boolean): void
}

/** Reads and hashes one part and gets it a slot; what comes back is the sending of it. Parts are read in order, sent together. */
async function beginPart(work: PartWork, range: PartRange): Promise<{ readonly sending: Promise<void> }> {
  const part = await readPart(work, range)
  try {
    const isSmall = planned(work.row).partCount === 1
    const slot = await work.run.lane.flow.take(flowRequest(work.row, isSmall), work.signal)
    return { sending: sendPart(work, range, part).finally(() => slot.release()) }
  } catch (error) {
    part.release(true)
    throw error
  }
}

async function readPart({ run, row, file, signal }: PartWork, range: PartRange): Promise<ReadPart> {
  const { buffers, sizes } = run.tools
  const kind = planned(row).checkKind === 'md5' ? 'md5' : 'crc32'
  if (range.bytes > sizes.bufferedPart) {
    const checksum = await file.hash(kind, range.start, range.bytes, signal)
    return { checksum, payload: file.payload(range.start, range.bytes), release: () => undefined }
  }
  const lease = await buffers.take(range.bytes, signal)
  try {
    await file.read(range.start, lease.buffer)
    const checksum = await checksumOf(kind, lease.buffer)
    return {
      checksum,
      payload: memoryPayload(lease.buffer, sliceBytes),
      release: (isClean) => lease.release(isClean),
    }
  } catch (error) {
    lease.release(true)
    throw error
  }
}

async function sendPart(work: PartWork, range: PartRange, part: ReadPart): Promise<void> {
  const { run, row, key, uploadId, file, signal } = work
  const { lane, tools } = run
  const { number } = range
  let isClean = false
  let sent: SentPart
  try {
    for (let corrupt = 1; ; corrupt += 1) {
      try {
        sent = await lane.attempt(
          async (inner) => {
            const reply = await lane.store.putPart(
              { key, uploadId, number, payload: part.payload, checksum: part.checksum },
              (bytes) => run.progress.sending(number, bytes),
              inner,
            )
            proveReply(reply, part.checksum, work.abilities)
            return reply
          },
          signal,
          ['lostUpload', 'corrupt', 'unsupported'],
        )
        break
      } catch (error) {
        if (!isKind(error, 'corrupt')) throw error
        const again = await file.hash(part.checksum.kind, range.start, range.bytes, signal)
        if (!sameChecksum(again, part.checksum)) throw new SourceFailure('changed', error)
        if (corrupt >= mostCorrupt)
          throw new Halt(
            { outcome: 'fail', code: 'upload.corruptPath', facts: { name: row.name, part: number } },
            error,
          )
      } finally {
        run.progress.ended(number)
      }
    }
    isClean = true
  } finally {
    part.release(isClean)
  }
  lane.flow.succeeded(range.bytes)
  const stored: PartRow = {
    n: number,
    size: range.bytes,
    checkKind: part.checksum.kind,
    checkValue: part.checksum.value,
    etag: sent.etag,
  }
  // Written even when the run was told to stop meanwhile: what the store has need not be sent again.
  await tools.commit(() => tools.store.partStored(run.id, uploadId, stored))
  run.news.moved()
}

/**
 * Whether the store's answer proves that it holds the bytes that were sent; false when it says nothing about them.
 * Fails with `corrupt` when it names others.
 */
export function proveReply(reply: SentPart, checksum: Checksum, abilities: Abilities): boolean {
  if (checksum.kind === 'crc32') {
    if (reply.crc32 === undefined) return false
    if (Buffer.compare(reply.crc32, checksum.value) !== 0)
      throw new StoreFailure('corrupt', { name: 'ChecksumMismatch' })
    return true
  }
  if (!abilities.etagIsMd5) return false
  if (plainEtag(reply.etag) !== hex(checksum.value))
    throw new StoreFailure('corrupt', { name: 'ETagMismatch' })
  return true
}
