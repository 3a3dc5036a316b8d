import { z } from 'zod'
import { scanSchema } from './drop.ts'
import {
  assetIdSchema,
  batchIdSchema,
  grantIdSchema,
  placeIdSchema,
  scanIdSchema,
  sourceIdSchema,
  transferIdSchema,
} from './ids.ts'
import { metadataValuesSchema } from './metadata.ts'
import { keptStateSchema, noticeSchema } from './notice.ts'
import { limit, offset } from './paging.ts'
import { remoteKeySchema } from './people.ts'
import {
  transferDetailSchema,
  transferFilterSchema,
  transferSchema,
  transferSelectionSchema,
  transferSummarySchema,
} from './transfer.ts'

const nothing = z.void()

/** A picture the renderer took from a video frame: JPEG, bounded. */
export const thumbnailBytes = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= 400_000)

/** The contract's calls about files on their way: what was dropped, transfers, and the pictures taken of them. */
export const transferCalls = {
  /** The system's own dialog. Empty when the user changed their mind. */
  'drops.choose': { input: z.object({ kind: z.enum(['files', 'folders']) }), output: z.array(grantIdSchema) },
  'drops.scan': {
    input: z.object({
      grants: z.array(grantIdSchema).min(1).max(10_000),
      placeId: placeIdSchema,
      /** The asset it becomes a new version of: then no name is in its way. */
      versionOf: assetIdSchema.nullable().default(null),
    }),
    output: scanSchema,
  },
  'drops.send': {
    input: z.object({
      scanId: scanIdSchema,
      placeId: placeIdSchema,
      /** The asset that a drop of one file becomes a new version of. */
      versionOf: assetIdSchema.nullable().default(null),
      metadata: z.object({ viewKey: remoteKeySchema, values: metadataValuesSchema }).nullable().default(null),
    }),
    output: z.object({ batchId: batchIdSchema, files: z.number().int() }),
  },
  /** It is meant for another place: names are compared with what is there. What comes of it is told by `drops.changed`. */
  'drops.setPlace': { input: z.object({ scanId: scanIdSchema, placeId: placeIdSchema }), output: nothing },
  'drops.discard': { input: z.object({ scanId: scanIdSchema }), output: nothing },
  'transfers.list': {
    input: z.object({ offset, limit, filter: transferFilterSchema, placeId: placeIdSchema.optional() }),
    output: z.object({ rows: z.array(transferSchema), total: z.number().int().nonnegative() }),
  },
  'transfers.summary': { input: nothing, output: transferSummarySchema },
  'transfers.get': { input: z.object({ id: transferIdSchema }), output: transferDetailSchema },
  'transfers.pause': { input: z.object({ which: transferSelectionSchema }), output: nothing },
  'transfers.resume': { input: z.object({ which: transferSelectionSchema }), output: nothing },
  'transfers.cancel': { input: z.object({ which: transferSelectionSchema }), output: nothing },
  'transfers.retry': { input: z.object({ which: transferSelectionSchema }), output: nothing },
  /** Sends them before everything else that waits. */
  'transfers.sendFirst': { input: z.object({ which: transferSelectionSchema }), output: nothing },
  /** Takes finished and canceled rows off the list. */
  'transfers.clear': { input: nothing, output: nothing },
  /** After they could not be opened. Fails with what still stands in the way. */
  'transfers.open': { input: nothing, output: nothing },
  'notices.list': { input: nothing, output: z.array(noticeSchema) },
  /** Read and understood. */
  'notices.putAway': { input: z.object({ of: keptStateSchema }), output: nothing },
  /** A frame of a file being sent, taken by the renderer. */
  'thumbnails.store': {
    input: z.object({ sourceId: sourceIdSchema, jpeg: thumbnailBytes }),
    output: nothing,
  },
  /** The renderer could not take a frame; nobody asks again for this file. */
  'thumbnails.skip': { input: z.object({ sourceId: sourceIdSchema }), output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
