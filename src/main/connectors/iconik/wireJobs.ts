import { z } from 'zod'
import { count, few, id, idOrNull, pageSchema, text } from './wire.ts'

export const jobSchema = z.object({
  id,
  type: z.string(),
  /** `READY`, `STARTED`, `FINISHED`, `FINISHED_WITH_WARNING`, `FAILED`, `WAITING`, `ABORT_PENDING`, `ABORTED`, `SKIPPED`, `PAUSED`. */
  status: z.string(),
  title: z.string(),
  message: text,
  error_message: text,
  object_type: text,
  object_id: idOrNull,
  parent_id: idOrNull,
  progress: count,
  progress_processed: count,
  progress_total: count,
  priority: count,
  steps: few(z.object({ id: idOrNull, label: z.string(), status: z.string(), error_message: text })),
  created_by: idOrNull,
  date_created: text,
  date_modified: text,
  completed_at: text,
  /** Free for whoever made the job. */
  metadata: z.record(z.string(), z.unknown()).nullable().catch(null),
})
export type Job = z.infer<typeof jobSchema>
export const jobsSchema = pageSchema(jobSchema)
