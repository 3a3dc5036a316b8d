import type { FileAtService } from '../../transfers/uploadFile.ts'
import type { UploadNews } from '../../transfers/uploadTarget.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { isForbidden, isGone } from './paging.ts'
import type { UploadFiles } from './uploadFiles.ts'
import { assetOf, stepNames } from './uploadIds.ts'
import { jobFields, patchJob } from './uploadJob.ts'
import { versionSchema } from './wireAssets.ts'

/** Leaves nothing of an upload that was given up: its asset or version goes, with what was made in it. May be repeated. */
export async function undoUpload(
  client: IconikClient,
  files: UploadFiles,
  { facts, done }: FileAtService,
  signal: AbortSignal,
): Promise<void> {
  const version = done.get(stepNames.version)
  if (facts.versionOf === null ? !done.has(stepNames.asset) : version === undefined) return
  const asset_id = assetOf(facts, done)
  await setFile(files, { facts, done }, 'FAILED', signal)
  if (version === undefined)
    await unlessGone(() => client.call(calls['assets.deleteUpload'], { path: { asset_id } }, signal))
  else await unlessGone(() => dropVersion(client, asset_id, version, signal))
  await patchJob(client, facts, done, { status: 'ABORTED' }, signal)
}

/** Who may add versions may not always delete them: then it is at least marked as failed. */
async function dropVersion(
  client: IconikClient,
  asset_id: string,
  version_id: string,
  signal: AbortSignal,
): Promise<void> {
  const path = { asset_id, version_id }
  try {
    await client.call(calls['assets.deleteVersion'], { path, query: { hard_delete: true } }, signal)
  } catch (error) {
    if (!isForbidden(error)) throw error
    await client.call(
      calls['assets.patchVersion'],
      { path, body: { status: 'FAILED' }, answer: versionSchema.partial() },
      signal,
    )
  }
}

/** What others see of an upload under way. */
export function createUploadNews(client: IconikClient, files: UploadFiles): UploadNews {
  return {
    moved: ({ facts, done }, share, signal) =>
      patchJob(client, facts, done, jobFields(facts, 'STARTED', share), signal),
    async failed({ facts, done }, failure, signal) {
      await setFile(files, { facts, done }, 'FAILED', signal)
      const error_message = `Rushes stopped this upload: ${failure.code}`
      await patchJob(client, facts, done, { status: 'FAILED', error_message }, signal)
    },
    async resumed({ facts, done }, signal) {
      await setFile(files, { facts, done }, 'OPEN', signal)
      await patchJob(client, facts, done, { status: 'STARTED' }, signal)
    },
  }
}

async function setFile(
  files: UploadFiles,
  { facts, done }: FileAtService,
  status: 'OPEN' | 'FAILED',
  signal: AbortSignal,
): Promise<void> {
  const file = done.get(stepNames.file)
  if (file === undefined) return
  await unlessGone(() => files.setStatus(assetOf(facts, done), file, { status }, signal))
}

async function unlessGone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!isGone(error)) throw error
  }
}
