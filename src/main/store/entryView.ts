import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { voteSchema } from '../../shared/approval.ts'
import { frameTimesSchema } from '../../shared/frameTimes.ts'
import { assetIdSchema, placeIdSchema, sourceIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { assetKindSchema, type MediaInfo, mediaInfoSchema, reviewStatusSchema } from '../../shared/place.ts'
import type { Entry, EntryProblem } from '../../shared/playlist.ts'
import { rangeOfSpan } from '../../shared/playlistSpan.ts'
import { joinLatest, threadCount, thumbnailKeyOf } from './assetRow.ts'
import type { StoredEntry } from './playlistStore.ts'

const foundSchema = z.object({
  has_connection: z.number(),
  asset_id: assetIdSchema.nullable(),
  place_id: placeIdSchema.nullable(),
  is_aside: z.number().nullable(),
  in_trash: z.number(),
  name: z.string().nullable(),
  kind: assetKindSchema.nullable(),
  is_ready: z.number().nullable(),
  thumbnail_key: z.string().nullable(),
  source_id: sourceIdSchema.nullable(),
  latest_version_id: versionIdSchema.nullable(),
  version_id: versionIdSchema.nullable(),
  number: z.number().nullable(),
  version_count: z.number(),
  review: reviewStatusSchema.nullable(),
  media_info: z.string().nullable(),
  frame_times: z.string().nullable(),
  comment_count: z.number(),
  vote: voteSchema.nullable(),
})
type Found = z.infer<typeof foundSchema>

/** What stored entries stand for now, in the same order. */
export type EntryView = (entries: readonly StoredEntry[]) => Entry[]

export function createEntryView(database: Database): EntryView {
  const select = database.prepare(
    `WITH wanted AS (
       SELECT key AS position, value->>'connectionId' AS connection_id, value->>'assetRemoteId' AS asset_remote_id,
         value->>'versionRemoteId' AS version_remote_id, value->'span' IS NOT 'null' AS has_span FROM json_each(?))
     SELECT connection.id IS NOT NULL AS has_connection, asset.id AS asset_id, asset.name, asset.kind, asset.is_ready,
       asset.thumbnail_key, asset.source_id, latest.id AS latest_version_id, version.id AS version_id, version.number, version.review, version.media_info,
       CASE WHEN has_span THEN version.frame_times END AS frame_times,
       (SELECT count(*) FROM version WHERE asset_id = asset.id) AS version_count,
       ${threadCount('version.id')} AS comment_count,
       (SELECT place_id FROM placement JOIN place ON place.id = place_id WHERE asset_id = asset.id ORDER BY is_aside, place.id LIMIT 1) AS place_id,
       (SELECT min(is_aside) FROM placement JOIN place ON place.id = place_id WHERE asset_id = asset.id) AS is_aside,
       EXISTS(SELECT 1 FROM placement JOIN place ON place.id = place_id WHERE asset_id = asset.id AND shelf = 'deleted') AS in_trash,
       local_vote.vote
     FROM wanted
     LEFT JOIN connection ON connection.id = wanted.connection_id
     LEFT JOIN asset ON asset.connection_id = wanted.connection_id AND asset.remote_id = wanted.asset_remote_id
     LEFT ${joinLatest}
     LEFT JOIN version ON version.id = (SELECT id FROM version WHERE asset_id = asset.id
       AND (wanted.version_remote_id IS NULL OR remote_id = wanted.version_remote_id)
       ORDER BY is_current DESC, number DESC LIMIT 1)
     LEFT JOIN local_vote ON local_vote.connection_id = wanted.connection_id
       AND local_vote.asset_remote_id = wanted.asset_remote_id AND local_vote.version_remote_id = version.remote_id
     ORDER BY wanted.position`,
  )
  return (entries) => {
    const found = z.array(foundSchema).parse(select.all(JSON.stringify(entries)))
    return entries.flatMap((entry, index) => {
      const row = found[index]
      return row === undefined ? [] : [entryOf(entry, row)]
    })
  }
}

function entryOf(entry: StoredEntry, row: Found): Entry {
  const problem = row.has_connection === 0 ? 'connection' : (entry.problem ?? problemOf(row))
  const info = row.media_info === null ? null : mediaInfoSchema.parse(JSON.parse(row.media_info))
  const { range, span } = playedOf(entry, row, info)
  return {
    id: entry.id,
    connectionId: entry.connectionId,
    assetId: problem === 'connection' ? null : row.asset_id,
    placeId: row.place_id,
    versionId: problem === null ? row.version_id : null,
    versionNumber: row.number,
    versionCount: row.version_count,
    isPinned: entry.versionRemoteId !== null,
    range,
    span,
    problem,
    name: row.name ?? entry.name,
    kind: row.kind ?? 'other',
    isReady: row.is_ready !== 0,
    thumbnailKey: thumbnailKeyOf(row),
    review: row.vote ?? row.review ?? 'none',
    commentCount: row.comment_count,
    frames: info?.frames ?? null,
    rate: info?.rate ?? null,
    isVariableRate: info?.isVariableRate ?? false,
  }
}

/** In frames where they can be counted; else as the service told it, for whoever learns how to count them. */
function playedOf(
  { range, span }: StoredEntry,
  { frame_times }: Found,
  info: MediaInfo | null,
): Pick<Entry, 'range' | 'span'> {
  const frames = info?.frames ?? null
  const rate = info?.rate ?? null
  if (span === null || frames === null || rate === null) return { range, span }
  const times = frameTimesSchema.nullable().parse(JSON.parse(frame_times ?? 'null'))
  return { range: rangeOfSpan(span, { frames, rate, times }), span: null }
}

function problemOf(row: Found): EntryProblem | null {
  if (row.has_connection === 0) return 'connection'
  if (row.asset_id === null) return 'asset'
  // Still listed by the trash and by nothing it really lies in.
  if (row.in_trash === 1 && row.is_aside === 1) return 'trash'
  return row.version_id === null ? 'version' : null
}
