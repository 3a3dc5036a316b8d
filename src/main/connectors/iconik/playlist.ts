import { z } from 'zod'
import { calls } from './calls/index.ts'
import { eachOf } from './paging.ts'
import type { Session } from './session.ts'
import { type IconikPage, id, pageSchema, text } from './wire.ts'
import type { AssetRow } from './wireAssets.ts'

const itemsPerPage = 50
const itemsSchema = pageSchema(z.object({ object_id: id, object_type: text }))

/** The assets of a playlist, in its order: several assets shared at once come as one. */
export async function playlistAssets(
  { call }: Session,
  playlistId: string,
  page: number,
  readRow: (assetId: string) => Promise<AssetRow>,
  signal: AbortSignal,
): Promise<IconikPage<AssetRow>> {
  const answer = await call(
    calls['assets.listPlaylistItems'],
    { path: { playlist_id: playlistId }, query: { page, per_page: itemsPerPage }, answer: itemsSchema },
    signal,
  )
  const ids = answer.objects
    .filter(({ object_type }) => object_type === 'assets')
    .map((item) => item.object_id)
  const rows = await eachOf([...new Set(ids)], readRow)
  return { ...answer, objects: rows }
}
