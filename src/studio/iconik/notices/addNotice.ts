import { randomUUID } from 'node:crypto'
import { assets } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import type { Share } from '../shares/shareRows.ts'
import { findUser } from '../users/userRows.ts'
import { notices } from './noticeRows.ts'

/** What happened. The service's own words for it are in none of its documents. */
export type NoticeEvent =
  | 'comment'
  | 'mention'
  | 'reply'
  | 'approval_request'
  | 'approved'
  | 'not_approved'
  | 'share'

export interface NewNotice {
  readonly to: string
  readonly event: NoticeEvent
  readonly objectType: string
  readonly objectId: string
  readonly about?: { readonly type: 'segments' | 'approvals' | 'shares'; readonly id?: string }
  readonly short: string
  readonly long: string
  readonly context?: Readonly<Record<string, unknown>>
}

/** Who does what is told of, as a message begins: a user's name, a guest's address. */
export function actorOf(call: Pick<Call, 'rows' | 'viewer'>): string {
  const { guest, userId } = call.viewer
  if (guest !== undefined) return guest.email || 'A guest'
  const user = findUser(call.rows, userId)
  return user === undefined ? 'Somebody' : `${user.first_name} ${user.last_name}`
}

export const assetTitle = (call: Pick<Call, 'rows'>, id: string): string =>
  assets.find(call.rows, id)?.title ?? ''

/** Puts a row into somebody's inbox, unless they did it themselves or switched such rows off. */
export function addNotice(call: Pick<Call, 'rows' | 'viewer' | 'date'>, notice: NewNotice): void {
  const { rows, viewer, date } = call
  const isOwn = viewer.guest === undefined && viewer.userId === notice.to
  if (isOwn || isOff(call, notice)) return
  notices.insert(rows, {
    ...{ id: randomUUID(), recipient_id: notice.to, sender_id: viewer.userId, event_type: notice.event },
    ...{ object_type: notice.objectType, object_id: notice.objectId },
    ...(notice.about && { sub_object_type: notice.about.type }),
    ...(notice.about?.id !== undefined && { sub_object_id: notice.about.id }),
    ...(viewer.guest && { share_id: viewer.guest.share_id, share_user_id: viewer.guest.share_user_id }),
    ...{ message_short: notice.short, message_long: notice.long, context: { ...notice.context } },
    ...{ system_domain_id: viewer.systemDomainId, date_created: date, date_modified: date },
  })
}

function isOff({ rows }: Pick<Call, 'rows'>, { to, event, objectType, about }: NewNotice): boolean {
  const row = rows.get(
    `SELECT is_enabled FROM iconik_notification_setting WHERE recipient_id = ? AND object_type = ?
       AND sub_object_type = ? AND event_type = ? AND protocol = 'IN_APP'`,
    ...[to, objectType, about?.type ?? '', event],
  )
  return row?.['is_enabled'] === 0
}

export function noticeOfShare(call: Call, share: Share, to: string): void {
  const title = share.title ?? ''
  addNotice(call, {
    ...{ to, event: 'share', objectType: share.object_type, objectId: share.object_id },
    about: { type: 'shares', id: share.id },
    short: `${actorOf(call)} shared “${title}” with you`,
    long: share.message ?? '',
    context: { title },
  })
}
