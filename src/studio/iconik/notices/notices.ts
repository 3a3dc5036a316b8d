import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { anyObject, body, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import { type Notice, notices } from './noticeRows.ts'

/** One's own, or 404. */
function ownNotice(call: Call): Notice {
  const notice = notices.get(call.rows, call.param('notification_id'))
  if (notice.recipient_id !== call.viewer.userId) throw IconikError.notFound('Notification')
  return notice
}

const noticeFields = {
  recipient_id: uuid,
  sender_id: uuid,
  event_type: z.string().min(1).max(200),
  object_type: z.string().min(1).max(200),
  message_short: text,
  message_long: text,
  context: anyObject.optional(),
  exclude_users: z.array(uuid).nullish(),
  share_id: uuid.optional(),
  share_user_id: uuid.optional(),
  sub_object_id: uuid.optional(),
  sub_object_type: z.string().optional(),
  user_id: uuid.optional(),
}
type NoticeFields = z.output<z.ZodObject<typeof noticeFields>>

function insert(
  call: Call,
  sent: NoticeFields,
  objectId: string,
  status: Notice['status'] | null | undefined,
) {
  const { exclude_users, ...fields } = sent
  if (call.rows.get('SELECT id FROM iconik_user WHERE id = ?', sent.recipient_id) === undefined) {
    throw IconikError.badRequest({ recipient_id: 'There is no such user' })
  }
  const date = call.date
  const notice = notices.complete({
    ...fields,
    ...{ id: randomUUID(), object_id: objectId, system_domain_id: call.viewer.systemDomainId },
    ...(status && { status }),
    ...{ date_created: date, date_modified: date },
  })
  // Whoever is left out is told of nothing; the answer is the same.
  if (!exclude_users?.includes(sent.recipient_id)) notices.insert(call.rows, notice)
  return created(notice, notice.id)
}

const status = z.enum(['QUEUED', 'SENT', 'READ'])
const ofUser = '/v1/notifications'

export const noticeRoutes: readonly Route[] = [
  route('users-notifications.listNotifications', 'GET', `${ofUser}/`, {
    roles: ['can_read_notifications'],
    query: lastIdQuery,
    handle(call) {
      const conditions = [where('recipient_id = ?', call.viewer.userId)]
      const listing = { table: notices.table, conditions, isNewestFirst: true }
      return ok(lastIdPage(call, listing, (rows) => rows.map((row) => notices.parse(row))))
    },
  }),
  route('users-notifications.createNotification', 'POST', `${ofUser}/`, {
    body: body({ ...noticeFields, object_id: uuid, status: status.optional() }),
    handle(call) {
      const { object_id, status: given, ...sent } = call.body
      return insert(call, sent, object_id, given)
    },
  }),
  route('users-notifications.createSystemNotification', 'POST', `${ofUser}/system/`, {
    body: body({
      ...noticeFields,
      object_id: uuid.nullish(),
      system_domain_id: uuid,
      status: status.nullish(),
    }),
    handle(call) {
      const { object_id, status: given, system_domain_id, ...sent } = call.body
      return insert(call, sent, object_id ?? system_domain_id, given)
    },
  }),
  route('users-notifications.markNotificationsRead', 'PUT', `${ofUser}/all/read/`, {
    roles: ['can_read_notifications'],
    handle(call) {
      call.rows.run(
        `UPDATE iconik_notification SET document = json_set(document, '$.status', 'READ', '$.date_modified', ?)
           WHERE recipient_id = ? AND status <> 'READ'`,
        call.date,
        call.viewer.userId,
      )
      return done(200)
    },
  }),
  route('users-notifications.readNotification', 'GET', `${ofUser}/{notification_id}/`, {
    roles: ['can_read_notifications'],
    handle(call) {
      const notice = ownNotice(call)
      return ok(notice, notice.id)
    },
  }),
  route('users-notifications.deleteNotification', 'DELETE', `${ofUser}/{notification_id}/`, {
    roles: ['can_delete_notifications'],
    handle(call) {
      const { id } = ownNotice(call)
      notices.remove(call.rows, id)
      return done(204, id)
    },
  }),
]
