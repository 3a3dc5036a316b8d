import { z } from 'zod'
import type { FrameRate } from '../../../shared/frameRate.ts'
import { isSameRate } from '../../../shared/frameRate.ts'
import { type FrameTimes, isSameTimes } from '../../../shared/frameTimes.ts'
import type { Comment } from '../../../shared/review.ts'
import type { VersionRef } from '../powers.ts'
import { calls } from './calls/index.ts'
import { commentsOf } from './mappingSegments.ts'
import type { Media } from './media.ts'
import { allRows, isGone } from './paging.ts'
import type { Selves } from './self.ts'
import type { Session } from './session.ts'
import { pageSchema, text } from './wire.ts'
import { type Segment, segmentSchema, segmentsSchema } from './wireSegments.ts'

const perPage = 1000
/** More remarks on one version than this are not read by anybody. */
const mostSegments = 50_000
/** Drawings that a list only tells of are asked for one by one, up to so many. */
const mostDrawings = 200
/** Lists longer than this are asked whether anything changed before they are read again. */
const longList = 200

export interface CommentListParts {
  readonly session: Session
  readonly selves: Selves
  readonly media: Media
  /** Ids of segments that were surely written here. */
  readonly written: ReadonlySet<string>
}

/** Reads the segments of a version, as they are or as comments. */
export interface CommentList {
  comments(version: VersionRef, signal: AbortSignal): Promise<readonly Comment[]>
  segments(version: VersionRef, signal: AbortSignal): Promise<readonly Segment[]>
  segment(assetId: string, segmentId: string, signal: AbortSignal): Promise<Segment>
}

/** The last long list, and what a question about it would answer as long as nothing changed. */
interface Known {
  readonly version: string
  readonly rate: FrameRate
  readonly times: FrameTimes | undefined
  readonly newest: string
  readonly total: number
  readonly comments: readonly Comment[]
}

const newestSchema = pageSchema(z.object({ date_modified: text }))

export function createCommentList({ session, selves, media, written }: CommentListParts): CommentList {
  const { call, share } = session
  let known: Known | undefined

  const segments = (version: VersionRef, signal: AbortSignal): Promise<Segment[]> =>
    allRows(
      (page) =>
        call(
          calls['assets.listSegments'],
          {
            path: { asset_id: version.assetRemoteId },
            query: {
              version_id: version.remoteId,
              status: 'ACTIVE',
              include_users: true,
              // What is written while the list is read comes at its end.
              sort: 'date_created,asc',
              per_page: perPage,
              page,
            },
            answer: segmentsSchema,
          },
          signal,
        ),
      mostSegments,
    )

  const segment = (assetId: string, segmentId: string, signal: AbortSignal): Promise<Segment> =>
    call(
      calls['assets.readSegment'],
      { path: { asset_id: assetId, segment_id: segmentId }, answer: segmentSchema },
      signal,
    )

  /** A list may say that there is a drawing and keep it to itself. */
  const withDrawings = async (
    listed: readonly Segment[],
    version: VersionRef,
    signal: AbortSignal,
  ): Promise<readonly Segment[]> => {
    const hidden = listed.filter((one) => one.has_drawing === true && one.drawing === null)
    if (hidden.length === 0) return listed
    const whole = new Map<string, Segment>()
    for (const { id } of hidden.slice(0, mostDrawings)) {
      try {
        whole.set(id, await segment(version.assetRemoteId, id, signal))
      } catch (error) {
        if (!isGone(error)) throw error
      }
    }
    return listed.map((one) => ({ ...one, drawing: one.drawing ?? whole.get(one.id)?.drawing ?? null }))
  }

  /** Whether the service still has exactly what was listed last: as many, and none changed since. */
  const isUnchanged = async (last: Known, version: VersionRef, signal: AbortSignal): Promise<boolean> => {
    const { objects, total } = await call(
      calls['assets.listSegments'],
      {
        path: { asset_id: version.assetRemoteId },
        query: {
          version_id: version.remoteId,
          status: 'ACTIVE',
          includes: 'date_modified',
          sort: 'date_modified,desc',
          per_page: 1,
        },
        answer: newestSchema,
      },
      signal,
    )
    return total === last.total && objects[0]?.date_modified === last.newest
  }

  return {
    segments,
    segment,
    async comments(version, signal) {
      const [rate, self] = await Promise.all([
        // What the player counts at, where the media was read here; else what the service says of it.
        version.rate ?? media.rateOf(version.assetRemoteId, version.remoteId, signal),
        selves.read(signal),
      ])
      const { times } = version
      const isCounted = known !== undefined && isSameRate(known.rate, rate) && isSameTimes(known.times, times)
      const last = isCounted && known?.version === version.remoteId ? known : undefined
      if (last !== undefined && (await isUnchanged(last, version, signal))) return last.comments
      const listed = await segments(version, signal)
      const viewer = { me: self.me, isShare: share !== null, written }
      const comments = commentsOf(await withDrawings(listed, version, signal), version, rate, viewer)
      const newest = listed.reduce((latest, { date_modified }) => {
        const at = date_modified ?? ''
        return at > latest ? at : latest
      }, '')
      const isLong = listed.length > longList && listed.length < mostSegments
      known = isLong
        ? { version: version.remoteId, rate, times, newest, total: listed.length, comments }
        : undefined
      return comments
    },
  }
}
