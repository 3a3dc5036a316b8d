import type { VersionId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { Refs } from '../library/refs.ts'
import type { CommentMerge } from '../store/commentMerge.ts'

/** Others' words show within ten seconds: this long after one answer the next is asked for. */
const pollEvery = 6_000
/** While nobody looks, and at most while the service does not answer. */
const restEvery = 60_000
/** A list read within this time is not asked for again just because somebody looks. */
const freshFor = 5_000

export interface CommentFeedParts {
  readonly refs: Refs
  readonly service: AskService
  /** Whether the version's service holds comments and somebody is signed in. */
  readonly canRead: (versionId: VersionId) => boolean
  readonly merge: CommentMerge
  readonly changed: (versionId: VersionId) => void
  /** Whether the window can be seen. */
  readonly isVisible: () => boolean
  readonly report: (error: unknown) => void
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
}

/**
 * Keeps the comments of versions in step with their service: once when somebody looks, and of the version that is open
 * again and again. Told only when something changed. Never fails: what cannot be read now is read later.
 */
export interface CommentFeed {
  /** Somebody looks at a version's comments: asks for them in the background unless that was just done. */
  look(versionId: VersionId): void
  /** The version that is open; null: none. */
  watch(versionId: VersionId | null): void
  /** A comment of ours was written or answered for: what is on its way from the service may be older than that. */
  touched(versionId: VersionId): void
  /** The network or a connection is back: what is open is asked for now. */
  wake(): void
  stop(): void
}

export function createCommentFeed(parts: CommentFeedParts): CommentFeed {
  const reading = new Map<VersionId, Promise<boolean>>()
  const readAt = new Map<VersionId, number>()
  const touches = new Map<VersionId, number>()
  let open: VersionId | null = null
  let cancel: () => void = () => undefined
  let failures = 0
  let isStopped = false

  /** False when the answer was older than a write of ours and was thrown away. */
  const readOnce = async (versionId: VersionId): Promise<boolean> => {
    const before = touches.get(versionId)
    const { connectionId, ref } = parts.refs.version(versionId)
    const { listed, holds } = await parts.service.with(
      connectionId,
      'comments',
      async (comments, signal) => ({
        listed: await comments.list(ref, signal),
        holds: comments.holds,
      }),
    )
    if (touches.get(versionId) !== before) return false
    // Its version may have left the library while it was asked.
    parts.refs.version(versionId)
    if (parts.merge(versionId, listed, holds)) parts.changed(versionId)
    return true
  }
  /** Whether the service answered. */
  const read = (versionId: VersionId): Promise<boolean> => {
    const running = reading.get(versionId)
    if (running !== undefined) return running
    const run = (async () => {
      try {
        if (!(await readOnce(versionId))) await readOnce(versionId)
        return true
      } catch (error) {
        if (!isStopped) parts.report(error)
        return false
      } finally {
        reading.delete(versionId)
        readAt.set(versionId, parts.now())
      }
    })()
    reading.set(versionId, run)
    return run
  }

  const poll = async (): Promise<void> => {
    const versionId = open
    if (versionId === null || isStopped) return
    const sinceLast = parts.now() - (readAt.get(versionId) ?? Number.NEGATIVE_INFINITY)
    const isDue = parts.isVisible() || sinceLast >= restEvery
    if (isDue && parts.canRead(versionId)) {
      const isAnswered = await read(versionId)
      failures = isAnswered ? 0 : failures + 1
    }
    if (open === versionId) waitForNext()
  }
  const waitForNext = () => {
    if (isStopped || open === null) return
    cancel()
    cancel = parts.later(Math.min(pollEvery * 2 ** Math.min(failures, 10), restEvery), () => void poll())
  }

  return {
    look(versionId) {
      const isFresh = parts.now() - (readAt.get(versionId) ?? Number.NEGATIVE_INFINITY) < freshFor
      if (!isFresh && !isStopped && parts.canRead(versionId)) void read(versionId)
    },
    watch(versionId) {
      if (open === versionId) return
      cancel()
      open = versionId
      failures = 0
      // Whoever opens it lists its comments, and that asks for them.
      waitForNext()
    },
    touched(versionId) {
      touches.set(versionId, (touches.get(versionId) ?? 0) + 1)
    },
    wake() {
      failures = 0
      if (open === null || isStopped) return
      cancel()
      void poll()
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
