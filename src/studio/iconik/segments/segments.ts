import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { versionOf } from '../assets/assetRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { twins } from '../change.ts'
import { body, bulkIds, flag, flagOr, number, pageQuery, scrollQuery, sortQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { reindexed } from '../indexing.ts'
import { addJob } from '../jobs/jobRows.ts'
import { type Route, route } from '../route.ts'
import { newSegment, newSegments, segmentEdit, segmentEdits } from './segmentBody.ts'
import { conditionsFor, filterQuery, listQuery, ofTypeQuery, segmentPage, timeQuery } from './segmentList.ts'
import { type Segment, segmentOf, segments, segmentTypes, showing } from './segmentRows.ts'
import { csvOf, cuesOf, srtOf, vttOf } from './segmentText.ts'
import { addSegment, editSegment, isOwn } from './writeSegment.ts'

const ofAsset = '/v1/assets/{asset_id}/segments'
const byId = { segment_id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ }
const byType = { segment_type: new RegExp(`^(${segmentTypes.join('|')})$`) }

const shown = (call: Call, segment: Segment) => showing(call.rows, true)(segment)

/** Everything that fits, in the order of time. */
function allFitting(call: Call<unknown, Parameters<typeof conditionsFor>[1]>): Segment[] {
  return segments.all(call.rows, conditionsFor(call, call.query), 'time_start, rowid')
}

/** Removes a segment and what replies to it, or marks them as deleted. */
function remove(call: Call, segment: Segment, isSoft: boolean): void {
  if (!isSoft) {
    segments.remove(call.rows, segment.id)
    return
  }
  segments.save(call.rows, { ...segment, status: 'DELETED', date_modified: call.date })
  for (const reply of segments.all(call.rows, [where('parent_id = ?', segment.id)])) {
    if (reply.status !== 'DELETED') remove(call, reply, true)
  }
}

/** The job of a bulk call, which is done when the call answers. */
function bulkDone(call: Call, title: string): IconikAnswer {
  const { id, status } = addJob(call, {
    ...{ type: 'CUSTOM', title, objectType: 'assets', objectId: call.param('asset_id') },
  })
  return created({ id, status }, id)
}

const realms = {
  ignore_comments: z.boolean().optional(),
  realms: z.array(z.string()).nullish(),
  sync_to_another_dc: z.boolean().optional(),
}

function reindex(call: Call, ids: readonly string[] | undefined): IconikAnswer {
  reindexed(call, 'segments', ids)
  return done(201)
}

const idsOf = (call: Call, assetIds: readonly string[]) =>
  call.rows
    .all(
      'SELECT id FROM iconik_segment WHERE asset_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(assetIds),
    )
    .map(({ id }) => String(id))

export const segmentRoutes: readonly Route[] = [
  route('assets.listSegments', 'GET', `${ofAsset}/`, {
    roles: ['can_read_segments'],
    access: 'guest',
    query: listQuery,
    handle: (call) => ok(segmentPage(call, call.query)),
  }),
  route('assets.listSegmentsOfType', 'GET', `${ofAsset}/{segment_type}/`, {
    where: byType,
    roles: ['can_read_segments'],
    access: 'guest',
    query: ofTypeQuery,
    handle: (call) => ok(segmentPage(call, { ...call.query, segment_type: call.param('segment_type') })),
  }),
  route('assets.exportSegmentsCsv', 'GET', `${ofAsset}/csv/`, {
    roles: ['can_read_segments'],
    access: 'guest',
    query: filterQuery,
    handle: (call) => ({ status: 200, text: { type: 'text/csv', content: csvOf(allFitting(call)) } }),
  }),
  route('assets.exportSegmentsSrt', 'GET', `${ofAsset}/srt/`, {
    roles: ['can_read_segments'],
    access: 'guest',
    query: { ...filterQuery, words_per_line: number.pipe(z.number().min(1)).optional() },
    handle(call) {
      const content = srtOf(cuesOf(allFitting(call), call.query.words_per_line))
      return { status: 200, text: { type: 'text/srt', content } }
    },
  }),
  route('assets.exportSegmentsVtt', 'GET', `${ofAsset}/vtt/`, {
    roles: ['can_read_segments'],
    access: 'guest',
    query: { ...filterQuery, words_per_line: number.pipe(z.number().min(1)).optional() },
    handle(call) {
      const content = vttOf(cuesOf(allFitting(call), call.query.words_per_line))
      return { status: 200, text: { type: 'text/vtt', content } }
    },
  }),
  route('assets.readSegment', 'GET', `${ofAsset}/{segment_id}/`, {
    where: byId,
    roles: ['can_read_segments'],
    access: 'guest',
    // The path is one with the list of a type, whose fields the list of calls names here as well.
    query: {
      ...pageQuery,
      ...scrollQuery,
      ...sortQuery,
      ...timeQuery,
      ids: z.string().optional(),
      query: z.string().optional(),
      includes: z.string().optional(),
    },
    handle(call) {
      const segment = segmentOf(call)
      return ok(shown(call, segment), segment.id)
    },
  }),
  route('assets.createSegment', 'POST', `${ofAsset}/`, {
    roles: ['can_create_segments'],
    access: 'guest',
    body: newSegment,
    handle(call) {
      const segment = call.rows.transaction(() => addSegment(call, call.body))
      return created(shown(call, segment), segment.id)
    },
  }),
  route('assets.createSegments', 'POST', `${ofAsset}/bulk/`, {
    roles: ['can_create_segments'],
    body: newSegments,
    handle: (call) =>
      call.rows.transaction(() => {
        for (const one of call.body.objects) addSegment(call, one)
        return bulkDone(call, 'Create segments')
      }),
  }),
  ...twins('assets', 'Segment', `${ofAsset}/{segment_id}/`, {
    where: byId,
    roles: ['can_write_segments'],
    access: 'guest',
    body: segmentEdit,
    query: { generate_subclip_keyframes: flag.optional() },
    handle(call, mode) {
      const id = call.param('segment_id')
      const segment = call.rows.transaction(() => editSegment(call, id, call.body, mode))
      return ok(shown(call, segment), segment.id)
    },
  }),
  route('assets.replaceSegments', 'PUT', `${ofAsset}/bulk/`, {
    roles: ['can_write_segments'],
    body: segmentEdits,
    query: { generate_subclip_keyframes: flag.optional() },
    handle: (call) =>
      call.rows.transaction(() => {
        for (const { id, ...edit } of call.body.objects) editSegment(call, id, edit, 'replace')
        return bulkDone(call, 'Edit segments')
      }),
  }),
  route('assets.deleteSegment', 'DELETE', `${ofAsset}/{segment_id}/`, {
    where: byId,
    roles: ['can_delete_segments'],
    access: 'guest',
    query: { soft_delete: flagOr(false) },
    handle(call) {
      const segment = segmentOf(call)
      if (call.viewer.guest !== undefined && !isOwn(call, segment)) throw IconikError.forbidden()
      call.rows.transaction(() => remove(call, segment, call.query.soft_delete))
      return done(204, segment.id)
    },
  }),
  route('assets.deleteSegments', 'DELETE', `${ofAsset}/bulk/`, {
    roles: ['can_delete_segments'],
    body: body({
      segment_ids: bulkIds.optional(),
      segment_type: z.enum(segmentTypes).optional(),
      version_id: uuid.nullish(),
    }),
    query: { immediately: flagOr(true), ignore_reindexing: flagOr(true) },
    handle(call) {
      const { segment_ids, segment_type, version_id } = call.body
      if ((segment_ids === undefined) === (segment_type === undefined)) {
        throw IconikError.badRequest('Name segments, or a type of them')
      }
      const assetId = call.param('asset_id')
      const version =
        version_id == null ? [] : [where('version_id = ?', versionOf(call.rows, assetId, version_id).id)]
      const chosen =
        segment_ids === undefined
          ? where('segment_type = ?', segment_type ?? null)
          : where('id IN (SELECT value FROM json_each(?))', JSON.stringify(segment_ids))
      return call.rows.transaction(() => {
        const found = segments.all(call.rows, [where('asset_id = ?', assetId), chosen, ...version])
        if (found.length === 0) throw IconikError.notFound('Segments')
        for (const { id } of found) {
          // One that went with what it replied to is gone already.
          const left = segments.find(call.rows, id)
          if (left !== undefined) remove(call, left, !call.query.immediately)
        }
        return done(204)
      })
    },
  }),
  route('assets.reindexSegment', 'POST', `${ofAsset}/{segment_id}/reindex/`, {
    roles: ['can_reindex_segments'],
    body: body(realms),
    handle: (call) => reindex(call, [segmentOf(call).id]),
  }),
  route('assets.reindexSegmentsOfAsset', 'POST', `${ofAsset}/reindex/`, {
    roles: ['can_reindex_segments'],
    body: body(realms),
    handle(call) {
      versionOf(call.rows, call.param('asset_id'), undefined)
      return reindex(call, idsOf(call, [call.param('asset_id')]))
    },
  }),
  route('assets.reindexSegmentsOfAssets', 'POST', '/v1/assets/segments/reindex/', {
    roles: ['can_reindex_segments'],
    body: body({ ...realms, asset_ids: z.array(uuid).nullable() }),
    handle: (call) =>
      reindex(call, call.body.asset_ids === null ? undefined : idsOf(call, call.body.asset_ids)),
  }),
  route('assets.reindexSegments', 'POST', '/v1/segments/reindex/', {
    roles: ['can_reindex_segments'],
    body: body({ ...realms, segment_ids: bulkIds }),
    handle: (call) => reindex(call, call.body.segment_ids),
  }),
]
