import { AppError } from '../../shared/errors.ts'
import type { TransferRow } from '../store/transferRow.ts'
import { doneSteps, factsOf } from './facts.ts'
import { type Run, write } from './run.ts'
import { haltForService, lookUp } from './steps.ts'

/**
 * Takes back what the steps before the upload made at the service. A step whose answer was lost is looked up first, so
 * that nothing it made stays behind. May run any number of times; fails with a Halt when the service cannot be asked.
 */
export async function undoSteps(run: Run, row: TransferRow): Promise<void> {
  const { store, clock } = run.tools
  const { target } = run.lane
  // Before the plan nothing was said to the service.
  if (target.undo === undefined || row.objectKey === null) return
  const facts = factsOf(store, row)
  const done = doneSteps(store, row.id)
  const known = new Map(store.steps(row.id).map((step) => [step.name, step]))
  try {
    for (const step of target.before) {
      const { state = 'none', sentAt = null } = known.get(step.name) ?? {}
      if (state === 'done') continue
      // Steps are taken in order: after one that was not begun there is none.
      if (state === 'none') break
      if (step.lookUp === undefined) continue
      const intendedAt = sentAt ?? clock.now()
      const remoteId = await lookUp(run, step, facts, done, intendedAt).catch(unlessGone)
      if (remoteId === undefined) break
      done.set(step.name, remoteId)
      await write(run, () =>
        store.setStep(row.id, { name: step.name, state: 'done', remoteId, sentAt: intendedAt }),
      )
    }
    if (done.size > 0) await target.undo({ facts, done }, run.signal)
  } catch (error) {
    if (run.signal.aborted || !(error instanceof AppError)) throw error
    throw haltForService(run, row, error)
  }
}

/** What it would have been made in was taken back before. */
function unlessGone(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'remote.notFound') throw error
}
