import { z } from 'zod'
import { failureSchema } from './errors.ts'
import { connectionIdSchema } from './ids.ts'
import { emailSchema } from './people.ts'

export const providerIdSchema = z.enum(['candidio', 'kitsu', 'iconik'])
export type ProviderId = z.infer<typeof providerIdSchema>

export const connectionStateSchema = z.enum(['connecting', 'online', 'offline', 'signedOut'])

/** What a connection's service can do beyond browsing and playing. Absent: the page does not offer it. */
export const powerNameSchema = z.enum([
  'comments',
  'search',
  'favourites',
  'trash',
  'editing',
  'ordering',
  'history',
  'relations',
  'versionEditing',
  'versionUpload',
  'metadata',
  'people',
  'approvals',
  /** It takes no votes; the user's own are kept on this computer. */
  'localVotes',
  'shares',
  'inbox',
  'captions',
  'playlists',
  'commentExport',
])
export type PowerName = z.infer<typeof powerNameSchema>

/** What an account, or a guest by their share, may be refused of what the service can do. */
export const rightNameSchema = z.enum([
  'comment',
  'changeComments',
  'removeComments',
  'vote',
  'takeBackVote',
  'clearVotes',
  'askForApproval',
  'withdrawRequest',
  'changeMetadata',
])
export type RightName = z.infer<typeof rightNameSchema>

/** What comments of the service can hold; what they cannot stays on this computer, and the page says so beforehand. */
export const commentsHoldSchema = z.object({
  ranges: z.boolean(),
  drawings: z.boolean(),
  replies: z.boolean(),
  resolved: z.boolean(),
  internal: z.boolean(),
  colours: z.boolean(),
  /** Kinds other than plain comments: markers, quality control, tags… */
  kinds: z.boolean(),
})
export type CommentsHold = z.infer<typeof commentsHoldSchema>

export const connectionSchema = z.object({
  id: connectionIdSchema,
  provider: providerIdSchema,
  name: z.string(),
  /** Host and port only; shown before anything secret is typed. */
  host: z.string(),
  /** The studio on this computer: no account, no network. */
  isStudio: z.boolean(),
  state: connectionStateSchema,
  failure: failureSchema.nullable(),
  /** The service asked everybody of this connection to wait until then, epoch milliseconds; null: it did not. */
  heldUntil: z.number().int().nullable().default(null),
  /** A guest's look at what was shared: nothing internal is asked for or shown. */
  isShare: z.boolean().default(false),
  powers: z.array(powerNameSchema).default([]),
  /** Rights that are missing, as far as is known: the page does not offer what needs them. */
  lacks: z.array(rightNameSchema).default([]),
  /** Null where the service holds no comments. */
  commentsHold: commentsHoldSchema.nullable().default(null),
  /** When anything of it was last read from the server, epoch milliseconds. */
  syncedAt: z.number().int().nullable(),
})
export type Connection = z.infer<typeof connectionSchema>

/** An S3-compatible place that uploads go to. Secrets only go in, never come out. */
export const storageInputSchema = z.object({
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  region: z.string().min(1).max(64),
  bucket: z.string().min(1).max(255),
  /** Keys begin with it; may be empty. */
  prefix: z.string().max(200).default(''),
  forcePathStyle: z.boolean().default(false),
  accessKeyId: z.string().min(1).max(200),
  secretAccessKey: z.string().min(1).max(500),
  sessionToken: z.string().max(4000).optional(),
})
export type StorageInput = z.infer<typeof storageInputSchema>

export const candidioInputSchema = z.object({
  provider: z.literal('candidio'),
  name: z.string().trim().min(1).max(80),
  /** Address of the API including its version path. */
  address: z.url({ protocol: /^https?$/ }).max(500),
  token: z.string().trim().min(1).max(4000),
  storage: storageInputSchema,
})
export type CandidioInput = z.infer<typeof candidioInputSchema>

const iconikToken = z.object({
  kind: z.literal('token'),
  appId: z.string().trim().min(1).max(200),
  token: z.string().trim().min(1).max(4000),
})
/** The password is used once and never kept; `code` answers `auth.codeNeeded`. */
const iconikPassword = z.object({
  kind: z.literal('password'),
  email: emailSchema,
  password: z.string().min(1).max(500),
  code: z.string().trim().max(20).optional(),
})

/** How somebody proves who they are to iconik. */
export const iconikSignInSchema = z.discriminatedUnion('kind', [iconikToken, iconikPassword])
export type IconikSignIn = z.infer<typeof iconikSignInSchema>

export const iconikInputSchema = z.object({
  provider: z.literal('iconik'),
  name: z.string().trim().min(1).max(80),
  /** Where the service is: scheme and host. */
  address: z.url({ protocol: /^https?$/ }).max(500),
  signIn: z.discriminatedUnion('kind', [
    iconikToken,
    iconikPassword,
    /** A link somebody sent: a connection of its own, never mixed with an account. */
    z.object({
      kind: z.literal('share'),
      link: z.url({ protocol: /^https?$/ }).max(2000),
      appId: z.string().trim().max(200).optional(),
      password: z.string().max(500).optional(),
      email: emailSchema.optional(),
    }),
  ]),
})
export type IconikInput = z.infer<typeof iconikInputSchema>

/** New secrets for a connection that is there. A key left out stays as it is kept, if it is. */
export const candidioRenewalSchema = z.object({
  token: z.string().trim().min(1).max(4000),
  secretAccessKey: z.string().min(1).max(500).optional(),
  sessionToken: z.string().max(4000).optional(),
})
/** For iconik: a sign-in, or the password of a share whose link is known. */
export const iconikRenewalSchema = z.object({
  signIn: z.discriminatedUnion('kind', [
    iconikToken,
    iconikPassword,
    z.object({ kind: z.literal('share'), password: z.string().max(500).optional() }),
  ]),
})
export const renewalSchema = z.union([iconikRenewalSchema, candidioRenewalSchema])
export type Renewal = z.infer<typeof renewalSchema>

export const connectionInputSchema = z.discriminatedUnion('provider', [
  candidioInputSchema,
  iconikInputSchema,
])
export type ConnectionInput = z.infer<typeof connectionInputSchema>
