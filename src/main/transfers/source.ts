import type { SourceId } from '../../shared/ids.ts'
import type { TransferRow } from '../store/transferRow.ts'
import { Halt } from './retry.ts'
import { type Run, sourceOf, write } from './run.ts'
import { compareFacts, quietFor, type SourceFacts, SourceFailure } from './sourceFile.ts'

/** A file written to more recently than this may still be on its way here itself. */
export const quietMs = 10_000
const mostRestarts = 3

/**
 * Whether the file is still the one that was planned. `touched`: nothing shows a change, but stored parts must be
 * compared with it before they count. Fails with SourceFailure.
 */
export async function checkSource(run: Run, row: TransferRow): Promise<'same' | 'touched'> {
  const then = sourceOf(run, row)
  const now = await run.tools.files.stat(then.path)
  const found = compareFacts(then, now)
  if (found === 'changed') throw new SourceFailure('changed')
  if (found !== 'moved') return found
  // Another file number or volume: the same content copied back, or another file of equal size and time. Opened anew,
  // since a handle from before still reads the one that was replaced.
  const file = await run.tools.files.open(then.path)
  try {
    const edge = await file.edge(now.size)
    if (then.edge === null || Buffer.compare(edge, then.edge) !== 0) throw new SourceFailure('changed')
    await write(run, () => run.tools.store.setSource(row.sourceId, { ...now, edge }))
    return 'touched'
  } finally {
    await file.close()
  }
}

/** Records the file as it is now: what the plan is made for. */
export function recordSource(run: Run, id: SourceId, facts: SourceFacts, edge: Uint8Array | null): void {
  run.tools.store.setSource(id, { ...facts, edge })
}

/** Whether anything of the file may have reached the store. */
export function hasBegun(row: TransferRow): boolean {
  return row.uploadId !== null || row.objectState !== 'none' || row.partsDone > 0
}

/** What a run does when its file cannot be used: the state to go to, after what has to be written was written. */
export async function haltForSource(run: Run, failure: SourceFailure): Promise<Halt> {
  const { tools } = run
  const row = tools.store.transfer(run.id)
  if (row === undefined) throw new Error('a running transfer has no row')
  const facts = { name: row.name }
  const now = tools.clock.now()
  if (failure.kind === 'gone')
    return new Halt(
      {
        outcome: 'wait',
        reason: 'sourceMissing',
        code: 'source.missing',
        facts,
        nextAt: now + Math.min(60_000, 5_000 * 2 ** row.attempts),
      },
      failure,
    )
  if (failure.kind === 'locked') {
    // 5 s doubling to 5 min adds up to about an hour in 17 waits.
    if (row.attempts >= 17) return new Halt({ outcome: 'fail', code: 'source.unreadable', facts }, failure)
    const pause = Math.min(300_000, 5_000 * 2 ** row.attempts)
    return new Halt(
      { outcome: 'wait', reason: 'sourceLocked', code: 'source.locked', facts, nextAt: now + pause },
      failure,
    )
  }
  return await haltForChange(run, row, failure)
}

/**
 * The file is not what was planned. While somebody still writes to it, and as long as nothing was sent, it is simply
 * planned anew; once bytes went out that happens a few times, then the user decides. Nothing is ever blended.
 */
async function haltForChange(run: Run, row: TransferRow, failure: SourceFailure): Promise<Halt> {
  const { tools } = run
  const source = sourceOf(run, row)
  let now: SourceFacts
  try {
    now = await tools.files.stat(source.path)
  } catch (error) {
    if (error instanceof SourceFailure && error.kind !== 'changed') return await haltForSource(run, error)
    throw error
  }
  const begun = hasBegun(row)
  const quiet = quietFor(now, tools.clock.now())
  const isBusy = quiet < quietMs
  if (begun && (!isBusy || row.restarts >= mostRestarts))
    return new Halt({ outcome: 'fail', code: 'source.changed', facts: { name: row.name } }, failure)
  await tools.commit(() => {
    tools.store.setSource(row.sourceId, { ...now, edge: null })
    tools.store.change(
      row.id,
      { partSize: null, size: now.size, ...(begun ? { restarts: row.restarts + 1 } : {}) },
      { kind: 'restarted', facts: { reason: 'sourceChanged' } },
    )
  })
  const nextAt = tools.clock.now() + (isBusy ? quietMs : 0)
  return new Halt(
    { outcome: 'wait', reason: 'sourceBusy', code: 'source.changed', facts: { name: row.name }, nextAt },
    failure,
  )
}
