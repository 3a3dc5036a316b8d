import { z } from 'zod'
import { type Row, where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { assets } from '../assets/assetRows.ts'
import { shownAssets } from '../assets/showAsset.ts'
import { checkTrashed, purgeAssets, restoreAssets, trashAssets, trashedIds } from '../assets/trash.ts'
import { type Call, done, ok } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { shownCollections } from '../collections/showCollection.ts'
import { purgeCollections, restoreCollections, trashCollections } from '../collections/trash.ts'
import { contentBelow } from '../collections/tree.ts'
import { body, bulkIds, pageQuery, sortQuery } from '../fields.ts'
import { conditionsOf } from '../filter.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { foundBySaved } from '../search/savedRows.ts'

const queue = '/v1/delete_queue/'
const idsBody = body({ ids: bulkIds })
const listQuery = { ...pageQuery, ...sortQuery, filter: z.string().optional() }

type ListCall = Call<undefined, z.output<z.ZodObject<typeof listQuery>>>

function listed<T>(call: ListCall, kind: 'assets' | 'collections', show: (rows: Row[]) => T[]) {
  const { table } = kind === 'assets' ? assets : collections
  const listing = {
    table,
    conditions: [
      where('is_queued = 1'),
      ...conditionsOf(call.query.filter, { title: 'title', external_id: 'external_id' }),
      ...readable(call.rows, call.viewer, `'${kind}'`, 't.id'),
    ],
    orders: {
      ...{ title: 'title', date_created: 'date_created', date_modified: 'date_modified' },
      date_deleted: 'date_deleted',
    },
    byDefault: 'date_deleted DESC',
  }
  return ok(pageOf(call, listing, show))
}

/** What lies below collections or is found by saved searches: the content that a bulk call is about. */
function contentOfMany(
  call: Call,
  objectType: 'collections' | 'saved_searches',
  ids: readonly string[],
): { readonly assetIds: string[]; readonly collectionIds: string[] } {
  if (objectType === 'saved_searches') {
    const found = ids.flatMap((id) => foundBySaved(call, id))
    const idsOf = (type: string) => found.filter((one) => one.type === type).map(({ id }) => id)
    return { assetIds: idsOf('assets'), collectionIds: idsOf('collections') }
  }
  for (const id of ids) collections.get(call.rows, id)
  const below = contentBelow(call.rows, ids)
  return { assetIds: below.assets, collectionIds: below.collections }
}

async function purgeAll(call: Call, kinds: readonly ('assets' | 'collections')[]): Promise<void> {
  if (kinds.includes('assets')) await purgeAssets(call, trashedIds(call.rows, assets.table))
  if (kinds.includes('collections')) {
    // A parent takes its trashed children with it.
    for (const id of trashedIds(call.rows, collections.table)) {
      if (collections.find(call.rows, id) !== undefined) purgeCollections(call, [id])
    }
  }
}

const purgesAssets = ['can_purge_assets']
const purgesCollections = ['can_purge_collections']

export const deleteQueueRoutes: readonly Route[] = [
  route('assets.listTrashedAssets', 'GET', `${queue}assets/`, {
    roles: ['can_read_assets'],
    query: listQuery,
    handle: (call) =>
      listed(call, 'assets', (rows) =>
        shownAssets(
          call,
          rows.map((row) => assets.parse(row)),
        ),
      ),
  }),
  route('assets.listTrashedCollections', 'GET', `${queue}collections/`, {
    roles: ['can_read_collections'],
    query: listQuery,
    handle: (call) =>
      listed(call, 'collections', (rows) =>
        shownCollections(
          call,
          rows.map((row) => collections.parse(row)),
        ),
      ),
  }),
  route('assets.trashAssets', 'POST', `${queue}assets/`, {
    roles: ['can_delete_assets'],
    body: idsBody,
    handle: (call) => {
      trashAssets(call, call.body.ids)
      return done(204)
    },
  }),
  route('assets.trashCollections', 'POST', `${queue}collections/`, {
    roles: ['can_delete_collections'],
    body: idsBody,
    handle: (call) => {
      trashCollections(call, call.body.ids)
      return done(201)
    },
  }),
  route('assets.untrashAssets', 'DELETE', `${queue}assets/`, {
    roles: ['can_write_assets'],
    body: idsBody,
    handle: (call) => {
      restoreAssets(call, call.body.ids)
      return done(204)
    },
  }),
  route('assets.untrashCollections', 'DELETE', `${queue}collections/`, {
    roles: ['can_write_collections'],
    body: idsBody,
    handle: (call) => {
      restoreCollections(call, call.body.ids)
      return done(201)
    },
  }),
  route('assets.restoreAllAssets', 'POST', `${queue}assets/restore/all/`, {
    roles: ['can_write_assets'],
    handle: (call) => {
      restoreAssets(call, trashedIds(call.rows, assets.table))
      return done(204)
    },
  }),
  route('assets.restoreAllCollections', 'POST', `${queue}collections/restore/all/`, {
    roles: ['can_write_collections'],
    handle: (call) => {
      restoreCollections(call, trashedIds(call.rows, collections.table))
      return done(204)
    },
  }),
  route('assets.purgeAssets', 'POST', `${queue}assets/purge/`, {
    roles: purgesAssets,
    body: idsBody,
    handle: async (call) => {
      checkTrashed(call.rows, assets.table, call.body.ids)
      await purgeAssets(call, call.body.ids)
      return done(204)
    },
  }),
  route('assets.purgeCollections', 'POST', `${queue}collections/purge/`, {
    roles: purgesCollections,
    body: idsBody,
    handle: (call) => {
      checkTrashed(call.rows, collections.table, call.body.ids)
      purgeCollections(call, call.body.ids)
      return done(201)
    },
  }),
  route('assets.purgeAllAssets', 'POST', `${queue}assets/purge/all/`, {
    roles: purgesAssets,
    handle: async (call) => {
      await purgeAll(call, ['assets'])
      return done(204)
    },
  }),
  route('assets.purgeAllCollections', 'POST', `${queue}collections/purge/all/`, {
    roles: purgesCollections,
    handle: async (call) => {
      await purgeAll(call, ['collections'])
      return done(204)
    },
  }),
  route('assets.purgeEverything', 'POST', `${queue}purge/all/`, {
    roles: [...purgesAssets, ...purgesCollections],
    handle: async (call) => {
      await purgeAll(call, ['assets', 'collections'])
      return done(204)
    },
  }),
  route('assets.trashInBulk', 'POST', `${queue}bulk/`, {
    roles: ['can_delete_assets'],
    body: body({
      content_only: z.boolean().default(true),
      object_ids: bulkIds,
      object_type: z.enum(['assets', 'collections', 'saved_searches']),
    }),
    handle: (call) => {
      const { content_only, object_ids, object_type } = call.body
      call.rows.transaction(() => {
        if (object_type === 'assets') return trashAssets(call, object_ids)
        const { assetIds, collectionIds } = contentOfMany(call, object_type, object_ids)
        trashAssets(call, assetIds)
        trashCollections(call, collectionIds)
        if (!content_only && object_type === 'collections') trashCollections(call, object_ids)
      })
      return done(202)
    },
  }),
  route('assets.deleteAsset', 'DELETE', '/v1/assets/{asset_id}/', {
    roles: ['can_delete_assets'],
    handle: (call) => {
      trashAssets(call, [call.param('asset_id')])
      return done(204, call.param('asset_id'))
    },
  }),
  route('assets.purgeAsset', 'DELETE', '/v1/assets/{asset_id}/purge/', {
    roles: purgesAssets,
    handle: async (call) => {
      await purgeAssets(call, [call.param('asset_id')])
      return done(204, call.param('asset_id'))
    },
  }),
  route('assets.restoreAsset', 'PUT', '/v1/assets/{asset_id}/restore/', {
    roles: ['can_write_assets'],
    handle: (call) => {
      restoreAssets(call, [call.param('asset_id')])
      return done(204, call.param('asset_id'))
    },
  }),
  route('assets.purgeCollection', 'DELETE', '/v1/collections/{collection_id}/purge/', {
    roles: purgesCollections,
    handle: (call) => {
      const id = collections.get(call.rows, call.param('collection_id')).id
      checkTrashed(call.rows, collections.table, [id])
      purgeCollections(call, [id])
      return done(202, id)
    },
  }),
  route('assets.restoreCollection', 'PUT', '/v1/collections/{collection_id}/restore/', {
    roles: ['can_write_collections'],
    handle: (call) => {
      restoreCollections(call, [call.param('collection_id')])
      return done(201, call.param('collection_id'))
    },
  }),
]
