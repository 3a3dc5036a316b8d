import type { Json } from '../../shared/json.ts'

/** What is known of a file from the moment it was queued. */
export interface UploadFile {
  /** Also the idempotency key, where a service takes one. */
  readonly transferId: string
  /** All files of one drop share it. */
  readonly batchId: string
  readonly name: string
  /** Folders between the dropped item and the file. */
  readonly folders: readonly string[]
  readonly mediaType: string
  /** The connector's own note of the place, as it was stored when the file was queued. */
  readonly remote: Json
  /** Remote id of the asset that the file becomes a new version of; null: it becomes an asset of its own. */
  readonly versionOf: string | null
  /** What the user was asked for at the drop; null where nothing was. */
  readonly metadata: Json
}

/** What is known of a file when the back end is told about it. */
export interface UploadFacts extends UploadFile {
  readonly bytes: number
  /** Epoch milliseconds of the file's last change. */
  readonly modifiedAt: number
  readonly bucket: string
  /** Unique to this transfer. */
  readonly objectKey: string
  /** Whether another transfer already became this remote thing: twins of one name and size are told apart by it. */
  readonly isClaimed: (remoteId: string) => boolean
}

/** A file together with the remote ids of the steps taken for it so far. */
export interface FileAtService {
  readonly facts: UploadFacts
  readonly done: ReadonlyMap<string, string>
}
