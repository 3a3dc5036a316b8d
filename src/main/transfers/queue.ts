import type { TransferId } from '../../shared/ids.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { TransferStore } from '../store/transferStore.ts'

export interface QueueSizes {
  /** Files larger than this hold one of the few places for open files. */
  readonly smallFile: number
}

/** A transfer that has been started and has not come to rest. */
export interface Running {
  readonly id: TransferId
  /** It finishes a cancellation: no command takes that back. */
  readonly isCancel: boolean
  /** Resolves when it rests. */
  readonly ended: Promise<void>
  stop(reason: unknown): void
}

export interface QueueOptions {
  readonly store: TransferStore
  readonly sizes: QueueSizes
  readonly now: () => number
  /** Whether anything may be started at all. */
  readonly mayStart: () => boolean
  /** Starts a transfer; undefined when it cannot go now and its row says so. `leaveFile` frees its place for the next file. */
  readonly start: (row: TransferRow, leaveFile: () => void) => Running | undefined
  readonly startCancel: (row: TransferRow) => Running | undefined
  /** Looking for work failed; it is looked for again later. */
  readonly onError: (error: unknown) => void
}

/** Who runs next: by the order of the queue, within the places there are. */
export interface Queue {
  /** Something may have become ready: looks again on the next turn. */
  wake(): void
  running(id: TransferId): Running | undefined
  all(): readonly Running[]
  /** Resolves when nothing runs and nothing can be started now. */
  untilIdle(): Promise<void>
}

const largePlaces = 4
const smallPlaces = 12
/** Transfers past their file (assembling, checking, registering) hold no place, but are not let pile up either. */
const mostRunning = 40
const cancelPlaces = 4

export function createQueue(options: QueueOptions): Queue {
  const { store, sizes } = options
  const running = new Map<TransferId, Running>()
  const holding = {
    large: new Set<TransferId>(),
    small: new Set<TransferId>(),
    cancel: new Set<TransferId>(),
  }
  // Nothing of the kind was queued at the last look: 100,000 small files are not searched for a large one each time.
  const isEmpty = { large: false, small: false }
  let isAwake = false
  let idleWaiters: (() => void)[] = []

  function begin(row: TransferRow, kind: 'large' | 'small' | 'cancel'): boolean {
    const leave = () => {
      if (holding[kind].delete(row.id)) look()
    }
    holding[kind].add(row.id)
    const started = kind === 'cancel' ? options.startCancel(row) : options.start(row, leave)
    if (started === undefined) {
      holding[kind].delete(row.id)
      return false
    }
    running.set(row.id, started)
    void started.ended.then(() => {
      running.delete(row.id)
      holding[kind].delete(row.id)
      // Told to go on while it ended, it is queued again and was passed over.
      if (kind !== 'cancel') isEmpty[kind] = false
      look()
    })
    return true
  }

  function fill(kind: 'large' | 'small', places: number): void {
    while (!isEmpty[kind] && holding[kind].size < places && running.size < mostRunning) {
      const row = store.nextQueued(kind === 'small', sizes.smallFile, new Set(running.keys()))
      if (row === undefined) isEmpty[kind] = true
      else begin(row, kind)
    }
  }

  function startSome(): void {
    while (holding.cancel.size < cancelPlaces) {
      const row = store.nextCanceling(options.now(), new Set(running.keys()))
      if (row === undefined || !begin(row, 'cancel')) break
    }
    fill('large', largePlaces)
    fill('small', smallPlaces)
  }

  function run(): void {
    try {
      if (options.mayStart()) startSome()
    } catch (error) {
      options.onError(error)
    }
    if (running.size > 0) return
    for (const resolve of idleWaiters) resolve()
    idleWaiters = []
  }

  function look(): void {
    if (isAwake) return
    isAwake = true
    setImmediate(() => {
      isAwake = false
      run()
    })
  }

  function wake(): void {
    isEmpty.large = false
    isEmpty.small = false
    look()
  }

  return {
    wake,
    running: (id) => running.get(id),
    all: () => [...running.values()],
    untilIdle() {
      return new Promise((resolve) => {
        idleWaiters.push(resolve)
        look()
      })
    },
  }
}
