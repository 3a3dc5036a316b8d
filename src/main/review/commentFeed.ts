import { AppError, type Failure, toFailure } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { AskService } from '../connections/askService.ts'
import type { Refs } from '../library/refs.ts'
import type { CommentMerge } from '../store/commentMerge.ts'
import type { CommentReadings } from '../store/commentReadings.ts'
import { createOpenWatch, type OpenWatchParts } from './openWatch.ts'

/** A list read within this time is not asked for again just because somebody looks. */
const freshFor = 5_000

export interface CommentFeedParts extends Pick<OpenWatchParts, 'isVisible' | 'now' | 'later'> {
  readonly refs: Refs
  readonly service: AskService
  /** Whether the version's service holds comments and somebody is signed in. */
  readonly canRead: (versionId: VersionId) => boolean
  readonly merge: CommentMerge
  readonly readings: CommentReadings
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
  /** Asks for them in the background, however fresh they are. */
  again(versionId: VersionId): void
  /** How it stands with what is known of a version's comments. */
  reading(versionId: VersionId): { readonly readAt: number | null; readonly failure: Failure | null }
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
  const failures = new Map<VersionId, Failure>()
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
    const isFirst = parts.readings.at(versionId) === null
    const isOver = failures.delete(versionId)
    parts.readings.mark(versionId, parts.now())
    if (parts.merge(versionId, listed, holds) || isFirst || isOver) parts.changed(versionId)
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
  /** Told once for each way to fail. */
  const fail = (versionId: VersionId, error: unknown): void => {
    const failure = toFailure(error)
    const isNew = failures.get(versionId)?.code !== failure.code
    failures.set(versionId, failure)
    if (isNew) parts.changed(versionId)
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
        if (isStopped) return false
        parts.report(error)
        // Whoever has it open goes on reading what was said: there is no list any more to read anew.
        if (isGone(error)) tellGone(versionId)
        else fail(versionId, error)
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

  const again = (versionId: VersionId): void => {
    if (!isStopped && parts.canRead(versionId)) void read(versionId)
  }

  return {
    look(versionId) {
      const isFresh = parts.now() - (readAt.get(versionId) ?? Number.NEGATIVE_INFINITY) < freshFor
      if (!isFresh) again(versionId)
    },
    again,
    reading: (versionId) => ({
      readAt: parts.readings.at(versionId),
      failure: failures.get(versionId) ?? null,
    }),
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
