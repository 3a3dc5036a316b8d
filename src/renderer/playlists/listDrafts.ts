import type { EntryId, VersionId } from '../../shared/ids.ts'
import type { Entry, EntryDraft } from '../../shared/playlist.ts'

/** The entries with the versions that were chosen while they play: such an entry follows the newest no more. */
export const withVersions = (
  entries: readonly Entry[],
  chosen: ReadonlyMap<EntryId, VersionId>,
): readonly Entry[] =>
  entries.map((entry) => {
    const versionId = chosen.get(entry.id)
    return versionId === undefined || versionId === entry.versionId
      ? entry
      : {
          ...entry,
          versionId,
          versionNumber: null,
          isPinned: true,
          frames: null,
          rate: null,
          isVariableRate: false,
        }
  })

/**
 * What makes a list of these entries: the same clips, frames and pinned versions. A clip whose pinned version is gone
 * follows its newest; one that is gone itself is left out.
 */
export const draftsOfEntries = (entries: readonly Entry[]): EntryDraft[] =>
  entries.flatMap(({ assetId, versionId, isPinned, range }) =>
    assetId === null ? [] : [{ assetId, versionId: isPinned ? versionId : null, range }],
  )
