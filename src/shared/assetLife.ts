import { z } from 'zod'
import { assetIdSchema } from './ids.ts'
import { remoteKeySchema } from './people.ts'

/** One line of what happened to an asset, in the service's own words where we have none. */
export const historyEntrySchema = z.object({
  key: remoteKeySchema,
  at: z.number().int(),
  by: z.string().nullable(),
  what: z.string(),
  detail: z.string(),
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>

/** A version that was deleted and can come back. */
export const deletedVersionSchema = z.object({
  key: remoteKeySchema,
  number: z.number().int().positive(),
  createdAt: z.number().int().nullable(),
  author: z.string().nullable(),
})
export type DeletedVersion = z.infer<typeof deletedVersionSchema>

export const relationTypeSchema = z.object({
  name: z.string().min(1).max(200),
  /** How it reads from this asset to the other, and back. */
  words: z.string(),
  wordsBack: z.string(),
  isDirectional: z.boolean(),
})
export type RelationType = z.infer<typeof relationTypeSchema>

export const relationSchema = z.object({
  type: z.string(),
  words: z.string(),
  otherKey: remoteKeySchema,
  otherName: z.string(),
  /** Where it is known here. */
  otherAssetId: assetIdSchema.nullable(),
  description: z.string(),
})
export type Relation = z.infer<typeof relationSchema>
