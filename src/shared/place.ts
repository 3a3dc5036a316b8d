import { z } from 'zod'
import { frameRateSchema } from './frameRate.ts'
import {
  assetIdSchema,
  connectionIdSchema,
  placeIdSchema,
  type SourceId,
  transferIdSchema,
  type VersionId,
  versionIdSchema,
} from './ids.ts'

/** Where things are: connection › workspace › production › folder › asset › version. Provider words stay in the connectors. */
export const placeKindSchema = z.enum(['workspace', 'production', 'folder'])
export type PlaceKind = z.infer<typeof placeKindSchema>

/**
 * A shelf is a list the service keeps rather than a place things lie in. `found` holds the answer to the last search.
 */
export const shelfSchema = z.enum(['favourites', 'recent', 'deleted', 'shared', 'found'])
export type Shelf = z.infer<typeof shelfSchema>

export const placeSchema = z.object({
  id: placeIdSchema,
  connectionId: connectionIdSchema,
  parentId: placeIdSchema.nullable(),
  kind: placeKindSchema,
  name: z.string(),
  /** The provider's own word for its state, shown as it is ("Planning"). */
  status: z.string().nullable(),
  /** Assets directly in it, as far as is known here. */
  assetCount: z.number().int().nonnegative().nullable(),
  /** Whether places below it can be asked for. */
  hasChildren: z.boolean(),
  takesUploads: z.boolean(),
  shelf: shelfSchema.nullable().default(null),
  /** Its order can be changed by hand, and is: assets and folders stand as the service gives them. */
  isOrdered: z.boolean().default(false),
  /** What the user may do here, as far as the service says; null: it does not say. */
  mayEdit: z.boolean().nullable().default(null),
})
export type Place = z.infer<typeof placeSchema>

export const assetKindSchema = z.enum(['video', 'audio', 'image', 'other'])
export type AssetKind = z.infer<typeof assetKindSchema>

/** `unknown`: the service was not asked, or does not tell. */
export const reviewStatusSchema = z.enum(['unknown', 'none', 'inReview', 'needsChanges', 'approved'])
export type ReviewStatus = z.infer<typeof reviewStatusSchema>

export const assetSchema = z.object({
  id: assetIdSchema,
  connectionId: connectionIdSchema,
  placeId: placeIdSchema,
  name: z.string(),
  kind: assetKindSchema,
  mediaType: z.string().nullable(),
  bytes: z.number().int().nonnegative().nullable(),
  /** Epoch milliseconds. */
  createdAt: z.number().int().nullable(),
  latestVersionId: versionIdSchema,
  versionCount: z.number().int().positive(),
  /** False while the service still makes previews. */
  isReady: z.boolean(),
  review: reviewStatusSchema,
  /** Threads of the current version: answers are not counted. */
  commentCount: z.number().int().nonnegative(),
  /** Changes whenever the picture may have changed; null when there is none to ask for. */
  thumbnailKey: z.string().nullable(),
  durationFrames: z.number().int().nonnegative().nullable(),
  rate: frameRateSchema.nullable(),
  isFavourite: z.boolean().default(false),
  /** The transfer from this computer that it comes from, where that is known: one thing, not two. */
  transferId: transferIdSchema.nullable().default(null),
})
export type Asset = z.infer<typeof assetSchema>

/** Keys of pictures that are not the service's: of the file it was sent from, and made from the version that plays. */
export const localPictureKey = (id: SourceId): string => `local-${id}`
export const madePictureKey = (id: VersionId): string => `made-${id}`
export const isLocalPicture = (key: string | null): boolean => key?.startsWith('local-') === true
/** The version that such a picture is made from; undefined for every other key. */
export const madePictureOf = (key: string | null): VersionId | undefined =>
  key?.startsWith('made-') === true ? versionIdSchema.safeParse(key.slice('made-'.length)).data : undefined

export const versionSchema = z.object({
  id: versionIdSchema,
  assetId: assetIdSchema,
  /** From 1. */
  number: z.number().int().positive(),
  createdAt: z.number().int().nullable(),
  author: z.string().nullable(),
  review: reviewStatusSchema,
})
export type Version = z.infer<typeof versionSchema>

/** What the player must know before the first frame: read from the media itself, not from names. */
export const mediaInfoSchema = z.object({
  kind: assetKindSchema,
  container: z.string().nullable(),
  videoCodec: z.string().nullable(),
  /** The kind of it that people know it by: `422 HQ` of ProRes, `DNxHR HQ` of VC-3. */
  videoProfile: z.string().max(100).optional(),
  audioCodec: z.string().nullable(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  rate: frameRateSchema.nullable(),
  isVariableRate: z.boolean(),
  frames: z.number().int().nonnegative().nullable(),
  /** Frame number of the first frame's timecode at `rate`; 0 when the media carries none. */
  startFrame: z.number().int().nonnegative(),
  isDropFrame: z.boolean(),
})
export type MediaInfo = z.infer<typeof mediaInfoSchema>

/** `given`: as the service orders them. */
export const assetSortSchema = z.enum(['newest', 'oldest', 'name', 'size', 'given'])
export type AssetSort = z.infer<typeof assetSortSchema>
export const assetFilterSchema = z.object({
  review: reviewStatusSchema.optional(),
  kind: assetKindSchema.optional(),
  text: z.string().max(200).optional(),
})
export type AssetFilter = z.infer<typeof assetFilterSchema>
