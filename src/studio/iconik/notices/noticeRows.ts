import { z } from 'zod'
import { Documents } from '../documents.ts'
import { anyObject } from '../fields.ts'

const noticeSchema = z.strictObject({
  id: z.string(),
  recipient_id: z.string(),
  sender_id: z.string(),
  event_type: z.string(),
  object_type: z.string(),
  object_id: z.string(),
  sub_object_type: z.string().optional(),
  sub_object_id: z.string().optional(),
  share_id: z.string().optional(),
  share_user_id: z.string().optional(),
  user_id: z.string().optional(),
  message_short: z.string(),
  message_long: z.string(),
  context: anyObject.default({}),
  status: z.enum(['QUEUED', 'SENT', 'READ']).default('SENT'),
  system_domain_id: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Notice = z.infer<typeof noticeSchema>
export const notices = new Documents('iconik_notification', 'Notification', noticeSchema)

export const subscriptions = new Documents(
  'iconik_subscription',
  'Subscription',
  z.strictObject({
    id: z.string(),
    user_id: z.string(),
    object_type: z.string(),
    object_id: z.string().optional(),
    sub_object_type: z.string().optional(),
    sub_object_id: z.string().optional(),
    event_type: z.string().optional(),
    system_domain_id: z.string(),
    date_created: z.string(),
    date_modified: z.string(),
  }),
)
export type Subscription = ReturnType<typeof subscriptions.parse>
