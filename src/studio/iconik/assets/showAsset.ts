import type { SqlRows } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { mediaOf } from '../media/assetMedia.ts'
import { valuesOf } from '../metadata/metadataRows.ts'
import { isWithin } from '../reach.ts'
import { People } from '../users/userRows.ts'
import { type Asset, type Version, versions } from './assetRows.ts'

type Showing = Pick<Call, 'rows' | 'viewer' | 'link' | 'api'>

/** Groups what one statement found for many ids. `sql` takes the ids as one JSON list. */
function byAsset<T>(
  rows: SqlRows,
  sql: string,
  ids: readonly string[],
  read: (row: Readonly<Record<string, string | number | null>>) => T,
): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows.all(sql, JSON.stringify(ids))) {
    const id = String(row['asset_id'])
    const list = found.get(id)
    if (list === undefined) found.set(id, [read(row)])
    else list.push(read(row))
  }
  return found
}

export function shownVersion({ asset_id, ...version }: Version, people: People) {
  const info = people.find(version.created_by_user)
  return { ...version, ...(info && { created_by_user_info: info }) }
}

/** Oldest first; deleted ones only where they are asked for. */
function versionsByAsset(
  rows: SqlRows,
  ids: readonly string[],
  { withDeleted = false } = {},
): Map<string, Version[]> {
  const sql = `SELECT asset_id, document FROM iconik_version
    WHERE asset_id IN (SELECT value FROM json_each(?)) ${withDeleted ? '' : "AND document ->> 'status' <> 'DELETED'"}
    ORDER BY version_number`
  return byAsset(rows, sql, ids, (row) => versions.parse(row))
}

const holdersSql = `SELECT object_id AS asset_id, collection_id FROM iconik_content
  WHERE object_type = 'assets' AND object_id IN (SELECT value FROM json_each(?)) ORDER BY id`

/** The collections an asset lies in. A guest hears of those inside of the share only. */
function holdersByAsset({ rows, viewer }: Showing, ids: readonly string[]): Map<string, string[]> {
  const found = byAsset(rows, holdersSql, ids, (row) => String(row['collection_id']))
  const { guest } = viewer
  if (guest === undefined) return found
  const isOpen = (id: string) => isWithin(rows, 'collections', id, guest.scope)
  return new Map([...found].map(([id, holders]) => [id, holders.filter(isOpen)]))
}

function idsOf(rows: SqlRows, sql: string, userId: string, ids: readonly string[]): Map<string, string> {
  const found = rows.all(sql, userId, JSON.stringify(ids))
  return new Map(found.map((row) => [String(row['asset_id']), String(row['date_viewed'])]))
}

const viewedSql = `SELECT asset_id, date_viewed FROM iconik_viewed
  WHERE user_id = ? AND asset_id IN (SELECT value FROM json_each(?))`
const favouredSql = `SELECT object_id AS asset_id, '' AS date_viewed FROM iconik_favourite
  WHERE user_id = ? AND object_type = 'assets' AND object_id IN (SELECT value FROM json_each(?))`

function peopleIn(asset: Asset, people: People) {
  const creator = people.find(asset.created_by_user)
  const editor = people.find(asset.updated_by_user)
  const remover = asset.deleted_by_user === undefined ? undefined : people.find(asset.deleted_by_user)
  return {
    ...(creator && { created_by_user_info: creator }),
    ...(editor && { updated_by_user_info: editor }),
    ...(remover && { deleted_by_user_info: remover }),
  }
}

/** What a single asset's answers show: the asset, its versions, and what it is to whoever asks. */
export function shownAsset(
  call: Showing,
  asset: Asset,
  { withUsers, withCollections }: { readonly withUsers?: boolean; readonly withCollections?: boolean } = {},
) {
  const { rows, viewer } = call
  const people = new People(rows)
  const viewed = idsOf(rows, viewedSql, viewer.userId, [asset.id]).get(asset.id)
  // The team sees what was deleted here, marked so, and nowhere else.
  const withDeleted = viewer.guest === undefined
  const shown = versionsByAsset(rows, [asset.id], { withDeleted }).get(asset.id) ?? []
  return {
    ...asset,
    versions: shown.map((one) => shownVersion(one, people)),
    in_collections: withCollections === true ? (holdersByAsset(call, [asset.id]).get(asset.id) ?? []) : [],
    favoured: idsOf(rows, favouredSql, viewer.userId, [asset.id]).has(asset.id),
    ...(viewed !== undefined && { date_viewed: viewed }),
    ...(withUsers === true && peopleIn(asset, people)),
  }
}

const relationsSql = `SELECT asset_id, document FROM iconik_relation
  WHERE asset_id IN (SELECT value FROM json_each(?)) ORDER BY rowid`

function shownRelation(row: Readonly<Record<string, string | number | null>>) {
  const { asset_id, id, description, ...relation } = JSON.parse(String(row['document'])) as {
    readonly [field: string]: string | null
  }
  return { ...relation, related_from_asset_id: asset_id, ...(description && { description }) }
}

/** All collections above those given, nearest first. */
function ancestorsOf(rows: SqlRows, holders: readonly string[], known: Map<string, string[]>): string[] {
  const above = holders.flatMap((id) => {
    const found =
      known.get(id) ??
      rows
        .all(
          `WITH RECURSIVE above(id) AS (SELECT ? UNION SELECT c.collection_id FROM iconik_content c
             JOIN above ON c.object_type = 'collections' AND c.object_id = above.id) SELECT id FROM above`,
          id,
        )
        .map((row) => String(row['id']))
    known.set(id, found)
    return found
  })
  return [...new Set(above)]
}

/**
 * Assets as lists and searches show them, in the given order. Everything that belongs to them is looked up for all of
 * them at once. `positions` are of a collection that is ordered by hand.
 */
export function shownAssets(
  call: Showing,
  assets: readonly Asset[],
  positions: ReadonlyMap<string, number> = new Map(),
) {
  const { rows, viewer } = call
  const ids = assets.map(({ id }) => id)
  const people = new People(rows)
  const versionsOf = versionsByAsset(rows, ids)
  const holdersOf = holdersByAsset(call, ids)
  const favoured = idsOf(rows, favouredSql, viewer.userId, ids)
  const viewed = idsOf(rows, viewedSql, viewer.userId, ids)
  const relations = byAsset(rows, relationsSql, ids, shownRelation)
  const media = mediaOf(call, ids)
  const metadata = valuesOf(rows, 'assets', ids)
  const ancestors = new Map<string, string[]>()
  return assets.map(({ limit_download_to_groups, ...asset }) => {
    const own = versionsOf.get(asset.id) ?? []
    const holders = holdersOf.get(asset.id) ?? []
    const { formats, bytes, duration_milliseconds, ...shownMedia } = media.get(asset.id) ?? noMedia
    const position = positions.get(asset.id)
    const date_viewed = viewed.get(asset.id)
    return {
      ...asset,
      ...shownMedia,
      ...(duration_milliseconds !== null && { duration_milliseconds }),
      ...peopleIn(asset, people),
      object_type: 'assets' as const,
      person_ids: asset.person_ids ?? [],
      versions: own.map((version) => shownVersion(version, people)),
      versions_number: own.length,
      in_collections: holders,
      ancestor_collections: viewer.guest === undefined ? ancestorsOf(rows, holders, ancestors) : holders,
      favoured: favoured.has(asset.id),
      metadata: metadata.get(asset.id) ?? {},
      relations: relations.get(asset.id) ?? [],
      ...(date_viewed !== undefined && { date_viewed }),
      ...(position !== undefined && { position }),
    }
  })
}

const noMedia = {
  ...{ files: [], proxies: [], keyframes: [], formats: [], media_type: null },
  ...{ duration_milliseconds: null, bytes: 0, comments_count: 0 },
}
