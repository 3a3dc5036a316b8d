import { z } from 'zod'
import { providerIdSchema } from '../../shared/connection.ts'
import { scanSchema } from '../../shared/drop.ts'
import { failureSchema } from '../../shared/errors.ts'
import {
  batchIdSchema,
  connectionIdSchema,
  placeIdSchema,
  scanIdSchema,
  sourceIdSchema,
  transferIdSchema,
} from '../../shared/ids.ts'
import { metadataValuesSchema } from '../../shared/metadata.ts'
import { remoteKeySchema } from '../../shared/people.ts'
import {
  destinationSchema,
  transferDetailSchema,
  transferFilterSchema,
  transferSchema,
  transferSelectionSchema,
  transferSummarySchema,
} from '../../shared/transfer.ts'

/** Where the parts of a connection's uploads go, with its keys. Lives in memory only. */
export const storageAccessSchema = z.object({
  endpoint: z.string().optional(),
  region: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  forcePathStyle: z.boolean(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
})
export type StorageAccess = z.infer<typeof storageAccessSchema>

/**
 * What the host may use of one connection. `api` is read by the provider's upload half alone; `storage` is null where the
 * service signs the requests to a storage of its own.
 */
export const connectionAccessSchema = z.object({
  connectionId: connectionIdSchema,
  provider: providerIdSchema,
  api: z.json(),
  storage: storageAccessSchema.nullable(),
})
export type ConnectionAccess = z.infer<typeof connectionAccessSchema>

const recoverySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('restored'), backupAt: z.number().int() }),
  z.object({ kind: z.literal('fresh') }),
])

/** Names of what is in a place already. `isFlat`: files from folders of the drop lie beside them. */
const takenSchema = z.object({ names: z.array(z.string()), isFlat: z.boolean() })
export type Taken = z.infer<typeof takenSchema>

const which = z.object({ which: transferSelectionSchema })
const nothing = z.void()

/** What main asks of the transfer host. */
export const hostCalls = {
  /** A full snapshot: connections that are missing from it are signed out here, and their transfers wait. */
  configure: {
    input: z.object({
      installationId: z.string().min(1),
      connections: z.array(connectionAccessSchema),
      uploadLimit: z.number().int().nonnegative(),
    }),
    output: nothing,
  },
  /** Walks the paths; the answer is the first snapshot, `scanChanged` brings the rest. */
  scan: {
    input: z.object({
      scanId: scanIdSchema,
      paths: z.array(z.string()).min(1),
      taken: takenSchema.optional(),
    }),
    output: scanSchema,
  },
  /** Other names are taken: the place is another one, or more of it is known. `scanChanged` tells what comes of it. */
  compare: { input: z.object({ scanId: scanIdSchema, taken: takenSchema }), output: nothing },
  /** Queues every file of the scan in one transaction. `remote` is the connector's own note of the place. */
  send: {
    input: z.object({
      scanId: scanIdSchema,
      destination: destinationSchema,
      remote: z.json(),
      /** Remote id of the asset that the one file of this drop becomes a new version of. */
      versionOf: z.string().min(1).optional(),
      /** What the user was asked for at the drop. */
      metadata: z.object({ viewKey: remoteKeySchema, values: metadataValuesSchema }).optional(),
    }),
    output: z.object({ batchId: batchIdSchema, files: z.number().int() }),
  },
  discard: { input: z.object({ scanId: scanIdSchema }), output: nothing },
  list: {
    input: z.object({
      offset: z.number().int(),
      limit: z.number().int(),
      filter: transferFilterSchema,
      placeId: placeIdSchema.optional(),
    }),
    output: z.object({ rows: z.array(transferSchema), total: z.number().int() }),
  },
  summary: { input: nothing, output: transferSummarySchema },
  get: { input: z.object({ id: transferIdSchema }), output: transferDetailSchema },
  pause: { input: which, output: nothing },
  resume: { input: which, output: nothing },
  cancel: { input: which, output: nothing },
  retry: { input: which, output: nothing },
  sendFirst: { input: which, output: nothing },
  clear: { input: nothing, output: nothing },
  /** The file behind a source, for the media protocol. Paths stay between main and the host. */
  source: {
    input: z.object({ sourceId: sourceIdSchema }),
    /** Size and date as they were when it was sent. */
    output: z.object({
      path: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
      modifiedNs: z.string(),
    }),
  },
  /** A picture of the source. Stored with the transfers and sent beside their objects. */
  thumbnail: {
    input: z.object({ sourceId: sourceIdSchema, jpeg: z.instanceof(Uint8Array).nullable() }),
    output: nothing,
  },
  thumbnailOf: { input: z.object({ sourceId: sourceIdSchema }), output: z.instanceof(Uint8Array).nullable() },
  /** Transfers to the connection that are neither done nor canceled. */
  unfinished: { input: z.object({ connectionId: connectionIdSchema }), output: z.number().int() },
  signal: { input: z.object({ kind: z.enum(['online', 'offline', 'suspend', 'resume']) }), output: nothing },
  /** The user signed in, or asked for it: what waits for the connection tries again, also with the keys it has. */
  release: { input: z.object({ connectionId: connectionIdSchema }), output: nothing },
  /** Opens the database, if it could not be opened before. Fails with what is still in the way. */
  open: { input: nothing, output: nothing },
  /** Cuts requests, stores what is known and closes the database. */
  stop: { input: nothing, output: nothing },
} as const

/** What the host tells main. */
export const hostEvents = {
  transfersChanged: z.object({ summary: transferSummarySchema, rows: z.array(transferSchema) }),
  scanChanged: scanSchema,
  registered: z.object({
    transferId: transferIdSchema,
    sourceId: sourceIdSchema,
    connectionId: connectionIdSchema,
    placeId: placeIdSchema,
    remoteId: z.string(),
  }),
  /** A file that can have a picture and has none yet. Asked once per source and run. */
  thumbnailWanted: z.object({ sourceId: sourceIdSchema, kind: z.enum(['video', 'image']) }),
  signedOut: z.object({ connectionId: connectionIdSchema }),
  /** It was opened, and what became of a damaged one; or it could not be, and every call fails with the reason. */
  database: z.discriminatedUnion('state', [
    z.object({ state: z.literal('open'), recovery: recoverySchema }),
    z.object({ state: z.literal('closed'), failure: failureSchema }),
  ]),
  log: z.object({ level: z.enum(['info', 'warn', 'error']), text: z.string() }),
} as const
export type HostEvents = typeof hostEvents
export type HostCalls = typeof hostCalls
/** What the engine answers; the rest is for the process around it. */
export type EngineCalls = Omit<HostCalls, 'open'>
