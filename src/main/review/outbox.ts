import type { Failure } from '../../shared/errors.ts'
import { AppError, errorCodes, toFailure } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import type { CommentPower, VersionRef } from '../connectors/powers.ts'
import type { CommentStore } from '../store/commentStore.ts'
import type { Operation, OutboxStore } from '../store/outboxStore.ts'

export interface OutboxParts {
  readonly outbox: OutboxStore
  readonly comments: CommentStore
  readonly powerOf: (connectionId: ConnectionId) => CommentPower | undefined
  /** The version at the service; undefined when it is no longer known here. */
  readonly refOf: (versionId: VersionId) => VersionRef | undefined
  readonly changed: (versionId: VersionId) => void
  readonly now: () => number
  readonly random: () => number
  /** Calls back after the delay; returns the function that gives it up. */
  readonly later: (milliseconds: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}

const firstDelay = 1000
const longestDelay = 60_000
/** So many comments go into one bulk call. */
const mostAtOnce = 500

interface Member {
  readonly operation: Operation
  readonly comment: Comment
}

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

  const refFor = (comment: Comment): VersionRef => {
    const ref = parts.refOf(comment.versionId)
    // Dropped, it would look confirmed: the user is told instead.
    if (ref === undefined) throw new AppError('remote.notFound', { thing: 'version' })
    return ref
  }

  /** Why what was answered is not there; while that only waits, so does the answer. */
  const failureOf = ({ id }: Comment): AppError => {
    const failure = outbox.ofComment(id).find(({ kind }) => kind === 'create')?.failure
    return new AppError(failure?.code ?? 'remote.refused', failure?.facts)
  }

  const send = async (operation: Operation, power: CommentPower): Promise<void> => {
    const comment = comments.get(operation.commentId)
    if (comment === undefined) {
      outbox.drop(operation.id)
      return
    }
    const ref = refFor(comment)
    outbox.setSending(operation.id)
    parts.changed(comment.versionId)
    if (operation.kind === 'remove') {
      if (comment.remoteId !== null) await power.remove(ref, comment.remoteId, stopped.signal)
      comments.erase(comment.id)
    } else if (comment.remoteId === null) {
      const parent = comment.parentId === null ? undefined : comments.get(comment.parentId)
      // Without what it answers it would be a remark of its own there. That was written before it, so it had its turn.
      if (parent !== undefined && parent.remoteId === null) throw failureOf(parent)
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

  /** What can go out with this write: edits or removals of one act that the service knows. The others leave it. */
  const membersOf = (first: Operation): Member[] => {
    if (first.batch === null) return []
    const members: Member[] = []
    for (const operation of outbox.ofBatch(first.batch)) {
      const comment = comments.get(operation.commentId)
      const fits =
        comment !== undefined &&
        comment.remoteId !== null &&
        operation.kind === first.kind &&
        comment.versionId === (members[0]?.comment ?? comment).versionId
      if (fits && members.length < mostAtOnce) members.push({ operation, comment })
      else if (!fits) outbox.leaveBatch(operation.id)
    }
    return members
  }

  const sendMany = async (
    members: readonly [Member, ...Member[]],
    many: NonNullable<CommentPower['many']>,
  ): Promise<void> => {
    const { operation, comment } = members[0]
    const ref = refFor(comment)
    for (const member of members) outbox.setSending(member.operation.id)
    parts.changed(comment.versionId)
    if (operation.kind === 'remove') {
      const remoteIds = members.flatMap((member) => member.comment.remoteId ?? [])
      await many.remove(ref, remoteIds, stopped.signal)
      for (const member of members) comments.erase(member.comment.id)
    } else {
      await many.change(
        ref,
        members.map((member) => member.comment),
        stopped.signal,
      )
      for (const member of members) outbox.drop(member.operation.id)
    }
    parts.changed(comment.versionId)
  }

  const settle = (operation: Operation, failure: Failure): void => {
    if (errorCodes[failure.code] === 'auto') {
      const longest = Math.min(longestDelay, firstDelay * 2 ** Math.min(operation.attempts, 10))
      outbox.setWaiting(operation.id, parts.now() + Math.ceil(parts.random() * longest) + 1, failure)
    } else {
      outbox.setFailed(operation.id, failure)
      // It is still there for everybody else; what waits for a sign-in goes out after it.
      if (operation.kind === 'remove' && failure.code !== 'auth.expired') comments.show(operation.commentId)
    }
    const comment = comments.get(operation.commentId)
    if (comment !== undefined) parts.changed(comment.versionId)
  }

  /** Sends the oldest write, and with it those that were one act with it. */
  const sendNext = async (next: Operation, power: CommentPower): Promise<void> => {
    const [first, ...others] = power.many === undefined ? [] : membersOf(next)
    const isBulk = first !== undefined && others.length > 0 && power.many !== undefined
    try {
      if (isBulk) await sendMany([first, ...others], power.many)
      else await send(next, power)
    } catch (error) {
      if (stopped.signal.aborted) return
      parts.report(error)
      const failure = toFailure(error)
      if (!isBulk) settle(next, failure)
      else if (failure.code === 'remote.refused' || failure.code === 'remote.notFound') {
        // One of them is at fault and nobody says which: each goes out on its own.
        for (const { operation } of [first, ...others]) outbox.leaveBatch(operation.id)
      } else for (const { operation } of [first, ...others]) settle(operation, failure)
    }
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
      await sendNext(operation, power)
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
      for (const id of outbox.refusedRemovals()) comments.show(id)
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
