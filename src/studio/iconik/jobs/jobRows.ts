import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { isoOf } from '../dates.ts'
import { Documents } from '../documents.ts'
import { anyObject } from '../fields.ts'
import { type Task, taskSchema } from './task.ts'

export const jobTypes = [
  ...['MEDIAINFO', 'TRANSCODE', 'KEYFRAMES', 'EXPORT', 'DELETE', 'REINDEX', 'MOVE', 'TRANSFER', 'ANALYZE'],
  ...['METADATA', 'CUSTOM', 'SCAN', 'ARCHIVE', 'RESTORE', 'RESTORE_FROM_GLACIER', 'ACL', 'COPY'],
  ...['TRANSCRIPTION', 'REQUEST_COLLECTION_MAP', 'COLLECTION_CUSTOM_ORDER', 'STORAGE_GATEWAY_FILE_INGEST'],
  ...['MARK_MISSING', 'FACE_RECOGNITION', 'SET_APPROVAL', 'REQUEST_APPROVAL', 'CHANGE_PERSON'],
  ...['CONFIRM_PERSON', 'DELETE_PERSON', 'AUTOMATION', 'REVIEW_REQUEST'],
  'CONVERT_SAVED_SEARCH_TO_COLLECTION',
]
export const jobStatuses = [
  ...(['READY', 'STARTED', 'FINISHED', 'FINISHED_WITH_WARNING', 'FAILED', 'WAITING'] as const),
  ...(['ABORT_PENDING', 'ABORTED', 'SKIPPED', 'PAUSED'] as const),
] as const
export type JobStatus = (typeof jobStatuses)[number]
export const stepStatuses = ['IN_PROGRESS', 'WAITING', 'FAILED', 'DONE', 'SKIPPED'] as const

const stepSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  status: z.enum(stepStatuses),
  message: z.string().nullish(),
  error_message: z.string().nullish(),
  date_updated: z.string(),
})

const jobSchema = z.strictObject({
  id: z.string(),
  type: z.enum(jobTypes),
  custom_type: z.string().nullish(),
  title: z.string(),
  status: z.enum(jobStatuses),
  message: z.string().optional(),
  error_message: z.string().optional(),
  object_type: z.string().nullish(),
  object_id: z.string().nullish(),
  parent_id: z.string().nullish(),
  priority: z.number().default(5),
  progress_processed: z.number().default(0),
  progress_total: z.number().default(100),
  metadata: anyObject.default({}),
  job_context: anyObject.default({}),
  action_context: anyObject.optional(),
  related_objects: z.array(z.strictObject({ object_type: z.string(), object_id: z.string() })).optional(),
  has_children: z.boolean().default(false),
  steps: z.array(stepSchema).default([]),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  created_by: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Job = z.infer<typeof jobSchema>
export const jobs = new Documents('iconik_job', 'Job', jobSchema)

export const hasEnded = (status: JobStatus): boolean =>
  ['FINISHED', 'FINISHED_WITH_WARNING', 'FAILED', 'ABORTED', 'SKIPPED'].includes(status)

/** A job as answers show it. */
export const shownJob = (job: Job) => ({
  ...job,
  progress: Math.round((100 * job.progress_processed) / Math.max(1, job.progress_total)),
})

/** Stores the job with the changes, and with the times that its status brings with it. */
export function saveJob(rows: SqlRows, job: Job, changes: Partial<Job>): Job {
  const date = isoOf(rows.now())
  const status = changes.status ?? job.status
  return jobs.save(rows, {
    ...job,
    ...changes,
    ...(status === 'STARTED' && job.started_at === undefined && { started_at: date }),
    ...(hasEnded(status) && !hasEnded(job.status) && { completed_at: date }),
    date_modified: date,
  })
}

export interface NewJob {
  readonly type: (typeof jobTypes)[number]
  readonly title: string
  readonly objectType?: string
  readonly objectId?: string
  /** Default: FINISHED, as most work of the studio is done when its call answers. */
  readonly status?: JobStatus
  readonly message?: string
  /** What the studio is yet to do for it; the job starts out READY. Wake the worker once it is committed. */
  readonly task?: Task
  /** From 1 to 10, the most urgent. */
  readonly priority?: number
}

/** Tells the list of jobs of work that was asked for. */
export function addJob(
  { rows, viewer }: Pick<Call, 'rows' | 'viewer'>,
  { type, title, objectType, objectId, task, ...job }: NewJob,
): Job {
  const date = isoOf(rows.now())
  const status = job.status ?? (task === undefined ? 'FINISHED' : 'READY')
  const added = jobs.insert(rows, {
    ...{ id: randomUUID(), type, title, status, priority: job.priority ?? 5 },
    ...{ object_type: objectType, object_id: objectId, created_by: viewer.userId },
    ...(job.message !== undefined && { message: job.message }),
    ...(hasEnded(status) && { progress_processed: 100, started_at: date, completed_at: date }),
    ...{ date_created: date, date_modified: date },
  })
  if (task !== undefined) {
    const text = JSON.stringify(taskSchema.parse(task))
    rows.run('UPDATE iconik_job SET task = ? WHERE id = ?', text, added.id)
  }
  return added
}
