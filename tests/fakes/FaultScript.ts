import type { AppError } from '../../src/shared/errors.ts'
import { FaultQueue, type Planned } from './FaultQueue.ts'

/** What happens to a request. `lost`: it is done, and nobody hears; `cut`: the connection breaks before anything is done. */
export interface PlannedFault extends Planned {
  readonly kind: 'lost' | 'cut' | 'refused' | 'dead' | 'errorBody' | 'corrupt'
  /** Of `refused`. */
  readonly status?: number
  readonly code?: string
  readonly retryAfterSeconds?: number
}

export type Phase = 'before' | 'after'

/** Requests in the order they came, what goes wrong with them, and a place to look in at each. */
export class FaultScript {
  readonly log: { readonly operation: string; readonly key: string; readonly isDone: boolean }[] = []
  /** Before and after each request takes effect; may throw to cut the caller off, or wait. */
  onRequest: ((operation: string, phase: Phase, key: string) => void | Promise<void>) | undefined
  isOffline = false
  readonly #planned = new FaultQueue<PlannedFault>()

  plan(fault: PlannedFault): void {
    this.#planned.plan(fault)
  }

  heal(): void {
    this.#planned.clear()
    this.isOffline = false
  }

  count(operation: string, isDone?: boolean): number {
    return this.log.filter(
      (entry) => entry.operation === operation && (isDone === undefined || entry.isDone === isDone),
    ).length
  }

  next(operation: string): PlannedFault | undefined {
    return this.#planned.next(operation)
  }
}

/** How a client of ours tells of an API that answers this status. */
export function apiRefusal(
  status: number,
  retryAfterSeconds: number | undefined,
  now: number,
): [AppError['code'], AppError['facts']] {
  const facts = {
    status,
    isSent: true,
    ...(retryAfterSeconds === undefined ? {} : { retryAt: now + retryAfterSeconds * 1000 }),
  }
  if (status === 401) return ['auth.expired', facts]
  if (status === 403) return ['auth.forbidden', facts]
  if (status === 404) return ['remote.notFound', facts]
  if (status === 429) return ['remote.rateLimited', facts]
  return [status >= 500 ? 'remote.unavailable' : 'remote.refused', facts]
}
