import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { openAcls } from '../acls/newObject.ts'
import { type Call, created, done, ok } from '../call.ts'
import { type ChangeMode, changed, twins } from '../change.ts'
import { body, flag, flagOr, pageQuery, scrollQuery, sortQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf, wholeList } from '../page.ts'
import { isWithin } from '../reach.ts'
import { type Route, route } from '../route.ts'
import { type CollectionChange, collectionBody, replaceable } from './collectionFields.ts'
import { addCollection, type Collection, collections, fileInto } from './collectionRows.ts'
import { shownCollection, shownCollections } from './showCollection.ts'
import { trashCollections } from './trash.ts'
import { ancestors, checkNoLoop } from './tree.ts'

const one = '/v1/collections/{collection_id}/'

export const collectionOf = (call: Call): Collection =>
  collections.get(call.rows, call.param('collection_id'))

/** Takes a collection out of its parent and files it into another one, or makes it a root. */
export function moveTo(rows: SqlRows, collection: Collection, parentId: string | null): void {
  if (parentId !== null) {
    collections.get(rows, parentId)
    checkNoLoop(rows, collection.id, parentId)
  }
  if (collection.parent_id != null) {
    const sql =
      "DELETE FROM iconik_content WHERE collection_id = ? AND object_type = 'collections' AND object_id = ?"
    rows.run(sql, collection.parent_id, collection.id)
  }
  if (parentId !== null) fileInto(rows, parentId, 'collections', collection.id)
}

function saveChange(
  call: Call,
  collection: Collection,
  sent: CollectionChange,
  mode: ChangeMode,
): Collection {
  const { rows, viewer, date } = call
  const isTrashed = sent.status === 'DELETED' && collection.status !== 'DELETED'
  if (isTrashed && !viewer.isAdmin && !viewer.roles.has('can_delete_collections'))
    throw IconikError.forbidden()
  // Sent as null, or as `is_root`, it leaves its parent; not sent at all, it stays where it is.
  const parentId = sent.is_root === true ? null : sent.parent_id
  if (parentId !== undefined && parentId !== (collection.parent_id ?? null))
    moveTo(rows, collection, parentId)
  const next = changed(collection, replaceable, sent, mode)
  const { date_deleted, deleted_by_user, ...rest } = next
  const isDeleted = next.status === 'DELETED'
  return collections.save(rows, {
    ...rest,
    ...(parentId !== undefined && { parent_id: parentId, is_root: parentId === null }),
    ...(isDeleted && {
      date_deleted: date_deleted ?? date,
      deleted_by_user: deleted_by_user ?? viewer.userId,
    }),
    date_modified: date,
  })
}

export const collectionRoutes: readonly Route[] = [
  route('assets.listCollections', 'GET', '/v1/collections/', {
    roles: ['can_read_collections'],
    query: {
      ...pageQuery,
      ...scrollQuery,
      ...sortQuery,
      is_root: flag.optional(),
      status: z.string().optional(),
    },
    handle: (call) => {
      const { is_root, status } = call.query
      const listing = {
        table: collections.table,
        conditions: [
          where('is_queued = ?', status === 'DELETED' ? 1 : 0),
          ...(status === undefined ? [] : [where('status = ?', status)]),
          ...(is_root === undefined ? [] : [where('is_root = ?', is_root ? 1 : 0)]),
          ...readable(call.rows, call.viewer, "'collections'", 't.id'),
        ],
        orders: { title: 'title', date_created: 'date_created', date_modified: 'date_modified' },
        byDefault: 'title ASC',
      }
      const show = (rows: Parameters<typeof collections.parse>[0][]) =>
        shownCollections(
          call,
          rows.map((row): Collection => collections.parse(row)),
        )
      return ok(pageOf(call, listing, show))
    },
  }),
  route('assets.createCollection', 'POST', '/v1/collections/', {
    roles: ['can_create_collections'],
    query: {
      apply_default_acls: flagOr(true),
      apply_collection_acls: flagOr(false),
      restrict_collection_acls: flagOr(false),
    },
    body: collectionBody,
    handle: (call) => {
      const { rows, viewer, query } = call
      const { parent_id, is_root, date_created = call.date, ...fields } = call.body
      if (parent_id != null) collections.get(rows, parent_id)
      if (is_root === true && parent_id != null) throw IconikError.badRequest({ is_root: 'Has a parent' })
      const parentId = parent_id ?? null
      const collection = rows.transaction(() => {
        const by = { created_by_user: viewer.userId, date_created }
        const added = addCollection(rows, { ...fields, ...by, parent_id: parentId })
        openAcls(call, {
          ...{ objectType: 'collections', objectKey: added.id, collectionId: parentId },
          ...{ withDefault: query.apply_default_acls, withCollection: query.apply_collection_acls },
          isRestricted: query.restrict_collection_acls,
        })
        return added
      })
      return created(shownCollection(call, collection), collection.id)
    },
  }),
  route('assets.readCollection', 'GET', one, {
    roles: ['can_read_collections'],
    access: 'guest',
    handle: (call) => ok(shownCollection(call, collectionOf(call)), call.param('collection_id')),
  }),
  ...twins('assets', 'Collection', one, {
    roles: ['can_write_collections'],
    query: { change_parent_mode: z.literal('move').default('move') },
    body: collectionBody,
    handle: (call, mode) => {
      const collection = call.rows.transaction(() => saveChange(call, collectionOf(call), call.body, mode))
      return ok(shownCollection(call, collection), collection.id)
    },
  }),
  route('assets.deleteCollection', 'DELETE', one, {
    roles: ['can_delete_collections'],
    handle: (call) => {
      trashCollections(call, [call.param('collection_id')])
      return done(202, call.param('collection_id'))
    },
  }),
  route('assets.listCollectionAncestors', 'GET', `${one}ancestors/`, {
    roles: ['can_read_collections'],
    access: 'guest',
    handle: (call) => {
      const { guest } = call.viewer
      const above = ancestors(call.rows, collectionOf(call).id).filter(
        ({ id }) => guest === undefined || isWithin(call.rows, 'collections', id, guest.scope),
      )
      return ok(wholeList(call, shownCollections(call, above)))
    },
  }),
  route('assets.readCollectionPath', 'GET', `${one}full/path/`, {
    roles: ['can_read_collections'],
    query: { get_upload_path: flag.optional() },
    handle: (call) => {
      const collection = collectionOf(call)
      const titles = [...ancestors(call.rows, collection.id), collection].map(({ title }) => title)
      if (call.query.get_upload_path !== true) return ok(titles.join('/'))
      // Below the storage a folder's name must not lead out of it.
      return ok(titles.map((title) => title.replace(/[/\\]/g, '_').replace(/^\.+$/, '_')).join('/'))
    },
  }),
  route('assets.setCollectionKeyframes', 'POST', `${one}keyframes/`, {
    roles: ['can_reindex_collections'],
    body: body({ asset_ids: z.array(uuid).max(3).nullish() }),
    handle: (call) => {
      const collection = collectionOf(call)
      const wanted = call.body.asset_ids ?? []
      const found = call.rows.count('iconik_asset', [
        where('is_queued = 0 AND id IN (SELECT value FROM json_each(?))', JSON.stringify(wanted)),
      ])
      if (found !== wanted.length)
        throw IconikError.badRequest({ asset_ids: 'Names an asset that does not exist' })
      const first = `SELECT object_id FROM iconik_content
        WHERE collection_id = ? AND object_type = 'assets' AND is_queued = 0 ORDER BY date_created DESC LIMIT 3`
      const ids =
        call.body.asset_ids == null
          ? call.rows.all(first, collection.id).map((row) => String(row['object_id']))
          : wanted
      collections.save(call.rows, { ...collection, keyframe_asset_ids: ids, date_modified: call.date })
      return done(202, collection.id)
    },
  }),
]
