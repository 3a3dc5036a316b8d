import { AppError } from '../../shared/errors.ts'
import { isRunning, type RunningState, stateAfter } from '../../shared/transfer.ts'
import type { TransferRow } from '../store/transferRow.ts'
import { cancel } from './cancel.ts'
import { complete } from './complete.ts'
import { create } from './create.ts'
import { haltFor } from './lane.ts'
import { noteFailure } from './news.ts'
import { prepare } from './prepare.ts'
import { register } from './register.ts'
import { backoff, Halt, isKind, transferBackoff } from './retry.ts'
import { goesWhole, type Run, RunStopped, write } from './run.ts'
import { haltForSource } from './source.ts'
import { SourceFailure } from './sourceFile.ts'
import { StoreFailure } from './storeFailure.ts'
import { uploadParts } from './uploadParts.ts'
import { uploadWhole } from './uploadWhole.ts'
import { verify } from './verify.ts'

export type RunEnd =
  | { readonly kind: 'done'; readonly row: TransferRow; readonly remoteId: string }
  | { readonly kind: 'rested' }

const phases: Readonly<
  Record<Exclude<RunningState, 'registering'>, (run: Run, row: TransferRow) => Promise<TransferRow>>
> = {
  preparing: prepare,
  creating: create,
  uploading: (run, row) => (goesWhole(run, row) ? uploadWhole(run, row) : uploadParts(run, row)),
  completing: complete,
  verifying: verify,
}

/** Carries a queued transfer through its states until it is done, waits, fails or is told to stop. Never rejects. */
export async function runTransfer(run: Run, queued: TransferRow): Promise<RunEnd> {
  const { store } = run.tools
  try {
    // A small file is ready at once: that it was begun is written with its plan.
    let row = isReadyAtOnce(run, queued)
      ? await prepare(run, queued)
      : await write(run, () => store.apply(run.id, { kind: 'start' }))
    for (;;) {
      if (row.state === 'registering') {
        const { row: done, remoteId } = await register(run, row)
        return { kind: 'done', row: done, remoteId }
      }
      if (!isRunning(row.state)) return { kind: 'rested' }
      if (row.state === 'completing' || row.state === 'verifying') run.leaveFile()
      row = await phases[row.state](run, row)
      if (row.state === 'registering') run.leaveFile()
    }
  } catch (error) {
    await rest(run, error)
    return { kind: 'rested' }
  }
}

function isReadyAtOnce(run: Run, row: TransferRow): boolean {
  return goesWhole(run, row) && row.objectState === 'none' && run.lane.target.before.length === 0
}

/** Finishes a cancellation, or leaves it for later. Never rejects. */
export async function runCancel(run: Run): Promise<void> {
  try {
    const row = run.tools.store.transfer(run.id)
    if (row !== undefined && row.state === 'canceling') await cancel(run, row)
  } catch (error) {
    await rest(run, error)
  }
}

/** Writes why the run ended. What cannot be written is found again at the next start. */
async function rest(run: Run, error: unknown): Promise<void> {
  const { tools } = run
  try {
    // The reason of the abort is the cause; what failed because of it is not.
    const cause: unknown = run.signal.aborted ? run.signal.reason : error
    if (cause instanceof RunStopped) return
    const halt = await haltOf(run, cause)
    await tools.commit(() => settle(run, halt))
  } catch (second) {
    if (!(second instanceof RunStopped))
      tools.log('error', `A run could not be written off: ${textOf(second)}`)
  }
}

function settle(run: Run, halt: Halt): void {
  const { store, clock, random } = run.tools
  const row = store.transfer(run.id)
  if (row === undefined) return
  const event = { kind: halt.outcome } as const
  // A cancellation cannot fail, only wait: it is tried until the store agrees.
  const taken = row.state === 'canceling' ? ({ kind: 'wait' } as const) : event
  if (stateAfter(row.state, taken) === undefined) return
  const facts = { code: halt.code, reason: halt.reason }
  let { nextAt } = halt
  if (taken.kind === 'fail') noteFailure(run, row)
  const waitsForLane = halt.reason === 'offline' || halt.reason === 'auth'
  if (nextAt === null && waitsForLane && run.lane.held === undefined) nextAt = clock.now() + 1_000
  if (nextAt === null && (!waitsForLane || row.state === 'canceling'))
    nextAt = clock.now() + Math.max(1_000, backoff(transferBackoff, row.attempts + 1, random))
  store.apply(
    run.id,
    taken,
    {
      waitReason: taken.kind === 'wait' ? halt.reason : null,
      nextAt: taken.kind === 'wait' ? nextAt : null,
      attempts: row.attempts + 1,
      failure: { code: halt.code, facts: { ...halt.facts } },
    },
    row.state === 'canceling' ? undefined : { kind: taken.kind === 'wait' ? 'waited' : 'failed', facts },
  )
}

async function haltOf(run: Run, error: unknown): Promise<Halt> {
  if (error instanceof Halt) return error
  if (error instanceof SourceFailure) return await haltForSource(run, error)
  if (isKind(error, 'unsupported')) return await planAnew(run, error)
  if (error instanceof StoreFailure) return haltFor(error)
  if (error instanceof AppError)
    return new Halt({ outcome: 'fail', code: error.code, facts: error.facts }, error)
  run.tools.log('error', `A transfer met a bug: ${textOf(error)}`)
  return new Halt({ outcome: 'fail', code: 'internal.bug' }, error)
}

/** The store does not take the kind of checksum it was thought to: asked again what it does, once. */
async function planAnew(run: Run, failure: StoreFailure): Promise<Halt> {
  const { store, commit, clock } = run.tools
  const row = store.transfer(run.id)
  run.lane.forgetAbilities()
  if (row === undefined || row.restarts > 0) return haltFor(failure)
  await commit(() => store.change(run.id, { partSize: null, restarts: row.restarts + 1 }))
  return new Halt(
    { outcome: 'wait', reason: 'backoff', code: 'remote.unavailable', nextAt: clock.now() },
    failure,
  )
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
