import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { permissionsOf } from '../acls/aclRows.ts'
import { assets, versionOf } from '../assets/assetRows.ts'
import { shownAssets } from '../assets/showAsset.ts'
import { type Call, created, done, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { Documents } from '../documents.ts'
import { body, idList, integer, pageQuery, scrollQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob } from '../jobs/jobRows.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { type Item, Items } from './itemRows.ts'
import { sequences } from './sequenceRows.ts'

const playlistSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  project_id: z.string().optional(),
  status: z.literal('HIDDEN').optional(),
  system_domain_id: z.string(),
  created_by_user: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Playlist = z.infer<typeof playlistSchema>
export const playlists = new Documents('iconik_playlist', 'Playlist', playlistSchema)
const playlistItems = new Items('iconik_playlist_item', 'Playlist item')

const all = '/v1/playlists/'
const one = `${all}{playlist_id}/` as const
const item = `${one}items/{item_id}/` as const

const itemBody = body({
  object_id: uuid,
  object_type: z.enum(['assets', 'sequences']),
  version_id: uuid.optional(),
  time_start_milliseconds: integer.nullish(),
  time_end_milliseconds: integer.nullish(),
})
type ItemBody = z.output<typeof itemBody>
const playlistFields = {
  name: text.min(1),
  project_id: uuid.optional(),
  status: z.literal('HIDDEN').optional(),
}

const playlistOf = (call: Call): Playlist => playlists.get(call.rows, call.param('playlist_id'))
const itemOf = (call: Call): Item => playlistItems.get(call.rows, playlistOf(call).id, call.param('item_id'))

/** Fails with 400 when the body names what is not there, or a range that ends before it starts. */
function checkItem(rows: SqlRows, sent: Partial<ItemBody>): void {
  const { object_id, object_type, version_id } = sent
  if (object_id !== undefined) {
    const found = object_type === 'sequences' ? sequences.find(rows, object_id) : assets.find(rows, object_id)
    if (found === undefined) throw IconikError.badRequest({ object_id: 'Does not exist' })
    if (version_id !== undefined && object_type === 'assets') versionOf(rows, object_id, version_id)
  }
  const { time_start_milliseconds: start, time_end_milliseconds: end } = sent
  if (start != null && end != null && end < start) {
    throw IconikError.badRequest({ time_end_milliseconds: 'Lies before the start' })
  }
}

export const addPlaylistItem = (rows: SqlRows, playlistId: string, sent: ItemBody): Item =>
  playlistItems.add(rows, { id: randomUUID(), list_id: playlistId, ...sent })

/** What guests reach is checked with their share. */
const isOpen = ({ rows, viewer }: Call, assetId: string): boolean =>
  viewer.guest !== undefined || permissionsOf(rows, viewer, 'assets', assetId).includes('read')

const shownItem = ({ list_id, position, ...shown }: Item) => shown

const itemCount = (rows: SqlRows, id: string) =>
  rows.count('iconik_playlist_item', [where('list_id = ?', id)])

function shownPlaylist(rows: SqlRows, playlist: Playlist) {
  const items = playlistItems.of(rows, playlist.id).map(shownItem)
  return { ...playlist, item_count: items.length, playlist_items: items }
}

function touch({ rows, date }: Call, playlist: Playlist): void {
  playlists.save(rows, { ...playlist, date_modified: date })
}

export const playlistRoutes: readonly Route[] = [
  route('assets.listPlaylists', 'GET', all, {
    roles: ['can_read_playlists'],
    query: { ...pageQuery, ...scrollQuery, ...sortQuery, status: z.string().optional() },
    handle: (call) => {
      const { status } = call.query
      const listing = {
        table: playlists.table,
        conditions: [status === undefined ? where('status IS NULL') : where('status = ?', status)],
        orders: { name: 'name', date_created: 'date_created', date_modified: 'date_modified' },
        byDefault: 'name ASC',
      }
      return ok(
        pageOf(call, listing, (rows) =>
          rows.map((row) => {
            const playlist = playlists.parse(row)
            return { ...playlist, item_count: itemCount(call.rows, playlist.id) }
          }),
        ),
      )
    },
  }),
  route('assets.createPlaylist', 'POST', all, {
    roles: ['can_create_playlists'],
    body: body({ ...playlistFields, playlist_items: z.array(itemBody).max(500).optional() }),
    handle: (call) => {
      const { rows, viewer, date } = call
      const { playlist_items = [], ...fields } = call.body
      for (const sent of playlist_items) checkItem(rows, sent)
      const playlist = rows.transaction(() => {
        const added = playlists.insert(rows, {
          ...{ id: randomUUID(), ...fields, system_domain_id: viewer.systemDomainId },
          ...{ created_by_user: viewer.userId, date_created: date, date_modified: date },
        })
        for (const sent of playlist_items) addPlaylistItem(rows, added.id, sent)
        return added
      })
      return created(shownPlaylist(rows, playlist), playlist.id)
    },
  }),
  route('assets.readPlaylist', 'GET', one, {
    roles: ['can_read_playlists'],
    access: 'guest',
    handle: (call) => ok(shownPlaylist(call.rows, playlistOf(call)), call.param('playlist_id')),
  }),
  ...twins('assets', 'Playlist', one, {
    roles: ['can_write_playlists'],
    body: body(playlistFields),
    handle: (call, mode) => {
      const next = changed(playlistOf(call), ['name', 'project_id', 'status'], call.body, mode)
      const saved = playlists.save(call.rows, { ...next, date_modified: call.date })
      return ok(shownPlaylist(call.rows, saved), saved.id)
    },
  }),
  route('assets.deletePlaylist', 'DELETE', one, {
    roles: ['can_delete_playlists'],
    handle: (call) => {
      playlists.remove(call.rows, call.param('playlist_id'))
      return done(204, call.param('playlist_id'))
    },
  }),
  route('assets.listPlaylistItems', 'GET', `${one}items/`, {
    roles: ['can_read_playlists'],
    access: 'guest',
    query: { ...pageQuery, ids: idList.optional() },
    handle: (call) => {
      const { ids, page, per_page } = call.query
      const items = playlistItems.of(call.rows, playlistOf(call).id)
      const wanted = items.filter(
        ({ id, object_id }) => ids === undefined || ids.includes(id) || ids.includes(object_id),
      )
      const shown = wanted.slice((page - 1) * per_page, page * per_page)
      const found = new Map(
        shownAssets(
          call,
          shown.flatMap(({ object_id, object_type }) =>
            object_type === 'assets' ? (assets.find(call.rows, object_id) ?? []) : [],
          ),
        ).map((asset) => [asset.id, asset]),
      )
      // The index tells of nothing that is gone for good or closed to whoever asks.
      const objects = shown.flatMap(({ object_id, object_type, position }): object[] => {
        const asset = found.get(object_id)
        if (asset !== undefined) return isOpen(call, object_id) ? [{ ...asset, position }] : []
        const sequence = sequences.find(call.rows, object_id)
        return sequence === undefined ? [] : [{ id: object_id, object_type, title: sequence.name, position }]
      })
      // The service's file shows these rows without a page around them.
      return ok({ objects })
    },
  }),
  route('assets.addPlaylistItem', 'POST', `${one}items/`, {
    roles: ['can_add_playlist_items'],
    body: itemBody,
    handle: (call) => {
      const playlist = playlistOf(call)
      checkItem(call.rows, call.body)
      const added = call.rows.transaction(() => {
        touch(call, playlist)
        return addPlaylistItem(call.rows, playlist.id, call.body)
      })
      return created(shownItem(added), added.id)
    },
  }),
  ...twins('assets', 'PlaylistItem', item, {
    roles: ['can_update_playlist_items'],
    body: itemBody,
    handle: (call, mode) => {
      const fields = [
        'object_id',
        'object_type',
        'version_id',
        'time_start_milliseconds',
        'time_end_milliseconds',
      ] as const
      const next = changed(itemOf(call), fields, call.body, mode)
      checkItem(call.rows, call.body)
      checkItem(call.rows, {
        time_start_milliseconds: next.time_start_milliseconds,
        time_end_milliseconds: next.time_end_milliseconds,
      })
      return created(shownItem(playlistItems.documents.save(call.rows, next)), next.id)
    },
  }),
  route('assets.movePlaylistItem', 'PUT', `${item}position/`, {
    roles: ['can_update_playlist_items_position'],
    body: body({ position: integer.optional() }),
    handle: (call) => {
      const { rows } = call
      const moved = rows.transaction(() => playlistItems.move(rows, itemOf(call), call.body.position ?? -1))
      return created(shownItem(moved), moved.id)
    },
  }),
  route('assets.deletePlaylistItem', 'DELETE', item, {
    roles: ['can_delete_playlist_items'],
    handle: (call) => {
      call.rows.transaction(() => {
        playlistItems.remove(call.rows, itemOf(call))
        touch(call, playlistOf(call))
      })
      return done(204, call.param('item_id'))
    },
  }),
  route('assets.reindexPlaylist', 'POST', `${one}reindex/`, {
    roles: ['can_reindex_playlists'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => {
      const { id, name } = playlistOf(call)
      addJob(call, { type: 'REINDEX', title: `Reindex ${name}`, objectType: 'playlists', objectId: id })
      return done(201, id)
    },
  }),
]
