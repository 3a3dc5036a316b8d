import type { TransferStore } from '../store/transferStore.ts'
import type { Clock } from './clock.ts'
import type { Lane } from './lane.ts'
import { Halt, isKind } from './retry.ts'

export interface SweepOptions {
  readonly store: TransferStore
  readonly clock: Clock
  readonly installationId: string
  readonly signal: AbortSignal
}

/** Younger ones may belong to something that is only slow to be written down. */
const week = 7 * 24 * 3_600_000

/**
 * Removes unfinished uploads this installation has lost sight of (after a restored backup, say): their key carries our
 * id, no transfer knows them, and they are a week old. Another station's are never touched. Returns how many there were.
 */
export async function sweepOrphans(lane: Lane, options: SweepOptions): Promise<number> {
  const { store, clock, installationId, signal } = options
  const own = ['lostUpload', 'unsupported', 'refused', 'denied'] as const
  let removed = 0
  try {
    const found = await lane.attempt(
      (inner) => lane.store.listUploads(`${lane.prefix}${installationId}/`, inner),
      signal,
      own,
    )
    for (const { key, uploadId, startedAt } of found) {
      if (startedAt === undefined || clock.now() - startedAt < week || store.knowsUpload(uploadId)) continue
      await lane.attempt((inner) => lane.store.abortUpload(key, uploadId, inner), signal, own)
      removed += 1
    }
  } catch (error) {
    // A store that lists nothing, or a key without that right, leaves it to the bucket's own rule.
    if (!isKind(error, ...own)) throw error
  }
  return removed
}

/** At the first look at the connections, and every week after, until the signal ends it. */
export async function sweepWeekly(
  lanes: () => readonly Lane[],
  options: SweepOptions,
  log: (level: 'info', text: string) => void,
  troubled: (error: unknown) => void,
): Promise<void> {
  const { clock, signal } = options
  while (!signal.aborted) {
    for (const lane of lanes()) {
      try {
        const removed = await sweepOrphans(lane, options)
        if (removed > 0) log('info', `Removed ${removed} unfinished uploads nobody knew of.`)
      } catch (error) {
        if (!(error instanceof Halt) && !signal.aborted) troubled(error)
      }
    }
    await clock.wait(week, signal)
  }
}
