import type { Database } from 'better-sqlite3'
import { ulid } from 'ulid'
import { z } from 'zod'
import type { ConnectionId, PlaceId } from '../../shared/ids.ts'
import { connectionIdSchema, placeIdSchema } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { Place } from '../../shared/place.ts'
import { placeKindSchema } from '../../shared/place.ts'
import type { RemotePlace } from '../connectors/connector.ts'

const rowSchema = z.object({
  id: placeIdSchema,
  connection_id: connectionIdSchema,
  parent_id: placeIdSchema.nullable(),
  kind: placeKindSchema,
  remote_id: z.string(),
  name: z.string(),
  status: z.string().nullable(),
  has_children: z.number(),
  takes_uploads: z.number(),
  remote: z.string(),
  asset_count: z.number().nullable(),
  assets_total: z.number().nullable(),
  assets_synced_at: z.number().nullable(),
  children_synced_at: z.number().nullable(),
})
type Row = z.infer<typeof rowSchema>

function placeOf(row: Row): Place {
  return {
    id: row.id,
    connectionId: row.connection_id,
    parentId: row.parent_id,
    kind: row.kind,
    name: row.name,
    status: row.status,
    assetCount:
      row.assets_total ?? (row.asset_count === 0 && row.assets_synced_at === null ? null : row.asset_count),
    hasChildren: row.has_children === 1,
    takesUploads: row.takes_uploads === 1,
  }
}

/** A cached place with what the connector needs to ask for more of it. */
export interface StoredPlace {
  readonly place: Place
  readonly remote: RemotePlace
  readonly assetsTotal: number | null
  readonly assetsSyncedAt: number | null
  readonly childrenSyncedAt: number | null
}

export interface PlaceStore {
  children(connectionId: ConnectionId, parentId: PlaceId | null): Place[]
  get(id: PlaceId): StoredPlace | undefined
  /** The place's ancestors from the root, itself last. */
  path(id: PlaceId): Place[]
  /** Makes the children exactly what the server listed, keeping the ids of those that are known. True when anything differs. */
  replaceChildren(
    connectionId: ConnectionId,
    parentId: PlaceId | null,
    found: readonly RemotePlace[],
    at: number,
  ): boolean
  markAssets(id: PlaceId, total: number | null, at: number | null): void
  find(text: string, limit: number): Place[]
}

export function createPlaceStore(database: Database): PlaceStore {
  const columns = `id, connection_id, parent_id, kind, remote_id, name, status, has_children, takes_uploads, remote, assets_total,
    assets_synced_at, children_synced_at, CASE WHEN assets_total IS NULL THEN (SELECT count(*) FROM placement WHERE place_id = place.id) END AS asset_count`
  const selectChildren = database.prepare(
    `SELECT ${columns} FROM place WHERE connection_id = ? AND parent_id IS ? ORDER BY position, id`,
  )
  const selectOne = database.prepare(`SELECT ${columns} FROM place WHERE id = ?`)
  const selectFound = database.prepare(
    `SELECT ${columns} FROM place WHERE name LIKE ? ESCAPE '\\' ORDER BY length(name), name LIMIT ?`,
  )
  const insert = database.prepare(
    `INSERT INTO place(id, connection_id, parent_id, kind, remote_id, name, status, has_children, takes_uploads, remote, position, run)
     VALUES(@id, @connectionId, @parentId, @kind, @remoteId, @name, @status, @hasChildren, @takesUploads, @remote, @position, @run)
     ON CONFLICT(connection_id, coalesce(parent_id, ''), remote_id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       status = excluded.status, has_children = excluded.has_children, takes_uploads = excluded.takes_uploads,
       remote = excluded.remote, position = excluded.position, run = excluded.run`,
  )
  const selectRun = database
    .prepare('SELECT coalesce(max(run), 0) + 1 FROM place WHERE connection_id = ?')
    .pluck()
  const prune = database.prepare('DELETE FROM place WHERE connection_id = ? AND parent_id IS ? AND run <> ?')
  const markChildren = database.prepare('UPDATE place SET children_synced_at = ? WHERE id = ?')
  const markAssets = database.prepare(
    'UPDATE place SET assets_total = ?, assets_synced_at = coalesce(?, assets_synced_at) WHERE id = ?',
  )

  const children = (connectionId: ConnectionId, parentId: PlaceId | null) =>
    selectChildren.all(connectionId, parentId).map((row) => rowSchema.parse(row))

  const one = (id: PlaceId): Row | undefined => {
    const row = selectOne.get(id)
    return row === undefined ? undefined : rowSchema.parse(row)
  }

  const replace = database.transaction(
    (
      connectionId: ConnectionId,
      parentId: PlaceId | null,
      found: readonly RemotePlace[],
      at: number,
    ): boolean => {
      const before = JSON.stringify(children(connectionId, parentId).map(placeOf))
      const run = z.number().parse(selectRun.get(connectionId))
      found.forEach((place, position) => {
        insert.run({
          id: ulid(),
          connectionId,
          parentId,
          kind: place.kind,
          remoteId: place.remoteId,
          name: place.name,
          status: place.status,
          hasChildren: place.hasChildren ? 1 : 0,
          takesUploads: place.takesUploads ? 1 : 0,
          remote: JSON.stringify(place.remote),
          position,
          run,
        })
      })
      prune.run(connectionId, parentId, run)
      if (parentId !== null) markChildren.run(at, parentId)
      return before !== JSON.stringify(children(connectionId, parentId).map(placeOf))
    },
  )

  return {
    children: (connectionId, parentId) => children(connectionId, parentId).map(placeOf),
    get(id) {
      const row = one(id)
      if (row === undefined) return undefined
      return {
        place: placeOf(row),
        remote: {
          remoteId: row.remote_id,
          kind: row.kind,
          name: row.name,
          status: row.status,
          hasChildren: row.has_children === 1,
          takesUploads: row.takes_uploads === 1,
          remote: JSON.parse(row.remote) as Json,
        },
        assetsTotal: row.assets_total,
        assetsSyncedAt: row.assets_synced_at,
        childrenSyncedAt: row.children_synced_at,
      }
    },
    path(id) {
      const path: Place[] = []
      for (
        let row = one(id);
        row !== undefined;
        row = row.parent_id === null ? undefined : one(row.parent_id)
      ) {
        path.unshift(placeOf(row))
      }
      return path
    },
    replaceChildren: (connectionId, parentId, found, at) =>
      replace.immediate(connectionId, parentId, found, at),
    markAssets(id, total, at) {
      markAssets.run(total, at, id)
    },
    find: (text, limit) =>
      selectFound.all(likePattern(text), limit).map((row) => placeOf(rowSchema.parse(row))),
  }
}

/** A LIKE pattern for "contains this text", with the pattern's own signs taken literally. Use with `ESCAPE '\'`. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
