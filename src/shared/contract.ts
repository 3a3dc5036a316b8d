import { z } from 'zod'
import { actionIdSchema } from './actions.ts'
import { deletedVersionSchema, historyEntrySchema, relationSchema, relationTypeSchema } from './assetLife.ts'
import { connectionInputSchema, connectionSchema, providerIdSchema, renewalSchema } from './connection.ts'
import { draftCalls } from './drafts.ts'
import { scanSchema } from './drop.ts'
import type { Failure } from './errors.ts'
import { failureSchema } from './errors.ts'
import type { GrantId } from './ids.ts'
import {
  assetIdSchema,
  connectionIdSchema,
  placeIdSchema,
  playlistIdSchema,
  sourceIdSchema,
  versionIdSchema,
} from './ids.ts'
import { inboxSchema } from './inbox.ts'
import { mediaCalls, mediaEvents } from './mediaCalls.ts'
import { metadataValuesSchema, metadataViewSchema } from './metadata.ts'
import { noticeSchema } from './notice.ts'
import { limit, offset } from './paging.ts'
import { remoteKeySchema } from './people.ts'
import { assetFilterSchema, assetSchema, assetSortSchema, placeSchema, versionSchema } from './place.ts'
import { playlistCalls } from './playlistCalls.ts'
import { reviewCalls } from './reviewCalls.ts'
import { searchQuerySchema, searchResultSchema } from './search.ts'
import { settingsChangeSchema, settingsSchema } from './settings.ts'
import { sharingCalls } from './sharingCalls.ts'
import { transferSchema, transferSummarySchema } from './transfer.ts'
import { transferCalls } from './transferCalls.ts'

const nothing = z.void()
const titleText = z.string().trim().min(1).max(255)
const assetIds = z.array(assetIdSchema).min(1).max(500)

const find = z.object({ text: z.string().max(200), limit: z.number().int().positive().max(50) })

/** Every call the renderer can make. Main parses input and output with these; no call takes a path. */
export const calls = {
  'app.about': {
    input: nothing,
    output: z.object({
      version: z.string(),
      platform: z.enum(['darwin', 'win32', 'linux']),
      /** Where secrets are kept. `plain`: the system has a store but does not encrypt; `none`: kept for this run only. */
      keyStore: z.enum(['system', 'plain', 'none']),
      /** Whether this run may open the studio on this computer. */
      canOpenStudio: z.boolean(),
      electron: z.string(),
      chromium: z.string(),
    }),
  },
  'settings.get': { input: nothing, output: settingsSchema },
  'settings.set': { input: settingsChangeSchema, output: settingsSchema },
  'connections.list': { input: nothing, output: z.array(connectionSchema) },
  /** Signs in and reads once before anything is stored; a failure stores nothing. */
  'connections.add': { input: connectionInputSchema, output: connectionSchema },
  /** Starts the studio on this computer, fills it with sample productions once, and connects to it. */
  'connections.openStudio': {
    input: z.object({ provider: providerIdSchema.default('candidio') }).prefault({}),
    output: connectionSchema,
  },
  /** Signs in again with new secrets; a failure leaves the old ones. What waits for the connection goes on. */
  'connections.signIn': {
    input: z.object({ id: connectionIdSchema, secrets: renewalSchema }),
    output: connectionSchema,
  },
  'connections.retry': { input: z.object({ id: connectionIdSchema }), output: connectionSchema },
  /** Removes the connection, its secrets and what was cached of it. Refused while transfers to it are unfinished. */
  'connections.remove': { input: z.object({ id: connectionIdSchema }), output: nothing },
  /** From the cache; asks the server in the background and tells `places.changed`. `parentId` null: the connection's roots. */
  'places.list': {
    input: z.object({ connectionId: connectionIdSchema, parentId: placeIdSchema.nullable() }),
    output: z.array(placeSchema),
  },
  'places.get': {
    input: z.object({ id: placeIdSchema }),
    output: z.object({ place: placeSchema, path: z.array(placeSchema) }),
  },
  'assets.list': {
    input: z.object({
      placeId: placeIdSchema,
      offset,
      limit,
      sort: assetSortSchema,
      filter: assetFilterSchema,
    }),
    output: z.object({
      rows: z.array(assetSchema),
      /** Rows that match here, now. */
      total: z.number().int().nonnegative(),
      /** What the server said it has, before filtering; larger than what is cached while a first read goes on. */
      remoteTotal: z.number().int().nonnegative().nullable(),
      counts: z.object({
        all: z.number().int(),
        inReview: z.number().int(),
        needsChanges: z.number().int(),
        approved: z.number().int(),
      }),
      bytes: z.number().int().nonnegative(),
      syncedAt: z.number().int().nullable(),
      isSyncing: z.boolean(),
      failure: failureSchema.nullable(),
    }),
  },
  'assets.refresh': { input: z.object({ placeId: placeIdSchema }), output: nothing },
  'assets.get': {
    input: z.object({ id: assetIdSchema }),
    output: z.object({
      asset: assetSchema,
      versions: z.array(versionSchema),
      path: z.array(placeSchema),
      sharesComments: z.boolean(),
    }),
  },
  /** Changes at the service. Fails as the service refuses; nothing here changes before it has agreed. */
  'assets.rename': { input: z.object({ id: assetIdSchema, name: titleText }), output: assetSchema },
  'assets.favourite': {
    input: z.object({ ids: assetIds, isFavourite: z.boolean() }),
    output: nothing,
  },
  /** Into the service's trash, where `assets.restore` finds them. */
  'assets.remove': { input: z.object({ ids: assetIds }), output: nothing },
  'assets.restore': { input: z.object({ ids: assetIds }), output: nothing },
  /** For good. The page has asked twice; `count` is what it asked about, and must agree. */
  'assets.purge': {
    input: z.object({ ids: assetIds, count: z.number().int().positive() }),
    output: nothing,
  },
  /** Moves one entry of a place whose order is kept by hand. */
  'assets.move': {
    input: z.object({ placeId: placeIdSchema, id: assetIdSchema, before: assetIdSchema.nullable() }),
    output: nothing,
  },
  'assets.history': {
    input: z.object({ id: assetIdSchema }),
    output: z.array(historyEntrySchema),
  },
  'assets.relations': {
    input: z.object({ id: assetIdSchema }),
    output: z.object({ relations: z.array(relationSchema), types: z.array(relationTypeSchema) }),
  },
  'assets.relate': {
    input: z.object({
      id: assetIdSchema,
      otherId: assetIdSchema,
      type: z.string().min(1).max(200),
      description: z.string().max(2000).default(''),
    }),
    output: nothing,
  },
  'assets.unrelate': {
    input: z.object({ id: assetIdSchema, otherKey: remoteKeySchema, type: z.string().min(1).max(200) }),
    output: nothing,
  },
  'places.create': { input: z.object({ parentId: placeIdSchema, name: titleText }), output: placeSchema },
  'places.rename': { input: z.object({ id: placeIdSchema, name: titleText }), output: placeSchema },
  'places.remove': { input: z.object({ id: placeIdSchema }), output: nothing },
  'places.restore': { input: z.object({ id: placeIdSchema }), output: nothing },
  'places.purge': { input: z.object({ id: placeIdSchema, name: z.string() }), output: nothing },
  'places.setOrdered': {
    input: z.object({ id: placeIdSchema, isOrdered: z.boolean() }),
    output: placeSchema,
  },
  /** Makes an older version the current one. */
  'versions.promote': { input: z.object({ id: versionIdSchema }), output: nothing },
  /** It can be brought back by `versions.restore`. */
  'versions.remove': { input: z.object({ id: versionIdSchema }), output: nothing },
  'versions.deleted': {
    input: z.object({ assetId: assetIdSchema }),
    output: z.array(deletedVersionSchema),
  },
  'versions.restore': {
    input: z.object({ assetId: assetIdSchema, key: remoteKeySchema }),
    output: nothing,
  },
  /** For good. The page has asked twice; `number` is what it asked about, and must agree. */
  'versions.purge': {
    input: z.object({ assetId: assetIdSchema, key: remoteKeySchema, number: z.number().int().positive() }),
    output: nothing,
  },
  'search.open': { input: searchQuerySchema, output: searchResultSchema },
  'metadata.get': {
    input: z.object({ assetId: assetIdSchema }),
    output: z.object({ views: z.array(metadataViewSchema), values: metadataValuesSchema }),
  },
  /** `request.invalid` with `field` where a value does not fit its field. */
  'metadata.save': {
    input: z.object({ assetId: assetIdSchema, viewKey: remoteKeySchema, values: metadataValuesSchema }),
    output: metadataValuesSchema,
  },
  /** What the service wants to know of files sent to a place. */
  'metadata.wanted': { input: z.object({ placeId: placeIdSchema }), output: z.array(metadataViewSchema) },
  ...sharingCalls,
  ...reviewCalls,
  ...draftCalls,
  ...playlistCalls,
  ...mediaCalls,
  'library.find': {
    input: find,
    output: z.object({ places: z.array(placeSchema), assets: z.array(assetSchema) }),
  },
  ...transferCalls,
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

/** What main tells the renderer: snapshots, at most four a second. */
export const events = {
  'settings.changed': settingsSchema,
  'connections.changed': z.array(connectionSchema),
  'places.changed': z.object({ connectionId: connectionIdSchema, parentId: placeIdSchema.nullable() }),
  'assets.changed': z.object({ placeId: placeIdSchema }),
  'drops.changed': scanSchema,
  'notices.changed': z.array(noticeSchema),
  'transfers.changed': z.object({ summary: transferSummarySchema, rows: z.array(transferSchema) }),
  'comments.changed': z.object({ versionId: versionIdSchema }),
  'approvals.changed': z.object({ versionId: versionIdSchema }),
  /** Null: which lists there are. */
  'playlists.changed': z.object({ id: playlistIdSchema.nullable() }),
  'inbox.changed': inboxSchema,
  ...mediaEvents,
  /** A file on its way needs a picture; the media URL is of this computer. */
  'thumbnails.wanted': z.object({
    sourceId: sourceIdSchema,
    url: z.string(),
    kind: z.enum(['video', 'image']),
  }),
  /** Somebody chose it in the application menu. */
  'actions.run': z.object({ id: actionIdSchema }),
} as const satisfies Record<string, z.ZodType>

export type CallName = keyof typeof calls
export type EventName = keyof typeof events
export type Input<C extends CallName> = z.input<(typeof calls)[C]['input']>
export type Parsed<C extends CallName> = z.output<(typeof calls)[C]['input']>
export type Output<C extends CallName> = z.output<(typeof calls)[C]['output']>
export type Payload<E extends EventName> = z.output<(typeof events)[E]>

/** A rejected `invoke` keeps only a message; a reply keeps code and facts. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** What the preload puts on `window.rushes`. `DroppedFile` is the DOM's File, which this side of the code does not know. */
export interface Bridge<DroppedFile> {
  call<C extends CallName>(name: C, input: Input<C>): Promise<Reply<Output<C>>>
  /** Returns the function that ends it. */
  on<E extends EventName>(name: E, listener: (payload: Payload<E>) => void): () => void
  /** Hands the path of a dropped file to main; the renderer only ever holds the id. */
  grant(file: DroppedFile): Promise<Reply<GrantId>>
}
