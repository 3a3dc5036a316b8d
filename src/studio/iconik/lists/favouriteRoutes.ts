import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { assets } from '../assets/assetRows.ts'
import { shownAssets } from '../assets/showAsset.ts'
import { type Call, done, ok } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { shownCollections } from '../collections/showCollection.ts'
import { body, bulkIds, pageQuery, sortQuery } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'

const favouriteBody = body({ object_type: z.enum(['assets', 'collections']), object_ids: bulkIds })
const all = '/v1/favorites/'

interface Favourite {
  readonly type: string
  readonly id: string
}

/** Both kinds in the order they were starred in, looked up together. */
function shown(call: Call, favourites: readonly Favourite[]) {
  const of = (wanted: string) => favourites.filter(({ type }) => type === wanted).map(({ id }) => id)
  const inList = (ids: readonly string[]) =>
    where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
  const found = new Map<string, object>([
    ...shownAssets(call, assets.all(call.rows, [inList(of('assets'))])).map((one) => [one.id, one] as const),
    ...shownCollections(call, collections.all(call.rows, [inList(of('collections'))])).map(
      (one) => [one.id, one] as const,
    ),
  ])
  return favourites.flatMap(({ id }) => found.get(id) ?? [])
}

function unstarAll(call: Call) {
  call.rows.run('DELETE FROM iconik_favourite WHERE user_id = ?', call.viewer.userId)
  return done(202)
}

export const favouriteRoutes: readonly Route[] = [
  route('assets.listFavorites', 'GET', all, {
    roles: ['can_read_assets'],
    query: { ...pageQuery, ...sortQuery },
    handle: (call) => {
      const listing = {
        table: 'iconik_favourite',
        conditions: [
          where('user_id = ?', call.viewer.userId),
          // What lies in the trash is starred again once it is restored.
          where(`NOT EXISTS (SELECT 1 FROM iconik_asset a WHERE a.id = t.object_id AND a.is_queued = 1)
            AND NOT EXISTS (SELECT 1 FROM iconik_collection c WHERE c.id = t.object_id AND c.is_queued = 1)`),
          ...readable(call.rows, call.viewer, 't.object_type', 't.object_id'),
        ],
        orders: { object_type: 'object_type', date_created: 'id' },
        byDefault: 'id DESC',
      }
      const show = (rows: readonly Readonly<Record<string, unknown>>[]) =>
        shown(
          call,
          rows.map((row) => ({ type: String(row['object_type']), id: String(row['object_id']) })),
        )
      return ok(pageOf(call, listing, show))
    },
  }),
  route('assets.addFavorites', 'POST', all, {
    roles: ['can_write_favorites'],
    body: favouriteBody,
    handle: (call) => {
      const { object_type, object_ids } = call.body
      const of = object_type === 'assets' ? assets : collections
      const isMissing = object_ids.some((id) => of.find(call.rows, id) === undefined)
      if (isMissing) throw IconikError.badRequest({ object_ids: 'Names an object that does not exist' })
      const sql = 'INSERT OR IGNORE INTO iconik_favourite(user_id, object_type, object_id) VALUES (?, ?, ?)'
      call.rows.transaction(() => {
        for (const id of object_ids) call.rows.run(sql, call.viewer.userId, object_type, id)
      })
      return ok({ object_type, object_ids })
    },
  }),
  route('assets.removeFavorites', 'DELETE', all, {
    roles: ['can_delete_favorites'],
    body: favouriteBody,
    handle: (call) => {
      const { object_type, object_ids } = call.body
      const sql = 'DELETE FROM iconik_favourite WHERE user_id = ? AND object_type = ? AND object_id = ?'
      call.rows.transaction(() => {
        for (const id of object_ids) call.rows.run(sql, call.viewer.userId, object_type, id)
      })
      // All of them are no favourites now, whichever were before: the vendor's schema takes no empty list.
      return ok({ object_type, object_ids })
    },
  }),
  route('assets.removeAllFavorites', 'DELETE', `${all}all/`, {
    roles: ['can_delete_favorites'],
    handle: unstarAll,
  }),
  route('assets.removeAllFavourites', 'DELETE', '/v1/favourites/all/', {
    roles: ['can_delete_favorites'],
    handle: unstarAll,
  }),
]
