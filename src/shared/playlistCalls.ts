import { z } from 'zod'
import { frameRangeSchema } from './clipTiming.ts'
import { connectionIdSchema, entryIdSchema, playlistIdSchema, versionIdSchema } from './ids.ts'
import {
  entryDraftsSchema,
  entryIdsSchema,
  entrySchema,
  playlistSchema,
  playlistServiceSchema,
  playlistTitleSchema,
} from './playlist.ts'

const nothing = z.void()

/** The contract's calls about playlists. */
export const playlistCalls = {
  'playlists.list': { input: nothing, output: z.array(playlistSchema) },
  /** Those whose service keeps playlists, where somebody is signed in or lists are known from before. */
  'playlists.services': { input: nothing, output: z.array(playlistServiceSchema) },
  /** Asks the services again which lists there are; a list whose clips are shown is read as well. */
  'playlists.refresh': { input: nothing, output: nothing },
  /** A service's list that was never read is read first; one that was is answered as it was and read meanwhile. */
  'playlists.get': {
    input: z.object({ id: playlistIdSchema }),
    output: z.object({ playlist: playlistSchema, entries: z.array(entrySchema) }),
  },
  'playlists.create': {
    input: z.object({ name: playlistTitleSchema, entries: entryDraftsSchema }),
    output: playlistSchema,
  },
  'playlists.rename': {
    input: z.object({ id: playlistIdSchema, name: playlistTitleSchema }),
    output: playlistSchema,
  },
  /** On this computer, wherever the first is kept. What only its service can play is left out. */
  'playlists.duplicate': {
    input: z.object({ id: playlistIdSchema, name: playlistTitleSchema }),
    output: playlistSchema,
  },
  /** A copy at a service, which all its clips have to be of; what is gone there is left out. */
  'playlists.keepAt': {
    input: z.object({ id: playlistIdSchema, connectionId: connectionIdSchema, name: playlistTitleSchema }),
    output: playlistSchema,
  },
  /** Until the app ends, `playlists.putBack` brings it again; one that a service keeps is gone for good. */
  'playlists.remove': { input: z.object({ id: playlistIdSchema }), output: nothing },
  'playlists.putBack': { input: z.object({ id: playlistIdSchema }), output: playlistSchema },
  /** To its end, in the order given. */
  'playlists.add': {
    input: z.object({ id: playlistIdSchema, entries: entryDraftsSchema.min(1) }),
    output: playlistSchema,
  },
  /** `before` null: to the end. */
  'playlists.move': {
    input: z.object({
      id: playlistIdSchema,
      entryIds: entryIdsSchema,
      before: entryIdSchema.nullable(),
    }),
    output: nothing,
  },
  'playlists.removeEntries': {
    input: z.object({ id: playlistIdSchema, entryIds: entryIdsSchema }),
    output: nothing,
  },
  'playlists.putBackEntries': {
    input: z.object({ id: playlistIdSchema, entryIds: entryIdsSchema }),
    output: nothing,
  },
  /** Another version (null: whatever is the newest) or other frames (null: all); what is left out stays. */
  'playlists.changeEntry': {
    input: z.object({
      id: entryIdSchema,
      versionId: versionIdSchema.nullable().optional(),
      range: frameRangeSchema.nullable().optional(),
    }),
    output: nothing,
  },
  /** What a list that is not kept would hold. */
  'playlists.preview': { input: z.object({ entries: entryDraftsSchema }), output: z.array(entrySchema) },
} as const
