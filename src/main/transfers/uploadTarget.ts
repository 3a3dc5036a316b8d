import type { Json } from '../../shared/json.ts'

/** What is known of a file when the back end is told about it. */
export interface UploadFacts {
  /** Also the idempotency key, where a service takes one. */
  readonly transferId: string
  readonly name: string
  readonly bytes: number
  readonly mediaType: string
  readonly bucket: string
  /** Unique to this transfer. */
  readonly objectKey: string
  /** The connector's own note of the place, as it was stored when the file was queued. */
  readonly remote: Json
  /** Whether another transfer already became this remote thing: twins of one name and size are told apart by it. */
  readonly isClaimed: (remoteId: string) => boolean
}

/**
 * One outside effect at the back end (an asset, a format, a comment…). The engine commits a row that says the step is about
 * to happen, acts, and commits what came back; a step found without an answer is looked up before it is repeated.
 */
export interface UploadStep {
  /** Stable: stored with the transfer. */
  readonly name: string
  /**
   * Finds the effect of an earlier attempt whose answer was lost. `undefined`: not there (yet).
   * `done` holds the remote ids of the steps before; `intendedAt` is when the first attempt was recorded.
   */
  lookUp(
    facts: UploadFacts,
    done: ReadonlyMap<string, string>,
    intendedAt: number,
    signal: AbortSignal,
  ): Promise<string | undefined>
  /** Makes the effect and returns its remote id. May have happened although it fails. */
  act(facts: UploadFacts, done: ReadonlyMap<string, string>, signal: AbortSignal): Promise<string>
}

/** The upload half of a connector: how bytes travel, and what is said to the back end before and after. */
export interface UploadTarget {
  readonly transport: 's3' | 'signedParts' | 'singleRequest'
  readonly before: readonly UploadStep[]
  /** The last one's remote id is the asset's. */
  readonly after: readonly UploadStep[]
}
