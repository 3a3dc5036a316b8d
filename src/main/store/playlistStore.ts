import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { FrameRange } from '../../shared/clipTiming.ts'
import type { ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import { connectionIdSchema, entryIdSchema, playlistIdSchema } from '../../shared/ids.ts'
import type { Playlist } from '../../shared/playlist.ts'

/** An entry as it is kept: its asset and version by their ids at the service. */
export interface StoredEntry {
  readonly id: EntryId
  readonly connectionId: ConnectionId
  readonly assetRemoteId: string
  /** Null: whatever is the newest. */
  readonly versionRemoteId: string | null
  readonly name: string
  readonly range: FrameRange | null
}

export interface PlaylistStore {
  /** By name. */
  list(): Playlist[]
  get(id: PlaylistId): Playlist | undefined
  add(id: PlaylistId, name: string, at: number): void
  rename(id: PlaylistId, name: string, at: number): void
  touch(id: PlaylistId, at: number): void
  /** `at` null puts it back. False when there is none. */
  setRemoved(id: PlaylistId, at: number | null): boolean
  /** In their order. */
  entries(id: PlaylistId): StoredEntry[]
  listOf(entryId: EntryId): PlaylistId | undefined
  /** To the end. */
  append(id: PlaylistId, entries: readonly StoredEntry[]): void
  /** Those of the list named, one after the other, before another of it or at the end. What was removed keeps its neighbours. */
  move(id: PlaylistId, moved: readonly EntryId[], before: EntryId | null): void
  /** `at` null puts them back where they were. Says how many it were. */
  setEntriesRemoved(id: PlaylistId, entries: readonly EntryId[], at: number | null): number
  change(entry: StoredEntry): void
  /** What was removed can no longer be put back. */
  forgetRemoved(): void
}

const listSchema = z
  .object({ id: playlistIdSchema, name: z.string(), entry_count: z.number(), changed_at: z.number() })
  .transform(
    (row): Playlist => ({
      id: row.id,
      name: row.name,
      entryCount: row.entry_count,
      changedAt: row.changed_at,
    }),
  )

const entrySchema = z
  .object({
    id: entryIdSchema,
    connection_id: connectionIdSchema,
    asset_remote_id: z.string(),
    version_remote_id: z.string().nullable(),
    name: z.string(),
    start_frame: z.number().nullable(),
    end_frame: z.number().nullable(),
  })
  .transform(
    (row): StoredEntry => ({
      id: row.id,
      connectionId: row.connection_id,
      assetRemoteId: row.asset_remote_id,
      versionRemoteId: row.version_remote_id,
      name: row.name,
      range:
        row.start_frame === null || row.end_frame === null
          ? null
          : { startFrame: row.start_frame, endFrame: row.end_frame },
    }),
  )

const ids = z.array(entryIdSchema)

export function createPlaylistStore(database: Database): PlaylistStore {
  const columns = `id, name, changed_at,
    (SELECT count(*) FROM playlist_entry WHERE playlist_id = playlist.id AND removed_at IS NULL) AS entry_count`
  const selectAll = database.prepare(
    `SELECT ${columns} FROM playlist WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE, id`,
  )
  const selectOne = database.prepare(`SELECT ${columns} FROM playlist WHERE id = ? AND removed_at IS NULL`)
  const insert = database.prepare('INSERT INTO playlist(id, name, changed_at) VALUES(?, ?, ?)')
  const updateName = database.prepare('UPDATE playlist SET name = ?, changed_at = ? WHERE id = ?')
  const updateTime = database.prepare('UPDATE playlist SET changed_at = ? WHERE id = ?')
  const updateRemoved = database.prepare('UPDATE playlist SET removed_at = ? WHERE id = ?')
  const selectEntries = database.prepare(
    `SELECT id, connection_id, asset_remote_id, version_remote_id, name, start_frame, end_frame
     FROM playlist_entry WHERE playlist_id = ? AND removed_at IS NULL ORDER BY position, id`,
  )
  const selectListOf = database.prepare('SELECT playlist_id FROM playlist_entry WHERE id = ?').pluck()
  const selectOrder = database
    .prepare('SELECT id FROM playlist_entry WHERE playlist_id = ? ORDER BY position, id')
    .pluck()
  const selectEnd = database
    .prepare('SELECT coalesce(max(position), -1) + 1 FROM playlist_entry WHERE playlist_id = ?')
    .pluck()
  const insertEntry = database.prepare(
    `INSERT INTO playlist_entry(id, playlist_id, position, connection_id, asset_remote_id, version_remote_id, name, start_frame, end_frame)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const updatePosition = database.prepare(
    'UPDATE playlist_entry SET position = ? WHERE id = ? AND position <> ?',
  )
  const updateEntriesRemoved = database.prepare(
    'UPDATE playlist_entry SET removed_at = ? WHERE playlist_id = ? AND id IN (SELECT value FROM json_each(?))',
  )
  const updateEntry = database.prepare(
    'UPDATE playlist_entry SET version_remote_id = ?, name = ?, start_frame = ?, end_frame = ? WHERE id = ?',
  )

  const append = database.transaction((id: PlaylistId, entries: readonly StoredEntry[]) => {
    const end = z.number().parse(selectEnd.get(id))
    entries.forEach((entry, index) => {
      const { connectionId, assetRemoteId, versionRemoteId, name, range } = entry
      insertEntry.run(
        entry.id,
        id,
        end + index,
        connectionId,
        assetRemoteId,
        versionRemoteId,
        name,
        range?.startFrame ?? null,
        range?.endFrame ?? null,
      )
    })
  })
  const move = database.transaction((id: PlaylistId, wanted: readonly EntryId[], before: EntryId | null) => {
    const order = ids.parse(selectOrder.all(id))
    const here = new Set(order)
    const moved = [...new Set(wanted)].filter((each) => here.has(each))
    const isMoved = new Set(moved)
    const rest = order.filter((each) => !isMoved.has(each))
    const at = before === null ? rest.length : rest.indexOf(before)
    if (at === -1) return
    const next = [...rest.slice(0, at), ...moved, ...rest.slice(at)]
    next.forEach((each, position) => {
      updatePosition.run(position, each, position)
    })
  })

  return {
    list: () => selectAll.all().map((row) => listSchema.parse(row)),
    get(id) {
      const row = selectOne.get(id)
      return row === undefined ? undefined : listSchema.parse(row)
    },
    add: (id, name, at) => void insert.run(id, name, at),
    rename: (id, name, at) => void updateName.run(name, at, id),
    touch: (id, at) => void updateTime.run(at, id),
    setRemoved: (id, at) => updateRemoved.run(at, id).changes > 0,
    entries: (id) => selectEntries.all(id).map((row) => entrySchema.parse(row)),
    listOf(entryId) {
      const id = selectListOf.get(entryId)
      return id === undefined ? undefined : playlistIdSchema.parse(id)
    },
    append: (id, entries) => append.immediate(id, entries),
    move: (id, moved, before) => move.immediate(id, moved, before),
    setEntriesRemoved: (id, entries, at) => updateEntriesRemoved.run(at, id, JSON.stringify(entries)).changes,
    change({ id, versionRemoteId, name, range }) {
      updateEntry.run(versionRemoteId, name, range?.startFrame ?? null, range?.endFrame ?? null, id)
    },
    forgetRemoved() {
      database.exec(
        'DELETE FROM playlist WHERE removed_at IS NOT NULL; DELETE FROM playlist_entry WHERE removed_at IS NOT NULL',
      )
    },
  }
}
