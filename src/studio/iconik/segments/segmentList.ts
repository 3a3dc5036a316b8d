import { z } from 'zod'
import { type Condition, type Row, where } from '../../sqlRows.ts'
import { currentVersion, versionOf } from '../assets/assetRows.ts'
import type { Call } from '../call.ts'
import { flag, flagOr, idList, number, pageQuery, scrollQuery, sortQuery } from '../fields.ts'
import { type Page, type PageQuery, pageOf } from '../page.ts'
import { checkVersion, guestShare, maySeeVersions } from '../shares/guest.ts'
import { segments, showing } from './segmentRows.ts'

const text = z.string().max(500).optional()

/** What every way of reading the segments of an asset can be asked for. */
export const filterQuery = {
  ids: idList.optional(),
  query: text,
  transcription_id: text,
  version_id: text,
  segment_type: text,
  segment_color: text,
}
export const timeQuery = {
  time_start_milliseconds: number.optional(),
  time_end_milliseconds: number.optional(),
  time_start_milliseconds__gte: number.optional(),
  time_end_milliseconds__lte: number.optional(),
}
export const ofTypeQuery = {
  ...pageQuery,
  ...scrollQuery,
  ...sortQuery,
  ...timeQuery,
  ids: filterQuery.ids,
  query: text,
  includes: text,
}
export const listQuery = {
  ...ofTypeQuery,
  ...filterQuery,
  status: text,
  person_id: text,
  share_id: text,
  project_id: text,
  include_users: flag.optional(),
  include_all_versions: flagOr(false),
}
export type SegmentFilter = Partial<z.output<z.ZodObject<typeof listQuery>>>

const orders = {
  time_start_milliseconds: 'time_start',
  time_end_milliseconds: 'time_end',
  date_created: 'date_created',
  date_modified: 'date_modified',
  segment_type: 'segment_type',
  segment_text: 'segment_text',
  segment_track: 'segment_track',
  segment_color: 'segment_color',
  segment_checked: 'segment_checked',
  status: 'status',
}

const columns = {
  transcription_id: 'transcription_id = ?',
  segment_type: 'segment_type = ?',
  segment_color: 'segment_color = ?',
  person_id: 'person_id = ?',
  share_id: 'share_id = ?',
  project_id: 'project_id = ?',
  time_start_milliseconds: 'time_start = ?',
  time_end_milliseconds: 'time_end = ?',
  time_start_milliseconds__gte: 'time_start >= ?',
  time_end_milliseconds__lte: 'time_end <= ?',
} as const

/** Without words of its own a list is of the current version, and of what is not deleted. Fails with 404 and 403. */
function versionCondition(call: Call, assetId: string, filter: SegmentFilter): Condition[] {
  if (filter.version_id === undefined && filter.include_all_versions === true && maySeeVersions(call)) {
    currentVersion(call.rows, assetId)
    return []
  }
  const { id } = versionOf(call.rows, assetId, filter.version_id)
  checkVersion(call, id)
  return [where('version_id = ?', id)]
}

/** The segments of the path's asset that fit, as far as the viewer may know of them. */
export function conditionsFor(call: Call, filter: SegmentFilter): Condition[] {
  const assetId = call.param('asset_id')
  const conditions = [
    where('asset_id = ?', assetId),
    where('status = ?', filter.status ?? 'ACTIVE'),
    ...versionCondition(call, assetId, filter),
  ]
  for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
    const value = filter[name]
    if (value !== undefined) conditions.push(where(columns[name], value))
  }
  if (filter.ids !== undefined) {
    conditions.push(where('id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.ids)))
  }
  if (filter.query !== undefined && filter.query !== '') {
    conditions.push(where('segment_text LIKE ?', `%${filter.query.replaceAll('*', '%')}%`))
  }
  const share = guestShare(call)
  if (share !== undefined) {
    conditions.push(where('is_hidden = 0'))
    if (!share.allow_view_transcriptions) conditions.push(where("segment_type <> 'TRANSCRIPTION'"))
  }
  return conditions
}

/** What every segment in an answer has, whatever was asked for. */
const isNeeded = (name: string) => name === 'id' || name === 'segment_type'

/** One page of segments, with the fields that were asked for. */
export function segmentPage(
  call: Call<unknown, PageQuery & { readonly includes?: string | undefined }>,
  filter: SegmentFilter,
): Page<object> {
  const show = showing(call.rows, filter.include_users === true)
  const wanted = call.query.includes?.split(',').filter((name) => name !== '')
  const pick = (segment: object) =>
    wanted === undefined
      ? segment
      : Object.fromEntries(
          Object.entries(segment).filter(([name]) => isNeeded(name) || wanted.includes(name)),
        )
  const listing = {
    ...{ table: segments.table, orders, byDefault: 'time_start' },
    conditions: conditionsFor(call, filter),
  }
  return pageOf(call, listing, (rows: Row[]) => rows.map((row) => pick(show(segments.parse(row)))))
}
