import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { versionOf } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import { type ChangeMode, changed } from '../change.ts'
import { IconikError } from '../iconikError.ts'
import { noticesOfSegment } from '../notices/segmentNotices.ts'
import { checkVersion, guestShare } from '../shares/guest.ts'
import { shareUsers } from '../shares/shareRows.ts'
import type { NewSegment, SegmentEdit } from './segmentBody.ts'
import { hideBelow, type Segment, segmentOf, segments } from './segmentRows.ts'

/** Fails with 400. */
function checkTimes({ time_start_milliseconds: start, time_end_milliseconds: end }: SegmentEdit): void {
  if (typeof end === 'number' && typeof start !== 'number') {
    throw IconikError.badRequest({ time_start_milliseconds: 'There is an end without a start' })
  }
  if (typeof end === 'number' && typeof start === 'number' && end < start) {
    throw IconikError.badRequest({ time_end_milliseconds: 'The end is before the start' })
  }
}

/** Who writes: a user, or a guest with the address that the token or the request names. Fails with 400 and 403. */
function authorOf(call: Call, sent: NewSegment): Pick<Segment, 'user_id' | 'share_id' | 'share_user_email'> {
  const { viewer } = call
  const named = call.header('share-user-email')
  if (named !== undefined && !z.email().safeParse(named).success) {
    throw IconikError.badRequest({ 'Share-User-Email': 'This is no e-mail address' })
  }
  const { guest } = viewer
  if (guest === undefined) {
    const { user_id, share_id, share_user_email } = sent
    if (user_id !== undefined && user_id !== viewer.userId && !viewer.isAdmin) throw IconikError.forbidden()
    const email = named ?? share_user_email
    return {
      ...(share_id !== undefined && { share_id }),
      ...(email ? { share_user_email: email } : { user_id: user_id ?? viewer.userId }),
    }
  }
  const isForeign = sent.share_id !== undefined && sent.share_id !== guest.share_id
  if (isForeign || sent.user_id !== undefined || sent.is_internal === true) throw IconikError.forbidden()
  const internal = shareUsers.find(call.rows, guest.share_user_id)?.internal_user_id
  // A name is taken from the request only where the link names nobody.
  const email = guest.email || (named ?? sent.share_user_email ?? null)
  return {
    share_id: guest.share_id,
    share_user_email: email,
    ...(internal !== undefined && { user_id: internal }),
  }
}

/** Adds a segment to the asset of the path, and tells those it concerns. */
export function addSegment(call: Call, sent: NewSegment): Segment {
  const { rows, date, viewer } = call
  const assetId = call.param('asset_id')
  checkTimes(sent)
  const parent = sent.parent_id === undefined ? undefined : segmentOf(call, sent.parent_id)
  const versionId = versionOf(rows, assetId, sent.version_id ?? parent?.version_id).id
  checkVersion(call, versionId)
  if (parent !== undefined && parent.version_id !== versionId) {
    throw IconikError.badRequest({ parent_id: 'This is a segment of another version' })
  }
  if (sent.top_level !== undefined && sent.top_level !== (parent === undefined)) {
    throw IconikError.badRequest({ top_level: 'This is not so' })
  }
  const id = randomUUID()
  const segment = segments.insert(rows, {
    ...sent,
    ...{ id, asset_id: assetId, version_id: versionId },
    ...{ user_id: undefined, share_user_email: undefined, ...authorOf(call, sent) },
    path: sent.path ?? (parent === undefined ? id : `${parent.path}/${id}`),
    top_level: parent === undefined,
    ...{ date_created: date, date_modified: date },
  })
  if (viewer.guest !== undefined) {
    rows.run('UPDATE iconik_segment SET guest_token = ? WHERE id = ?', viewer.tokenId, id)
  }
  hideBelow(rows, segment)
  noticesOfSegment(call, segment, parent)
  return segment
}

/** A guest changes what they wrote themselves, and ticks what others wrote where the share lets them. */
function checkMayEdit(call: Call, segment: Segment, edit: SegmentEdit): void {
  const { guest } = call.viewer
  if (guest === undefined) return
  const isTick = Object.entries(edit).every(
    ([name, value]) => value === undefined || name === 'segment_checked' || name === 'segment_type',
  )
  if (isTick && guestShare(call)?.allow_approving_comments === true) return
  if (!isOwn(call, segment) || edit.is_internal === true) throw IconikError.forbidden()
}

/** Whether the viewer, a guest, wrote it. */
export function isOwn(call: Call, segment: Segment): boolean {
  const { guest, tokenId } = call.viewer
  if (guest === undefined || segment.share_id !== guest.share_id) return false
  if (guest.email !== '') return segment.share_user_email === guest.email
  const row = call.rows.get('SELECT guest_token FROM iconik_segment WHERE id = ?', segment.id)
  return row?.['guest_token'] === tokenId
}

const editable = [
  ...(['segment_type', 'segment_text', 'time_start_milliseconds', 'time_end_milliseconds'] as const),
  ...([
    'segment_checked',
    'segment_color',
    'segment_track',
    'is_internal',
    'drawing',
    'keyframe_id',
  ] as const),
  ...(['metadata', 'metadata_view_id', 'person_id', 'face_bounding_boxes', 'transcription'] as const),
  ...(['transcription_id', 'external_id', 'project_id', 'share_id', 'share_user_email', 'status'] as const),
] as const

/** Changes a segment of the asset of the path. PUT leaves thread, author, version and share as they are. */
export function editSegment(call: Call, id: string, edit: SegmentEdit, mode: ChangeMode): Segment {
  const { rows } = call
  const stored = segmentOf(call, id)
  checkVersion(call, stored.version_id)
  checkMayEdit(call, stored, edit)
  const { share_id = stored.share_id, share_user_email = stored.share_user_email } = edit
  const sent = { ...edit, segment_type: edit.segment_type ?? stored.segment_type, share_id, share_user_email }
  const next = changed(stored, editable, sent, mode)
  checkTimes(next)
  const versionId = edit.version_id === undefined ? stored.version_id : edit.version_id
  const segment = segments.save(rows, {
    ...next,
    version_id: versionOf(rows, stored.asset_id, versionId).id,
    date_modified: call.date,
  })
  if (segment.is_internal !== stored.is_internal) hideBelow(rows, segment)
  return segment
}
