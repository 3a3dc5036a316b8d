import { randomUUID } from 'node:crypto'
import { customActions } from '../actions/actionRows.ts'
import { type Asset, addAsset, assetByTitle, assets } from '../assets/assetRows.ts'
import { noteHistory } from '../assets/history.ts'
import { relations } from '../assets/relationRows.ts'
import type { IconikApi } from '../call.ts'
import {
  addCollection,
  type Collection,
  collectionByTitle,
  collections,
  fileInto,
} from '../collections/collectionRows.ts'
import { orderByHand } from '../collections/contentRows.ts'
import { addPlaylistItem, playlists } from '../lists/playlistRoutes.ts'
import { sequenceItems, sequences } from '../lists/sequenceRows.ts'
import { type Actor, actor, madeBy } from './actor.ts'
import { sampleTitles } from './titles.ts'

type Api = Pick<IconikApi, 'rows' | 'now'>
const hour = 60 * 60_000

/** Clips that the lists are made of, as far as the footage has them. */
const screened = [
  sampleTitles.ridge,
  'Lighthouse, dusk',
  sampleTitles.lake,
  'Cabin, northern lights',
] as const

/** Selects in an order of their own, a playlist, a sequence, stars, relations and a custom action. */
export function addSampleLists(api: Api): void {
  const { rows } = api
  const by = actor(api, 'director', api.now() - 50 * hour)
  const clips = screened.flatMap((title) => assetByTitle(rows, title) ?? [])
  addSelects(api, clips)
  addPlaylist(by, clips)
  const [ridge, lighthouse, lake] = clips
  if (ridge !== undefined && lake !== undefined) relate(by, ridge, lake, 'related')
  if (ridge !== undefined && lighthouse !== undefined) relate(by, lighthouse, ridge, 'derived')
  star(actor(api, 'me', api.now()), clips.slice(0, 2), collectionByTitle(rows, sampleTitles.selects))
  for (const [index, clip] of clips.entries()) {
    const { viewer, date } = actor(api, 'me', api.now() - (index + 1) * hour)
    const sql = 'INSERT INTO iconik_viewed(user_id, asset_id, date_viewed) VALUES (?, ?, ?)'
    rows.run(sql, viewer.userId, clip.id, date)
  }
  customActions.insert(rows, {
    ...{ id: randomUUID(), context: 'ASSET', title: 'Open the camera report', type: 'OPEN' },
    ...{ url: 'https://reports.studio.invalid/camera', system_domain_id: by.viewer.systemDomainId },
    ...{ date_created: by.date, date_modified: by.date },
  })
}

function addSelects({ rows }: Api, clips: readonly Asset[]): void {
  const selects = collectionByTitle(rows, sampleTitles.selects)
  if (selects === undefined) return
  for (const clip of clips.toReversed()) fileInto(rows, selects.id, 'assets', clip.id)
  orderByHand(rows, selects, 'date_created,desc')
  collections.save(rows, { ...selects, custom_order_status: 'ENABLED' })
}

function addPlaylist(by: Actor, clips: readonly Asset[]): void {
  const { rows, viewer, date } = by
  const common = { system_domain_id: viewer.systemDomainId, ...madeBy(by), date_modified: date }
  const playlist = playlists.insert(rows, { id: randomUUID(), name: sampleTitles.playlist, ...common })
  for (const [index, { id }] of clips.entries()) {
    const range = index === 1 ? { time_start_milliseconds: 1000, time_end_milliseconds: 3000 } : {}
    addPlaylistItem(rows, playlist.id, { object_id: id, object_type: 'assets', ...range })
  }
  const sequence = sequences.insert(rows, { id: randomUUID(), name: 'First assembly', ...common })
  for (const { id } of clips.slice(0, 3)) {
    sequenceItems.add(rows, { id: randomUUID(), list_id: sequence.id, object_id: id, object_type: 'assets' })
  }
}

function relate({ rows, viewer, date }: Actor, from: Asset, to: Asset, type: 'related' | 'derived'): void {
  relations.insert(rows, {
    ...{ id: randomUUID(), asset_id: from.id, related_to_asset_id: to.id, relation_type: type },
    ...{ date_created: date, date_modified: date },
  })
  noteHistory(
    { rows, viewer, date },
    { assetId: from.id, operation: 'CUSTOM', description: `Related to ${to.title}` },
  )
}

function star({ rows, viewer }: Actor, clips: readonly Asset[], selects: Collection | undefined): void {
  const sql = 'INSERT INTO iconik_favourite(user_id, object_type, object_id) VALUES (?, ?, ?)'
  for (const { id } of clips) rows.run(sql, viewer.userId, 'assets', id)
  if (selects !== undefined) rows.run(sql, viewer.userId, 'collections', selects.id)
}

/** An asset and a collection that somebody threw away. */
export function addSampleTrash(api: Api): void {
  const { rows } = api
  const by = actor(api, 'mfa', api.now() - 30 * hour)
  const gone = { status: 'DELETED', date_deleted: by.date, deleted_by_user: by.viewer.userId } as const
  const home = collectionByTitle(rows, sampleTitles.roadDay)
  const { asset } = addAsset(rows, { title: 'Night road, false start', ...madeBy(by) })
  if (home !== undefined) fileInto(rows, home.id, 'assets', asset.id)
  assets.save(rows, { ...asset, ...gone })
  noteHistory(by, { assetId: asset.id, operation: 'DELETE' })
  const tests = addCollection(rows, { title: sampleTitles.tests, parent_id: home?.id ?? null, ...madeBy(by) })
  collections.save(rows, { ...tests, ...gone })
}
