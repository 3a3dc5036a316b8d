import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Row, where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { anyObject, body, lastIdQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { type Subscription, subscriptions } from './noticeRows.ts'

function ownSubscription(call: Call): Subscription {
  const found = subscriptions.get(call.rows, call.param('subscription_id'))
  if (found.user_id !== call.viewer.userId) throw IconikError.notFound('Subscription')
  return found
}

const ofObject = (call: Call) => [
  where('object_id = ?', call.param('object_id')),
  where('user_id = ?', call.viewer.userId),
  where('object_type = ?', call.param('object_type')),
]

const setting = '/v1/notification_settings/{object_type}/{sub_object_type}/{event_type}/{protocol}' as const
const settingKeys = ['object_type', 'sub_object_type', 'event_type', 'protocol'] as const

const shownSetting = (call: Call, row: Row) => ({
  ...Object.fromEntries(settingKeys.map((name) => [name, row[name]])),
  recipient_id: row['recipient_id'],
  system_domain_id: call.viewer.systemDomainId,
  enabled: row['is_enabled'] === 1,
  settings: JSON.parse(String(row['settings'])),
})

const keyOf = (call: Call) => settingKeys.map((name) => call.param(name))

function readSetting(call: Call) {
  const row = call.rows.get(
    `SELECT * FROM iconik_notification_setting WHERE recipient_id = ? AND object_type = ?
       AND sub_object_type = ? AND event_type = ? AND protocol = ?`,
    call.viewer.userId,
    ...keyOf(call),
  )
  if (row === undefined) throw IconikError.notFound('NotificationSetting')
  return shownSetting(call, row)
}

/** What a user wants to be told of. */
export const subscriptionRoutes: readonly Route[] = [
  route('users-notifications.listSubscriptions', 'GET', '/v1/subscriptions/', {
    roles: ['can_read_subscriptions'],
    // The service's file shows one subscription as the answer; what comes is a list, as of one object.
    handle: (call) =>
      ok({ objects: subscriptions.all(call.rows, [where('user_id = ?', call.viewer.userId)]) }),
  }),
  route('users-notifications.createSubscription', 'POST', '/v1/subscriptions/', {
    body: body({
      object_type: z.string().min(1).max(200),
      object_id: uuid.optional(),
      event_type: z.string().max(200).optional(),
      sub_object_id: uuid.optional(),
      sub_object_type: z.string().max(200).optional(),
    }),
    handle(call) {
      const { viewer, date } = call
      const subscription = subscriptions.insert(call.rows, {
        ...call.body,
        ...{ id: randomUUID(), user_id: viewer.userId, system_domain_id: viewer.systemDomainId },
        ...{ date_created: date, date_modified: date },
      })
      return created(subscription, subscription.id)
    },
  }),
  route('users-notifications.readSubscription', 'GET', '/v1/subscriptions/{subscription_id}/', {
    roles: ['can_read_subscriptions'],
    handle: (call) => ok(ownSubscription(call)),
  }),
  route('users-notifications.deleteSubscription', 'DELETE', '/v1/subscriptions/{subscription_id}/', {
    roles: ['can_write_subscriptions'],
    handle(call) {
      subscriptions.remove(call.rows, ownSubscription(call).id)
      return done(204)
    },
  }),
  route(
    'users-notifications.listSubscriptionsOfObject',
    'GET',
    '/v1/{object_type}/{object_id}/subscriptions/',
    {
      roles: ['can_read_subscriptions'],
      handle: (call) => ok({ objects: subscriptions.all(call.rows, ofObject(call)) }),
    },
  ),
  route(
    'users-notifications.deleteSubscriptionsOfObject',
    'DELETE',
    '/v1/{object_type}/{object_id}/subscriptions/all/',
    {
      roles: ['can_read_subscriptions'],
      handle(call) {
        const found = subscriptions.all(call.rows, ofObject(call))
        const [first] = found
        if (first === undefined) throw IconikError.notFound('Subscription')
        for (const { id } of found) subscriptions.remove(call.rows, id)
        return ok(first)
      },
    },
  ),
  route('users-notifications.listNotificationSettings', 'GET', '/v1/notification_settings/', {
    roles: ['can_read_notification_settings'],
    query: lastIdQuery,
    handle(call) {
      const sql = 'SELECT * FROM iconik_notification_setting WHERE recipient_id = ? ORDER BY rowid'
      const rows = call.rows.all(sql, call.viewer.userId)
      return ok({ objects: rows.map((row) => shownSetting(call, row)) })
    },
  }),
  route('users-notifications.readNotificationSetting', 'GET', `${setting}/`, {
    roles: ['can_read_notification_settings'],
    handle: (call) => ok(readSetting(call)),
  }),
  route('users-notifications.replaceNotificationSetting', 'PUT', `${setting}/`, {
    body: body({ enabled: z.boolean(), settings: anyObject.optional() }),
    handle(call) {
      call.rows.run(
        `INSERT OR REPLACE INTO iconik_notification_setting(recipient_id, object_type, sub_object_type, event_type,
           protocol, is_enabled, settings) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        call.viewer.userId,
        ...keyOf(call),
        call.body.enabled ? 1 : 0,
        JSON.stringify(call.body.settings ?? {}),
      )
      return created(readSetting(call))
    },
  }),
]
