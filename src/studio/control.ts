import { z } from 'zod'

/** What signs in to a studio's iconik API. Made at random for each start unless the caller keeps its own. */
export const studioIconikKeysSchema = z.object({
  appId: z.uuid(),
  /** Of an administrator who made most of the samples. */
  token: z.string().min(16),
  /** Of a user who may look and comment, and little else. */
  limitedToken: z.string().min(16),
  /** Of every account of the studio. */
  password: z.string().min(8),
  /** The code that is mailed as the second factor. */
  otp: z.string().regex(/^\d{6}$/),
})
export type StudioIconikKeys = z.infer<typeof studioIconikKeysSchema>

export const studioIconikAccessSchema = studioIconikKeysSchema.extend({
  /** The origin that takes the place of `https://app.iconik.io`. */
  address: z.string(),
  systemDomainId: z.string(),
  /** Whose `token` it is; signs in with `password` as well. */
  email: z.string(),
  limitedEmail: z.string(),
  /** Signs in with `password` and then `otp`. */
  mfaEmail: z.string(),
})
export type StudioIconikAccess = z.infer<typeof studioIconikAccessSchema>

/** The S3 keys of a studio, and its bearer tokens. Made at random for each start unless the caller keeps its own. */
export const studioKeysSchema = z.object({
  /** Of an ordinary user who belongs to every workspace of the samples. */
  token: z.string().min(16),
  /** Of an administrator. */
  adminToken: z.string().min(16),
  accessKeyId: z.string().min(8),
  secretAccessKey: z.string().min(16),
  iconik: studioIconikKeysSchema.optional(),
})
export type StudioKeys = z.infer<typeof studioKeysSchema>

export const studioStorageSchema = z.object({
  endpoint: z.string(),
  region: z.string(),
  bucket: z.string(),
  forcePathStyle: z.literal(true),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
})
export type StudioStorage = z.infer<typeof studioStorageSchema>

export const studioAccessSchema = z.object({
  /** Base URL of Candidio's API. */
  address: z.string(),
  token: z.string(),
  adminToken: z.string(),
  iconik: studioIconikAccessSchema,
  storage: studioStorageSchema,
  pid: z.number().int(),
})
export type StudioAccess = z.infer<typeof studioAccessSchema>

/**
 * A fault for the next requests of one operation, named as in the request log (`UploadPart`, `assets.create`,
 * `assets.createAsset`; `*` for any).
 *
 * - `status`: answered with the status and error code, nothing done.
 * - `loseReply`: done, then the connection is cut instead of the answer.
 * - `cut`: the connection is cut before anything is done.
 * - `errorBody`: nothing done, and told so with the error code in an answer of status 200, as S3 may to a complete.
 */
export const studioFaultSchema = z.object({
  operation: z.string().min(1),
  kind: z.enum(['status', 'loseReply', 'cut', 'errorBody']),
  times: z.number().int().positive().default(1),
  status: z.number().int().min(400).max(599).default(503),
  code: z.string().default('SlowDown'),
  retryAfterSeconds: z.number().int().nonnegative().optional(),
})
export type StudioFault = z.infer<typeof studioFaultSchema>

const nothing = z.void()
/** S3 signs for a week at most. */
const linkSecondsSchema = z
  .number()
  .int()
  .min(1)
  .max(7 * 24 * 3600)

/** What the parent process may ask of the studio. Never reachable over HTTP. */
export const studioCalls = {
  /** Opens the folder and listens. The second call of a running studio fails with `request.invalid`. */
  start: {
    input: z.object({
      folder: z.string().min(1),
      /** Holds `samples.json`; null: an empty studio. */
      samplesFolder: z.string().min(1).nullable(),
      /** Slows bodies that arrive at the store, all connections together. */
      throttleBytesPerSecond: z.number().positive().optional(),
      /** A free port when absent or taken. */
      port: z.number().int().min(0).max(65_535).optional(),
      /** How long signed URLs of the store live. */
      linkSeconds: linkSecondsSchema.optional(),
      /** For a restart behind clients that keep their keys. */
      keys: studioKeysSchema.optional(),
      /** Appends every call of iconik's API and its answer to this file. For tests: it holds secrets. */
      recordExchanges: z.string().min(1).optional(),
    }),
    output: studioAccessSchema,
  },
  /** Ends open requests and closes the database. The process ends when its parent lets go of it. */
  stop: { input: nothing, output: nothing },
  /** Adds plausible assets to a production of the samples' workspace, which is made when it is missing. */
  seed: {
    input: z.object({
      production: z.string().min(1),
      assets: z.number().int().nonnegative().max(1_000_000),
    }),
    output: z.object({ workspaceId: z.string(), productionId: z.string() }),
  },
  /** Adds plausible assets to a root collection of iconik's API, and comments to the first of them. */
  seedIconik: {
    input: z.object({
      collection: z.string().min(1),
      assets: z.number().int().nonnegative().max(1_000_000),
      segments: z.number().int().nonnegative().max(1_000_000).default(0),
    }),
    output: z.object({ collectionId: z.string(), assetId: z.string().nullable() }),
  },
  throttle: { input: z.object({ bytesPerSecond: z.number().positive().nullable() }), output: nothing },
  /** How long signed URLs live that are made from now on. */
  links: { input: z.object({ seconds: linkSecondsSchema }), output: nothing },
  fault: { input: studioFaultSchema, output: nothing },
} as const
export type StudioCalls = typeof studioCalls

export const studioEvents = {
  /** What was thrown and is not an answer: a bug, with its stack. */
  problem: z.object({ text: z.string() }),
} as const
export type StudioEvents = typeof studioEvents
