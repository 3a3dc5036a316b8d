import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Call } from '../call.ts'
import { Documents } from '../documents.ts'
import { versionsOf } from './assetRows.ts'

export const operationTypes = [
  ...['EXPORT', 'TRANSCODE', 'ANALYZE', 'ADD_FORMAT', 'DELETE_FORMAT', 'RESTORE_FORMAT', 'DELETE_FILESET'],
  ...['DELETE_FILE', 'RESTORE_FILESET', 'MODIFY_FILESET', 'APPROVE', 'REJECT', 'DOWNLOAD', 'METADATA'],
  ...['CUSTOM', 'TRANSCRIPTION', 'VERSION_CREATE', 'VERSION_DELETE', 'VERSION_UPDATE', 'VERSION_PROMOTE'],
  ...['RESTORE', 'RESTORE_FROM_GLACIER', 'ARCHIVE', 'RESTORE_ARCHIVE', 'DELETE', 'TRANSFER'],
  ...['UNLINK_SUBCLIP', 'FACE_RECOGNITION'],
] as const
export type Operation = (typeof operationTypes)[number]

const historySchema = z.strictObject({
  id: z.string(),
  asset_id: z.string(),
  version_id: z.string().optional(),
  system_domain_id: z.string(),
  user_id: z.string(),
  operation_type: z.enum(operationTypes),
  operation_description: z.string().nullish(),
  job_id: z.string().nullish(),
  share_id: z.string().nullish(),
  share_user_id: z.string().nullish(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type HistoryEntry = z.infer<typeof historySchema>
export const history = new Documents('iconik_history', 'Asset history entity', historySchema)

interface Noted {
  readonly assetId: string
  /** Default: the current version. */
  readonly versionId?: string | undefined
  readonly operation: Operation
  readonly description?: string | null | undefined
  readonly jobId?: string | null | undefined
}

/** Writes what was just done to an asset into its audit trail, in the name of whoever asks. */
export function noteHistory(call: Pick<Call, 'rows' | 'viewer' | 'date'>, noted: Noted): HistoryEntry {
  const { viewer, date, rows } = call
  const versionId = noted.versionId ?? versionsOf(rows, noted.assetId).at(-1)?.id
  return history.insert(rows, {
    ...{ id: randomUUID(), asset_id: noted.assetId, user_id: viewer.userId },
    ...{ system_domain_id: viewer.systemDomainId, operation_type: noted.operation },
    ...(versionId !== undefined && { version_id: versionId }),
    ...(noted.description !== undefined && { operation_description: noted.description }),
    ...(noted.jobId !== undefined && { job_id: noted.jobId }),
    ...(viewer.guest && { share_id: viewer.guest.share_id, share_user_id: viewer.guest.share_user_id }),
    ...{ date_created: date, date_modified: date },
  })
}
