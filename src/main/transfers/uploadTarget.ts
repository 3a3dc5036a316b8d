import type { Failure } from '../../shared/errors.ts'
import type { SignedParts } from './signedParts.ts'
import type { FileAtService, UploadFacts, UploadFile } from './uploadFile.ts'

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
   * Absent: doing it twice is doing it once.
   */
  lookUp?(
    facts: UploadFacts,
    done: ReadonlyMap<string, string>,
    intendedAt: number,
    signal: AbortSignal,
  ): Promise<string | undefined>
  /** The look-up sees every effect at once. Otherwise it asks a list that may lag, and is asked a few times. */
  readonly isPrompt?: boolean
  /** Makes the effect and returns its remote id. May have happened although it fails. */
  act(facts: UploadFacts, done: ReadonlyMap<string, string>, signal: AbortSignal): Promise<string>
  /** Steps of one connection with the same key are taken one after another. */
  readonly turn?: string
  /**
   * The effect belongs to every transfer of the connection with a step of this name, which begins with `sharedPrefix`:
   * it is made by one of them and its remote id is all others'. Needs a `turn`.
   */
  readonly isShared?: boolean
}

/** How names of shared steps begin. */
export const sharedPrefix = 'shared:'

/** What a service is told about an upload beside the steps. Each may be told twice; not being told changes nothing there. */
export interface UploadNews {
  /** From time to time while parts go. `share` is from 0 to 1. */
  moved(file: FileAtService, share: number, signal: AbortSignal): Promise<void>
  /** It stopped and will not go on by itself. */
  failed(file: FileAtService, failure: Failure, signal: AbortSignal): Promise<void>
  /** After `failed`: it goes on. */
  resumed(file: FileAtService, signal: AbortSignal): Promise<void>
}

/** The upload half of a connector: how bytes travel, and what is said to the back end before and after. */
export interface UploadTarget {
  /** `s3`: straight into a bucket whose keys we hold. */
  readonly transport: 's3' | SignedParts
  readonly before: readonly UploadStep[]
  /** The last one's remote id is the asset's. */
  readonly after: readonly UploadStep[]
  /** The target as one file sees it, where its steps depend on the file. */
  for?(file: UploadFile): UploadTarget
  /**
   * Takes back what the steps before the upload made. May run any number of times; what is gone already is no failure.
   * Absent: they leave nothing behind.
   */
  undo?(file: FileAtService, signal: AbortSignal): Promise<void>
  readonly news?: UploadNews
}
