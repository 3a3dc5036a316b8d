import type { Database } from 'better-sqlite3'
import { monotonicFactory } from 'ulid'
import { z } from 'zod'
import type { AssetId, ConnectionId, PlaceId, SourceId, VersionId } from '../../shared/ids.ts'
import {
  assetIdSchema,
  connectionIdSchema,
  placeIdSchema,
  sourceIdSchema,
  versionIdSchema,
} from '../../shared/ids.ts'
import type { Asset, AssetFilter, AssetSort, MediaInfo, Version } from '../../shared/place.ts'
import { assetKindSchema, mediaInfoSchema, reviewStatusSchema } from '../../shared/place.ts'
import type { RemoteAsset } from '../connectors/connector.ts'
import { likePattern } from './placeStore.ts'

const assetRowSchema = z.object({
  id: assetIdSchema,
  connection_id: connectionIdSchema,
  place_id: placeIdSchema,
  name: z.string(),
  kind: assetKindSchema,
  media_type: z.string().nullable(),
  bytes: z.number().nullable(),
  created_at: z.number().nullable(),
  is_ready: z.number(),
  thumbnail_key: z.string().nullable(),
  source_id: sourceIdSchema.nullable(),
  review: reviewStatusSchema,
  latest_version_id: versionIdSchema,
  version_count: z.number(),
  comment_count: z.number(),
  media_info: z.string().nullable(),
})

function assetOf(raw: unknown): Asset {
  const row = assetRowSchema.parse(raw)
  const info = row.media_info === null ? null : mediaInfoSchema.parse(JSON.parse(row.media_info))
  return {
    id: row.id,
    connectionId: row.connection_id,
    placeId: row.place_id,
    name: row.name,
    kind: row.kind,
    mediaType: row.media_type,
    bytes: row.bytes,
    createdAt: row.created_at,
    latestVersionId: row.latest_version_id,
    versionCount: row.version_count,
    isReady: row.is_ready === 1,
    review: row.review,
    commentCount: row.comment_count,
    thumbnailKey: row.thumbnail_key ?? (row.source_id === null ? null : `local-${row.source_id}`),
    durationFrames: info?.frames ?? null,
    rate: info?.rate ?? null,
  }
}

const versionRowSchema = z
  .object({
    id: versionIdSchema,
    asset_id: assetIdSchema,
    number: z.number(),
    created_at: z.number().nullable(),
    author: z.string().nullable(),
    review: reviewStatusSchema,
  })
  .transform(
    (row): Version => ({
      id: row.id,
      assetId: row.asset_id,
      number: row.number,
      createdAt: row.created_at,
      author: row.author,
      review: row.review,
    }),
  )

/** What is needed to ask the back end about a version: its ids there, and the place it was found in. */
export interface VersionOrigin {
  readonly connectionId: ConnectionId
  readonly assetId: AssetId
  readonly placeId: PlaceId
  readonly assetRemoteId: string
  readonly versionRemoteId: string
  readonly sourceId: SourceId | null
}
const originRowSchema = z
  .object({
    connection_id: connectionIdSchema,
    asset_id: assetIdSchema,
    place_id: placeIdSchema,
    asset_remote_id: z.string(),
    version_remote_id: z.string(),
    source_id: sourceIdSchema.nullable(),
  })
  .transform(
    (row): VersionOrigin => ({
      connectionId: row.connection_id,
      assetId: row.asset_id,
      placeId: row.place_id,
      assetRemoteId: row.asset_remote_id,
      versionRemoteId: row.version_remote_id,
      sourceId: row.source_id,
    }),
  )

export interface AssetCounts {
  readonly all: number
  readonly inReview: number
  readonly needsChanges: number
  readonly approved: number
  readonly bytes: number
}

export interface AssetStore {
  page(placeId: PlaceId, offset: number, limit: number, sort: AssetSort, filter: AssetFilter): Asset[]
  /** Rows of the place that pass the filter. */
  count(placeId: PlaceId, filter: AssetFilter): number
  /** By review status, over the whole place. */
  counts(placeId: PlaceId): AssetCounts
  get(id: AssetId): Asset | undefined
  versions(id: AssetId): Version[]
  originOf(versionId: VersionId): VersionOrigin | undefined
  /** Writes one page of the server's list in one transaction; returns how many rows were new or different. */
  putPage(connectionId: ConnectionId, placeId: PlaceId, assets: readonly RemoteAsset[], run: number): number
  nextRun(placeId: PlaceId): number
  /** Takes out of the place what the finished run did not see. */
  prune(placeId: PlaceId, run: number): number
  setSource(connectionId: ConnectionId, remoteId: string, sourceId: SourceId): void
  /** What a file of this computer became there; null while that is not known. */
  ofSource(connectionId: ConnectionId, sourceId: SourceId): AssetId | null
  mediaInfo(versionId: VersionId): MediaInfo | undefined
  setMediaInfo(versionId: VersionId, info: MediaInfo): void
  find(text: string, limit: number): Asset[]
}

const order: Readonly<Record<AssetSort, { readonly column: string; readonly way: 'ASC' | 'DESC' }>> = {
  newest: { column: 'created_at', way: 'DESC' },
  oldest: { column: 'created_at', way: 'ASC' },
  name: { column: 'name', way: 'ASC' },
  size: { column: 'bytes', way: 'DESC' },
}

export function createAssetStore(database: Database): AssetStore {
  // Draws random numbers once a millisecond, not for each of the 500 rows of a page.
  const newId = monotonicFactory()
  const assetColumns = `asset.id, asset.connection_id, asset.name, asset.kind, asset.media_type, asset.bytes, asset.created_at, asset.is_ready,
    asset.thumbnail_key, asset.source_id, asset.review,
    (SELECT count(*) FROM version WHERE asset_id = asset.id) AS version_count,
    (SELECT count(*) FROM comment JOIN version ON version.id = comment.version_id WHERE version.asset_id = asset.id AND is_removed = 0) AS comment_count,
    latest.id AS latest_version_id, latest.media_info`
  const latest =
    'JOIN version AS latest ON latest.id = (SELECT id FROM version WHERE asset_id = asset.id ORDER BY number DESC LIMIT 1)'

  const filtered = (filter: AssetFilter): { where: string; values: Record<string, string> } => {
    const terms = ['place_id = @placeId']
    const values: Record<string, string> = {}
    if (filter.review !== undefined) {
      terms.push('review = @review')
      values['review'] = filter.review
    }
    if (filter.kind !== undefined) {
      terms.push('kind = @kind')
      values['kind'] = filter.kind
    }
    if (filter.text !== undefined && filter.text !== '') {
      terms.push("name LIKE @text ESCAPE '\\'")
      values['text'] = likePattern(filter.text)
    }
    return { where: terms.join(' AND '), values }
  }

  const selectCounts = database.prepare(
    'SELECT review, count(*) AS rows, sum(bytes) AS bytes FROM placement WHERE place_id = ? GROUP BY review',
  )
  const selectOne = database.prepare(
    `SELECT ${assetColumns}, placement.place_id FROM asset
     JOIN placement ON placement.asset_id = asset.id ${latest} WHERE asset.id = ? LIMIT 1`,
  )
  const selectVersions = database.prepare(
    'SELECT id, asset_id, number, created_at, author, review FROM version WHERE asset_id = ? ORDER BY number DESC',
  )
  const selectOrigin = database.prepare(
    `SELECT asset.connection_id, asset.id AS asset_id, placement.place_id, asset.remote_id AS asset_remote_id,
       version.remote_id AS version_remote_id, asset.source_id
     FROM version JOIN asset ON asset.id = version.asset_id JOIN placement ON placement.asset_id = asset.id WHERE version.id = ? LIMIT 1`,
  )
  const selectKnown = database.prepare(
    'SELECT id, name, kind, media_type, bytes, created_at, is_ready, thumbnail_key, review, extra FROM asset WHERE connection_id = ? AND remote_id = ?',
  )
  const insertAsset = database.prepare(
    `INSERT INTO asset(id, connection_id, remote_id, name, kind, media_type, bytes, created_at, is_ready, thumbnail_key, review, extra)
     VALUES(@id, @connectionId, @remoteId, @name, @kind, @mediaType, @bytes, @createdAt, @isReady, @thumbnailKey, @review, @extra)
     ON CONFLICT(connection_id, remote_id) DO UPDATE SET name = excluded.name, kind = excluded.kind, media_type = excluded.media_type,
       bytes = excluded.bytes, created_at = excluded.created_at, is_ready = excluded.is_ready, thumbnail_key = excluded.thumbnail_key,
       review = excluded.review, extra = excluded.extra`,
  )
  const insertVersion = database.prepare(
    `INSERT INTO version(id, asset_id, remote_id, number, created_at, author, review) VALUES(?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(asset_id, remote_id) DO UPDATE SET number = excluded.number, created_at = excluded.created_at,
       author = excluded.author, review = excluded.review
       WHERE number <> excluded.number OR created_at IS NOT excluded.created_at OR author IS NOT excluded.author OR review <> excluded.review`,
  )
  const insertPlacement = database.prepare(
    `INSERT INTO placement(place_id, asset_id, created_at, name, bytes, kind, review, run) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(place_id, asset_id) DO UPDATE SET created_at = excluded.created_at, name = excluded.name, bytes = excluded.bytes,
       kind = excluded.kind, review = excluded.review, run = excluded.run`,
  )
  // Naming a sort key in an update rewrites its index, changed or not; most rows of most pages are as they were.
  const markSeen = database.prepare('UPDATE placement SET run = ? WHERE place_id = ? AND asset_id = ?')
  const selectRun = database
    .prepare('SELECT coalesce(max(run), 0) + 1 FROM placement WHERE place_id = ?')
    .pluck()
  const pruneRun = database.prepare('DELETE FROM placement WHERE place_id = ? AND run <> ?')
  const pruneAssets = database.prepare(
    // A list that moved while it was walked leaves one out; notes that live here alone wait for it to be listed again.
    `DELETE FROM asset WHERE NOT EXISTS (SELECT 1 FROM placement WHERE asset_id = asset.id)
       AND NOT EXISTS (SELECT 1 FROM version JOIN comment ON comment.version_id = version.id WHERE version.asset_id = asset.id)`,
  )
  const selectSource = database
    .prepare('SELECT id FROM asset WHERE source_id = ? AND connection_id = ? LIMIT 1')
    .pluck()
  const updateSource = database.prepare(
    'UPDATE asset SET source_id = ? WHERE connection_id = ? AND remote_id = ?',
  )
  const selectInfo = database.prepare('SELECT media_info FROM version WHERE id = ?').pluck()
  const updateInfo = database.prepare('UPDATE version SET media_info = ? WHERE id = ?')
  const selectFound = database.prepare(
    `SELECT ${assetColumns}, found.place_id FROM (SELECT asset_id, place_id, name FROM placement WHERE name LIKE ? ESCAPE '\\' ORDER BY name LIMIT ?) AS found
     JOIN asset ON asset.id = found.asset_id ${latest}`,
  )

  const knownSchema = z.object({ id: assetIdSchema }).loose()
  const putPage = database.transaction(
    (connectionId: ConnectionId, placeId: PlaceId, assets: readonly RemoteAsset[], run: number): number => {
      let changed = 0
      for (const remote of assets) {
        const review = remote.versions[0].review
        const wanted = {
          name: remote.name,
          kind: remote.kind,
          media_type: remote.mediaType,
          bytes: remote.bytes,
          created_at: remote.createdAt,
          is_ready: remote.isReady ? 1 : 0,
          thumbnail_key: remote.thumbnailKey,
          review,
          extra: JSON.stringify(remote.extra),
        }
        const row = selectKnown.get(connectionId, remote.remoteId)
        const known = row === undefined ? undefined : knownSchema.parse(row)
        const id = known?.id ?? assetIdSchema.parse(newId())
        const isSame = known !== undefined && JSON.stringify({ id, ...wanted }) === JSON.stringify(known)
        if (!isSame) {
          insertAsset.run({
            id,
            connectionId,
            remoteId: remote.remoteId,
            name: wanted.name,
            kind: wanted.kind,
            mediaType: wanted.media_type,
            bytes: wanted.bytes,
            createdAt: wanted.created_at,
            isReady: wanted.is_ready,
            thumbnailKey: wanted.thumbnail_key,
            review,
            extra: wanted.extra,
          })
        }
        const isAsBefore = isSame && markSeen.run(run, placeId, id).changes === 1
        if (!isAsBefore) changed += 1
        for (const version of remote.versions) {
          insertVersion.run(
            newId(),
            id,
            version.remoteId,
            version.number,
            version.createdAt,
            version.author,
            version.review,
          )
        }
        if (isAsBefore) continue
        insertPlacement.run(
          placeId,
          id,
          remote.createdAt ?? 0,
          remote.name,
          remote.bytes ?? 0,
          remote.kind,
          review,
          run,
        )
      }
      return changed
    },
  )
  const prune = database.transaction((placeId: PlaceId, run: number): number => {
    const gone = pruneRun.run(placeId, run).changes
    if (gone > 0) pruneAssets.run()
    return gone
  })

  return {
    page(placeId, offset, limit, sort, filter) {
      const { where, values } = filtered(filter)
      const { column, way } = order[sort]
      // Only what the sort's own index holds, so that the rows before the page are skipped without being read.
      const rows = database
        .prepare(
          `SELECT ${assetColumns}, page.place_id FROM
             (SELECT asset_id, place_id, ${column} FROM placement WHERE ${where} ORDER BY ${column} ${way}, asset_id ${way} LIMIT @limit OFFSET @offset) AS page
           JOIN asset ON asset.id = page.asset_id ${latest}
           ORDER BY page.${column} ${way}, page.asset_id ${way}`,
        )
        .all({ placeId, limit, offset, ...values })
      return rows.map(assetOf)
    },
    count(placeId, filter) {
      const { where, values } = filtered(filter)
      return z.number().parse(
        database
          .prepare(`SELECT count(*) FROM placement WHERE ${where}`)
          .pluck()
          .get({ placeId, ...values }),
      )
    },
    counts(placeId) {
      const groups = z
        .array(z.object({ review: reviewStatusSchema, rows: z.number(), bytes: z.number() }))
        .parse(selectCounts.all(placeId))
      const rowsOf = (review: Asset['review']) => groups.find((group) => group.review === review)?.rows ?? 0
      return {
        all: groups.reduce((sum, group) => sum + group.rows, 0),
        inReview: rowsOf('inReview'),
        needsChanges: rowsOf('needsChanges'),
        approved: rowsOf('approved'),
        bytes: groups.reduce((sum, group) => sum + group.bytes, 0),
      }
    },
    get(id) {
      const row = selectOne.get(id)
      return row === undefined ? undefined : assetOf(row)
    },
    versions: (id) => selectVersions.all(id).map((row) => versionRowSchema.parse(row)),
    originOf(versionId) {
      const row = selectOrigin.get(versionId)
      return row === undefined ? undefined : originRowSchema.parse(row)
    },
    putPage: (connectionId, placeId, assets, run) => putPage.immediate(connectionId, placeId, assets, run),
    nextRun: (placeId) => z.number().parse(selectRun.get(placeId)),
    prune: (placeId, run) => prune.immediate(placeId, run),
    ofSource(connectionId, sourceId) {
      const id = selectSource.get(sourceId, connectionId)
      return id === undefined ? null : assetIdSchema.parse(id)
    },
    setSource(connectionId, remoteId, sourceId) {
      updateSource.run(sourceId, connectionId, remoteId)
    },
    mediaInfo(versionId) {
      const text = selectInfo.get(versionId)
      return typeof text === 'string' ? mediaInfoSchema.parse(JSON.parse(text)) : undefined
    },
    setMediaInfo(versionId, info) {
      updateInfo.run(JSON.stringify(info), versionId)
    },
    find: (text, limit) => selectFound.all(likePattern(text), limit).map(assetOf),
  }
}
