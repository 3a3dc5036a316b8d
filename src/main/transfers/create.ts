import type { TransferRow } from '../store/transferRow.ts'
import type { ListedUpload } from './objectStore.ts'
import { isKind } from './retry.ts'
import { goesWhole, planned, type Run, write } from './run.ts'

/** Opens the upload at the store and stores its id before any byte goes out. An upload whose id was lost is found by its key and removed. */
export async function create(run: Run, row: TransferRow): Promise<TransferRow> {
  const { tools, lane } = run
  if (goesWhole(run, row))
    return await write(run, () => tools.store.apply(run.id, { kind: 'advance', to: 'uploading' }))
  const { key, checkKind } = planned(row)
  let mayBeThere = row.objectState === 'creating'
  await write(run, () => tools.store.change(run.id, { objectState: 'creating' }))
  const uploadId = await lane.attempt(async (signal) => {
    if (mayBeThere) await removeUploads(run, key, signal)
    mayBeThere = true
    return await lane.store.createUpload(
      { key, token: row.writeToken, mediaType: row.mediaType },
      checkKind,
      signal,
    )
  }, run.signal)
  tools.trusted.add(run.id)
  run.begun.uploadId = uploadId
  return await write(run, () =>
    tools.store.apply(
      run.id,
      { kind: 'advance', to: 'uploading' },
      { uploadId, objectState: 'none' },
      { kind: 'created', facts: {} },
    ),
  )
}

/** The key carries this installation's id and the transfer's: whatever upload it has is ours alone. */
export async function removeUploads(run: Pick<Run, 'lane'>, key: string, signal: AbortSignal): Promise<void> {
  const { store } = run.lane
  if (store.removeLost !== undefined) {
    await store.removeLost(key, signal)
    return
  }
  let found: readonly ListedUpload[]
  try {
    found = await store.listUploads(key, signal)
  } catch (error) {
    // Where uploads cannot be listed, a lost one is left to the bucket's own rule for unfinished uploads.
    if (isKind(error, 'unsupported', 'refused', 'denied')) return
    throw error
  }
  for (const { key: at, uploadId } of found) {
    if (at !== key) continue
    await store.abortUpload(key, uploadId, signal).catch((error: unknown) => {
      if (!isKind(error, 'lostUpload')) throw error
    })
  }
}
