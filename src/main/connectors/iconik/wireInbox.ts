import { z } from 'zod'
import { few, flag, id, idOrNull, pageSchema, text } from './wire.ts'

export const notificationSchema = z.object({
  id,
  event_type: z.string(),
  /** `QUEUED`, `SENT`, `READ`. */
  status: text,
  message_short: text,
  message_long: text,
  object_type: text,
  object_id: idOrNull,
  sub_object_type: text,
  sub_object_id: idOrNull,
  sender_id: idOrNull,
  recipient_id: idOrNull,
  share_id: idOrNull,
  share_user_id: idOrNull,
  context: z.record(z.string(), z.unknown()).catch({}),
  date_created: text,
})
export type Notification = z.infer<typeof notificationSchema>
export const notificationsSchema = pageSchema(notificationSchema)

export const subscriptionSchema = z.object({
  id,
  object_type: text,
  object_id: idOrNull,
  event_type: text,
  sub_object_type: text,
  date_created: text,
})

export const notificationSettingsSchema = pageSchema(
  z.object({
    event_type: z.string(),
    object_type: z.string(),
    sub_object_type: text,
    protocol: text,
    enabled: flag,
  }),
)

/** A server that events are sent to. Its headers may hold keys: never shown. */
export const webhookSchema = z.object({
  id,
  name: text,
  event_type: text,
  operation: text,
  realm: text,
  status: text,
  url: text,
  last_error: text,
})
export const webhooksSchema = z.object({ objects: few(webhookSchema) })
