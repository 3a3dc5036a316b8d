import { AppError, errorCodes, toFailure } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { CommentPower, RemoteRef } from '../connectors/connector.ts'
import type { CommentStore } from '../store/commentStore.ts'
import type { Operation, OutboxStore } from '../store/outboxStore.ts'

export interface OutboxParts {
  readonly outbox: OutboxStore
  readonly comments: CommentStore
  readonly powerOf: (connectionId: ConnectionId) => CommentPower | undefined
  /** The version at the service; undefined when it is no longer known here. */
  readonly refOf: (versionId: VersionId) => RemoteRef | undefined
  readonly changed: (versionId: VersionId) => void
  readonly now: () => number
  readonly random: () => number
  /** Calls back after the delay; returns the function that gives it up. */
  readonly later: (milliseconds: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}

const firstDelay = 1000
const longestDelay = 60_000

/** Sends what waits in the outbox: per connection in order, one at a time, for as long as it takes. */
export interface Outbox {
  /** Starts after a launch: takes up what was left. */
  start(): void
  /** Something was written. Resolves when nothing more can be sent now; never fails. */
  wake(connectionId: ConnectionId): Promise<void>
  /** The connection answers again: what was refused for want of a sign-in goes out, too. */
  signedIn(connectionId: ConnectionId): Promise<void>
  stop(): void
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { outbox, comments } = parts
  const running = new Map<ConnectionId, Promise<void>>()
  const timers = new Map<ConnectionId, () => void>()
  const stopped = new AbortController()

  const send = async (operation: Operation, power: CommentPower): Promise<void> => {
    const comment = comments.get(operation.commentId)
    if (comment === undefined) {
      outbox.drop(operation.id)
      return
    }
    const ref = parts.refOf(comment.versionId)
    // Dropped, it would look confirmed: the user is told instead.
    if (ref === undefined) throw new AppError('remote.notFound', { thing: 'version' })
    outbox.setSending(operation.id)
    parts.changed(comment.versionId)
    if (operation.kind === 'remove') {
      if (comment.remoteId !== null) await power.remove(ref, comment.remoteId, stopped.signal)
      comments.erase(comment.id)
    } else if (comment.remoteId === null) {
      const parent = comment.parentId === null ? undefined : comments.get(comment.parentId)
      const made = await power.create(ref, comment, parent?.remoteId ?? null, stopped.signal)
      comments.setRemoteId(comment.id, made.remoteId)
      outbox.drop(operation.id)
    } else {
      // Words changed while a create was on its way have queued an edit of their own, which comes next.
      await power.change(ref, comment, stopped.signal)
      outbox.drop(operation.id)
    }
    parts.changed(comment.versionId)
  }

  const drain = async (connectionId: ConnectionId): Promise<void> => {
    for (;;) {
      const operation = outbox.next(connectionId)
      const power = parts.powerOf(connectionId)
      if (operation === undefined || power === undefined || stopped.signal.aborted) return
      const wait = operation.nextAt - parts.now()
      if (wait > 0) {
        timers.get(connectionId)?.()
        timers.set(
          connectionId,
          parts.later(wait, () => void wake(connectionId)),
        )
        return
      }
      try {
        await send(operation, power)
      } catch (error) {
        if (stopped.signal.aborted) return
        parts.report(error)
        const failure = toFailure(error)
        const comment = comments.get(operation.commentId)
        if (errorCodes[failure.code] === 'auto') {
          const longest = Math.min(longestDelay, firstDelay * 2 ** Math.min(operation.attempts, 10))
          outbox.setWaiting(operation.id, parts.now() + Math.ceil(parts.random() * longest) + 1, failure)
        } else outbox.setFailed(operation.id, failure)
        if (comment !== undefined) parts.changed(comment.versionId)
      }
    }
  }

  const wake = (connectionId: ConnectionId): Promise<void> => {
    // A write that arrives during a run must not be missed: one more run is chained behind it.
    const run = (running.get(connectionId) ?? Promise.resolve())
      .then(() => drain(connectionId))
      .catch((error: unknown) => {
        // The database refused: one failed run must not be the last one.
        if (stopped.signal.aborted) return
        parts.report(error)
        timers.get(connectionId)?.()
        timers.set(
          connectionId,
          parts.later(longestDelay, () => void wake(connectionId)),
        )
      })
    running.set(connectionId, run)
    return run
  }

  return {
    start() {
      outbox.recover()
      for (const connectionId of outbox.connections()) void wake(connectionId)
    },
    wake,
    signedIn(connectionId) {
      for (const id of outbox.requeueSignedOut(connectionId)) {
        const comment = comments.get(id)
        if (comment !== undefined) parts.changed(comment.versionId)
      }
      return wake(connectionId)
    },
    stop() {
      stopped.abort()
      for (const cancel of timers.values()) cancel()
    },
  }
}
