import type { TransferRow } from '../store/transferRow.ts'
import type { StoredObject } from './objectStore.ts'
import { Halt } from './retry.ts'
import { type Run, write } from './run.ts'

const mostRestarts = 3

/** The upload or the object is not there any more: what was known of it is forgotten, the plan stays. At most three times. */
export async function startOver(run: Run, row: TransferRow, reason: string): Promise<TransferRow> {
  if (row.restarts >= mostRestarts)
    throw new Halt({ outcome: 'fail', code: 'upload.expired', facts: { name: row.name, reason } })
  const { store, trusted } = run.tools
  const next = await write(run, () => {
    store.dropParts(run.id, 'all')
    return store.apply(
      run.id,
      { kind: 'advance', to: 'creating' },
      { uploadId: null, objectState: 'none', restarts: row.restarts + 1 },
      { kind: 'restarted', facts: { reason } },
    )
  })
  trusted.add(run.id)
  return next
}

/** Whether an object is the one this transfer sent. A matching size is no proof where the token can be read; the token is. */
export async function isOurs(run: Run, row: TransferRow, found: StoredObject | undefined): Promise<boolean> {
  if (found === undefined || found.bytes !== row.size) return false
  if (found.token === row.writeToken) return true
  const { keepsMetadata } = await run.lane.abilities(run.signal)
  // The key belongs to this transfer alone, so a store that forgets metadata can be believed by the size.
  return !keepsMetadata && found.token === undefined
}

/** The object is at the store, whole: on to its check. */
export async function stored(run: Run, note: 'completed' | 'resumed'): Promise<TransferRow> {
  const { store } = run.tools
  return await write(run, () =>
    store.apply(run.id, { kind: 'advance', to: 'verifying' }, { objectState: 'stored' }, { kind: note }),
  )
}
