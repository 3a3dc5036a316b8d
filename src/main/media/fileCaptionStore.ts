import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Cue } from '../../shared/captions.ts'
import { cueSchema, fileTrackSchema, mostCues } from '../../shared/captions.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { TrackFacts } from './tracks/fileTrack.ts'
import { mostTracks } from './tracks/fileTrack.ts'

const trackSchema = fileTrackSchema
  .omit({ id: true, isKept: true })
  .extend({ index: z.number().int().nonnegative() })
const listSchema = z.object({ mark: z.string(), tracks: z.array(trackSchema).max(mostTracks) })
const wordsSchema = z.object({ mark: z.string(), cues: z.array(cueSchema).max(mostCues) })

export interface KeptTracks {
  /** Of the very file they were read from, see `PlaceBytes`. */
  readonly mark: string
  readonly tracks: readonly TrackFacts[]
}

/** What was found in the media files of versions: their caption tracks, and the words of those that were read. */
export interface FileCaptionStore {
  tracks(versionId: VersionId): Promise<KeptTracks | undefined>
  keepTracks(versionId: VersionId, kept: KeptTracks): Promise<void>
  /** Undefined where they were never read, or from another file than the one with this mark. */
  cues(versionId: VersionId, index: number, mark: string): Promise<readonly Cue[] | undefined>
  keepCues(versionId: VersionId, index: number, mark: string, cues: readonly Cue[]): Promise<void>
}

/** `root` is that of `captionStore.ts`: everything of a connection goes at once. */
export function createFileCaptionStore(
  root: string,
  connectionOf: (versionId: VersionId) => ConnectionId,
): FileCaptionStore {
  const folderOf = (versionId: VersionId) => join(root, connectionOf(versionId), versionId)
  const read = async <T>(versionId: VersionId, name: string, schema: z.ZodType<T>) => {
    try {
      return schema.parse(JSON.parse(await readFile(join(folderOf(versionId), name), 'utf8')))
    } catch {
      // Not there, or damaged since: the file has it all the same.
      return undefined
    }
  }
  const write = async (versionId: VersionId, name: string, value: unknown) => {
    const file = join(folderOf(versionId), name)
    await mkdir(folderOf(versionId), { recursive: true, mode: 0o700 })
    await writeFile(`${file}.new`, JSON.stringify(value))
    await rename(`${file}.new`, file)
  }
  const wordsName = (index: number) => `in-file-${index}.json`
  return {
    tracks: (versionId) => read(versionId, 'in-file.json', listSchema),
    keepTracks: (versionId, kept) => write(versionId, 'in-file.json', kept),
    async cues(versionId, index, mark) {
      const found = await read(versionId, wordsName(index), wordsSchema)
      return found?.mark === mark ? found.cues : undefined
    },
    keepCues: (versionId, index, mark, cues) => write(versionId, wordsName(index), { mark, cues }),
  }
}
