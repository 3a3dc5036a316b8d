import { AppError } from '../../../shared/errors.ts'
import type { UploadStep } from '../../transfers/uploadTarget.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { isForbidden } from './paging.ts'
import type { UploadFiles } from './uploadFiles.ts'
import { assetOf, idOf, isoTime, none, stepNames } from './uploadIds.ts'
import { jobFields, patchJob, unlessForbidden } from './uploadJob.ts'
import { jobStartedSchema, readTime } from './wire.ts'
import { proxiesSchema } from './wireFiles.ts'
import { jobsSchema } from './wireJobs.ts'

const clockSlack = 5 * 60_000

/** Once the object is stored and checked: the file is closed, its proxy ordered, the job finished. */
export function afterSteps(client: IconikClient, files: UploadFiles): readonly UploadStep[] {
  return [
    {
      name: stepNames.close,
      async act(facts, done, signal) {
        const file = idOf(done, 'file')
        const change = { status: 'CLOSED', size: facts.bytes } as const
        await files.setStatus(assetOf(facts, done), file, change, signal)
        return file
      },
    },
    proxyStep(client),
    {
      name: stepNames.finish,
      async act(facts, done, signal) {
        await patchJob(client, facts, done, jobFields(facts, 'FINISHED', 1), signal)
        return assetOf(facts, done)
      },
    },
  ]
}

/** The service may refuse to make a proxy of this kind of file, or for this user: the upload is no less complete. */
function proxyStep(client: IconikClient): UploadStep {
  return {
    name: stepNames.proxy,
    lookUp: (facts, done, intendedAt, signal) =>
      unlessForbidden(async () => {
        const asset_id = assetOf(facts, done)
        const version_id = done.get(stepNames.version)
        if (version_id !== undefined) {
          // Jobs are the asset's, and do not say which of its versions they are for.
          const path = { asset_id, version_id }
          const query = { per_page: 10, generate_signed_url: false }
          const ask = { path, query, answer: proxiesSchema }
          return (await client.call(calls['files.listVersionProxies'], ask, signal)).objects[0]?.id
        }
        const since = intendedAt - clockSlack
        const query = {
          object_type: 'assets',
          object_id: asset_id,
          type: 'TRANSCODE',
          date_created: `${isoTime(since)};*`,
          facets: false,
          per_page: 100,
        }
        const { objects } = await client.call(calls['jobs.listJobs'], { query, answer: jobsSchema }, signal)
        return objects.find((job) => (readTime(job.date_created) ?? 0) >= since)?.id
      }),
    async act(facts, done, signal) {
      try {
        const started = await client.call(
          calls['files.createProxyJob'],
          {
            path: { asset_id: assetOf(facts, done), file_id: idOf(done, 'file') },
            body: {},
            answer: jobStartedSchema,
          },
          signal,
        )
        return started?.job_id ?? none
      } catch (error) {
        if (isForbidden(error) || (error instanceof AppError && error.code === 'remote.refused')) return none
        throw error
      }
    },
  }
}
