import type { CommentsHold } from '../../../shared/connection.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Comment } from '../../../shared/review.ts'
import type { CommentPower, VersionRef } from '../powers.ts'
import type { ConnectorParts } from '../provider.ts'
import { calls } from './calls/index.ts'
import { exportComments } from './commentExport.ts'
import { createCommentList } from './commentList.ts'
import { findOurSegment } from './findSegment.ts'
import { changeOf, hidesDrawing, newSegmentOf, replacementOf, segmentTypes } from './mappingSegments.ts'
import type { Media } from './media.ts'
import { isGone } from './paging.ts'
import type { Selves } from './self.ts'
import type { Session } from './session.ts'
import { segmentSchema, segmentsSchema } from './wireSegments.ts'

/** Ids of one question: they stand in its URL. */
const idsPerQuestion = 100

export interface CommentParts {
  readonly session: Session
  readonly selves: Selves
  readonly media: Media
  readonly parts: ConnectorParts
}

/** Segments as comments. Guests have no calls for many at once. */
export function createComments({ session, selves, media, parts }: CommentParts): CommentPower {
  const { call, share } = session
  const isShare = share !== null
  const startedAt = parts.clock.now()
  const tried = new Set<string>()
  const written = new Set<string>()
  const list = createCommentList({ session, selves, media, written })
  const guest = share?.guestEmail
  const headers = guest ? { headers: { 'Share-User-Email': guest } } : {}

  const patch = (
    version: VersionRef,
    segmentId: string,
    body: ReturnType<typeof changeOf>,
    signal: AbortSignal,
  ) =>
    call(
      calls['assets.patchSegment'],
      { path: { asset_id: version.assetRemoteId, segment_id: segmentId }, body, answer: segmentSchema },
      signal,
    )

  /** What hangs on a remark that became internal is internal, too: guests must not read the answers to it. */
  const hideReplies = async (version: VersionRef, segmentId: string, signal: AbortSignal): Promise<void> => {
    const segments = await list.segments(version, signal)
    const hidden = new Set([segmentId])
    for (let grew = true; grew; ) {
      grew = false
      for (const { id, parent_id } of segments) {
        if (parent_id === null || !hidden.has(parent_id) || hidden.has(id)) continue
        hidden.add(id)
        grew = true
      }
    }
    for (const { id, segment_type, is_internal } of segments) {
      if (id === segmentId || !hidden.has(id) || is_internal === true) continue
      const path = { asset_id: version.assetRemoteId, segment_id: id }
      const body = { segment_type: segment_type as 'COMMENT', is_internal: true }
      await call(calls['assets.patchSegment'], { path, body, answer: segmentSchema }, signal)
    }
  }

  const change = async (version: VersionRef, comment: Comment, signal: AbortSignal): Promise<void> => {
    const segmentId = remoteIdOf(comment)
    if (isShare && !comment.author.isMe) {
      // What others wrote a guest may tick at most, and only a request that says nothing else is let through.
      const { segment_type, segment_checked } = changeOf(comment, version, true)
      const path = { asset_id: version.assetRemoteId, segment_id: segmentId }
      const body = { segment_type, segment_checked }
      await call(calls['assets.patchSegment'], { path, body, answer: segmentSchema }, signal)
      return
    }
    const becomesInternal =
      !isShare &&
      comment.isInternal &&
      (await list.segment(version.assetRemoteId, segmentId, signal)).is_internal !== true
    await patch(version, segmentId, changeOf(comment, version, isShare), signal)
    if (becomesInternal) await hideReplies(version, segmentId, signal)
  }

  /** Ids of those that the service holds as internal now. */
  const internalAmong = async (
    version: VersionRef,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> => {
    const internal = new Set<string>()
    for (let at = 0; at < ids.length; at += idsPerQuestion) {
      const query = {
        version_id: version.remoteId,
        ids: ids.slice(at, at + idsPerQuestion).join(','),
        per_page: idsPerQuestion,
      }
      const path = { asset_id: version.assetRemoteId }
      const answer = await call(calls['assets.listSegments'], { path, query, answer: segmentsSchema }, signal)
      for (const { id, is_internal } of answer.objects) if (is_internal === true) internal.add(id)
    }
    return internal
  }

  const changeMany = async (version: VersionRef, comments: readonly Comment[], signal: AbortSignal) => {
    if (comments.length === 0) return
    const internal = await internalAmong(version, comments.map(remoteIdOf), signal)
    // The call for many replaces, and takes no `is_internal`: one that is internal would be opened to guests by it.
    const alone = comments.filter(
      (one) => one.isInternal || internal.has(remoteIdOf(one)) || hidesDrawing(one),
    )
    const together = comments.filter((one) => !alone.includes(one))
    if (together.length > 0) {
      const objects = together.map((one) => replacementOf(one, remoteIdOf(one), version))
      const path = { asset_id: version.assetRemoteId }
      await call(calls['assets.replaceSegments'], { path, body: { objects } }, signal)
    }
    for (const comment of alone) await change(version, comment, signal)
  }

  const removeMany = async (version: VersionRef, remoteIds: readonly string[], signal: AbortSignal) => {
    if (remoteIds.length === 0) return
    const path = { asset_id: version.assetRemoteId }
    const query = { immediately: true }
    try {
      await call(
        calls['assets.deleteSegments'],
        { path, query, body: { segment_ids: remoteIds, version_id: version.remoteId } },
        signal,
      )
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }

  return {
    holds: holdsOf(isShare),
    list: list.comments,
    change,
    async create(version, comment, parentRemoteId, signal) {
      // Nobody can have sent it before when it was written since this connector started and is tried for the first time.
      const isFirst = comment.createdAt >= startedAt && !tried.has(comment.id)
      const known = isFirst ? undefined : await findOurSegment(session, version, comment, signal)
      if (known !== undefined) return { remoteId: known }
      const parent =
        parentRemoteId === null || isShare
          ? undefined
          : await list.segment(version.assetRemoteId, parentRemoteId, signal)
      const above =
        parentRemoteId === null ? null : { id: parentRemoteId, isInternal: parent?.is_internal === true }
      tried.add(comment.id)
      const path = { asset_id: version.assetRemoteId }
      const body = newSegmentOf(comment, version, above, isShare)
      const made = await call(
        calls['assets.createSegment'],
        { path, ...headers, body, answer: segmentSchema },
        signal,
      )
      tried.delete(comment.id)
      written.add(made.id)
      return { remoteId: made.id }
    },
    async remove(version, remoteId, signal) {
      const path = { asset_id: version.assetRemoteId, segment_id: remoteId }
      try {
        await call(calls['assets.deleteSegment'], { path }, signal)
      } catch (error) {
        if (!isGone(error)) throw error
      }
    },
    ...(isShare ? {} : { many: { change: changeMany, remove: removeMany } }),
    export: (version, format, kinds, signal) =>
      exportComments(
        session,
        version,
        format,
        kinds.map((kind) => segmentTypes[kind]),
        signal,
      ),
  }
}

function remoteIdOf({ remoteId }: Comment): string {
  if (remoteId === null) throw new AppError('request.invalid', { field: 'remoteId' })
  return remoteId
}

const holdsOf = (isShare: boolean): CommentsHold => ({
  ranges: true,
  drawings: true,
  replies: true,
  resolved: true,
  internal: !isShare,
  colours: true,
  kinds: true,
})
