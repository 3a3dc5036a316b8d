import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { Refs } from '../library/refs.ts'
import type { CommentMerge } from '../store/commentMerge.ts'
import { createOpenWatch, type OpenWatchParts } from './openWatch.ts'

/** A list read within this time is not asked for again just because somebody looks. */
const freshFor = 5_000

export interface CommentFeedParts extends Pick<OpenWatchParts, 'isVisible' | 'now' | 'later'> {
  readonly refs: Refs
  readonly service: AskService
  /** Whether the version's service holds comments and somebody is signed in. */
  readonly canRead: (versionId: VersionId) => boolean
  readonly merge: CommentMerge
  readonly changed: (versionId: VersionId) => void
  /**
   * The service no longer has what the version belongs to. Told once; again when this fails, and when the service has
   * had it in between.
   */
  readonly gone?: (versionId: VersionId) => Promise<void>
  readonly report: (error: unknown) => void
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
  const gone = new Set<VersionId>()
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
  const tellGone = (versionId: VersionId): void => {
    if (gone.has(versionId)) return
    gone.add(versionId)
    parts.gone?.(versionId).catch((error: unknown) => {
      gone.delete(versionId)
      if (!isStopped) parts.report(error)
    })
  }
  /** Whether the service answered. */
  const read = (versionId: VersionId): Promise<boolean> => {
    const running = reading.get(versionId)
    if (running !== undefined) return running
    const run = (async () => {
      try {
        if (!(await readOnce(versionId))) await readOnce(versionId)
        gone.delete(versionId)
        return true
      } catch (error) {
        if (!isStopped) parts.report(error)
        if (!isStopped && isGone(error)) tellGone(versionId)
        return false
      } finally {
        reading.delete(versionId)
        readAt.set(versionId, parts.now())
      }
    })()
    reading.set(versionId, run)
    return run
  }

  const { canRead, isVisible, now, later } = parts
  const open = createOpenWatch({ read, canRead, readAt: (id) => readAt.get(id), isVisible, now, later })

  return {
    look(versionId) {
      const isFresh = parts.now() - (readAt.get(versionId) ?? Number.NEGATIVE_INFINITY) < freshFor
      if (!isFresh && !isStopped && parts.canRead(versionId)) void read(versionId)
    },
    // Whoever opens it lists its comments, and that asks for them.
    watch: open.watch,
    touched(versionId) {
      touches.set(versionId, (touches.get(versionId) ?? 0) + 1)
    },
    wake: open.wake,
    stop() {
      isStopped = true
      open.stop()
    },
  }
}

const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'remote.notFound'
