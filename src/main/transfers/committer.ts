import type { Clock } from './clock.ts'

export interface CommitterOptions {
  /** One transaction around `act`. */
  together<T>(act: () => T): T
  /** Undone alone when `act` throws, within a transaction that goes on. */
  apart<T>(act: () => T): T
  /** Whether a failure means that the disk is full or does not take writes now. */
  isDiskRefusal(error: unknown): boolean
  readonly clock: Clock
  /** Told when writing stops for that reason, and when it works again. */
  onDisk(isRefusing: boolean): void
}

/**
 * Groups the writes of many runs within a few turns of the event loop into one transaction: one flush to disk for all of them.
 * A write that throws is rolled back alone. While the disk refuses, writes are kept and tried again every five seconds.
 */
export interface Committer {
  /** Resolves with what `act` returned, once it is on disk. `act` may run several times; its last run counts. */
  commit<T>(act: () => T): Promise<T>
  readonly isRefused: boolean
  /** Pending writes are rejected with `reason`; none is taken any more. */
  close(reason: unknown): void
}

const retryMs = 5_000
const mostTurns = 4

interface Pending {
  readonly act: () => unknown
  resolve(value: unknown): void
  reject(error: unknown): void
}
type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

export function createCommitter(options: CommitterOptions): Committer {
  let queue: Pending[] = []
  let isScheduled = false
  let isRefused = false
  let closed: { readonly reason: unknown } | undefined
  const life = new AbortController()

  function schedule(): void {
    if (isScheduled || isRefused) return
    isScheduled = true
    gather(1)
  }

  /** Flushes after the first turn in which nothing was added: while many runs move, more of them share one flush. */
  function gather(turn: number): void {
    const before = queue.length
    setImmediate(() => {
      if (queue.length > before && turn < mostTurns) {
        gather(turn + 1)
        return
      }
      isScheduled = false
      flush()
    })
  }

  function runAll(batch: readonly Pending[]): Outcome[] {
    return options.together(() =>
      batch.map(({ act }): Outcome => {
        try {
          return { ok: true, value: options.apart(act) }
        } catch (error) {
          if (options.isDiskRefusal(error)) throw error
          return { ok: false, error }
        }
      }),
    )
  }

  function flush(): void {
    if (closed !== undefined || queue.length === 0) return
    const batch = queue
    queue = []
    let outcomes: Outcome[]
    try {
      outcomes = runAll(batch)
    } catch (error) {
      if (options.isDiskRefusal(error)) {
        queue = [...batch, ...queue]
        void waitForDisk()
        return
      }
      for (const { reject } of batch) reject(error)
      return
    }
    if (isRefused) {
      isRefused = false
      options.onDisk(false)
    }
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index]
      if (outcome?.ok === true) resolve(outcome.value)
      else reject(outcome?.error)
    }
  }

  async function waitForDisk(): Promise<void> {
    if (!isRefused) {
      isRefused = true
      options.onDisk(true)
    }
    await options.clock.wait(retryMs, life.signal)
    flush()
  }

  return {
    commit<T>(act: () => T): Promise<T> {
      if (closed !== undefined) return Promise.reject(closed.reason)
      return new Promise<T>((resolve, reject) => {
        queue.push({ act, resolve: resolve as (value: unknown) => void, reject })
        schedule()
      })
    },
    get isRefused() {
      return isRefused
    },
    close(reason) {
      closed = { reason }
      life.abort()
      for (const { reject } of queue) reject(reason)
      queue = []
    },
  }
}
