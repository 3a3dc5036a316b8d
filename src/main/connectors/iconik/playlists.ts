import type { PlaylistStep } from '../../../shared/playlist.ts'
import { createLinkMemory } from '../linkMemory.ts'
import type { PlaylistPower } from '../powers.ts'
import type { RemoteEntryDraft, RemotePlaylistWhole } from '../remote.ts'
import type { AssetLists } from './assets.ts'
import { calls } from './calls/index.ts'
import { allRows, eachOf, isForbidden, isGone } from './paging.ts'
import { allPlaylistRows } from './playlist.ts'
import { entryOf, itemOf, listedOf, listsOf, type Met, moveSteps } from './playlistItems.ts'
import type { Selves } from './self.ts'
import type { Session } from './session.ts'
import { type AssetRow, assetRowSchema, assetSchema } from './wireAssets.ts'
import {
  playlistsSchema,
  type WholePlaylist,
  wholePlaylistSchema,
  writtenItemSchema,
} from './wirePlaylists.ts'

const perPage = 200
/** Items that one call may make a list with. */
const mostAtOnce = 500

/** The roles without which the service refuses a step; all of them. */
const rolesOfSteps = {
  create: ['can_create_playlists'],
  rename: ['can_write_playlists'],
  add: ['can_add_playlist_items'],
  move: ['can_update_playlist_items_position'],
  change: ['can_update_playlist_items'],
  takeOut: ['can_delete_playlist_items'],
  remove: ['can_delete_playlists'],
} as const satisfies Record<PlaylistStep | 'create', readonly string[]>
const steps = Object.keys(rolesOfSteps) as (keyof typeof rolesOfSteps)[]

/** Playlists of the domain. */
export function createPlaylists(
  session: Session,
  selves: Selves,
  lists: AssetLists,
  now: () => number,
): PlaylistPower {
  const { call } = session
  /** What was gone or closed a while ago is not asked about with every look at its list. */
  const missed = createLinkMemory<Exclude<Met, AssetRow>>(now)

  const whole = (playlist_id: string, signal: AbortSignal): Promise<WholePlaylist> =>
    call(calls['assets.readPlaylist'], { path: { playlist_id }, answer: wholePlaylistSchema }, signal)

  /** Of what the index left out: whether it is there, and if not, whether it is gone or closed. */
  const askFor = async (asset_id: string, signal: AbortSignal): Promise<Met> => {
    const known = missed.recall(asset_id)
    if (known !== undefined) return known
    try {
      const query = { include_collections: true, include_users: true }
      const asset = await call(
        calls['assets.readAsset'],
        { path: { asset_id }, query, answer: assetSchema },
        signal,
      )
      // A row without versions is one that is filled up with the rest.
      return assetRowSchema.parse({ ...asset, object_type: 'assets', versions: [] })
    } catch (error) {
      const why = isGone(error) ? 'asset' : isForbidden(error) ? 'forbidden' : undefined
      if (why === undefined) throw error
      missed.remember(asset_id, why)
      return why
    }
  }

  const shown = async (list: WholePlaylist, signal: AbortSignal): Promise<RemotePlaylistWhole> => {
    const rows = list.items.length === 0 ? [] : await allPlaylistRows(session, list.id, signal)
    const titles = new Map(rows.map(({ id, title }) => [id, title]))
    const wanted = new Set(
      list.items.flatMap((item) => (item.object_type === 'assets' ? item.object_id : [])),
    )
    const met = new Map<string, Met>(rows.flatMap((row) => (wanted.has(row.id) ? [[row.id, row]] : [])))
    const missing = [...wanted].filter((id) => !met.has(id))
    const asked = await eachOf(missing, (id) => askFor(id, signal))
    missing.forEach((id, at) => {
      met.set(id, asked[at] ?? 'asset')
    })
    const isThere = (row: Met): row is AssetRow => typeof row === 'object' && row.status !== 'DELETED'
    return {
      ...listedOf(list),
      entryCount: list.items.length,
      entries: list.items.map((item) => entryOf(item, met, titles.get(item.object_id) ?? '')),
      assets: await lists.show([...met.values()].filter(isThere), signal),
    }
  }

  const append = async (playlist_id: string, entries: readonly RemoteEntryDraft[], signal: AbortSignal) => {
    const added: string[] = []
    for (const entry of entries) {
      const { id } = await call(
        calls['assets.addPlaylistItem'],
        { path: { playlist_id }, body: itemOf(entry), answer: writtenItemSchema },
        signal,
      )
      added.push(id)
    }
    return added
  }

  return {
    holds: { ranges: true, newest: true },
    get may() {
      return steps.filter((step) => rolesOfSteps[step].every((role) => selves.may(role)))
    },
    async list(signal) {
      const rows = await allRows(
        (page) =>
          call(
            calls['assets.listPlaylists'],
            { query: { page, per_page: perPage, sort: 'name,asc' }, answer: playlistsSchema },
            signal,
          ),
        5000,
      )
      return listsOf(rows)
    },
    read: async (id, signal) => shown(await whole(id, signal), signal),
    async create(name, entries, signal) {
      const playlist_items = entries.slice(0, mostAtOnce).map(itemOf)
      const { id } = await call(
        calls['assets.createPlaylist'],
        { body: { name, playlist_items }, answer: writtenItemSchema },
        signal,
      )
      await append(id, entries.slice(mostAtOnce), signal)
      return id
    },
    async rename(playlist_id, name, signal) {
      await call(
        calls['assets.patchPlaylist'],
        { path: { playlist_id }, body: { name }, answer: writtenItemSchema },
        signal,
      )
    },
    remove: (playlist_id, signal) =>
      unlessGone(() => call(calls['assets.deletePlaylist'], { path: { playlist_id } }, signal)),
    add: append,
    async move(playlist_id, moved, before, signal) {
      const { items } = await whole(playlist_id, signal)
      const order = items.map(({ id }) => id)
      for (const { id: item_id, position } of moveSteps(order, moved, before)) {
        await call(
          calls['assets.movePlaylistItem'],
          { path: { playlist_id, item_id }, body: { position }, answer: writtenItemSchema },
          signal,
        )
      }
    },
    async change(playlist_id, item_id, entry, signal) {
      // What is left out of a replacement is empty then: that is how an item follows the newest version again.
      await call(
        calls['assets.replacePlaylistItem'],
        { path: { playlist_id, item_id }, body: itemOf(entry), answer: writtenItemSchema },
        signal,
      )
    },
    async takeOut(playlist_id, itemIds, signal) {
      for (const item_id of itemIds) {
        await unlessGone(() =>
          call(calls['assets.deletePlaylistItem'], { path: { playlist_id, item_id } }, signal),
        )
      }
    },
  }
}

async function unlessGone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!isGone(error)) throw error
  }
}
