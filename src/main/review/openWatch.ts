import type { VersionId } from '../../shared/ids.ts'

/** What others do shows within ten seconds: this long after one answer the next is asked for. */
const askEvery = 6_000
/** While nobody looks, and at most while the service does not answer. */
const restEvery = 60_000

export interface OpenWatchParts {
  /** Asks for what belongs to the version and says whether the service answered. Never fails. */
  readonly read: (versionId: VersionId) => Promise<boolean>
  /** Whether there is anybody to ask. */
  readonly canRead: (versionId: VersionId) => boolean
  /** When it was last read, for whatever reason; undefined: never. */
  readonly readAt: (versionId: VersionId) => number | undefined
  /** Whether the window can be seen. */
  readonly isVisible: () => boolean
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
}

/** Asks again and again for what belongs to the version that is open; seldom while nobody looks or nobody answers. */
export interface OpenWatch {
  /** The version that is open; null: none. Its first reading is left to whoever opens it. */
  watch(versionId: VersionId | null): void
  /** The network or a connection is back: asked now. */
  wake(): void
  stop(): void
}

export function createOpenWatch(parts: OpenWatchParts): OpenWatch {
  let open: VersionId | null = null
  let cancel: () => void = () => undefined
  let failures = 0
  let isStopped = false

  const ask = async (): Promise<void> => {
    const versionId = open
    if (versionId === null || isStopped) return
    const sinceLast = parts.now() - (parts.readAt(versionId) ?? Number.NEGATIVE_INFINITY)
    const isDue = parts.isVisible() || sinceLast >= restEvery
    if (isDue && parts.canRead(versionId)) {
      const isAnswered = await parts.read(versionId)
      failures = isAnswered ? 0 : failures + 1
    }
    if (open === versionId) waitForNext()
  }
  const waitForNext = () => {
    if (isStopped || open === null) return
    cancel()
    cancel = parts.later(Math.min(askEvery * 2 ** Math.min(failures, 10), restEvery), () => void ask())
  }

  return {
    watch(versionId) {
      if (open === versionId) return
      cancel()
      open = versionId
      failures = 0
      waitForNext()
    },
    wake() {
      failures = 0
      if (open === null || isStopped) return
      cancel()
      void ask()
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
