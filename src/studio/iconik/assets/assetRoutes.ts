import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { openAcls } from '../acls/newObject.ts'
import { type Call, created, done, ok } from '../call.ts'
import { type ChangeMode, changed, twins } from '../change.ts'
import { collections, fileInto } from '../collections/collectionRows.ts'
import type { Sent } from '../documents.ts'
import { bulkObjects, flagOr, pageQuery, scrollQuery, sortQuery } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf } from '../page.ts'
import { isWithin } from '../reach.ts'
import { type Route, route } from '../route.ts'
import { assetBody, assetEdits, lasting, newAssetBody, replaceable } from './assetFields.ts'
import { type Asset, addAsset, assets, versionsOf } from './assetRows.ts'
import { noteHistory } from './history.ts'
import { shownAsset, shownAssets } from './showAsset.ts'
import { purgeAssets } from './trash.ts'

const one = '/v1/assets/{asset_id}/'
const subclipQuery = { generate_subclip_keyframes: flagOr(true) }

type AssetChange = Sent<z.output<typeof assetBody>>

/** Stores a change of an asset and tells its history. Putting it into the trash this way takes the role for that. */
function saveChange(call: Call, asset: Asset, sent: AssetChange, mode: ChangeMode): Asset {
  const isTrashed = sent.status === 'DELETED' && asset.status !== 'DELETED'
  const { viewer, date } = call
  if (isTrashed && !viewer.isAdmin && !viewer.roles.has('can_delete_assets')) throw IconikError.forbidden()
  const next = changed(changed(asset, lasting, sent, 'merge'), replaceable, sent, mode)
  const { date_deleted, deleted_by_user, ...rest } = next
  const isDeleted = next.status === 'DELETED'
  const saved = assets.save(call.rows, {
    ...rest,
    ...{ updated_by_user: viewer.userId, date_modified: date },
    ...(isDeleted && {
      date_deleted: date_deleted ?? date,
      deleted_by_user: deleted_by_user ?? viewer.userId,
    }),
  })
  const operation = isTrashed ? 'DELETE' : asset.status === 'DELETED' && !isDeleted ? 'RESTORE' : 'METADATA'
  noteHistory(call, { assetId: asset.id, operation, description: Object.keys(sent).join(', ') })
  return saved
}

/** What a subclip is cut from must be there. */
function checkOrigin(call: Call, sent: AssetChange): void {
  if (sent.original_asset_id !== undefined) assets.get(call.rows, sent.original_asset_id)
  const { time_start_milliseconds: start, time_end_milliseconds: end } = sent
  if (start !== undefined && end !== undefined && end < start) {
    throw IconikError.badRequest({ time_end_milliseconds: 'Lies before the start' })
  }
}

function changeMany(call: Call<z.output<typeof assetEdits>>, mode: ChangeMode): void {
  call.rows.transaction(() => {
    for (const { id, ...sent } of call.body.objects) {
      checkOrigin(call, sent)
      saveChange(call, assets.get(call.rows, id), sent, mode)
    }
  })
}

/** A guest adds to what is shared, and to nothing else. Fails with 403. */
function checkGuestUpload({ rows, viewer }: Call, collectionId: string | null | undefined): void {
  const { guest } = viewer
  if (guest === undefined) return
  const isInside = collectionId != null && isWithin(rows, 'collections', collectionId, guest.scope)
  if (!isInside) throw IconikError.forbidden()
}

export const assetRoutes: readonly Route[] = [
  route('assets.listAssets', 'GET', '/v1/assets/', {
    roles: ['can_read_assets'],
    query: { ...pageQuery, ...scrollQuery, ...sortQuery, field_name: z.string().optional() },
    handle: (call) => {
      const listing = {
        table: assets.table,
        conditions: [where('is_queued = 0'), ...readable(call.rows, call.viewer, "'assets'", 't.id')],
        orders: { title: 'title', date_created: 'date_created', date_modified: 'date_modified' },
        byDefault: 'date_created DESC',
      }
      return ok(
        pageOf(call, listing, (rows) =>
          shownAssets(
            call,
            rows.map((row) => assets.parse(row)),
          ),
        ),
      )
    },
  }),
  route('assets.createAsset', 'POST', '/v1/assets/', {
    roles: ['can_create_assets'],
    access: 'guest',
    query: {
      ...subclipQuery,
      apply_default_acls: flagOr(true),
      apply_collection_acls: flagOr(false),
      assign_to_collection: flagOr(false),
    },
    body: newAssetBody,
    handle: (call) => {
      const { collection_id, date_created = call.date, ...fields } = call.body
      const { rows, viewer, query } = call
      checkOrigin(call, fields)
      checkGuestUpload(call, query.assign_to_collection ? collection_id : null)
      const asset = rows.transaction(() => {
        const added = addAsset(rows, { ...fields, date_created, created_by_user: viewer.userId }).asset
        const collectionId = collection_id == null ? null : collections.get(rows, collection_id).id
        if (collectionId !== null && query.assign_to_collection)
          fileInto(rows, collectionId, 'assets', added.id)
        openAcls(call, {
          ...{ objectType: 'assets', objectKey: added.id, collectionId },
          ...{ withDefault: query.apply_default_acls, withCollection: query.apply_collection_acls },
        })
        noteHistory(call, { assetId: added.id, operation: 'VERSION_CREATE' })
        return added
      })
      return created(shownAsset(call, asset, { withCollections: true }), asset.id)
    },
  }),
  route('assets.readAsset', 'GET', one, {
    roles: ['can_read_assets'],
    access: 'guest',
    query: { include_collections: flagOr(false), include_users: flagOr(false) },
    handle: (call) => {
      const asset = assets.get(call.rows, call.param('asset_id'))
      const { include_users, include_collections } = call.query
      return ok(
        shownAsset(call, asset, { withUsers: include_users, withCollections: include_collections }),
        asset.id,
      )
    },
  }),
  ...twins('assets', 'Asset', one, {
    roles: ['can_write_assets'],
    query: subclipQuery,
    body: assetBody,
    handle: (call, mode) => {
      checkOrigin(call, call.body)
      const asset = call.rows.transaction(() =>
        saveChange(call, assets.get(call.rows, call.param('asset_id')), call.body, mode),
      )
      return ok(shownAsset(call, asset), asset.id)
    },
  }),
  route('assets.patchAssets', 'PATCH', '/v1/assets/', {
    roles: ['can_write_assets'],
    body: assetEdits,
    handle: (call) => {
      changeMany(call, 'merge')
      return done(202)
    },
  }),
  route('assets.replaceAssets', 'PUT', '/v1/assets/', {
    roles: ['can_write_assets'],
    body: bulkObjects(assetBody),
    handle: (call) => {
      changeMany(call, 'replace')
      return done(202)
    },
  }),
  route('assets.markViewed', 'POST', `${one}views/`, {
    roles: ['can_read_assets'],
    access: 'guest',
    handle: (call) => {
      const asset = assets.get(call.rows, call.param('asset_id'))
      // A guest is nobody whose viewing is kept.
      if (call.viewer.guest === undefined) {
        const sql = 'INSERT OR REPLACE INTO iconik_viewed(user_id, asset_id, date_viewed) VALUES (?, ?, ?)'
        call.rows.run(sql, call.viewer.userId, asset.id, call.date)
      }
      return ok(shownAsset(call, asset), asset.id)
    },
  }),
  route('assets.deleteUpload', 'DELETE', `${one}uploads/`, {
    roles: ['can_create_assets'],
    handle: async (call) => {
      const asset = assets.get(call.rows, call.param('asset_id'))
      const isOwn = asset.created_by_user === call.viewer.userId || call.viewer.isAdmin
      if (!isOwn) throw IconikError.forbidden()
      // Only what holds no media is what an upload that failed has left behind.
      const closed = "SELECT id FROM iconik_file WHERE asset_id = ? AND status = 'CLOSED' LIMIT 1"
      if (versionsOf(call.rows, asset.id).length > 1 || call.rows.get(closed, asset.id) !== undefined) {
        throw IconikError.badRequest('The asset holds media')
      }
      await purgeAssets(call, [asset.id])
      return done(204, asset.id)
    },
  }),
]
