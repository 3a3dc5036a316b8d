import type { Row } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { kindOf } from './fileFacts.ts'
import { type Format, formats } from './mediaRows.ts'
import { type Showing, shownFile, shownKeyframe, shownProxy } from './shownMedia.ts'

/** What rows of lists and of search results say of an asset's media. */
export interface AssetMedia {
  readonly files: readonly object[]
  readonly proxies: readonly object[]
  readonly keyframes: readonly object[]
  readonly formats: readonly object[]
  readonly media_type: string | null
  readonly duration_milliseconds: number | null
  readonly bytes: number
  readonly comments_count: number
}

const isCurrent = `t.version_id = (SELECT v.id FROM iconik_version v WHERE v.asset_id = t.asset_id
  AND v.document ->> 'status' <> 'DELETED' ORDER BY v.version_number DESC LIMIT 1)`

/** Rows of the current versions of assets, by asset. Table and condition are of this program. */
function rowsByAsset(
  call: Pick<Call, 'rows'>,
  table: string,
  condition: string,
  ids: string,
): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  const sql = `SELECT t.* FROM json_each(?) j JOIN ${table} t ON t.asset_id = j.value
    WHERE ${isCurrent} AND ${condition} ORDER BY t.rowid`
  for (const row of call.rows.all(sql, ids)) {
    const id = String(row['asset_id'])
    const list = found.get(id)
    if (list === undefined) found.set(id, [row])
    else list.push(row)
  }
  return found
}

function countsByAsset({ rows, viewer }: Pick<Call, 'rows' | 'viewer'>, ids: string): Map<string, number> {
  const hidden = viewer.guest === undefined ? '' : 'AND t.is_hidden = 0'
  const found = rows.all(
    `SELECT t.asset_id, count(*) AS n FROM json_each(?) j JOIN iconik_segment t ON t.asset_id = j.value
       WHERE t.status = 'ACTIVE' AND t.segment_type = 'COMMENT' ${hidden} AND ${isCurrent} GROUP BY t.asset_id`,
    ids,
  )
  return new Map(found.map((row) => [String(row['asset_id']), Number(row['n'])]))
}

/** What a look into the file noted with its format, or else what its name tells. */
function factsOf(found: readonly Format[], fileName: string | undefined) {
  const [metadata] = found.find(({ name }) => name === 'ORIGINAL')?.metadata ?? []
  const noted = metadata?.['media_type']
  const byName = fileName === undefined ? 'other' : kindOf(fileName).mediaType
  const mediaType = typeof noted === 'string' ? noted : byName
  const duration = Number(metadata?.['duration_milliseconds'])
  return {
    media_type: mediaType === 'other' ? null : mediaType,
    duration_milliseconds: Number.isFinite(duration) ? duration : null,
  }
}

/** The media of the current versions of many assets at once; an asset that has none is left out. */
export function mediaOf(
  call: Pick<Call, 'rows' | 'link' | 'api' | 'viewer'>,
  assetIds: readonly string[],
): ReadonlyMap<string, AssetMedia> {
  const ids = JSON.stringify([...new Set(assetIds)])
  const files = rowsByAsset(call, 'iconik_file', "t.status <> 'DELETED'", ids)
  const proxies = rowsByAsset(call, 'iconik_proxy', "t.status <> 'DELETED'", ids)
  const keyframes = rowsByAsset(call, 'iconik_keyframe', "t.status = 'CLOSED'", ids)
  const found = rowsByAsset(call, 'iconik_format', "t.status = 'ACTIVE'", ids)
  const counts = countsByAsset(call, ids)
  const watched: Showing = { call, hasUrl: true, disposition: 'inline' }
  const named: Showing = { ...watched, hasUrl: false }
  const media = new Map<string, AssetMedia>()
  for (const id of new Set([files, proxies, keyframes, found, counts].flatMap((map) => [...map.keys()]))) {
    const own = files.get(id) ?? []
    const shownFiles = own.map((row) => shownFile(named, row))
    const ownFormats = (found.get(id) ?? []).map((row) => formats.parse(row))
    media.set(id, {
      files: shownFiles,
      proxies: (proxies.get(id) ?? []).map((row) => shownProxy(watched, row)),
      keyframes: (keyframes.get(id) ?? []).map((row) => shownKeyframe(watched, row)),
      formats: ownFormats,
      ...factsOf(ownFormats, shownFiles[0]?.original_name),
      bytes: own.reduce((sum, row) => sum + Number(row['size'] ?? 0), 0),
      comments_count: counts.get(id) ?? 0,
    })
  }
  return media
}
