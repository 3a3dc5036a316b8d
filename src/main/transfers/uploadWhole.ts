import type { TransferRow } from '../store/transferRow.ts'
import { checksumOf, hex, sameChecksum } from './checksum.ts'
import { memoryPayload } from './objectStore.ts'
import { isOurs, stored } from './restart.ts'
import { Halt, isKind } from './retry.ts'
import { flowRequest, planned, type Run, sourceOf, write } from './run.ts'
import { compareFacts, SourceFailure, type SourceFile } from './sourceFile.ts'
import { StoreFailure } from './storeFailure.ts'
import { proveReply, sliceBytes } from './uploadParts.ts'
import { verified } from './verify.ts'

const mostCorrupt = 3

/** Sends a small file in one request. What is hashed is what is sent; a request whose answer was lost is settled by the write token. */
export async function uploadWhole(run: Run, row: TransferRow): Promise<TransferRow> {
  const { lane, tools, signal } = run
  const { key, checkKind } = planned(row)
  const look = () => lane.attempt((inner) => lane.store.head(key, inner), signal)
  // An intent of this very run was not acted on yet: there is nothing to look for.
  const isFirst = run.begun.isPutting
  run.begun.isPutting = false
  if (row.objectState === 'putting' && !isFirst && (await isOurs(run, row, await look())))
    return await stored(run, 'resumed')

  const lease = await tools.buffers.take(row.size, signal)
  let isClean = false
  try {
    await readWhole(run, row, lease.buffer)
    run.leaveFile()
    const kind = checkKind === 'md5' ? 'md5' : 'crc32'
    const checksum = await checksumOf(kind, lease.buffer)
    if (row.objectState !== 'putting')
      await write(run, () => tools.store.change(run.id, { objectState: 'putting' }))
    const abilities = await lane.abilities(signal)
    const slot = await lane.flow.take(flowRequest(row, true), signal)
    let isProven = false
    try {
      let isUnclear = false
      for (let corrupt = 1; ; corrupt += 1) {
        try {
          const sent = await lane.attempt(
            async (inner) => {
              if (isUnclear) {
                const found = await lane.store.head(key, inner)
                if (await isOurs(run, row, found)) return undefined
              }
              isUnclear = true
              return await lane.store.putObject(
                {
                  key,
                  token: row.writeToken,
                  mediaType: row.mediaType,
                  payload: memoryPayload(lease.buffer, sliceBytes),
                  checksum,
                },
                (bytes) => run.progress.sending(1, bytes),
                inner,
              )
            },
            signal,
            ['corrupt'],
          )
          if (sent !== undefined) isProven = proveReply(sent, checksum, abilities)
          break
        } catch (error) {
          if (!isKind(error, 'corrupt')) throw error
          isUnclear = false
          if (corrupt >= mostCorrupt)
            throw new Halt({ outcome: 'fail', code: 'upload.corruptPath', facts: { name: row.name } }, error)
          if (!sameChecksum(await checksumOf(kind, lease.buffer), checksum))
            throw new StoreFailure('corrupt', { name: 'Memory' }, error)
        } finally {
          run.progress.ended(1)
        }
      }
      lane.flow.succeeded(row.size)
      isClean = true
    } finally {
      slot.release()
    }
    return await write(run, () => {
      const { store } = tools
      store.setSourceHash(row.sourceId, checksum.kind, checksum.value)
      const counts = { bytesDone: row.size, partsDone: 1, attempts: 0 }
      const completed = { kind: 'completed', facts: { [checksum.kind]: hex(checksum.value) } } as const
      const verifying = { kind: 'advance', to: 'verifying' } as const
      if (!isProven) return store.apply(run.id, verifying, { ...counts, objectState: 'stored' }, completed)
      // The store's answer named the checksum of the whole object: it was the look at it already.
      const proof = { [checksum.kind]: hex(checksum.value) }
      return verified(run, row.size, { before: [verifying], change: counts, notes: [completed], proof })
    })
  } finally {
    lease.release(isClean)
  }
}

/** The whole file as one consistent state: its facts are the planned ones before and after the read. */
async function readWhole(run: Run, row: TransferRow, into: Uint8Array): Promise<void> {
  const source = sourceOf(run, row)
  let file: SourceFile | undefined
  try {
    file = await run.tools.files.open(source.path)
    await file.read(0, into)
    const after = compareFacts(source, await file.facts())
    if (after === 'changed' || after === 'moved') throw new SourceFailure('changed')
  } finally {
    await file?.close()
  }
}
