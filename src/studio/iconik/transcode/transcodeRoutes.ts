import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { assets } from '../assets/assetRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { collections } from '../collections/collectionRows.ts'
import { body, number, pageQuery, sortQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { addJob, hasEnded, type Job, jobs, saveJob } from '../jobs/jobRows.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'

const ids = { transcode_job_id: /^[0-9a-f-]{36}$/ }
const waiting = where("task IS NOT NULL AND status IN ('READY', 'STARTED', 'PAUSED')")

/** The studio's own work, by its id. Fails with 404. */
function taskOf(call: Call): Job {
  const id = call.param('transcode_job_id')
  const row = call.rows.get('SELECT * FROM iconik_job WHERE id = ? AND task IS NOT NULL', id)
  if (row === undefined) throw IconikError.notFound('Transcode')
  return jobs.parse(row)
}

const queued = (job: Job) => ({
  ...{ id: job.id, job_id: job.id, status: job.status, type: job.type, user_id: job.created_by },
  ...{ date_created: job.date_created, date_updated: job.date_modified },
})

/** A place in the queue as one finds it by its object. All of its fields are text. */
const record = (job: Job) => ({
  ...queued(job),
  ...{ object_id: job.object_id, object_type: job.object_type, priority: String(job.priority) },
})

function recordsOf(call: Call, more: readonly Condition[] = []) {
  const object = [
    where('object_id = ?', call.param('object_id')),
    where('object_type = ?', call.param('object_type')),
  ]
  return ok({ objects: jobs.all(call.rows, [...object, waiting, ...more]).map(record) })
}

function setPriority(call: Call, priority: number) {
  const job = taskOf(call)
  saveJob(call.rows, job, { priority })
  return done(200, job.id)
}

const readRoles = ['can_read_transcode_jobs']
const writeRoles = ['can_write_transcode_jobs']

export const transcodeRoutes: readonly Route[] = [
  route('transcode.readTranscodeQueue', 'GET', '/v1/transcode/queue/', {
    roles: readRoles,
    query: { ...pageQuery, ...sortQuery },
    handle(call) {
      const orders = { priority: 'priority', date_created: 'date_created', status: 'status', type: 'type' }
      const listing = { table: jobs.table, conditions: [waiting], orders, byDefault: 'priority DESC' }
      return ok(
        pageOf(call, listing, (rows) =>
          rows.map((row) => {
            const job = jobs.parse(row)
            return { ...queued(job), priority: job.priority }
          }),
        ),
      )
    },
  }),
  route('transcode.listTranscodes', 'GET', '/v1/transcode/{object_type}/{object_id}/', {
    roles: readRoles,
    handle: (call) => recordsOf(call),
  }),
  route(
    'transcode.listVersionTranscodes',
    'GET',
    '/v1/transcode/{object_type}/{object_id}/versions/{version_id}/',
    {
      roles: readRoles,
      handle: (call) =>
        recordsOf(call, [where("document ->> '$.metadata.version_id' = ?", call.param('version_id'))]),
    },
  ),
  route('transcode.readTranscode', 'GET', '/v1/transcode/{transcode_job_id}/', {
    where: ids,
    roles: readRoles,
    handle(call) {
      const job = taskOf(call)
      const asset_id = job.object_type === 'assets' ? job.object_id : undefined
      return ok({ job_id: job.id, priority: job.priority, ...(asset_id && { asset_id }) }, job.id)
    },
  }),
  route('transcode.cancelTranscode', 'DELETE', '/v1/transcode/{transcode_job_id}/', {
    where: ids,
    roles: ['can_delete_transcode_jobs'],
    handle(call) {
      const job = taskOf(call)
      if (hasEnded(job.status)) throw IconikError.badRequest('This has ended')
      saveJob(call.rows, job, { status: job.status === 'STARTED' ? 'ABORT_PENDING' : 'ABORTED' })
      return done(204, job.id)
    },
  }),
  route('transcode.setTranscodePriority', 'PUT', '/v1/transcode/{transcode_job_id}/priority/{priority}/', {
    roles: writeRoles,
    handle(call) {
      const priority = number.pipe(z.number().min(1).max(10)).safeParse(call.param('priority'))
      if (!priority.success) throw IconikError.badRequest({ priority: 'From 1 to 10' })
      return setPriority(call, priority.data)
    },
  }),
  route('transcode.moveTranscode', 'POST', '/v1/transcode/{transcode_job_id}/position/{position}/', {
    roles: writeRoles,
    handle(call) {
      const position = call.param('position').toLowerCase()
      if (position !== 'top' && position !== 'bottom') {
        throw IconikError.badRequest({ position: 'top or bottom' })
      }
      return setPriority(call, position === 'top' ? 10 : 1)
    },
  }),
  route('transcode.transcribeAsset', 'POST', '/v1/transcribe/assets/{asset_id}/profiles/default/', {
    roles: ['can_transcribe_content'],
    body: body({
      profile_id: uuid.optional(),
      engine: text.nullish(),
      language: text.nullish(),
      force: z.boolean().optional(),
      speakers: z.number().int().min(1).max(100).nullish(),
      summary: z.boolean().nullish(),
      topics_extraction: z.boolean().optional(),
      translate_languages: z.array(text).nullish(),
    }),
    handle(call) {
      const asset = assets.get(call.rows, call.param('asset_id'))
      const job = addJob(call, {
        ...{ type: 'TRANSCRIPTION', title: `Transcribe ${asset.title}`, status: 'FINISHED_WITH_WARNING' },
        ...{ objectType: 'assets', objectId: asset.id, message: 'The studio transcribes nothing.' },
      })
      return created({ id: job.id, status: job.status }, job.id)
    },
  }),
  route('transcode.createCollectionPicture', 'POST', '/v1/keyframes/collections/{collection_id}/', {
    roles: writeRoles,
    body: body({
      specified_asset_ids: z.array(uuid).max(4).optional(),
      specified_keyframes: z.array(z.unknown()).max(4).optional(),
      deleted_asset_id: uuid.optional(),
      force: z.boolean().optional(),
    }),
    handle(call) {
      const collection = collections.get(call.rows, call.param('collection_id'))
      const { specified_asset_ids, deleted_asset_id } = call.body
      const ids = specified_asset_ids ?? collection.keyframe_asset_ids
      for (const id of specified_asset_ids ?? []) assets.get(call.rows, id)
      const keyframe_asset_ids = ids.filter((id) => id !== deleted_asset_id).slice(0, 3)
      return call.rows.transaction(() => {
        collections.save(call.rows, { ...collection, keyframe_asset_ids, date_modified: call.date })
        const job = addJob(call, {
          ...{ type: 'KEYFRAMES', title: `Picture of ${collection.title}` },
          ...{ objectType: 'collections', objectId: collection.id },
        })
        return created({ id: job.id, status: job.status }, job.id)
      })
    },
  }),
]
