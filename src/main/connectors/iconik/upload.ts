import type { UploadFile } from '../../transfers/uploadFile.ts'
import type { UploadTarget } from '../../transfers/uploadTarget.ts'
import type { IconikClient } from './client.ts'
import { afterSteps } from './uploadAfter.ts'
import { createUploadFiles } from './uploadFiles.ts'
import { folderSteps } from './uploadFolders.ts'
import { createIconikSigned } from './uploadSigned.ts'
import { assetSteps, storageStep } from './uploadSteps.ts'
import { createUploadNews, undoUpload } from './uploadUndo.ts'
import { versionStep } from './uploadVersion.ts'

/**
 * iconik's upload half: folders become collections, then asset (or version), format, file set, file and job are made;
 * parts go through signed URLs; at last the file is closed, its proxy ordered and the job finished.
 */
export function createIconikTarget(client: IconikClient, address: string): UploadTarget {
  const files = createUploadFiles(client)
  const storage = storageStep(client)
  const after = afterSteps(client, files)
  const target: Omit<UploadTarget, 'before'> = {
    transport: createIconikSigned(client, address, files),
    after,
    undo: (file, signal) => undoUpload(client, files, file, signal),
    news: createUploadNews(client, files),
  }
  const beforeOf = (file: UploadFile) =>
    file.versionOf === null
      ? [...folderSteps(client, file), storage, ...assetSteps(client, files, undefined)]
      : [storage, ...assetSteps(client, files, versionStep(client, file.versionOf))]
  return { ...target, before: [], for: (file) => ({ ...target, before: beforeOf(file) }) }
}
