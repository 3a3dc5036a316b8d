import type { InboxItem } from '../../../shared/inbox.ts'
import type { InboxPower, RemoteInboxItem } from '../powers.ts'
import { calls } from './calls/index.ts'
import { timeOf } from './mappingShared.ts'
import { allAfter } from './paging.ts'
import type { Names } from './people.ts'
import type { Session } from './session.ts'
import type { Notification } from './wireInbox.ts'
import { notificationsSchema } from './wireInbox.ts'

const perPage = 100
const mostItems = 300

/**
 * The user's notifications. The service marks all of them as read or none: what was read singly is remembered here for
 * as long as the app runs, and told to the service once nothing else is unread.
 */
export function createInbox({ call }: Session, names: Names): InboxPower {
  const readHere = new Set<string>()
  const listed = (signal: AbortSignal) =>
    allAfter(
      (last_id) =>
        call(
          calls['users-notifications.listNotifications'],
          { query: { per_page: perPage, last_id }, answer: notificationsSchema },
          signal,
        ),
      perPage,
      mostItems,
    )
  const isRead = ({ id, status }: Notification) => status === 'READ' || readHere.has(id)
  return {
    async list(signal) {
      const notices = await listed(signal)
      const people = await names.people(
        notices.map(({ sender_id }) => sender_id),
        signal,
      )
      return notices
        .map((notice) => itemOf(notice, isRead(notice), people.get(notice.sender_id ?? '')?.name ?? null))
        .sort((a, b) => b.at - a.at)
    },
    async markRead(keys, signal) {
      for (const key of keys) readHere.add(key)
      const unread = (await listed(signal)).filter((notice) => !isRead(notice))
      if (unread.length > 0) return
      await call(calls['users-notifications.markNotificationsRead'], {}, signal)
      readHere.clear()
    },
  }
}

function itemOf(notice: Notification, isRead: boolean, sender: string | null): RemoteInboxItem {
  const { object_type, object_id, sub_object_type, sub_object_id, context } = notice
  const guest = context['share_user_email']
  const version = context['version_id']
  const isAsset = object_type === 'assets'
  return {
    key: notice.id,
    kind: kindOf(notice),
    from: typeof guest === 'string' && guest !== '' ? guest : sender,
    title: notice.message_short ?? '',
    text: notice.message_long ?? '',
    at: timeOf(notice.date_created, 0),
    isRead,
    assetRemoteId: isAsset ? object_id : sub_object_type === 'assets' ? sub_object_id : null,
    versionRemoteId: typeof version === 'string' ? version : null,
  }
}

/** The service's own names for its events are not documented: they are told by what they contain. */
function kindOf({ event_type, sub_object_type }: Notification): InboxItem['kind'] {
  const event = event_type.toLowerCase()
  if (event.includes('mention')) return 'mention'
  if (event.includes('approv') || event.includes('reject') || sub_object_type === 'approvals')
    return event.includes('request') ? 'approvalRequest' : 'approvalChange'
  if (/comment|reply|segment/.test(event) || sub_object_type === 'segments') return 'comment'
  if (event.includes('share') || sub_object_type === 'shares') return 'share'
  return 'other'
}
