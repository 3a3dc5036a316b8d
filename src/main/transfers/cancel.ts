import type { TransferRow } from '../store/transferRow.ts'
import { removeUploads } from './create.ts'
import { Halt, isKind } from './retry.ts'
import { type Run, write } from './run.ts'
import { undoSteps } from './undo.ts'

const tries = 5
const pauseMs = 1_000

/** Takes back what a transfer may have left at the store, until the store agrees that it is gone. May run any number of times. */
export async function removeRemains(run: Run, row: TransferRow): Promise<void> {
  const { lane, signal } = run
  const key = row.objectKey
  if (key === null) return
  if (row.uploadId !== null) await removeUpload(run, key, row.uploadId)
  if (row.objectState === 'creating') await lane.attempt((inner) => removeUploads(run, key, inner), signal)
  if (row.objectState === 'putting') {
    const found = await lane.attempt((inner) => lane.store.head(key, inner), signal)
    if (found?.token === row.writeToken)
      await lane.attempt((inner) => lane.store.deleteObject(key, inner), signal)
  }
}

async function removeUpload(run: Run, key: string, uploadId: string): Promise<void> {
  const { lane, signal, tools } = run
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      await lane.attempt((inner) => lane.store.abortUpload(key, uploadId, inner), signal, [
        'lostUpload',
        'server',
      ])
    } catch (error) {
      // Gone already; or one of the stores that answer 500 to an upload they no longer know. The listing decides.
      if (!isKind(error, 'lostUpload', 'server')) throw error
    }
    try {
      await lane.attempt((inner) => lane.store.listParts(key, uploadId, inner), signal, ['lostUpload'])
    } catch (error) {
      if (isKind(error, 'lostUpload')) return
      throw error
    }
    // A part that was on its way may have landed after the abort.
    await tools.clock.wait(pauseMs, signal)
    signal.throwIfAborted()
  }
  throw new Halt({ outcome: 'wait', reason: 'backoff', code: 'remote.unavailable' })
}

/** Finishes a cancellation. Fails with a Halt when store or service cannot be asked now; the row stays `canceling`. */
export async function cancel(run: Run, row: TransferRow): Promise<void> {
  await removeRemains(run, row)
  await undoSteps(run, row)
  await write(run, () =>
    run.tools.store.apply(
      run.id,
      { kind: 'canceled' },
      { uploadId: null, objectState: 'none', waitReason: null, nextAt: null, failure: null },
      { kind: 'canceled' },
    ),
  )
}
