import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { FrameRange } from '../../shared/clipTiming.ts'
import type { ConnectionId, EntryId, PlaylistId } from '../../shared/ids.ts'
import { connectionIdSchema, entryIdSchema, playlistIdSchema } from '../../shared/ids.ts'
import type { EntryProblem } from '../../shared/playlist.ts'
import { entryProblemSchema } from '../../shared/playlist.ts'
import type { PlayedSpan } from '../../shared/playlistSpan.ts'

/** A list as it is kept: one of this computer, or what a service last told of one of its own. */
export interface StoredPlaylist {
  readonly id: PlaylistId
  readonly name: string
  readonly entryCount: number
  readonly changedAt: number
  /** At the service; null for a list of this computer. */
  readonly remote: { readonly connectionId: ConnectionId; readonly remoteId: string } | null
  /** When the service last told its entries. */
  readonly readAt: number | null
  /** The connections of its entries. */
  readonly sources: readonly ConnectionId[]
}

/** A service's list as it is listed, without its entries. */
export interface ListedPlaylist {
  readonly remoteId: string
  readonly name: string
  readonly entryCount: number
  readonly changedAt: number
}

/** An entry as it is kept: its asset and version by their ids at the service. */
export interface StoredEntry {
  readonly id: EntryId
  readonly connectionId: ConnectionId
  readonly assetRemoteId: string
  /** Null: whatever is the newest. */
  readonly versionRemoteId: string | null
  readonly name: string
  readonly range: FrameRange | null
  /** A range that is known in milliseconds alone. */
  readonly span: PlayedSpan | null
  /** The service's own id of the entry; null in a list of this computer. */
  readonly remoteId: string | null
  /** What the service says is wrong with it. */
  readonly problem: EntryProblem | null
}

export interface PlaylistStore {
  /** By name. */
  list(): StoredPlaylist[]
  get(id: PlaylistId): StoredPlaylist | undefined
  ofRemote(connectionId: ConnectionId, remoteId: string): PlaylistId | undefined
  /** What a service's list is called and holds now; `id` is for one that is new here. */
  putListed(id: PlaylistId, connectionId: ConnectionId, list: ListedPlaylist): void
  /** Its entries as the service just told them, in its order. */
  putEntries(id: PlaylistId, entries: readonly StoredEntry[], at: number): void
  /** For good, with its entries. */
  drop(id: PlaylistId): void
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
  .object({
    id: playlistIdSchema,
    name: z.string(),
    entry_count: z.number(),
    changed_at: z.number(),
    connection_id: connectionIdSchema.nullable(),
    remote_id: z.string().nullable(),
    read_at: z.number().nullable(),
    sources: z.string(),
  })
  .transform(
    (row): StoredPlaylist => ({
      id: row.id,
      name: row.name,
      entryCount: row.entry_count,
      changedAt: row.changed_at,
      remote:
        row.connection_id === null || row.remote_id === null
          ? null
          : { connectionId: row.connection_id, remoteId: row.remote_id },
      readAt: row.read_at,
      sources: sourcesSchema.parse(JSON.parse(row.sources)),
    }),
  )
const sourcesSchema = z.array(connectionIdSchema)

const entrySchema = z
  .object({
    id: entryIdSchema,
    connection_id: connectionIdSchema,
    asset_remote_id: z.string(),
    version_remote_id: z.string().nullable(),
    name: z.string(),
    start_frame: z.number().nullable(),
    end_frame: z.number().nullable(),
    start_ms: z.number().nullable(),
    end_ms: z.number().nullable(),
    remote_id: z.string().nullable(),
    problem: entryProblemSchema.nullable(),
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
      span:
        row.start_ms === null && row.end_ms === null ? null : { startMs: row.start_ms, endMs: row.end_ms },
      remoteId: row.remote_id,
      problem: row.problem,
    }),
  )

const ids = z.array(entryIdSchema)

/** What of it is played, as the columns hold it. */
const partOf = ({ range, span }: StoredEntry): readonly (number | null)[] => [
  range?.startFrame ?? null,
  range?.endFrame ?? null,
  span?.startMs ?? null,
  span?.endMs ?? null,
]

export function createPlaylistStore(database: Database): PlaylistStore {
  const here = 'FROM playlist_entry WHERE playlist_id = playlist.id AND removed_at IS NULL'
  const columns = `id, name, changed_at, connection_id, remote_id, read_at,
    CASE WHEN remote_id IS NOT NULL AND read_at IS NULL THEN coalesce(entries_told, 0)
      ELSE (SELECT count(*) ${here}) END AS entry_count,
    (SELECT json_group_array(DISTINCT connection_id) ${here}) AS sources`
  const selectAll = database.prepare(
    `SELECT ${columns} FROM playlist WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE, id`,
  )
  const selectOne = database.prepare(`SELECT ${columns} FROM playlist WHERE id = ? AND removed_at IS NULL`)
  const insert = database.prepare('INSERT INTO playlist(id, name, changed_at) VALUES(?, ?, ?)')
  const updateName = database.prepare('UPDATE playlist SET name = ?, changed_at = ? WHERE id = ?')
  const updateTime = database.prepare('UPDATE playlist SET changed_at = ? WHERE id = ?')
  const updateRemoved = database.prepare('UPDATE playlist SET removed_at = ? WHERE id = ?')
  const selectEntries = database.prepare(
    `SELECT id, connection_id, asset_remote_id, version_remote_id, name, start_frame, end_frame, start_ms, end_ms,
       remote_id, problem
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
    `INSERT INTO playlist_entry(id, playlist_id, position, connection_id, asset_remote_id, version_remote_id, name,
       start_frame, end_frame, start_ms, end_ms, remote_id, problem)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const updatePosition = database.prepare(
    'UPDATE playlist_entry SET position = ? WHERE id = ? AND position <> ?',
  )
  const updateEntriesRemoved = database.prepare(
    'UPDATE playlist_entry SET removed_at = ? WHERE playlist_id = ? AND id IN (SELECT value FROM json_each(?))',
  )
  const updateEntry = database.prepare(
    `UPDATE playlist_entry SET version_remote_id = ?, name = ?, start_frame = ?, end_frame = ?, start_ms = ?, end_ms = ?
     WHERE id = ?`,
  )

  const selectOfRemote = database
    .prepare('SELECT id FROM playlist WHERE connection_id = ? AND remote_id = ?')
    .pluck()
  const upsertListed = database.prepare(
    `INSERT INTO playlist(id, connection_id, remote_id, name, changed_at, entries_told) VALUES(?, ?, ?, ?, ?, ?)
     ON CONFLICT(connection_id, remote_id) WHERE remote_id IS NOT NULL
     DO UPDATE SET name = excluded.name, changed_at = excluded.changed_at, entries_told = excluded.entries_told`,
  )
  const updateRead = database.prepare('UPDATE playlist SET read_at = ?, entries_told = ? WHERE id = ?')
  const deleteEntries = database.prepare('DELETE FROM playlist_entry WHERE playlist_id = ?')
  const deleteList = database.prepare('DELETE FROM playlist WHERE id = ?')

  const append = database.transaction((id: PlaylistId, entries: readonly StoredEntry[]) => {
    const end = z.number().parse(selectEnd.get(id))
    entries.forEach((entry, index) => {
      const { connectionId, assetRemoteId, versionRemoteId, name, remoteId, problem } = entry
      insertEntry.run(
        entry.id,
        id,
        end + index,
        connectionId,
        assetRemoteId,
        versionRemoteId,
        name,
        ...partOf(entry),
        remoteId,
        problem,
      )
    })
  })
  const putEntries = database.transaction((id: PlaylistId, entries: readonly StoredEntry[], at: number) => {
    deleteEntries.run(id)
    append(id, entries)
    updateRead.run(at, entries.length, id)
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
    ofRemote(connectionId, remoteId) {
      const id = selectOfRemote.get(connectionId, remoteId)
      return id === undefined ? undefined : playlistIdSchema.parse(id)
    },
    putListed(id, connectionId, { remoteId, name, changedAt, entryCount }) {
      upsertListed.run(id, connectionId, remoteId, name, changedAt, entryCount)
    },
    putEntries: (id, entries, at) => putEntries.immediate(id, entries, at),
    drop: (id) => void deleteList.run(id),
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
    change(entry) {
      updateEntry.run(entry.versionRemoteId, entry.name, ...partOf(entry), entry.id)
    },
    forgetRemoved() {
      database.exec(
        'DELETE FROM playlist WHERE removed_at IS NOT NULL; DELETE FROM playlist_entry WHERE removed_at IS NOT NULL',
      )
    },
  }
}
