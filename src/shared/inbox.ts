import { z } from 'zod'
import { assetIdSchema, connectionIdSchema, versionIdSchema } from './ids.ts'
import { remoteKeySchema } from './people.ts'

/** Something at a service that wants the user: never more than the newest few hundred. */
export const inboxItemSchema = z.object({
  connectionId: connectionIdSchema,
  key: remoteKeySchema,
  kind: z.enum(['mention', 'comment', 'approvalRequest', 'approvalChange', 'share', 'other']),
  /** Who did it, where the service says. */
  from: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  at: z.number().int(),
  isRead: z.boolean(),
  /** Where it leads, as far as it is known here; opening one that is not known yet asks the service. */
  assetId: assetIdSchema.nullable(),
  versionId: versionIdSchema.nullable(),
})
export type InboxItem = z.infer<typeof inboxItemSchema>

export const inboxSchema = z.object({
  items: z.array(inboxItemSchema),
  unread: z.number().int().nonnegative(),
})
export type Inbox = z.infer<typeof inboxSchema>
