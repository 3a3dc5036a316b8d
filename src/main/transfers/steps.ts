import { AppError } from '../../shared/errors.ts'
import type { TransferRow } from '../store/transferRow.ts'
import { doneSteps, factsOf } from './facts.ts'
import { backoff, Halt } from './retry.ts'
import { type Run, write } from './run.ts'
import type { UploadFacts } from './uploadFile.ts'
import type { UploadStep } from './uploadTarget.ts'

/** A service's lists may lag behind what it has: looked at again after these before anything is made a second time. */
const lookAgainMs = [2_000, 5_000, 15_000] as const

/** Writes that a step is about to be taken, if nothing of it is known yet. Part of the caller's transaction. */
export function intend(run: Run, step: UploadStep | undefined): void {
  const { store, clock } = run.tools
  if (
    step === undefined ||
    store.steps(run.id).some(({ name, state }) => name === step.name && state !== 'none')
  )
    return
  store.setStep(run.id, { name: step.name, state: 'sent', remoteId: null, sentAt: clock.now() })
  run.begun.steps.add(step.name)
}

/**
 * Takes the steps at the back end that are not done yet, in order. The intent is on disk before each act and its remote
 * id after it; an act whose answer was lost is looked up before it is repeated. The last remote id is written by
 * `finish`, so that a caller can make it one with what follows from it. Returns the remote ids by step.
 */
export async function takeSteps(
  run: Run,
  row: TransferRow,
  steps: readonly UploadStep[],
  finish: (writeLast: () => void) => void = (writeLast) => writeLast(),
): Promise<ReadonlyMap<string, string>> {
  const { store } = run.tools
  const known = new Map(store.steps(run.id).map((step) => [step.name, step]))
  const done = doneSteps(store, run.id)
  const left = steps.filter(({ name }) => known.get(name)?.state !== 'done')
  if (left.length === 0) await write(run, () => finish(() => undefined))
  for (const step of left) {
    const before = known.get(step.name)
    const isLast = step === left.at(-1)
    const take = async () => {
      const sentAt = before?.state === 'sent' ? before.sentAt : null
      const remoteId = await settleStep(run, row, step, done, sentAt)
      done.set(step.name, remoteId.id)
      await write(run, () => (isLast ? finish(remoteId.write) : remoteId.write()))
    }
    if (step.turn === undefined) await take()
    else await run.lane.inTurn(step.turn, take, run.signal)
  }
  return done
}

interface Settled {
  readonly id: string
  write(): void
}

async function settleStep(
  run: Run,
  row: TransferRow,
  step: UploadStep,
  done: ReadonlyMap<string, string>,
  sentAt: number | null,
): Promise<Settled> {
  const { store, clock } = run.tools
  const facts = factsOf(store, row)
  const twin = step.isShared === true ? store.sharedStep(step.name, run.id) : undefined
  // An intent of this very run that was not acted on yet needs no looking up.
  const isOwn = run.begun.steps.delete(step.name)
  // Another transfer may have begun what is shared, later even: then it is looked for as if this one had.
  const begunAt = laterOf(sentAt, twin?.sentAt ?? null)
  let intendedAt = begunAt ?? clock.now()
  const settled = (id: string): Settled => ({
    id,
    write: () => store.setStep(run.id, { name: step.name, state: 'done', remoteId: id, sentAt: intendedAt }),
  })
  if (twin?.remoteId !== undefined && twin.remoteId !== null) return settled(twin.remoteId)
  const isRepeat = begunAt !== null && !isOwn && step.lookUp !== undefined
  try {
    if (isRepeat) {
      const found = await lookUp(run, step, facts, done, intendedAt)
      if (found !== undefined) return settled(found)
      // Nothing came of it: what is done now is a new attempt, which lists may lag behind in their turn.
      intendedAt = clock.now()
    }
    if (sentAt === null || isRepeat)
      await write(run, () =>
        store.setStep(run.id, { name: step.name, state: 'sent', remoteId: null, sentAt: intendedAt }),
      )
    return settled(await step.act(facts, done, run.signal))
  } catch (error) {
    if (run.signal.aborted || !(error instanceof AppError)) throw error
    if (isSurelyUndone(error) && !isRepeat)
      await write(run, () =>
        store.setStep(run.id, { name: step.name, state: 'none', remoteId: null, sentAt: null }),
      )
    throw haltForService(run, row, error)
  }
}

function laterOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

/** What an attempt whose answer was lost made, if it made anything. A list that lags is asked a few times. */
export async function lookUp(
  run: Run,
  step: UploadStep,
  facts: UploadFacts,
  done: ReadonlyMap<string, string>,
  intendedAt: number,
): Promise<string | undefined> {
  const { clock } = run.tools
  if (step.lookUp === undefined) return undefined
  for (let attempt = 0; ; attempt += 1) {
    const found = await step.lookUp(facts, done, intendedAt, run.signal)
    if (found !== undefined || step.isPrompt === true) return found
    // What was asked for long ago is in every list by now.
    const age = clock.now() - intendedAt
    const pause = lookAgainMs[attempt]
    if (pause === undefined || age > 60_000) return undefined
    await clock.wait(pause, run.signal)
    run.signal.throwIfAborted()
  }
}

/** Refused outright, or never sent: nothing can have happened. */
function isSurelyUndone(error: AppError): boolean {
  if (error.facts['isSent'] === false) return true
  const status = error.facts['status']
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 409
}

const serviceBackoff = { baseMs: 2_000, capMs: 300_000 }

/** What a transfer does when the service, not the store, does not do its part. The object stays where it is. */
export function haltForService(run: Run, row: TransferRow, error: AppError): Halt {
  const { clock, random } = run.tools
  const facts = { ...error.facts, name: row.name }
  const pause = Math.max(1_000, backoff(serviceBackoff, row.attempts + 1, random))
  const later = clock.now() + pause
  const asked = Number(error.facts['retryAt'] ?? 0)
  switch (error.code) {
    case 'network.offline':
    case 'network.untrusted':
      return new Halt(
        {
          outcome: 'wait',
          reason: 'offline',
          code: error.code,
          facts,
          nextAt: clock.now() + Math.min(pause, 60_000),
        },
        error,
      )
    case 'remote.unavailable':
      return new Halt(
        { outcome: 'wait', reason: 'backoff', code: error.code, facts, nextAt: Math.max(asked, later) },
        error,
      )
    case 'remote.rateLimited':
      return new Halt(
        { outcome: 'wait', reason: 'throttled', code: error.code, facts, nextAt: Math.max(asked, later) },
        error,
      )
    case 'auth.expired':
      run.lane.block('auth.expired')
      return new Halt({ outcome: 'wait', reason: 'auth', code: error.code, facts }, error)
    default:
      return new Halt({ outcome: 'fail', code: error.code, facts }, error)
  }
}
