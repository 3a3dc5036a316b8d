import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, done, ok } from '../call.ts'
import { body, flag, idList, integer, pageQuery, sortQuery, text, uuid } from '../fields.ts'
import { conditionsOf } from '../filter.ts'
import { IconikError } from '../iconikError.ts'
import { reindexed } from '../indexing.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { collectionOf, moveTo } from './collectionRoutes.ts'
import { collections, fileInto } from './collectionRows.ts'
import {
  checkObject,
  contentOf,
  contentOrders,
  contentType,
  moveContent,
  orderByHand,
  parseContent,
  shownContents,
} from './contentRows.ts'

const all = '/v1/collections/{collection_id}/contents/'
const entry = `${all}{object_type}/{object_id}/` as const
const ordering = `${all}ordering/custom/` as const

const named = (call: Call) =>
  contentOf(call.rows, collectionOf(call).id, contentType(call.param('object_type')), call.param('object_id'))

const inList = (column: string, values: readonly string[]): Condition =>
  where(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values))

export const contentRoutes: readonly Route[] = [
  route('assets.listCollectionContents', 'GET', all, {
    roles: ['can_read_collections'],
    access: 'guest',
    query: {
      ...pageQuery,
      ...sortQuery,
      object_types: idList.optional(),
      object_ids: idList.optional(),
      external_id: z.string().optional(),
      filter: z.string().optional(),
    },
    handle: (call) => {
      const collection = collectionOf(call)
      const { object_types, object_ids, external_id, filter } = call.query
      const isByHand = collection.custom_order_status === 'ENABLED'
      const listing = {
        table: 'iconik_content',
        conditions: [
          where('collection_id = ? AND is_queued = 0', collection.id),
          ...(object_types === undefined ? [] : [inList('object_type', object_types.map(contentType))]),
          ...(object_ids === undefined ? [] : [inList('object_id', object_ids)]),
          ...(external_id === undefined
            ? []
            : [
                where(
                  `object_id IN (SELECT id FROM iconik_asset WHERE external_id = ?
                     UNION SELECT id FROM iconik_collection WHERE external_id = ?)`,
                  external_id,
                  external_id,
                ),
              ]),
          ...conditionsOf(filter, { title: 'title', object_type: 'object_type' }),
          ...readable(call.rows, call.viewer, 't.object_type', 't.object_id'),
        ],
        orders: contentOrders,
        ...(isByHand ? { byDefault: ['position ASC'] } : { byDefault: ['object_type DESC', 'title ASC'] }),
      }
      return ok(pageOf(call, listing, (rows) => shownContents(call, rows.map(parseContent), isByHand)))
    },
  }),
  route('assets.addToCollection', 'POST', all, {
    roles: ['can_write_collections'],
    query: { index_immediately: flag.optional() },
    body: body({ object_id: uuid, object_type: text }),
    handle: (call) => {
      const { rows } = call
      const collection = collectionOf(call)
      const { object_id } = call.body
      const type = contentType(call.body.object_type)
      checkObject(rows, type, object_id)
      rows.transaction(() => {
        if (type === 'collections') {
          const moved = collections.get(rows, object_id)
          moveTo(rows, moved, collection.id)
          collections.save(rows, {
            ...moved,
            parent_id: collection.id,
            is_root: false,
            date_modified: call.date,
          })
        } else {
          fileInto(rows, collection.id, type, object_id)
          noteHistory(call, {
            assetId: object_id,
            operation: 'CUSTOM',
            description: `Filed in ${collection.title}`,
          })
        }
      })
      return done(201, object_id)
    },
  }),
  route('assets.removeFromCollection', 'DELETE', entry, {
    roles: ['can_write_collections'],
    handle: (call) => {
      const { rows } = call
      const { id, object_type, object_id } = named(call)
      rows.transaction(() => {
        if (object_type === 'collections') {
          const moved = collections.get(rows, object_id)
          collections.save(rows, { ...moved, parent_id: null, is_root: true, date_modified: call.date })
        } else
          noteHistory(call, {
            assetId: object_id,
            operation: 'CUSTOM',
            description: 'Taken out of a collection',
          })
        rows.run('DELETE FROM iconik_content WHERE id = ?', id)
      })
      return done(204, object_id)
    },
  }),
  route('assets.enableCustomOrder', 'POST', ordering, {
    roles: ['can_write_collections'],
    body: body({ custom_order_sort: text.optional() }),
    handle: (call) => {
      const collection = collectionOf(call)
      call.rows.transaction(() => {
        orderByHand(call.rows, collection, call.body.custom_order_sort)
        collections.save(call.rows, {
          ...collection,
          custom_order_status: 'ENABLED',
          date_modified: call.date,
        })
      })
      return done(202, collection.id)
    },
  }),
  route('assets.disableCustomOrder', 'DELETE', ordering, {
    roles: ['can_write_collections'],
    handle: (call) => {
      const collection = collectionOf(call)
      collections.save(call.rows, {
        ...collection,
        custom_order_status: 'DISABLED',
        date_modified: call.date,
      })
      return done(200, collection.id)
    },
  }),
  route('assets.moveCollectionEntry', 'PUT', entry, {
    roles: ['can_write_collections'],
    body: body({
      after_object_id: uuid.optional(),
      before_object_id: uuid.optional(),
      position: integer.min(-1).optional(),
    }),
    handle: (call) => {
      const { rows } = call
      const collection = collectionOf(call)
      if (collection.custom_order_status !== 'ENABLED') {
        throw IconikError.badRequest('The collection has no custom order')
      }
      const { after_object_id, before_object_id, position } = call.body
      const given = [after_object_id, before_object_id, position].filter((one) => one !== undefined)
      if (given.length !== 1)
        throw IconikError.badRequest('Give one of position, before_object_id, after_object_id')
      const moved = named(call)
      const next = after_object_id ?? before_object_id
      rows.transaction(() => {
        // Its place among the others, once it is taken out.
        const wanted =
          next === undefined
            ? (position ?? -1)
            : placeBeside(call, moved, next, after_object_id !== undefined)
        moveContent(rows, moved, wanted)
        collections.save(rows, { ...collection, date_modified: call.date })
      })
      return done(200, moved.object_id)
    },
  }),
  route('assets.reindexCollectionEntry', 'POST', `${entry}reindex/`, {
    roles: ['can_reindex_collections'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => {
      const { object_type, object_id } = named(call)
      reindexed(call, object_type, [object_id])
      return done(201)
    },
  }),
]

function placeBeside(
  call: Call,
  moved: ReturnType<typeof parseContent>,
  next: string,
  isAfter: boolean,
): number {
  const sql = 'SELECT * FROM iconik_content WHERE collection_id = ? AND object_id = ?'
  const row = call.rows.get(sql, moved.collection_id, next)
  if (row === undefined || next === moved.object_id) {
    throw IconikError.badRequest({
      [isAfter ? 'after_object_id' : 'before_object_id']: 'Is not in the collection',
    })
  }
  const place = parseContent(row).position ?? 0
  const without = place > (moved.position ?? 0) ? place - 1 : place
  return isAfter ? without + 1 : without
}
