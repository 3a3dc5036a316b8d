import { z } from 'zod'
import { count, id, idOrNull, pageSchema, text } from './wire.ts'
import { type AssetRow, assetRowSchema } from './wireAssets.ts'

const playlistFields = {
  id,
  name: z.string(),
  item_count: count,
  status: text,
  date_created: text,
  date_modified: text,
}
const playlistSchema = z.object(playlistFields)
export type Playlist = z.infer<typeof playlistSchema>
export const playlistsSchema = pageSchema(playlistSchema)

const milliseconds = z.number().int().nullable().catch(null)
const playlistItemSchema = z.object({
  id,
  object_id: id,
  object_type: z.string(),
  version_id: idOrNull,
  time_start_milliseconds: milliseconds,
  time_end_milliseconds: milliseconds,
})
export type PlaylistItem = z.infer<typeof playlistItemSchema>

/** With its items in their order. A list without them is one that cannot be shown, unless it is empty. */
export const wholePlaylistSchema = z
  .object({ ...playlistFields, playlist_items: z.array(playlistItemSchema).max(5000).nullish() })
  .refine(({ item_count, playlist_items }) => playlist_items != null || !item_count, {
    path: ['playlist_items'],
    error: 'is missing',
  })
  .transform(({ playlist_items, ...list }) => ({ ...list, items: playlist_items ?? [] }))
export type WholePlaylist = z.infer<typeof wholePlaylistSchema>

/** What stands in a list, as the index shows it: `read` leaves out what is not told well enough to be shown. */
export const playlistRowsSchema = z
  .object({ objects: z.array(z.unknown()).max(5000) })
  .transform(({ objects }) => ({
    told: objects.length,
    read: objects.flatMap((object): AssetRow[] => {
      const row = assetRowSchema.safeParse(object)
      return row.success ? [row.data] : []
    }),
  }))
/** An item that was just written: that it came back is its proof. */
export const writtenItemSchema = z.object({ id })
