import type { UploadFacts } from '../../transfers/uploadFile.ts'
import type { UploadStep } from '../../transfers/uploadTarget.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { stepNames } from './uploadIds.ts'
import { readTime } from './wire.ts'
import { assetSchema, assetVersionsSchema, type Version } from './wireAssets.ts'
import { formatsSchema } from './wireFiles.ts'
import { userSchema } from './wireUsers.ts'

/** How far the service's clock may be from ours. */
const clockSlack = 5 * 60_000

/**
 * A new version of an asset that is there. The service gives versions no key of ours, so one whose answer was lost is
 * known by its time, its maker and by holding nothing yet; files going to one asset at once take turns.
 */
export function versionStep(client: IconikClient, assetId: string): UploadStep {
  const read = (signal: AbortSignal) =>
    client.call(calls['assets.readAsset'], { path: { asset_id: assetId }, answer: assetSchema }, signal)
  const isEmpty = async (version: Version, signal: AbortSignal) => {
    const { objects } = await client.call(
      calls['files.listVersionFormats'],
      { path: { asset_id: assetId, version_id: version.id }, query: { per_page: 10 }, answer: formatsSchema },
      signal,
    )
    return objects.every(({ status }) => status === 'DELETED')
  }

  return {
    name: stepNames.version,
    turn: `version:${assetId}`,
    isPrompt: true,
    async lookUp(facts, _done, intendedAt, signal) {
      const { versions } = await read(signal)
      const young = byNumber(versions).filter(
        (version) =>
          isThere(version, facts) && (readTime(version.date_created) ?? 0) >= intendedAt - clockSlack,
      )
      if (young.length === 0) return undefined
      const { id: me } = await client.call(calls['users.readCurrentUser'], { answer: userSchema }, signal)
      for (const version of young)
        if (version.created_by_user === me && (await isEmpty(version, signal))) return version.id
      return undefined
    },
    async act(facts, _done, signal) {
      const before = new Set((await read(signal)).versions.map(({ id }) => id))
      const { versions } = await client.call(
        calls['assets.createVersion'],
        // Comments belong to the cut they were made on.
        {
          path: { asset_id: assetId },
          body: { copy_metadata: true, copy_segments: false },
          answer: assetVersionsSchema,
        },
        signal,
      )
      const sorted = byNumber(versions)
      const made = sorted.filter((version) => !before.has(version.id) && isThere(version, facts)).at(-1)
      return (made ?? sorted.at(-1))?.id ?? ''
    },
  }
}

function byNumber(versions: readonly Version[]): Version[] {
  return versions.toSorted((a, b) => (a.version_number ?? 0) - (b.version_number ?? 0))
}

function isThere({ id, status }: Version, facts: UploadFacts): boolean {
  return status !== 'DELETED' && status !== 'DELETING' && !facts.isClaimed(id)
}
