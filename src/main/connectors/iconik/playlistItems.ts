import type { RemoteEntry, RemoteEntryDraft, RemotePlaylist } from '../remote.ts'
import { timeOf } from './mappingShared.ts'
import type { AssetRow } from './wireAssets.ts'
import type { Playlist, PlaylistItem } from './wirePlaylists.ts'

export const listedOf = (list: Playlist): RemotePlaylist => ({
  remoteId: list.id,
  name: list.name,
  entryCount: list.item_count ?? 0,
  changedAt: timeOf(list.date_modified, timeOf(list.date_created, 0)),
})

/** Hidden ones, which the service makes for its own shares, are left out. */
export const listsOf = (rows: readonly Playlist[]): RemotePlaylist[] =>
  rows.filter(({ status }) => status !== 'HIDDEN').map(listedOf)

/** What is known of an asset that stands in a list: its row, or why there is none. */
export type Met = AssetRow | 'asset' | 'forbidden'

/** An entry out of an item and what its object is; a thing of an unknown kind can no more be played than a sequence. */
export function entryOf(item: PlaylistItem, assets: ReadonlyMap<string, Met>, title: string): RemoteEntry {
  const { time_start_milliseconds: startMs, time_end_milliseconds: endMs } = item
  const met = item.object_type === 'assets' ? assets.get(item.object_id) : undefined
  return {
    remoteId: item.id,
    assetRemoteId: item.object_id,
    versionRemoteId: item.version_id,
    span: startMs === null && endMs === null ? null : { startMs, endMs },
    name: typeof met === 'object' ? met.title : title,
    problem: item.object_type === 'assets' ? problemOf(met) : 'sequence',
  }
}

function problemOf(met: Met | undefined): RemoteEntry['problem'] {
  if (met === undefined || typeof met === 'string') return met ?? 'asset'
  return met.status === 'DELETED' ? 'trash' : null
}

/** The whole of an item, as the calls that add and replace one take it. */
export const itemOf = ({ asset, versionRemoteId, span, isSequence }: RemoteEntryDraft) => ({
  object_id: asset.remoteId,
  object_type: isSequence === true ? ('sequences' as const) : ('assets' as const),
  ...(versionRemoteId === null ? {} : { version_id: versionRemoteId }),
  time_start_milliseconds: span?.startMs ?? null,
  time_end_milliseconds: span?.endMs ?? null,
})

/**
 * Where each of the moved items has to go, one after the other, so that they stand together before another one (null: at
 * the end). A position counts from 0 in the list without the item itself.
 */
export function moveSteps(
  order: readonly string[],
  moved: readonly string[],
  before: string | null,
): { readonly id: string; readonly position: number }[] {
  const here = new Set(order)
  const wanted = [...new Set(moved)].filter((id) => here.has(id))
  if (before !== null && (!here.has(before) || wanted.includes(before))) return []
  let now = [...order]
  return wanted.flatMap((id) => {
    const others = now.filter((each) => each !== id)
    const position = before === null ? others.length : others.indexOf(before)
    const isThere = now[position] === id
    now = [...others.slice(0, position), id, ...others.slice(position)]
    return isThere ? [] : [{ id, position }]
  })
}
