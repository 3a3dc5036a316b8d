import type { TransferRow } from '../store/transferRow.ts'
import type { Run } from './run.ts'
import { takeSteps } from './steps.ts'

/** Tells the back end about the object, once. The remote id of the last step is the asset's; `done` and it are one fact. */
export async function register(run: Run, row: TransferRow): Promise<{ row: TransferRow; remoteId: string }> {
  const { store } = run.tools
  const { after } = run.lane.target
  await run.news.quiet()
  let done: TransferRow | undefined
  const ids = await takeSteps(run, row, after, (writeLast) => {
    writeLast()
    done = store.apply(run.id, { kind: 'advance', to: 'done' }, {}, { kind: 'registered', facts: {} })
  })
  if (done === undefined) throw new Error('a registered transfer was not finished')
  const last = after.at(-1)
  return { row: done, remoteId: last === undefined ? '' : (ids.get(last.name) ?? '') }
}
