import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Call, created, done, ok } from '../call.ts'
import { Documents } from '../documents.ts'
import { body, uuid } from '../fields.ts'
import { type Route, route } from '../route.ts'

const text = z.string().max(2000)
const status = z.enum(['ENABLED', 'DISABLED', 'FAILING', 'DELETED'])

const webhooks = new Documents(
  'iconik_webhook',
  'Webhook',
  z.strictObject({
    id: z.string(),
    event_type: z.string(),
    url: z.string(),
    status,
    name: z.string().optional(),
    description: z.string().optional(),
    realm: z.string().nullish(),
    operation: z.string().nullish(),
    object_id: z.string().nullish(),
    query: z.string().optional(),
    headers: z.record(z.string(), z.string()).default({}),
    last_error: z.string().optional(),
    last_payload: z.string().optional(),
    date_created: z.string(),
    date_modified: z.string(),
  }),
)

const webhookBody = body({
  event_type: text.min(1),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  status,
  name: text.optional(),
  description: text.optional(),
  realm: text.nullish(),
  operation: text.nullish(),
  object_id: uuid.nullish(),
  query: text.optional(),
  headers: z.record(z.string(), z.string()).optional(),
})

const idOf = (call: Call) => call.param('webhook_id')

/** Where others want to be told of changes. The studio keeps them and calls nobody: it reaches no other host. */
export const webhookRoutes: readonly Route[] = [
  route('notifications.listWebhooks', 'GET', '/v1/webhooks/', {
    roles: ['can_read_webhooks'],
    handle: (call) => ok({ objects: webhooks.all(call.rows, []) }),
  }),
  route('notifications.createWebhook', 'POST', '/v1/webhooks/', {
    roles: ['can_write_webhooks'],
    body: webhookBody,
    handle(call) {
      const dates = { date_created: call.date, date_modified: call.date }
      const webhook = webhooks.insert(call.rows, { id: randomUUID(), ...call.body, ...dates })
      return created(webhook, webhook.id)
    },
  }),
  route('notifications.readWebhook', 'GET', '/v1/webhooks/{webhook_id}/', {
    roles: ['can_read_webhooks'],
    // 201, as the service's file has it.
    handle: (call) => created(webhooks.get(call.rows, idOf(call)), idOf(call)),
  }),
  route('notifications.replaceWebhook', 'PUT', '/v1/webhooks/{webhook_id}/', {
    roles: ['can_write_webhooks'],
    body: webhookBody,
    handle(call) {
      const { id, date_created } = webhooks.get(call.rows, idOf(call))
      const dates = { date_created, date_modified: call.date }
      return ok(webhooks.save(call.rows, { id, ...call.body, ...dates }), id)
    },
  }),
  route('notifications.deleteWebhook', 'DELETE', '/v1/webhooks/{webhook_id}/', {
    roles: ['can_delete_webhooks'],
    handle(call) {
      webhooks.remove(call.rows, idOf(call))
      return done(204, idOf(call))
    },
  }),
]
