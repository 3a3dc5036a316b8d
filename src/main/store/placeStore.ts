import type { Database } from 'better-sqlite3'
import { ulid } from 'ulid'
import { z } from 'zod'
import type { ConnectionId, PlaceId } from '../../shared/ids.ts'
import { connectionIdSchema, placeIdSchema } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { Place, Shelf } from '../../shared/place.ts'
import { placeKindSchema, shelfSchema } from '../../shared/place.ts'
import type { RemotePlace } from '../connectors/remote.ts'

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
  shelf: shelfSchema.nullable(),
  is_aside: z.number(),
  is_ordered: z.number(),
  may_edit: z.number().nullable(),
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
    assetCount: row.assets_total ?? (row.assets_synced_at === null ? null : row.asset_count),
    hasChildren: row.has_children === 1,
    takesUploads: row.takes_uploads === 1,
    shelf: row.shelf,
    isOrdered: row.is_ordered === 1,
    mayEdit: row.may_edit === null ? null : row.may_edit === 1,
  }
}

const noteOf = (row: Row): Json => JSON.parse(row.remote) as Json

function storedOf(row: Row): StoredPlace {
  return {
    place: placeOf(row),
    remote: {
      remoteId: row.remote_id,
      kind: row.kind,
      name: row.name,
      status: row.status,
      hasChildren: row.has_children === 1,
      takesUploads: row.takes_uploads === 1,
      remote: noteOf(row),
      ...(row.shelf === null ? {} : { shelf: row.shelf }),
      isOrdered: row.is_ordered === 1,
      ...(row.may_edit === null ? {} : { mayEdit: row.may_edit === 1 }),
    },
    isAside: row.is_aside === 1,
    assetsTotal: row.assets_total,
    assetsSyncedAt: row.assets_synced_at,
    childrenSyncedAt: row.children_synced_at,
  }
}

/** A cached place with what the connector needs to ask for more of it. */
export interface StoredPlace {
  readonly place: Place
  readonly remote: RemotePlace
  /** A shelf, or somewhere below one: things are named there and lie elsewhere. */
  readonly isAside: boolean
  readonly assetsTotal: number | null
  readonly assetsSyncedAt: number | null
  readonly childrenSyncedAt: number | null
}

export interface PlaceStore {
  /** Without what a search found, which is no place to go to. */
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
  /** The rows of a remote place: one below each parent it was met under, the tree's own first. */
  ofRemote(connectionId: ConnectionId, remoteId: string): Place[]
  shelves(connectionId: ConnectionId, shelf: Shelf): Place[]
  /** The connector's note of its first root: what it is asked with about things met on their own. Null before any was listed. */
  rootNote(connectionId: ConnectionId): Json
  /** Writes a place below a parent without touching its brothers; null: at the root. */
  put(
    connectionId: ConnectionId,
    parentId: PlaceId | null,
    place: RemotePlace,
  ): { readonly id: PlaceId; readonly isNew: boolean }
  /** Writes what the service says of a place into each row of it. */
  change(connectionId: ConnectionId, place: RemotePlace): void
  /** Takes a remote place out of everywhere but these shelves, with what was cached below it. */
  remove(connectionId: ConnectionId, remoteId: string, except: Shelf | null): void
}

export function createPlaceStore(database: Database): PlaceStore {
  const columns = `id, connection_id, parent_id, kind, remote_id, name, status, has_children, takes_uploads, remote, assets_total,
    assets_synced_at, children_synced_at, shelf, is_aside, is_ordered, may_edit, CASE WHEN assets_total IS NULL THEN (SELECT count(*) FROM placement WHERE place_id = place.id) END AS asset_count`
  const selectChildren = database.prepare(
    `SELECT ${columns} FROM place WHERE connection_id = ? AND parent_id IS ? AND shelf IS NOT 'found' ORDER BY position, id`,
  )
  const selectOne = database.prepare(`SELECT ${columns} FROM place WHERE id = ?`)
  const selectFound = database.prepare(
    `SELECT ${columns} FROM place WHERE name LIKE ? ESCAPE '\\' AND shelf IS NOT 'found' AND (is_aside = 0 OR shelf IS NOT NULL) ORDER BY length(name), name LIMIT ?`,
  )
  const selectRemote = database.prepare(
    `SELECT ${columns} FROM place WHERE connection_id = ? AND remote_id = ? ORDER BY is_aside, id`,
  )
  const selectShelves = database.prepare(
    `SELECT ${columns} FROM place WHERE connection_id = ? AND shelf = ? ORDER BY id`,
  )
  const insert = database.prepare(
    `INSERT INTO place(id, connection_id, parent_id, kind, remote_id, name, status, has_children, takes_uploads, remote, shelf, is_ordered, may_edit,
       is_aside, position, run)
     VALUES(@id, @connectionId, @parentId, @kind, @remoteId, @name, @status, @hasChildren, @takesUploads, @remote, @shelf, @isOrdered, @mayEdit,
       @shelf IS NOT NULL OR coalesce((SELECT is_aside FROM place WHERE id = @parentId), 0), @position, @run)
     ON CONFLICT(connection_id, coalesce(parent_id, ''), remote_id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
       status = excluded.status, has_children = excluded.has_children, takes_uploads = excluded.takes_uploads, remote = excluded.remote,
       shelf = excluded.shelf, is_ordered = excluded.is_ordered, may_edit = excluded.may_edit, is_aside = excluded.is_aside,
       position = excluded.position, run = excluded.run
     RETURNING id`,
  )
  const selectLast = database
    .prepare('SELECT coalesce(max(position), -1) + 1 FROM place WHERE connection_id = ? AND parent_id IS ?')
    .pluck()
  const selectPosition = database
    .prepare('SELECT position FROM place WHERE connection_id = ? AND parent_id IS ? AND remote_id = ?')
    .pluck()
  const update = database.prepare(
    `UPDATE place SET name = @name, status = @status, has_children = @hasChildren, takes_uploads = @takesUploads, remote = @remote,
       is_ordered = @isOrdered, may_edit = @mayEdit WHERE connection_id = @connectionId AND remote_id = @remoteId AND shelf IS NULL`,
  )
  // The tables cascade: what lay below goes along.
  const removeRemote = database.prepare(
    `WITH RECURSIVE kept(id) AS (SELECT id FROM place WHERE connection_id = @connectionId AND shelf IS @except AND shelf IS NOT NULL
       UNION SELECT place.id FROM place JOIN kept ON place.parent_id = kept.id)
     DELETE FROM place WHERE connection_id = @connectionId AND remote_id = @remoteId AND id NOT IN kept`,
  )
  const selectRun = database
    .prepare('SELECT coalesce(max(run), 0) + 1 FROM place WHERE connection_id = ?')
    .pluck()
  const prune = database.prepare(
    "DELETE FROM place WHERE connection_id = ? AND parent_id IS ? AND run <> ? AND shelf IS NOT 'found'",
  )
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
        insert.run({ ...columnsOf(connectionId, parentId, place), position, run })
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
      return row === undefined ? undefined : storedOf(row)
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
    ofRemote: (connectionId, remoteId) =>
      selectRemote.all(connectionId, remoteId).map((row) => placeOf(rowSchema.parse(row))),
    shelves: (connectionId, shelf) =>
      selectShelves.all(connectionId, shelf).map((row) => placeOf(rowSchema.parse(row))),
    rootNote(connectionId) {
      const root = children(connectionId, null)[0]
      return root === undefined ? null : noteOf(root)
    },
    put(connectionId, parentId, place) {
      const known = selectPosition.get(connectionId, parentId, place.remoteId)
      const position = known ?? selectLast.get(connectionId, parentId)
      const row = insert.get({ ...columnsOf(connectionId, parentId, place), position, run: 0 })
      return { ...z.object({ id: placeIdSchema }).parse(row), isNew: known === undefined }
    },
    change(connectionId, place) {
      update.run(columnsOf(connectionId, null, place))
    },
    remove(connectionId, remoteId, except) {
      removeRemote.run({ connectionId, remoteId, except })
    },
  }
}

/** Named as in the statements, with an id for the case that it is new. */
function columnsOf(connectionId: ConnectionId, parentId: PlaceId | null, place: RemotePlace) {
  return {
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
    shelf: place.shelf ?? null,
    isOrdered: place.isOrdered === true ? 1 : 0,
    mayEdit: place.mayEdit === undefined ? null : place.mayEdit ? 1 : 0,
  }
}

/** A LIKE pattern for "contains this text", with the pattern's own signs taken literally. Use with `ESCAPE '\'`. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
