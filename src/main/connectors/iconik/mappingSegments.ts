import type { FrameRate } from '../../../shared/frameRate.ts'
import { isSameRate } from '../../../shared/frameRate.ts'
import { frameToMilliseconds } from '../../../shared/frameTime.ts'
import { type FrameTimes, frameTableOf } from '../../../shared/frameTimes.ts'
import type { Json } from '../../../shared/json.ts'
import { toJson } from '../../../shared/json.ts'
import type { Comment, CommentKind, CommentSpan } from '../../../shared/review.ts'
import type { VersionRef } from '../powers.ts'
import { type Primitive, primitiveOf, shapesOf, withoutNothing } from './drawing.ts'
import { nameOf, timeOf } from './mappingShared.ts'
import { commentIdOf, externalIdOf, versionIdOf } from './segmentId.ts'
import type { Segment } from './wireSegments.ts'

/** Whose eyes the segments are mapped for. */
export interface Viewer {
  /** The signed-in user's id, or the e-mail address a guest gave; undefined while nobody said. */
  readonly me: string | undefined
  readonly isShare: boolean
  /** Segments that were surely written here: guests of a link for anybody leave no address. */
  readonly written?: ReadonlySet<string>
}

export const segmentTypes = {
  comment: 'COMMENT',
  marker: 'MARKER',
  generic: 'GENERIC',
  qc: 'QC',
  tag: 'TAG',
  transcription: 'TRANSCRIPTION',
  scene: 'SCENE',
  person: 'PERSON',
} as const satisfies Record<CommentKind, string>
export type SegmentType = (typeof segmentTypes)[CommentKind]

const kinds = new Map<string, CommentKind>(
  Object.entries(segmentTypes).map(([kind, type]) => [type, kind as CommentKind]),
)
const longestTrack = 200

/** What else of a segment a client may write: kept, so that a call that replaces segments does not empty it. */
const keptFields = [
  ...([
    'external_id',
    'face_bounding_boxes',
    'keyframe_id',
    'metadata',
    'metadata_view_id',
    'person_id',
  ] as const),
  ...(['project_id', 'share_id', 'share_user_email', 'transcription', 'transcription_id'] as const),
]

/** How the frames of a version are counted. */
type Counting = Pick<VersionRef, 'rate' | 'times'>

/** The frame on which a moment of the media falls: at the nearest frame's start or, by a table, the one on the screen. */
export const frameAt = (
  milliseconds: number,
  { numerator, denominator }: FrameRate,
  times?: FrameTimes,
): number =>
  times === undefined
    ? Math.max(0, Math.round((milliseconds * numerator) / (denominator * 1000)))
    : frameTableOf(times).frameAtMilliseconds(milliseconds)

/** Times are whole milliseconds from the start of the media; equal ones are a point, none at all the whole version. */
export function spanOf(
  start: number | null,
  end: number | null,
  rate: FrameRate,
  times?: FrameTimes,
): CommentSpan | null {
  const first = start ?? end
  if (first === null) return null
  const startFrame = frameAt(first, rate, times)
  return {
    startFrame,
    endFrame: Math.max(startFrame, frameAt(end ?? first, rate, times)),
    rate,
    remoteTime: { start: String(start), end: end === null ? null : String(end) },
  }
}

/** The service's own times as long as the frames are as it gave them; else the first millisecond inside each frame. */
export function timesOf(
  span: CommentSpan | null,
  version: Counting,
): {
  readonly start: number | null
  readonly end: number | null
} {
  if (span === null) return { start: null, end: null }
  const { remoteTime, startFrame, endFrame, rate } = span
  if (remoteTime !== undefined)
    return {
      start: numberOf(remoteTime.start),
      end: remoteTime.end === null ? null : numberOf(remoteTime.end),
    }
  const { times } = version
  // A table counts what was counted by it: frames at a rate that was taken for the version's are others.
  const isByTable = times !== undefined && version.rate !== undefined && isSameRate(version.rate, rate)
  const at = (frame: number) =>
    isByTable ? frameTableOf(times).startMilliseconds(frame) : frameToMilliseconds(frame, rate)
  return { start: at(startFrame), end: at(endFrame) }
}

const numberOf = (text: string): number | null => {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) ? Math.trunc(value) : null
}

/**
 * The segments of a version as comments, oldest first and each after the one it replies to. Deleted ones are left out;
 * for guests, everything internal and whatever hangs on something that they are not shown.
 */
export function commentsOf(
  segments: readonly Segment[],
  version: VersionRef,
  rate: FrameRate,
  viewer: Viewer,
): Comment[] {
  const byId = new Map(segments.filter(({ status }) => status !== 'DELETED').map((one) => [one.id, one]))
  const placed = new Map<string, Comment | null>()
  const place = (segment: Segment, depth: number): Comment | null => {
    const known = placed.get(segment.id)
    if (known !== undefined) return known
    placed.set(segment.id, null)
    const above = segment.parent_id ? byId.get(segment.parent_id) : undefined
    const parent = above === undefined || depth > 100 ? null : place(above, depth + 1)
    const isOrphan = Boolean(segment.parent_id) && parent === null
    if (viewer.isShare && (segment.is_internal === true || isOrphan)) return null
    const comment = commentOf(segment, parent, { version, rate, viewer })
    placed.delete(segment.id)
    placed.set(segment.id, comment)
    return comment
  }
  const oldestFirst = [...byId.values()].sort((a, b) => timeOf(a.date_created, 0) - timeOf(b.date_created, 0))
  for (const segment of oldestFirst) place(segment, 0)
  return [...placed.values()].filter((comment) => comment !== null)
}

interface Seen {
  readonly version: VersionRef
  readonly rate: FrameRate
  readonly viewer: Viewer
}

function commentOf(segment: Segment, parent: Comment | null, { version, rate, viewer }: Seen): Comment {
  const createdAt = timeOf(segment.date_created, 0)
  const { shapes, isWhole } = shapesOf(segment.drawing?.primitives ?? [])
  return {
    id: commentIdOf(segment),
    remoteId: segment.id,
    versionId: versionIdOf(version.remoteId),
    parentId: parent?.id ?? null,
    span: spanOf(segment.time_start_milliseconds, segment.time_end_milliseconds, rate, version.times),
    text: segment.segment_text ?? '',
    isResolved: segment.segment_checked === true,
    // A reply is seen by whoever sees what it replies to, whatever the reply itself was marked as.
    isInternal: segment.is_internal === true || parent?.isInternal === true,
    colour: segment.segment_color || null,
    drawing: shapes,
    attachments: [],
    author: authorOf(segment, viewer),
    createdAt,
    updatedAt: timeOf(segment.date_modified, createdAt),
    isLocalOnly: false,
    pending: null,
    extra: extraOf(segment, isWhole),
    kind: kinds.get(segment.segment_type) ?? 'generic',
    track: segment.segment_track?.slice(0, longestTrack) || null,
  }
}

/** Guests of a link have no account: their address is their name. */
function authorOf(segment: Segment, { me, isShare, written }: Viewer): Comment['author'] {
  const { share_user_email: guest, user_info, user_id } = segment
  const spelt = { first_name: segment.user_first_name, last_name: segment.user_last_name, email: null }
  const own = isShare ? guest : guest ? null : user_id
  return {
    remoteId: guest ? null : user_id,
    name: guest || nameOf(user_info) || nameOf(spelt) || 'Somebody',
    isMe: written?.has(segment.id) === true || (me !== undefined && own?.toLowerCase() === me.toLowerCase()),
  }
}

function extraOf(segment: Segment, isDrawingWhole: boolean): Record<string, Json> {
  const extra: Record<string, Json> = {}
  for (const name of keptFields) {
    const value = segment[name]
    if (value !== null && !isEmptyObject(value)) extra[name] = writable(value)
  }
  if (!kinds.has(segment.segment_type)) extra['segment_type'] = segment.segment_type
  if ((segment.segment_track?.length ?? 0) > longestTrack)
    extra['segment_track'] = segment.segment_track as string
  if (segment.drawing && !isDrawingWhole)
    extra['drawing'] = toJson({ primitives: segment.drawing.primitives.map(withoutNothing) })
  if (segment.has_drawing === true && !segment.drawing) extra['has_drawing'] = true
  return extra
}

/** A value as the service takes it back: what our reading of it filled with null was not there. */
const writable = (value: unknown): Json =>
  JSON.parse(JSON.stringify(value, (_name, inner: unknown) => (inner === null ? undefined : inner))) as Json

const isEmptyObject = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** A drawing that was only told of, not sent: it must not be written, or it would be lost. */
export const hidesDrawing = (comment: Comment): boolean =>
  comment.extra['has_drawing'] === true && comment.drawing.length === 0

/** The fields of a segment that are ours to change, as a body. */
export function changeOf(comment: Comment, version: Counting, isShare: boolean) {
  const { start, end } = timesOf(comment.span, version)
  return {
    segment_type: typeOf(comment),
    segment_text: comment.text,
    time_start_milliseconds: start,
    time_end_milliseconds: end,
    segment_checked: comment.isResolved,
    segment_color: comment.colour ?? '',
    segment_track: trackOf(comment),
    ...(hidesDrawing(comment) ? {} : { drawing: drawingOf(comment) }),
    // Guests know of nothing internal, and say nothing about it.
    ...(isShare ? {} : { is_internal: comment.isInternal }),
  }
}

/** A new segment. `isInternal`: its own mark, or that of what it replies to. */
export function newSegmentOf(
  comment: Comment,
  version: Counting & Pick<VersionRef, 'remoteId'>,
  parent: { readonly id: string; readonly isInternal: boolean } | null,
  isShare: boolean,
) {
  const { segment_color, segment_track, drawing, ...fields } = changeOf(comment, version, isShare)
  return {
    ...fields,
    ...(isShare || parent?.isInternal !== true ? {} : { is_internal: true }),
    ...(segment_color === '' ? {} : { segment_color }),
    ...(segment_track === null ? {} : { segment_track }),
    ...(drawing ? { drawing } : {}),
    ...(parent === null ? {} : { parent_id: parent.id }),
    version_id: version.remoteId,
    external_id: externalIdOf(comment.id, version.remoteId),
  }
}

/** The whole of a segment, for the call that replaces many. It does not take `is_internal`. */
export function replacementOf(
  comment: Comment,
  remoteId: string,
  version: Counting & Pick<VersionRef, 'remoteId'>,
) {
  const kept = Object.fromEntries(
    keptFields.filter((name) => comment.extra[name] !== undefined).map((name) => [name, comment.extra[name]]),
  )
  return { ...kept, ...changeOf(comment, version, true), id: remoteId, version_id: version.remoteId }
}

/** A kind that this app does not know goes back as it came, unless somebody chose another here. */
function typeOf(comment: Comment): SegmentType {
  const own = comment.extra['segment_type']
  if (comment.kind === 'generic' && typeof own === 'string') return own as SegmentType
  return segmentTypes[comment.kind]
}

function trackOf(comment: Comment): string | null {
  const whole = comment.extra['segment_track']
  return typeof whole === 'string' && whole.slice(0, longestTrack) === comment.track ? whole : comment.track
}

/** What could not be shown whole goes back as it came as long as nobody drew on what was shown. */
function drawingOf(comment: Comment): { primitives: ReturnType<typeof primitiveOf>[] } | null {
  const stored = comment.extra['drawing'] as unknown as { primitives: Primitive[] } | undefined
  const shown = JSON.stringify(comment.drawing)
  if (stored !== undefined && JSON.stringify(shapesOf(stored.primitives).shapes) === shown)
    return stored as { primitives: ReturnType<typeof primitiveOf>[] }
  return comment.drawing.length === 0 ? null : { primitives: comment.drawing.map(primitiveOf) }
}
