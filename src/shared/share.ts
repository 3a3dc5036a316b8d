import { z } from 'zod'
import { assetIdSchema, placeIdSchema } from './ids.ts'
import { emailSchema, remoteKeySchema } from './people.ts'

/** What a guest may do with what is shared. */
export const shareRightsSchema = z.object({
  comment: z.boolean(),
  approve: z.boolean(),
  download: z.boolean(),
  downloadProxy: z.boolean(),
  upload: z.boolean(),
  seeVersions: z.boolean(),
  seeTranscriptions: z.boolean(),
  /** Whether guests may look up people to mention. */
  mention: z.boolean(),
})
export type ShareRights = z.infer<typeof shareRightsSchema>

export const shareTargetSchema = z.union([
  z.object({ assetId: assetIdSchema }),
  z.object({ placeId: placeIdSchema }),
])
export type ShareTarget = z.infer<typeof shareTargetSchema>

export const shareGuestSchema = z.object({
  key: remoteKeySchema,
  email: z.string(),
  opens: z.number().int().nonnegative(),
  lastOpenedAt: z.number().int().nullable(),
})

/** A share as it stands. Its link is a secret and stays in main: the page asks main to copy it. */
export const shareSchema = z.object({
  key: remoteKeySchema,
  /** Null where it is no one thing that is known here: never looked at, gone, or of another kind. */
  target: shareTargetSchema.nullable(),
  /** What the service calls the thing it opens, where it says so. */
  targetName: z.string().nullable().default(null),
  /** The thing it opens is not there any more: it can only be ended. */
  isTargetGone: z.boolean().default(false),
  title: z.string(),
  /** `people`: each guest has a link of their own, which the service never tells again. */
  kind: z.enum(['link', 'people']),
  hasPassword: z.boolean(),
  hasWatermark: z.boolean(),
  isApproval: z.boolean(),
  rights: shareRightsSchema,
  guests: z.array(shareGuestSchema),
  createdBy: z.string().nullable(),
  createdAt: z.number().int().nullable(),
  expiresAt: z.number().int().nullable(),
  /** Whether its link can be copied. */
  hasLink: z.boolean(),
})
export type Share = z.infer<typeof shareSchema>

export const shareDraftSchema = z
  .object({
    /** One place, or one or more assets of one connection. */
    targets: z.array(shareTargetSchema).min(1).max(500),
    kind: z.enum(['link', 'people']),
    emails: z.array(emailSchema).max(200).default([]),
    title: z.string().trim().min(1).max(200),
    message: z.string().max(2000).default(''),
    password: z.string().min(1).max(200).optional(),
    /** Epoch milliseconds; shares always end. */
    expiresAt: z.number().int().positive(),
    hasWatermark: z.boolean().default(false),
    isApproval: z.boolean().default(false),
    rights: shareRightsSchema,
  })
  .refine(({ kind, emails }) => kind === 'link' || emails.length > 0, {
    message: 'A share with people needs their addresses.',
    path: ['emails'],
  })
export type ShareDraft = z.infer<typeof shareDraftSchema>
