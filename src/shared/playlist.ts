import { z } from 'zod'
import { frameRangeSchema } from './clipTiming.ts'
import { failureSchema } from './errors.ts'
import { frameRateSchema } from './frameRate.ts'
import {
  assetIdSchema,
  connectionIdSchema,
  entryIdSchema,
  placeIdSchema,
  playlistIdSchema,
  versionIdSchema,
} from './ids.ts'
import { assetKindSchema, reviewStatusSchema } from './place.ts'
import { playedSpanSchema } from './playlistSpan.ts'

/** The most that one playlist holds. */
export const mostEntries = 1000

/** What may be done with a list. `change`: another version, or other frames, of what stands in it. */
export const playlistStepSchema = z.enum(['rename', 'add', 'move', 'change', 'takeOut', 'remove'])
export type PlaylistStep = z.infer<typeof playlistStepSchema>

/** A list that a service keeps. */
export const playlistHomeSchema = z.object({
  connectionId: connectionIdSchema,
  /** When its clips were last read from there, epoch milliseconds; null: never. */
  readAt: z.number().int().nullable(),
  /** Why they could not be read the last time. */
  failure: failureSchema.nullable(),
})
export type PlaylistHome = z.infer<typeof playlistHomeSchema>

/** A named, ordered list of versions. */
export const playlistSchema = z.object({
  id: playlistIdSchema,
  name: z.string(),
  entryCount: z.number().int().nonnegative(),
  /** Epoch milliseconds. */
  changedAt: z.number().int(),
  /** Null: kept on this computer. */
  home: playlistHomeSchema.nullable(),
  may: z.array(playlistStepSchema),
  /** The connections that its clips come from, as far as they are known here. */
  sources: z.array(connectionIdSchema),
})
export type Playlist = z.infer<typeof playlistSchema>

/** A service that keeps playlists, and how it went when they were last asked for. */
export const playlistServiceSchema = z.object({
  connectionId: connectionIdSchema,
  isReading: z.boolean(),
  /** Epoch milliseconds; null: not since the app began. */
  readAt: z.number().int().nullable(),
  failure: failureSchema.nullable(),
  /** A new list may be kept there. */
  mayCreate: z.boolean(),
  /** What it holds of an entry; the rest stays behind, and the page says so beforehand. */
  holds: z.object({ ranges: z.boolean(), newest: z.boolean() }),
})
export type PlaylistService = z.infer<typeof playlistServiceSchema>

/** What is put into a list: a version, or, with null, whatever is the newest when it is played. */
export const entryDraftSchema = z.object({
  assetId: assetIdSchema,
  versionId: versionIdSchema.nullable().default(null),
  /** The frames that are played, both ends included; null: all of it. */
  range: frameRangeSchema.nullable().default(null),
})
export type EntryDraft = z.output<typeof entryDraftSchema>

/**
 * Why an entry has nothing to play. `asset`: no longer known here, or gone from the service. `trash`: it waits in the
 * service's trash. `version`: only that version is gone. `connection`: its connection was removed. `forbidden`: the
 * service does not show it to this account. `sequence`: a sequence of the service, which only it can play.
 */
export const entryProblemSchema = z.enum(['asset', 'trash', 'version', 'connection', 'forbidden', 'sequence'])
export type EntryProblem = z.infer<typeof entryProblemSchema>

/** One entry as it is now. The ids are null where nothing is left to open; its name stays as it was last known. */
export const entrySchema = z.object({
  id: entryIdSchema,
  connectionId: connectionIdSchema,
  assetId: assetIdSchema.nullable(),
  placeId: placeIdSchema.nullable(),
  /** The version that would be played now. */
  versionId: versionIdSchema.nullable(),
  versionNumber: z.number().int().positive().nullable(),
  versionCount: z.number().int().nonnegative(),
  /** False: it follows the newest version. */
  isPinned: z.boolean(),
  range: frameRangeSchema.nullable(),
  /** A range that is not known in frames yet: its media were not opened here. */
  span: playedSpanSchema.nullable(),
  problem: entryProblemSchema.nullable(),
  name: z.string(),
  kind: assetKindSchema,
  isReady: z.boolean(),
  thumbnailKey: z.string().nullable(),
  /** Of the version, with what was voted on this computer alone where the service takes no votes. */
  review: reviewStatusSchema,
  /** On the version. */
  commentCount: z.number().int().nonnegative(),
  /** Frames and rate as read from the media; null until it was opened once. */
  frames: z.number().int().nonnegative().nullable(),
  rate: frameRateSchema.nullable(),
  /** Frames of it are not equally long: then `rate` is their average. */
  isVariableRate: z.boolean(),
})
export type Entry = z.infer<typeof entrySchema>

export const playlistTitleSchema = z.string().trim().min(1).max(120)
export const entryDraftsSchema = z.array(entryDraftSchema).max(mostEntries)
export const entryIdsSchema = z.array(entryIdSchema).min(1).max(mostEntries)
