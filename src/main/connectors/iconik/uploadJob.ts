import type { UploadFacts } from '../../transfers/uploadFile.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { isForbidden, isGone } from './paging.ts'
import { type Done, none, plainName, stepNames } from './uploadIds.ts'
import { jobSchema } from './wireJobs.ts'

/** Under it a job's metadata names our transfer. */
export const transferKey = 'rushes_transfer'

export type JobState = 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED'

/** What every write of an upload's job carries. Progress counts percents, so that an empty file has some, too. */
export function jobFields(facts: Pick<UploadFacts, 'name'>, status: JobState, share: number) {
  return {
    status,
    title: `Upload of ${plainName(facts.name)}`,
    type: 'TRANSFER',
    progress_processed: Math.floor(Math.min(1, Math.max(0, share)) * 100),
    progress_total: 100,
  } as const
}

/** Changes the upload's job, where there is one. One that is gone, or is not ours to write, is left. May be repeated. */
export async function patchJob(
  client: IconikClient,
  facts: UploadFacts,
  done: Done,
  fields: Partial<ReturnType<typeof jobFields>> & {
    readonly status: JobState
    readonly error_message?: string
  },
  signal: AbortSignal,
): Promise<void> {
  const job = done.get(stepNames.job)
  if (job === undefined || job === none) return
  const { title, type } = jobFields(facts, fields.status, 0)
  try {
    await client.call(
      calls['jobs.patchJob'],
      { path: { job_id: job }, body: { title, type, ...fields }, answer: jobSchema },
      signal,
    )
  } catch (error) {
    if (!isGone(error) && !isForbidden(error)) throw error
  }
}

/** Jobs are a courtesy: what this user may not ask for or make counts as there, and is done without. */
export async function unlessForbidden<T>(ask: () => Promise<T>): Promise<T | typeof none> {
  try {
    return await ask()
  } catch (error) {
    if (isForbidden(error)) return none
    throw error
  }
}
