import { z } from 'zod'
import { assetIdSchema, connectionIdSchema, versionIdSchema } from './ids.ts'
import { inboxSchema } from './inbox.ts'
import { emailSchema, personGroupSchema, personSchema, remoteKeySchema } from './people.ts'
import { shareDraftSchema, shareSchema, shareTargetSchema } from './share.ts'

const nothing = z.void()

/** The contract's calls about other people: shares, the inbox, and who there is. */
export const sharingCalls = {
  'people.find': {
    input: z.object({ connectionId: connectionIdSchema, text: z.string().max(200) }),
    output: z.object({ people: z.array(personSchema), groups: z.array(personGroupSchema) }),
  },
  /** Of one thing, or, with null, all that are mine. */
  'shares.list': {
    input: z.object({ connectionId: connectionIdSchema, target: shareTargetSchema.nullable() }),
    output: z.array(shareSchema),
  },
  'shares.create': { input: shareDraftSchema, output: shareSchema },
  /** Puts the link on the clipboard: it is a secret and never comes to the page. */
  'shares.copyLink': {
    input: z.object({ connectionId: connectionIdSchema, key: remoteKeySchema }),
    output: nothing,
  },
  'shares.remove': {
    input: z.object({ connectionId: connectionIdSchema, keys: z.array(remoteKeySchema).min(1).max(500) }),
    output: nothing,
  },
  'shares.invite': {
    input: z.object({ connectionId: connectionIdSchema, key: remoteKeySchema, email: emailSchema }),
    output: shareSchema,
  },
  'shares.revokeGuest': {
    input: z.object({
      connectionId: connectionIdSchema,
      key: remoteKeySchema,
      guestKey: remoteKeySchema,
    }),
    output: shareSchema,
  },
  'inbox.list': { input: nothing, output: inboxSchema },
  'inbox.markRead': {
    input: z.object({ connectionId: connectionIdSchema, keys: z.array(remoteKeySchema).min(1).max(500) }),
    output: inboxSchema,
  },
  /** The asset an item is about, asked of the service where it is not known here yet. */
  'inbox.open': {
    input: z.object({ connectionId: connectionIdSchema, key: remoteKeySchema }),
    output: z.object({ assetId: assetIdSchema, versionId: versionIdSchema }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
