import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type FrameTimes, frameTimesSchema } from '../../shared/frameTimes.ts'
import type { AssetId, ConnectionId, PlaceId, SourceId, VersionId } from '../../shared/ids.ts'
import { assetIdSchema, placeIdSchema, versionIdSchema } from '../../shared/ids.ts'
import type { Asset, AssetFilter, AssetSort, MediaInfo, Version } from '../../shared/place.ts'
import { mediaInfoSchema, reviewStatusSchema } from '../../shared/place.ts'
import type { AssetChanges } from './assetChanges.ts'
import { createAssetChanges } from './assetChanges.ts'
import type { AssetOrigin, VersionOrigin } from './assetRow.ts'
import {
  assetColumns,
  assetOf,
  assetOriginSchema,
  joinLatest,
  realPlaceFirst,
  versionOriginSchema,
  versionRowSchema,
} from './assetRow.ts'
import type { AssetWalks } from './assetWalks.ts'
import { createAssetWalks } from './assetWalks.ts'
import { likePattern } from './placeStore.ts'

export type { AssetOrigin, VersionOrigin } from './assetRow.ts'

/** What was read from the media once. The times stand by themselves: lists read the rest of every row. */
export interface MediaFacts {
  readonly info: MediaInfo
  /** Null: the frames follow from the rate. */
  readonly times: FrameTimes | null
}

export interface AssetCounts {
  readonly all: number
  readonly inReview: number
  readonly needsChanges: number
  readonly approved: number
  readonly bytes: number
}

/** Assets as cached: read here, written by walks (`AssetWalks`) and by what was changed at the service (`AssetChanges`). */
export interface AssetStore extends AssetWalks, AssetChanges {
  page(placeId: PlaceId, offset: number, limit: number, sort: AssetSort, filter: AssetFilter): Asset[]
  /** Of everything in the place, by name. */
  names(placeId: PlaceId): string[]
  /** Rows of the place that pass the filter. */
  count(placeId: PlaceId, filter: AssetFilter): number
  /** By review status, over the whole place. */
  counts(placeId: PlaceId): AssetCounts
  /** Its `placeId` is one it really lies in, where one is known; a shelf otherwise. */
  get(id: AssetId): Asset | undefined
  versions(id: AssetId): Version[]
  /** Of a version that is listed somewhere. */
  originOf(versionId: VersionId): VersionOrigin | undefined
  /** Also of one that is listed nowhere now, and waits for it with what was written here. */
  hasVersion(versionId: VersionId): boolean
  assetOrigin(id: AssetId): AssetOrigin | undefined
  ofRemote(connectionId: ConnectionId, remoteId: string): AssetId | undefined
  versionOfRemote(assetId: AssetId, remoteId: string): VersionId | undefined
  /** Every place, shelves too, that holds one of them. */
  placesOf(ids: readonly AssetId[]): PlaceId[]
  setSource(connectionId: ConnectionId, remoteId: string, sourceId: SourceId): void
  /** What a file of this computer became there; null while that is not known. */
  ofSource(connectionId: ConnectionId, sourceId: SourceId): AssetId | null
  /** What its media says of itself; undefined until that was read, times included. */
  mediaFacts(versionId: VersionId): MediaFacts | undefined
  setMediaFacts(versionId: VersionId, facts: MediaFacts): void
  /** Each asset once; what was thrown away is left out. */
  find(text: string, limit: number): Asset[]
}

const mediaRowSchema = z.object({ media_info: z.string(), frame_times: z.string() })

const order: Readonly<Record<AssetSort, { readonly column: string; readonly way: 'ASC' | 'DESC' }>> = {
  newest: { column: 'created_at', way: 'DESC' },
  oldest: { column: 'created_at', way: 'ASC' },
  name: { column: 'name', way: 'ASC' },
  size: { column: 'bytes', way: 'DESC' },
  given: { column: 'position', way: 'ASC' },
}

export function createAssetStore(database: Database): AssetStore {
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

  const selectNames = database
    .prepare<[PlaceId], string>('SELECT name FROM placement WHERE place_id = ? ORDER BY name, asset_id')
    .pluck()
  const selectCounts = database.prepare(
    'SELECT review, count(*) AS rows, sum(bytes) AS bytes FROM placement WHERE place_id = ? GROUP BY review',
  )
  const selectOne = database.prepare(
    `SELECT ${assetColumns}, placement.place_id FROM asset JOIN placement ON placement.asset_id = asset.id
     JOIN place ON place.id = placement.place_id ${joinLatest} WHERE asset.id = ? ${realPlaceFirst}`,
  )
  const selectVersions = database.prepare(
    'SELECT id, asset_id, number, created_at, author, review FROM version WHERE asset_id = ? ORDER BY number DESC',
  )
  const selectVersion = database.prepare('SELECT 1 FROM version WHERE id = ?')
  const originColumns =
    'asset.connection_id, asset.id AS asset_id, placement.place_id, asset.remote_id AS asset_remote_id'
  const selectOrigin = database.prepare(
    `SELECT ${originColumns}, version.remote_id AS version_remote_id, asset.source_id
     FROM version JOIN asset ON asset.id = version.asset_id JOIN placement ON placement.asset_id = asset.id
     JOIN place ON place.id = placement.place_id WHERE version.id = ? ${realPlaceFirst}`,
  )
  const selectAssetOrigin = database.prepare(
    `SELECT ${originColumns} FROM asset JOIN placement ON placement.asset_id = asset.id
     JOIN place ON place.id = placement.place_id WHERE asset.id = ? ${realPlaceFirst}`,
  )
  const selectRemote = database
    .prepare('SELECT id FROM asset WHERE connection_id = ? AND remote_id = ?')
    .pluck()
  const selectRemoteVersion = database
    .prepare('SELECT id FROM version WHERE asset_id = ? AND remote_id = ?')
    .pluck()
  const selectPlaces = database
    .prepare(
      'SELECT DISTINCT place_id FROM placement WHERE asset_id IN (SELECT value FROM json_each(?)) ORDER BY place_id',
    )
    .pluck()
  const selectSource = database
    .prepare('SELECT id FROM asset WHERE source_id = ? AND connection_id = ? LIMIT 1')
    .pluck()
  const updateSource = database.prepare(
    'UPDATE asset SET source_id = ? WHERE connection_id = ? AND remote_id = ?',
  )
  const selectFacts = database.prepare(
    'SELECT media_info, frame_times FROM version WHERE id = ? AND media_info IS NOT NULL AND frame_times IS NOT NULL',
  )
  const updateFacts = database.prepare('UPDATE version SET media_info = ?, frame_times = ? WHERE id = ?')
  // With a bare column beside min(), SQLite takes it from the row that has the smallest: the real place, where there is one.
  const selectFound = database.prepare(
    `SELECT ${assetColumns}, found.place_id FROM
       (SELECT placement.asset_id, placement.place_id, placement.name, min(place.is_aside) FROM placement JOIN place ON place.id = placement.place_id
        WHERE placement.name LIKE ? ESCAPE '\\' AND place.shelf IS NOT 'deleted' GROUP BY placement.asset_id ORDER BY placement.name LIMIT ?) AS found
     JOIN asset ON asset.id = found.asset_id ${joinLatest} ORDER BY found.name`,
  )
  const walks = createAssetWalks(database)

  return {
    ...walks,
    ...createAssetChanges(database, walks.sweep),
    page(placeId, offset, limit, sort, filter) {
      const { where, values } = filtered(filter)
      const { column, way } = order[sort]
      // Only what the sort's own index holds, so that the rows before the page are skipped without being read.
      const rows = database
        .prepare(
          `SELECT ${assetColumns}, page.place_id FROM
             (SELECT asset_id, place_id, ${column} FROM placement WHERE ${where} ORDER BY ${column} ${way}, asset_id ${way} LIMIT @limit OFFSET @offset) AS page
           JOIN asset ON asset.id = page.asset_id ${joinLatest}
           ORDER BY page.${column} ${way}, page.asset_id ${way}`,
        )
        .all({ placeId, limit, offset, ...values })
      return rows.map(assetOf)
    },
    names: (placeId) => z.array(z.string()).parse(selectNames.all(placeId)),
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
      return row === undefined ? undefined : versionOriginSchema.parse(row)
    },
    hasVersion: (versionId) => selectVersion.get(versionId) !== undefined,
    assetOrigin(id) {
      const row = selectAssetOrigin.get(id)
      return row === undefined ? undefined : assetOriginSchema.parse(row)
    },
    ofRemote(connectionId, remoteId) {
      const id = selectRemote.get(connectionId, remoteId)
      return id === undefined ? undefined : assetIdSchema.parse(id)
    },
    versionOfRemote(assetId, remoteId) {
      const id = selectRemoteVersion.get(assetId, remoteId)
      return id === undefined ? undefined : versionIdSchema.parse(id)
    },
    placesOf: (ids) => selectPlaces.all(JSON.stringify(ids)).map((id) => placeIdSchema.parse(id)),
    ofSource(connectionId, sourceId) {
      const id = selectSource.get(sourceId, connectionId)
      return id === undefined ? null : assetIdSchema.parse(id)
    },
    setSource(connectionId, remoteId, sourceId) {
      updateSource.run(sourceId, connectionId, remoteId)
    },
    mediaFacts(versionId) {
      const row = selectFacts.get(versionId)
      if (row === undefined) return undefined
      const { media_info, frame_times } = mediaRowSchema.parse(row)
      return {
        info: mediaInfoSchema.parse(JSON.parse(media_info)),
        times: frameTimesSchema.nullable().parse(JSON.parse(frame_times)),
      }
    },
    setMediaFacts(versionId, { info, times }) {
      updateFacts.run(JSON.stringify(info), JSON.stringify(times), versionId)
    },
    find: (text, limit) => selectFound.all(likePattern(text), limit).map(assetOf),
  }
}
