import type { TransferId } from '../../shared/ids.ts'
import type { Clock } from './clock.ts'

/** Gathers what changed and tells it at most four times a second, the first at once. */
export interface Changes {
  mark(id: TransferId): void
  markAll(ids: readonly TransferId[]): void
  /** Something about the whole changed, no row in particular. */
  touch(): void
  /** Tells what is left and ends. */
  close(): void
}

const fastestMs = 250
/** One event carries at most this many rows; the rest is told in the next ones. */
const rowsPerEvent = 500
/** However long telling takes, most of the time is left for work. */
const shareOfTime = 20

export function createChanges(clock: Clock, tell: (ids: readonly TransferId[]) => void): Changes {
  let ids = new Set<TransferId>()
  let isDirty = false
  let isTicking = false
  const life = new AbortController()

  function flush(): number {
    const some = [...ids].slice(0, rowsPerEvent)
    if (some.length === ids.size) ids = new Set()
    else for (const id of some) ids.delete(id)
    isDirty = ids.size > 0
    const from = clock.ticks()
    tell(some)
    return clock.ticks() - from
  }

  async function tick(): Promise<void> {
    isTicking = true
    await Promise.resolve()
    while (isDirty && !life.signal.aborted) {
      const took = flush()
      await clock.wait(Math.max(fastestMs, took * shareOfTime), life.signal)
    }
    isTicking = false
  }

  function touch(): void {
    isDirty = true
    if (!isTicking && !life.signal.aborted) void tick()
  }

  return {
    mark(id) {
      ids.add(id)
      touch()
    },
    markAll(more) {
      for (const id of more) ids.add(id)
      touch()
    },
    touch,
    close() {
      life.abort()
    },
  }
}
