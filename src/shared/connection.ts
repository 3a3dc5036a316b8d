import { z } from 'zod'
import { failureSchema } from './errors.ts'
import { connectionIdSchema } from './ids.ts'

export const providerIdSchema = z.enum(['candidio', 'kitsu', 'iconik'])
export type ProviderId = z.infer<typeof providerIdSchema>

export const connectionStateSchema = z.enum(['connecting', 'online', 'offline', 'signedOut'])

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

/** New secrets for a connection that is there. A key left out stays as it is kept, if it is. */
export const renewalSchema = z.object({
  token: z.string().trim().min(1).max(4000),
  secretAccessKey: z.string().min(1).max(500).optional(),
  sessionToken: z.string().max(4000).optional(),
})
export type Renewal = z.infer<typeof renewalSchema>

export const connectionInputSchema = z.discriminatedUnion('provider', [candidioInputSchema])
export type ConnectionInput = z.infer<typeof connectionInputSchema>
