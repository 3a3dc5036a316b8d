import { AppError } from '../../shared/errors.ts'
import type { TransferId } from '../../shared/ids.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { TransferStore } from '../store/transferStore.ts'
import type { Buffers } from './buffers.ts'
import type { Clock, Random } from './clock.ts'
import type { Lane } from './lane.ts'
import type { SourceFacts, SourceFile } from './sourceFile.ts'

/** Sizes the engine works with. Tests make them small. */
export interface EngineSizes {
  readonly smallFile: number
  /** Overrides the measured choice of a part size. */
  readonly partSize: number | undefined
  /** Parts up to this size are held in memory; larger ones are read while they are sent. */
  readonly bufferedPart: number
  readonly memory: number
}

/** The file system as the engine needs it. */
export interface SourceFiles {
  open(path: string): Promise<SourceFile>
  stat(path: string): Promise<SourceFacts>
}

/** What every run shares. */
export interface RunTools {
  readonly store: TransferStore
  /** Writes through the group commit. */
  commit<T>(act: () => T): Promise<T>
  readonly clock: Clock
  readonly random: Random
  readonly files: SourceFiles
  readonly buffers: Buffers
  readonly sizes: EngineSizes
  readonly installationId: string
  newToken(): string
  /** Transfers whose stored parts were all sent or checked by this process. */
  readonly trusted: Set<TransferId>
  log(level: 'info' | 'warn' | 'error', text: string): void
}

/** Bytes on their way, kept in memory only. */
export interface RunProgress {
  sending(part: number, bytes: number): void
  ended(part: number): void
}

/** Tells the service how far an upload is, while it runs. Parts never wait for it. */
export interface RunNews {
  /** More of the file is stored. */
  moved(): void
  /** Resolves when nothing is being told: what comes next cannot be overtaken by it. */
  quiet(): Promise<void>
}

/** One transfer being carried on, from `start` to where it waits or ends. */
export interface Run {
  readonly id: TransferId
  readonly lane: Lane
  /** Aborted with a Halt (wait or fail so) or a RunStopped (the state was written already). */
  readonly signal: AbortSignal
  readonly tools: RunTools
  readonly progress: RunProgress
  /** For the service's own users. */
  readonly news: RunNews
  /** What this very run began: nothing of it needs to be looked up. */
  readonly begun: {
    uploadId: string | null
    /** The intent of the one request of a small file. */
    isPutting: boolean
    /** Steps at the back end whose intent was written and not acted on yet. */
    readonly steps: Set<string>
  }
  /** The file is no longer needed: another transfer may open one. */
  leaveFile(): void
}

/** Why a run ends although nothing failed: a command changed the state, or the process is about to end. */
export class RunStopped extends Error {
  constructor(why: 'command' | 'shutdown') {
    super(why)
    this.name = 'RunStopped'
  }
}

/** Writes a step of the run, unless it was told to stop meanwhile. */
export function write<T>(run: Run, act: () => T): Promise<T> {
  return run.tools.commit(() => {
    run.signal.throwIfAborted()
    return act()
  })
}

export function sourceOf(
  run: Run,
  row: TransferRow,
): { readonly path: string } & SourceFacts & { readonly edge: Uint8Array | null } {
  const source = run.tools.store.source(row.sourceId)
  if (source === undefined) throw new AppError('source.missing', { name: row.name })
  return source
}

/** Object key and plan of a row that has been prepared. */
export function planned(row: TransferRow): {
  readonly key: string
  readonly partSize: number
  readonly partCount: number
  readonly checkKind: NonNullable<TransferRow['checkKind']>
} {
  const { objectKey, partSize, partCount, checkKind } = row
  if (objectKey === null || partSize === null || partCount === null || checkKind === null)
    throw new Error('a transfer without a plan reached the store')
  return { key: objectKey, partSize, partCount, checkKind }
}

/** Whether the file goes up in one request. A row with an upload id was begun in parts and stays so. */
export function goesWhole(run: Run, row: TransferRow): boolean {
  if (run.lane.store.onlyParts === true) return false
  return row.size <= run.tools.sizes.smallFile && row.uploadId === null && row.objectState !== 'creating'
}

export const flowRequest = (row: TransferRow, isSmall: boolean) => ({
  file: row.id,
  prio: row.prio,
  seq: row.seq,
  isSmall,
})
