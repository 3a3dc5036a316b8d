import type { CaptionPower, VersionRef } from '../powers.ts'
import { calls } from './calls/index.ts'
import { allAfter, orElse } from './paging.ts'
import type { Session } from './session.ts'
import { subtitlesSchema } from './wireFiles.ts'

const perPage = 100

/** The subtitles of a version, one of each language; those for the deaf stand behind another address and are left out. */
export function createCaptions({ call }: Session): CaptionPower {
  // An asset that is shown without a version has its own id in the version's place.
  const isWhole = ({ remoteId, assetRemoteId }: VersionRef) => remoteId === assetRemoteId
  const listed = (version: VersionRef, signal: AbortSignal) =>
    allAfter((last_id) => {
      const path = { asset_id: version.assetRemoteId }
      const given = { query: { per_page: perPage, last_id }, answer: subtitlesSchema }
      return isWhole(version)
        ? call(calls['files.listSubtitles'], { path, ...given }, signal)
        : call(
            calls['files.listVersionSubtitles'],
            { path: { ...path, version_id: version.remoteId }, ...given },
            signal,
          )
    }, perPage)
  return {
    async list(version, signal) {
      const found = new Map<string, string>()
      for (const { language, name, closed_captions } of await orElse(() => listed(version, signal), []))
        if (language !== '' && closed_captions !== true) found.set(language, name || language)
      return [...found].map(([key, label]) => ({ key, label }))
    },
    read(version, language, signal) {
      const path = { asset_id: version.assetRemoteId, language }
      return isWhole(version)
        ? call(calls['files.readSubtitleText'], { path }, signal)
        : call(
            calls['files.readVersionSubtitleText'],
            { path: { ...path, version_id: version.remoteId } },
            signal,
          )
    },
  }
}
