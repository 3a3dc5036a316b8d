import type { TransferId } from '../../shared/ids.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { TransferStore } from '../store/transferStore.ts'
import type { FileAtService, UploadFacts, UploadFile } from './uploadFile.ts'

/** What a connector's upload half may know of a queued file. */
export function fileOf(row: TransferRow): UploadFile {
  return {
    transferId: row.id,
    batchId: row.batchId,
    name: row.name,
    folders: row.folders,
    mediaType: row.mediaType,
    remote: row.remote,
    versionOf: row.versionOf,
    metadata: row.metadata,
  }
}

/** The same once the upload is planned. */
export function factsOf(store: TransferStore, row: TransferRow): UploadFacts {
  if (row.objectKey === null || row.bucket === null)
    throw new Error('a transfer without a plan reached the service')
  const modifiedNs = store.source(row.sourceId)?.mtimeNs ?? '0'
  return {
    ...fileOf(row),
    bytes: row.size,
    modifiedAt: Number(BigInt(modifiedNs) / 1_000_000n),
    bucket: row.bucket,
    objectKey: row.objectKey,
    isClaimed: (remoteId) => store.isClaimed(remoteId, row.id),
  }
}

/** Remote ids of the steps that were taken, by step. */
export function doneSteps(store: TransferStore, id: TransferId): Map<string, string> {
  const done = new Map<string, string>()
  for (const { name, remoteId } of store.steps(id)) if (remoteId !== null) done.set(name, remoteId)
  return done
}

export function fileAtService(store: TransferStore, row: TransferRow): FileAtService {
  return { facts: factsOf(store, row), done: doneSteps(store, row.id) }
}
