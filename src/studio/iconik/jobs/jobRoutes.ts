import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import {
  anyObject,
  body,
  bulkIds,
  date,
  flagOr,
  idList,
  pageQuery,
  scrollQuery,
  sortQuery,
  text,
  uuid,
} from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { pageOf } from '../page.ts'
import { rangeOf } from '../range.ts'
import { isWithin } from '../reach.ts'
import { type Route, route } from '../route.ts'
import {
  hasEnded,
  type Job,
  type JobStatus,
  jobStatuses,
  jobs,
  jobTypes,
  saveJob,
  shownJob,
  stepStatuses,
} from './jobRows.ts'

const word = z.string().max(500)
const count = z.number().int().min(0)

const jobFields = {
  type: z.enum(jobTypes),
  custom_type: word.nullish(),
  title: text.min(1),
  status: z.enum(jobStatuses),
  message: text.optional(),
  error_message: text.optional(),
  object_type: word.nullish(),
  object_id: uuid.nullish(),
  parent_id: uuid.nullish(),
  progress_processed: count.optional(),
  progress_total: count.optional(),
  metadata: anyObject.optional(),
  job_context: anyObject.optional(),
  action_context: anyObject.optional(),
  related_objects: z
    .array(z.strictObject({ object_type: z.string(), object_id: uuid }))
    .min(1)
    .optional(),
  has_children: z.boolean().optional(),
  started_at: date.optional(),
  completed_at: date.optional(),
}
const writable = Object.keys(jobFields) as (keyof typeof jobFields)[]

const stepFields = {
  label: text,
  status: z.enum(stepStatuses),
  message: text.nullish(),
  error_message: text.nullish(),
}

const idOf = (call: Call) => call.param('job_id')

/** Whether a job is of something that the viewer may reach: for guests, what is shared with them. */
function isReachable(
  { rows, viewer }: Call,
  { object_type, object_id }: Pick<Job, 'object_type' | 'object_id'>,
): boolean {
  if (viewer.guest === undefined) return true
  return (
    object_type != null && object_id != null && isWithin(rows, object_type, object_id, viewer.guest.scope)
  )
}

/** The job of the path. Fails with 404. */
function jobOf(call: Call): Job {
  const job = jobs.get(call.rows, idOf(call))
  if (!isReachable(call, job)) throw IconikError.notFound('Job')
  return job
}

const listFilters = {
  type: word.optional(),
  object_type: word.optional(),
  parent_id: word.optional(),
  object_id: word.optional(),
  status: word.optional(),
  created_by: word.optional(),
}

const orders = {
  ...{ type: 'type', title: 'title', status: 'status', object_type: 'object_type', object_id: 'object_id' },
  ...{
    created_by: 'created_by',
    priority: 'priority',
    date_created: 'date_created',
    date_modified: 'date_modified',
  },
  progress_processed: 'progress_processed',
}

const columns: ReadonlySet<string> = new Set([
  ...writable,
  'created_by',
  'priority',
  'metadata.automation_id',
])

/** Fields that a filter names, each of them one that jobs have. */
function named(list: string | undefined): string[] {
  const names = (list ?? '').split(',').filter((name) => name !== '')
  if (names.some((name) => !columns.has(name))) throw IconikError.badRequest('These are no fields of jobs')
  return names
}

/** What a state change asks for, from where it may start, and where it leads. */
const actions: Readonly<
  Record<'PAUSE' | 'RESUME' | 'ABORT' | 'RESTART', (status: JobStatus) => JobStatus | undefined>
> = {
  PAUSE: (status) => (hasEnded(status) ? undefined : 'PAUSED'),
  RESUME: (status) => (status === 'PAUSED' ? 'READY' : undefined),
  // One that is being done ends at its next step.
  ABORT: (status) => (hasEnded(status) ? undefined : status === 'STARTED' ? 'ABORT_PENDING' : 'ABORTED'),
  RESTART: (status) => (hasEnded(status) ? 'READY' : undefined),
}

/** Nobody but the studio itself reacts to an abort: of others' jobs it is the end. */
function afterAbort(call: Call, id: string, status: JobStatus): JobStatus {
  const row = call.rows.get('SELECT task FROM iconik_job WHERE id = ?', id)
  return status === 'ABORT_PENDING' && row?.['task'] === null ? 'ABORTED' : status
}

function putSteps(call: Call, sent: readonly Omit<Job['steps'][number], 'date_updated'>[]): IconikAnswer {
  const job = jobs.get(call.rows, idOf(call))
  const steps = new Map(job.steps.map((step) => [step.id, step]))
  for (const step of sent) steps.set(step.id, { ...step, date_updated: call.date })
  return ok(shownJob(saveJob(call.rows, job, { steps: [...steps.values()] })), job.id)
}

const manySteps = (method: 'PUT' | 'PATCH', name: string) =>
  route(`jobs.${name}JobSteps`, method, '/v1/jobs/{job_id}/steps/', {
    roles: ['can_write_jobs'],
    body: body({
      steps: z
        .array(z.strictObject({ id: uuid, ...stepFields }))
        .min(1)
        .max(500),
    }),
    handle: (call) => putSteps(call, call.body.steps),
  })
const oneStep = (method: 'PUT' | 'PATCH', name: string) =>
  route(`jobs.${name}JobStep`, method, '/v1/jobs/{job_id}/steps/{job_step_id}/', {
    roles: ['can_write_jobs'],
    body: body({ id: uuid.optional(), ...stepFields }),
    handle: (call) => putSteps(call, [{ ...call.body, id: call.param('job_step_id') }]),
  })

export const jobRoutes: readonly Route[] = [
  route('jobs.listJobs', 'GET', '/v1/jobs/', {
    roles: ['can_read_jobs'],
    query: {
      ...pageQuery,
      ...scrollQuery,
      ...sortQuery,
      ...listFilters,
      date_created: word.optional(),
      date_modified: word.optional(),
      query: word.optional(),
      ids: idList.optional(),
      facets: flagOr(true),
      aggregations: word.optional(),
      'metadata.automation_id': word.optional(),
      _missing_: word.optional(),
      _exists_: word.optional(),
    },
    handle(call) {
      const { query } = call
      const conditions: Condition[] = []
      for (const name of Object.keys(listFilters) as (keyof typeof listFilters)[]) {
        const value = query[name]
        if (value !== undefined) conditions.push(where(`${name} = ?`, value))
      }
      conditions.push(...rangeOf('date_created', query.date_created))
      conditions.push(...rangeOf('date_modified', query.date_modified))
      if (query.ids)
        conditions.push(where('id IN (SELECT value FROM json_each(?))', JSON.stringify(query.ids)))
      if (query.query) conditions.push(where('title LIKE ?', `%${query.query.replaceAll('*', '%')}%`))
      const automation = query['metadata.automation_id']
      if (automation) conditions.push(where("document ->> '$.metadata.automation_id' = ?", automation))
      for (const name of named(query._exists_))
        conditions.push(where('document ->> ? IS NOT NULL', `$.${name}`))
      for (const name of named(query._missing_)) conditions.push(where('document ->> ? IS NULL', `$.${name}`))
      const listing = { table: jobs.table, conditions, orders, byDefault: 'date_created DESC' }
      const page = pageOf(call, listing, (rows) => rows.map((row) => shownJob(jobs.parse(row))))
      return ok(page)
    },
  }),
  route('jobs.createJob', 'POST', '/v1/jobs/', {
    roles: ['can_write_jobs'],
    access: 'guest',
    body: body(jobFields),
    handle(call) {
      const { date: now, viewer } = call
      const { status } = call.body
      if (!isReachable(call, call.body)) throw IconikError.forbidden()
      const job = jobs.insert(call.rows, {
        ...(status === 'STARTED' && { started_at: now }),
        ...(hasEnded(status) && { completed_at: now }),
        ...call.body,
        ...{ id: randomUUID(), created_by: viewer.userId, date_created: now, date_modified: now },
      })
      return created(shownJob(job), job.id)
    },
  }),
  route('jobs.readJob', 'GET', '/v1/jobs/{job_id}/', {
    roles: ['can_read_jobs'],
    access: 'guest',
    handle: (call) => ok(shownJob(jobOf(call)), idOf(call)),
  }),
  ...twins('jobs', 'Job', '/v1/jobs/{job_id}/', {
    roles: ['can_write_jobs'],
    access: 'guest',
    body: body(jobFields),
    query: { merge_metadata: z.string().optional() },
    handle(call, mode) {
      const job = jobOf(call)
      if (!isReachable(call, { ...job, ...call.body })) throw IconikError.forbidden()
      const next = changed(job, writable, call.body, mode)
      const isMerged = call.query.merge_metadata?.toLowerCase() === 'true' && call.body.metadata !== undefined
      const metadata = isMerged ? { ...job.metadata, ...call.body.metadata } : next.metadata
      // What `changed` took out falls back to its default here.
      const saved = saveJob(call.rows, { ...next, status: job.status }, { status: next.status, metadata })
      return ok(shownJob(saved), job.id)
    },
  }),
  route('jobs.deleteJob', 'DELETE', '/v1/jobs/{job_id}/', {
    roles: ['can_delete_jobs'],
    handle(call) {
      jobs.remove(call.rows, idOf(call))
      return done(204, idOf(call))
    },
  }),
  route('jobs.deleteJobs', 'DELETE', '/v1/jobs/', {
    roles: ['can_delete_jobs'],
    body: body({ job_ids: bulkIds }),
    handle: (call) =>
      call.rows.transaction(() => {
        for (const id of call.body.job_ids) jobs.remove(call.rows, id)
        return done(204)
      }),
  }),
  route('jobs.setJobPriorities', 'PUT', '/v1/jobs/priority/', {
    roles: ['can_write_jobs'],
    body: body({ job_ids: bulkIds, priority: z.number().int().min(1).max(10) }),
    handle: (call) =>
      call.rows.transaction(() => {
        for (const id of call.body.job_ids) {
          saveJob(call.rows, jobs.get(call.rows, id), { priority: call.body.priority })
        }
        return done(201)
      }),
  }),
  route('jobs.setJobStates', 'PUT', '/v1/jobs/state/', {
    roles: ['can_write_jobs'],
    body: body({ job_ids: bulkIds, action: z.enum(['PAUSE', 'RESUME', 'ABORT', 'RESTART']) }),
    handle(call) {
      call.rows.transaction(() => {
        for (const id of call.body.job_ids) {
          const job = jobs.get(call.rows, id)
          const next = actions[call.body.action](job.status)
          if (next === undefined) {
            throw IconikError.badRequest(`A job that is ${job.status} takes no ${call.body.action}`)
          }
          saveJob(call.rows, job, { status: afterAbort(call, id, next) })
        }
      })
      call.api.worker.wake()
      return done(201)
    },
  }),
  route('jobs.reindexJob', 'POST', '/v1/jobs/{job_id}/reindex/', {
    roles: ['can_write_jobs'],
    body: body({ sync_to_another_dc: z.boolean().optional() }),
    handle: (call) => done(202, jobs.get(call.rows, idOf(call)).id),
  }),
  manySteps('PUT', 'replace'),
  manySteps('PATCH', 'patch'),
  oneStep('PUT', 'replace'),
  oneStep('PATCH', 'patch'),
]
