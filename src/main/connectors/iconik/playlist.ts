import { calls } from './calls/index.ts'
import type { Session } from './session.ts'
import type { IconikPage } from './wire.ts'
import type { AssetRow } from './wireAssets.ts'
import { playlistRowsSchema } from './wirePlaylists.ts'

const itemsPerPage = 100
/** A service that answers ever new pages is not followed for ever. */
const mostPages = 50

/** The things in a playlist as its index shows them, in its order: one that stands in it twice comes twice. */
export async function playlistRows(
  { call }: Session,
  playlistId: string,
  page: number,
  signal: AbortSignal,
): Promise<IconikPage<AssetRow>> {
  const { told, read } = await call(
    calls['assets.listPlaylistItems'],
    {
      path: { playlist_id: playlistId },
      query: { page, per_page: itemsPerPage },
      answer: playlistRowsSchema,
    },
    signal,
  )
  // The service does not say how many pages there are.
  const pages = told < itemsPerPage ? page : page + 1
  return { objects: read, page, pages, per_page: itemsPerPage, total: null, scroll_id: null }
}

/** All of them. */
export async function allPlaylistRows(
  session: Session,
  playlistId: string,
  signal: AbortSignal,
): Promise<AssetRow[]> {
  const rows: AssetRow[] = []
  for (let page = 1; page <= mostPages; page += 1) {
    const { objects, pages } = await playlistRows(session, playlistId, page, signal)
    rows.push(...objects)
    if (pages === page) break
  }
  return rows
}

/** The assets of a playlist, each once: several that are shared at once come as one. */
export async function playlistAssets(
  session: Session,
  playlistId: string,
  page: number,
  signal: AbortSignal,
): Promise<IconikPage<AssetRow>> {
  const answer = await playlistRows(session, playlistId, page, signal)
  const assets = answer.objects.filter(({ object_type }) => object_type === 'assets' || object_type === null)
  return { ...answer, objects: [...new Map(assets.map((row) => [row.id, row])).values()] }
}
