import type { Database } from 'better-sqlite3'
import { monotonicFactory } from 'ulid'
import { AppError } from '../../shared/errors.ts'
import type { CommentId, ConnectionId, OperationId, VersionId } from '../../shared/ids.ts'
import { commentIdSchema, operationIdSchema } from '../../shared/ids.ts'
import type { Comment, CommentChange, CommentDraft } from '../../shared/review.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { CommentStore } from '../store/commentStore.ts'
import type { Operation, OperationKind, OutboxStore } from '../store/outboxStore.ts'

export interface CommentServiceParts {
  readonly database: Database
  readonly comments: CommentStore
  readonly outbox: OutboxStore
  readonly assets: AssetStore
  readonly now: () => number
  /** Whether the connection's back end holds comments; otherwise they stay on this computer. */
  readonly holdsComments: (connectionId: ConnectionId) => boolean
  readonly myName: (connectionId: ConnectionId) => string
  readonly changed: (versionId: VersionId) => void
  /** What the service holds is wanted anew: a change of ours was given up. */
  readonly readAgain: (versionId: VersionId) => void
  /** Something waits in the outbox of this connection. */
  readonly wake: (connectionId: ConnectionId) => void
}

/**
 * What the user does to comments. A write and its outbox row are one transaction, so a comment that shows on the screen
 * is either confirmed by the service, on its way, or known to stay on this computer.
 * Fails with `thing.notFound` for a version or comment that is gone.
 */
export interface CommentService {
  list(versionId: VersionId): Comment[]
  create(draft: CommentDraft): Comment
  change(change: CommentChange): Comment
  remove(id: CommentId): void
  /** One act, of comments of one version: `request.invalid` otherwise, and nothing is changed. */
  changeMany(ids: readonly CommentId[], change: CommentMass): Comment[]
  removeMany(ids: readonly CommentId[]): void
  /**
   * Brings back those whose removal the service has not been told of, with their answers; the others are left. Returns the
   * ones that are there again.
   */
  takeBack(ids: readonly CommentId[]): CommentId[]
  /** What was refused of it goes out again, with what it answers and the answers to it where these never arrived. */
  retry(id: CommentId): void
  /**
   * Gives up what was refused: a comment that never arrived goes with the answers to it, a change makes way for what
   * the service holds, a removal leaves the comment. Nothing where nothing is refused any more.
   */
  discard(id: CommentId): void
}

const isRefusedRemoval = ({ kind, state }: Operation): boolean => kind === 'remove' && state === 'failed'

/** What can be set for many at once. */
export type CommentMass = Omit<CommentChange, 'id' | 'span' | 'text' | 'drawing'>

export function createCommentService(parts: CommentServiceParts): CommentService {
  // Rising within one millisecond, so that comments keep the order they were written in.
  const ulid = monotonicFactory()
  const { database, comments, outbox, assets } = parts

  const connectionOf = (versionId: VersionId): ConnectionId => {
    const origin = assets.originOf(versionId)
    if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
    return origin.connectionId
  }
  const existing = (id: CommentId): Comment => {
    const comment = comments.get(id)
    if (comment === undefined) throw new AppError('thing.notFound', { thing: 'comment' })
    return comment
  }
  const newOperation = (): OperationId => operationIdSchema.parse(ulid())
  const queue = (
    connectionId: ConnectionId,
    commentId: CommentId,
    kind: OperationKind,
    batch?: OperationId,
  ) => {
    const operation = { id: newOperation(), connectionId, commentId, kind }
    outbox.add(batch === undefined ? operation : { ...operation, batch }, parts.now())
  }
  const settle = (comment: Comment, connectionId: ConnectionId): Comment => {
    parts.changed(comment.versionId)
    if (!comment.isLocalOnly) parts.wake(connectionId)
    return comments.get(comment.id) ?? comment
  }

  const insert = database.transaction((comment: Comment, connectionId: ConnectionId) => {
    comments.put(comment)
    if (!comment.isLocalOnly) queue(connectionId, comment.id, 'create')
  })
  const dropRefusedRemoval = (id: CommentId) => {
    for (const operation of outbox.ofComment(id)) if (isRefusedRemoval(operation)) outbox.drop(operation.id)
  }
  /** Writes go out in the order they were written in: answers that wait for it come after it. */
  const sendAgain = ({ id, versionId, remoteId }: Comment) => {
    outbox.requeue(id)
    if (remoteId !== null) return
    for (const answer of comments.ofVersion(versionId)) if (answer.parentId === id) outbox.requeue(answer.id)
  }
  const update = (comment: Comment, connectionId: ConnectionId, batch?: OperationId) => {
    comments.put(comment)
    if (comment.isLocalOnly) return
    // A write that has not gone out yet will carry the newest words anyway.
    const waiting = outbox.ofComment(comment.id).filter((operation) => !isRefusedRemoval(operation))
    // Whoever works on it keeps it.
    dropRefusedRemoval(comment.id)
    if (waiting.some((operation) => operation.state === 'failed')) sendAgain(comment)
    else if (!waiting.some((operation) => operation.state === 'queued'))
      queue(connectionId, comment.id, 'edit', batch)
  }
  const erase = (comment: Comment, connectionId: ConnectionId, batch?: OperationId) => {
    const unsent = outbox.ofComment(comment.id)
    const mayBeThere =
      comment.remoteId !== null ||
      unsent.some((operation) => operation.state === 'sending' || operation.attempts > 0)
    if (comment.isLocalOnly || !mayBeThere) {
      comments.erase(comment.id)
      return
    }
    // A change that waits goes out before it: whoever takes the removal back, or is refused it, has the last words there.
    dropRefusedRemoval(comment.id)
    comments.hide(comment.id)
    queue(connectionId, comment.id, 'remove', batch)
  }

  /** All of one version, each once. */
  const several = (ids: readonly CommentId[], call: string) => {
    const found = [...new Set(ids)].map(existing)
    const versionId = found[0]?.versionId
    if (versionId === undefined || found.some((comment) => comment.versionId !== versionId))
      throw new AppError('request.invalid', { call, reason: 'severalVersions' })
    return { found, versionId, connectionId: connectionOf(versionId) }
  }
  const together = (act: () => void) => database.transaction(act).immediate()
  const changed = (before: Comment, change: Omit<CommentChange, 'id'>): Comment => {
    const { span, ...given } = change
    const fields = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Partial<Comment>
    const next: Comment = { ...before, ...fields, updatedAt: parts.now() }
    if (span !== undefined) next.span = keepRemoteTime(before.span, span)
    const isGiven = change.text !== undefined || change.drawing !== undefined
    if (isGiven && next.text === '' && next.drawing.length === 0 && next.attachments.length === 0)
      throw new AppError('request.invalid', { call: 'comments.change', reason: 'empty' })
    return next
  }

  return {
    list: (versionId) => comments.ofVersion(versionId),
    create(draft) {
      const connectionId = connectionOf(draft.versionId)
      if (draft.parentId !== null && existing(draft.parentId).versionId !== draft.versionId) {
        throw new AppError('request.invalid', { call: 'comments.create' })
      }
      if (draft.text === '' && draft.drawing.length === 0)
        throw new AppError('request.invalid', { call: 'comments.create' })
      const at = parts.now()
      const comment: Comment = {
        id: commentIdSchema.parse(ulid(at)),
        remoteId: null,
        versionId: draft.versionId,
        parentId: draft.parentId,
        span: draft.span,
        text: draft.text,
        isResolved: false,
        isInternal: draft.isInternal,
        colour: draft.colour,
        drawing: draft.drawing,
        attachments: [],
        author: { remoteId: null, name: parts.myName(connectionId), isMe: true },
        createdAt: at,
        updatedAt: at,
        isLocalOnly: !parts.holdsComments(connectionId),
        pending: null,
        extra: {},
        kind: draft.kind,
        track: draft.track,
      }
      insert.immediate(comment, connectionId)
      return settle(comment, connectionId)
    },
    change({ id, ...change }) {
      const before = existing(id)
      const connectionId = connectionOf(before.versionId)
      const next = changed(before, change)
      together(() => update(next, connectionId))
      return settle(next, connectionId)
    },
    remove(id) {
      const comment = existing(id)
      const connectionId = connectionOf(comment.versionId)
      together(() => erase(comment, connectionId))
      settle(comment, connectionId)
    },
    changeMany(ids, change) {
      const { found, versionId, connectionId } = several(ids, 'comments.changeMany')
      const batch = newOperation()
      together(() => {
        for (const comment of found) update(changed(comment, change), connectionId, batch)
      })
      parts.changed(versionId)
      parts.wake(connectionId)
      return found.map(({ id }) => existing(id))
    },
    removeMany(ids) {
      const { found, versionId, connectionId } = several(ids, 'comments.removeMany')
      const batch = newOperation()
      together(() => {
        // Whatever answers it goes along, and may be among those that were chosen.
        for (const { id } of found) {
          const comment = comments.get(id)
          if (comment !== undefined) erase(comment, connectionId, batch)
        }
      })
      parts.changed(versionId)
      parts.wake(connectionId)
    },
    takeBack(ids) {
      const back: Comment[] = []
      together(() => {
        for (const id of new Set(ids)) {
          const comment = comments.get(id)
          const removal = outbox.ofComment(id).find(({ kind }) => kind === 'remove')
          if (comment === undefined || removal === undefined) continue
          // What was tried may have arrived, though no answer came; what was refused has not.
          if (removal.state === 'sending' || (removal.state === 'queued' && removal.attempts > 0)) continue
          outbox.drop(removal.id)
          comments.show(id)
          back.push(comment)
        }
      })
      for (const comment of back) settle(comment, connectionOf(comment.versionId))
      return back.map(({ id }) => id)
    },
    retry(id) {
      const comment = existing(id)
      together(() => {
        const above = comment.parentId === null ? undefined : comments.get(comment.parentId)
        if (above?.remoteId === null) outbox.requeue(above.id)
        if (outbox.ofComment(id).some(isRefusedRemoval)) comments.hide(id)
        sendAgain(comment)
      })
      settle(comment, connectionOf(comment.versionId))
    },
    discard(id) {
      const comment = existing(id)
      const { versionId, pending } = comment
      if (pending?.state !== 'failed') return
      together(() => {
        if (pending.kind === 'create') comments.erase(id)
        else
          for (const { id: write, kind, state } of outbox.ofComment(id))
            if (state === 'failed' && kind === pending.kind) outbox.drop(write)
      })
      settle(comment, connectionOf(versionId))
      if (pending.kind === 'edit') parts.readAgain(versionId)
    },
  }
}

/** The service's own time stays with a comment exactly as long as its frames stay the same. */
export function keepRemoteTime(before: Comment['span'], after: Comment['span']): Comment['span'] {
  if (before === null || after === null) return after
  const isSame =
    before.startFrame === after.startFrame &&
    before.endFrame === after.endFrame &&
    before.rate.numerator === after.rate.numerator &&
    before.rate.denominator === after.rate.denominator
  const { remoteTime: _given, ...frames } = after
  return isSame && before.remoteTime !== undefined ? { ...frames, remoteTime: before.remoteTime } : frames
}
