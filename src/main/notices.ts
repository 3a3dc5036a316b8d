import type { z } from 'zod'
import type { KeptState, Notice } from '../shared/notice.ts'
import type { HostEvents } from './transfers/hostContract.ts'

/** What the page has to say about what is kept on this computer; for this run only. */
export interface Notices {
  list(): Notice[]
  /** How a database stands: it cannot be opened, or it is open and that became of a damaged one. */
  database(of: KeptState, is: z.output<HostEvents['database']>): void
  /** It was read and understood. */
  putAway(of: KeptState): void
}

export function createNotices(changed: (notices: Notice[]) => void): Notices {
  const known = new Map<KeptState, Notice>()
  const list = () => [...known.values()]
  const put = (notice: Notice) => {
    known.set(notice.of, notice)
    changed(list())
  }
  const remove = (of: KeptState) => {
    if (known.delete(of)) changed(list())
  }
  return {
    list,
    database(of, is) {
      if (is.state === 'closed') {
        put({ of, kind: 'closed', failure: is.failure })
        return
      }
      // Open again; what an earlier start told of a damaged one stays until it was read.
      if (known.get(of)?.kind === 'closed') remove(of)
      const { recovery } = is
      if (recovery.kind === 'fresh') put({ of, kind: 'rebuilt' })
      if (recovery.kind === 'restored') put({ of, kind: 'restored', backupAt: recovery.backupAt })
    },
    putAway: remove,
  }
}
