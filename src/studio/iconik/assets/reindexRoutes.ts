import { z } from 'zod'
import { done } from '../call.ts'
import { collectionBody } from '../collections/collectionFields.ts'
import { collectionOf } from '../collections/collectionRoutes.ts'
import { contentBelow } from '../collections/tree.ts'
import { anyObject, body, bulkIds, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { reindexed, writeIndexed } from '../indexing.ts'
import { type Route, route } from '../route.ts'
import { foundBySaved } from '../search/savedRows.ts'
import { searchDocumentBody } from './assetFields.ts'
import { assets } from './assetRows.ts'

/** Parts of the index to rewrite, and a twin data centre: the studio has one of each. */
const realms = { realms: z.array(z.string()).nullish(), sync_to_another_dc: z.boolean().optional() }

export const reindexRoutes: readonly Route[] = [
  route('assets.reindexAssets', 'POST', '/v1/assets/reindex/', {
    roles: ['can_reindex_assets'],
    body: body({ asset_ids: z.array(uuid).nullish(), ...realms }).optional(),
    handle: (call) => {
      reindexed(call, 'assets', call.body?.asset_ids ?? undefined)
      return done(201)
    },
  }),
  route('assets.reindexAsset', 'POST', '/v1/assets/{asset_id}/reindex/', {
    roles: ['can_reindex_assets'],
    body: body(realms),
    handle: (call) => {
      reindexed(call, 'assets', [assets.get(call.rows, call.param('asset_id')).id])
      return done(201, call.param('asset_id'))
    },
  }),
  route('assets.reindexCollections', 'POST', '/v1/collections/reindex/', {
    roles: ['can_reindex_collections'],
    body: body({
      collection_ids: z.array(uuid).nullable(),
      realms: z.array(z.string()).nullish(),
    }).optional(),
    handle: (call) => {
      reindexed(call, 'collections', call.body?.collection_ids ?? undefined)
      return done(201)
    },
  }),
  route('assets.reindexCollection', 'POST', '/v1/collections/{collection_id}/reindex/', {
    roles: ['can_reindex_collections'],
    body: body(realms),
    handle: (call) => {
      reindexed(call, 'collections', [collectionOf(call).id])
      return done(201, call.param('collection_id'))
    },
  }),
  route('assets.reindexCollectionContents', 'POST', '/v1/collections/{collection_id}/reindex/contents/', {
    roles: ['can_reindex_collections'],
    handle: (call) => {
      const { id } = collectionOf(call)
      const below = contentBelow(call.rows, [id])
      call.rows.transaction(() => {
        reindexed(call, 'collections', [id, ...below.collections])
        reindexed(call, 'assets', below.assets)
      })
      return done(201, call.param('collection_id'))
    },
  }),
  route('assets.reindexInBulk', 'POST', '/v1/reindex/bulk/', {
    roles: ['can_reindex_assets'],
    body: body({
      object_ids: bulkIds,
      object_type: z.enum(['assets', 'collections', 'saved_searches']),
      include_assets: z.boolean().optional(),
      include_collections: z.boolean().optional(),
      ...realms,
    }),
    handle: (call) => {
      const { object_ids, object_type, include_assets = true, include_collections = true } = call.body
      call.rows.transaction(() => {
        if (object_type === 'assets') return reindexed(call, 'assets', object_ids)
        const isCollections = object_type === 'collections'
        const found = isCollections ? [] : object_ids.flatMap((id) => foundBySaved(call, id))
        const below = contentBelow(call.rows, isCollections ? object_ids : [])
        const idsOf = (type: 'assets' | 'collections') => [
          ...found.filter((one) => one.type === type).map(({ id }) => id),
          ...below[type],
        ]
        if (include_collections)
          reindexed(call, 'collections', [...(isCollections ? object_ids : []), ...idsOf('collections')])
        if (include_assets) reindexed(call, 'assets', idsOf('assets'))
      })
      return done(200)
    },
  }),
  route('assets.replaceAssetDocument', 'PUT', '/v1/assets/{asset_id}/search_document/', {
    roles: ['can_reindex_assets'],
    body: searchDocumentBody,
    handle: (call) => {
      const { id } = assets.get(call.rows, call.param('asset_id'))
      if (Object.keys(call.body).length === 0) throw IconikError.badRequest('No metadata supplied')
      writeIndexed(call, 'assets', id, call.body)
      return done(204, id)
    },
  }),
  route('assets.replaceCollectionDocument', 'PUT', '/v1/collections/{collection_id}/search_document/', {
    roles: ['can_reindex_collections'],
    body: body({
      ...collectionBody.partial().shape,
      ...{ in_collections: z.array(uuid).optional(), parents: z.array(uuid).optional() },
      ...{ keyframes: z.array(anyObject).optional(), metadata: anyObject.optional() },
    }),
    handle: (call) => {
      const { id } = collectionOf(call)
      if (Object.keys(call.body).length === 0) throw IconikError.badRequest('No metadata supplied')
      writeIndexed(call, 'collections', id, call.body)
      return done(204, id)
    },
  }),
]
