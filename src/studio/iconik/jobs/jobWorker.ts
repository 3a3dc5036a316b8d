import { setImmediate as turn } from 'node:timers/promises'
import type { ObjectStore } from '../../s3/objectStore.ts'
import type { SqlRows } from '../../sqlRows.ts'
import { IconikError } from '../iconikError.ts'
import { removeDroppedObjects } from '../media/droppedObjects.ts'
import { runTask } from '../media/mediaTasks.ts'
import { type Job, jobs, saveJob } from './jobRows.ts'
import { taskSchema } from './task.ts'

export interface WorkerTools {
  readonly rows: SqlRows
  readonly store: ObjectStore
  readonly now: () => number
  /** Told of what was thrown by a task. */
  readonly report: (error: unknown) => void
}

/**
 * Does the studio's own jobs, one at a time, the most urgent and then the oldest first. Which are left is in the
 * database, so those that an end of the process cut off are done by the next.
 */
export class JobWorker {
  readonly #tools: WorkerTools
  readonly #stopping = new AbortController()
  #running: Promise<void> | undefined
  #isWoken = false

  constructor(tools: WorkerTools) {
    this.#tools = tools
  }

  wake(): void {
    this.#isWoken = true
    if (this.#stopping.signal.aborted || this.#running !== undefined) return
    this.#running = this.#run()
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.#tools.report(error)
      })
      .finally(() => {
        this.#running = undefined
        if (this.#isWoken) this.wake()
      })
  }

  /** Returns when there is nothing left to do. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  /** Leaves the job at hand for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    // The answer that tells of the job goes first.
    await turn()
    const { signal } = this.#stopping
    while (this.#isWoken && !signal.aborted) {
      this.#isWoken = false
      for (let job = this.#next(); job !== undefined && !signal.aborted; job = this.#next()) {
        await this.#work(job)
      }
      await removeDroppedObjects(this.#tools)
    }
  }

  #next(): Job | undefined {
    const row = this.#tools.rows.get(
      `SELECT * FROM iconik_job WHERE task IS NOT NULL AND status IN ('READY', 'STARTED')
         ORDER BY priority DESC, rowid LIMIT 1`,
    )
    return row && jobs.parse(row)
  }

  async #work(job: Job): Promise<void> {
    const { rows, report } = this.#tools
    const { signal } = this.#stopping
    saveJob(rows, job, { status: 'STARTED' })
    const row = rows.get('SELECT task FROM iconik_job WHERE id = ?', job.id)
    try {
      const task = taskSchema.parse(JSON.parse(String(row?.['task'])))
      const { warning, message } = await runTask(this.#tools, task, job, signal)
      this.#end(job.id, {
        status: warning === undefined ? 'FINISHED' : 'FINISHED_WITH_WARNING',
        progress_processed: job.progress_total,
        ...((warning ?? message) !== undefined && { message: warning ?? message }),
      })
    } catch (error) {
      if (signal.aborted) return
      // Refusals are about what was asked for; the job tells of them.
      if (!(error instanceof IconikError)) report(error)
      const text = error instanceof Error ? error.message : String(error)
      this.#end(job.id, { status: 'FAILED', error_message: text })
    }
  }

  /** Somebody may have aborted or removed it meanwhile. */
  #end(id: string, changes: Partial<Job>): void {
    const { rows } = this.#tools
    const job = jobs.find(rows, id)
    if (job?.status === 'STARTED') saveJob(rows, job, changes)
    if (job?.status === 'ABORT_PENDING') saveJob(rows, job, { status: 'ABORTED' })
  }
}
