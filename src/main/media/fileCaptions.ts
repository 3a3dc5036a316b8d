import type { ChildProcess } from 'node:child_process'
import type { Cue, FileTrack } from '../../shared/captions.ts'
import { AppError } from '../../shared/errors.ts'
import type { VersionId } from '../../shared/ids.ts'
import { extractCaptions } from './extractCaptions.ts'
import type { FfmpegTool } from './ffmpegTool.ts'
import type { FileCaptionStore, KeptTracks } from './fileCaptionStore.ts'
import type { Media, Original } from './media.ts'
import { readCaptionTracks } from './tracks/captionTracks.ts'
import type { TrackFacts } from './tracks/fileTrack.ts'

export interface FileCaptionsParts {
  readonly kept: FileCaptionStore
  readonly media: Pick<Media, 'openOriginal'>
  /** The bytes of what was opened, with `Range` as the request has it. */
  readonly answer: (versionId: VersionId, use: Original['use']) => (request: Request) => Promise<Response>
  readonly tool: () => Promise<FfmpegTool | undefined>
  readonly report: (error: unknown) => void
  readonly stallAfter?: number
  readonly onStart?: (child: ChildProcess) => void
}

/** Captions that lie inside of the media file of a version. */
export interface FileCaptions {
  /** From the head of the file, once per version. Fails as opening it does: what was not looked at may hold some. */
  list(versionId: VersionId): Promise<FileTrack[]>
  /**
   * Kept words at once; else ffmpeg reads them, which may take the whole file. Null: it was stopped, or another track of
   * this version was asked for. Fails as `extractCaptions` does, with `ffmpeg.missing`, and with `captions.notRead`
   * (`reason` changed) where the file is another one than before.
   */
  read(versionId: VersionId, id: string): Promise<readonly Cue[] | null>
  /** Ends the reading of this version's captions, if there is any. */
  stop(versionId: VersionId): void
  stopAll(): void
}

const patience = 30_000
const usualStall = 90_000
const longest = 3_600_000

const idOf = ({ index }: Pick<TrackFacts, 'index'>) => `file:${index}`

export function createFileCaptions(parts: FileCaptionsParts): FileCaptions {
  const { kept, media } = parts
  const looking = new Map<VersionId, Promise<KeptTracks>>()
  const reading = new Map<VersionId, AbortController>()

  /** Reads the head of the file. What is not the original itself may have lost its captions, so it is not believed for good. */
  const look = async (versionId: VersionId, original: Original | undefined): Promise<KeptTracks> => {
    if (original === undefined) return { mark: '', tracks: [] }
    const found = { mark: original.bytes.mark, tracks: await readCaptionTracks(original.bytes) }
    if (original.use === 'original') await kept.keepTracks(versionId, found)
    return found
  }
  const opened = async <T>(
    versionId: VersionId,
    signal: AbortSignal,
    then: (original: Original | undefined) => Promise<T>,
  ): Promise<T> => {
    const original = await media.openOriginal(versionId, signal)
    try {
      return await then(original)
    } finally {
      await original?.bytes.close()
    }
  }
  const known = async (versionId: VersionId): Promise<KeptTracks> => {
    const before = await kept.tracks(versionId)
    if (before !== undefined) return before
    const running = looking.get(versionId)
    if (running !== undefined) return running
    const signal = AbortSignal.timeout(patience)
    const found = opened(versionId, signal, (original) => look(versionId, original)).catch(
      (error: unknown) => {
        throw signal.aborted ? new AppError('remote.unavailable', {}, error) : error
      },
    )
    looking.set(versionId, found)
    return found.finally(() => looking.delete(versionId))
  }

  const keptCues = async (versionId: VersionId, id: string) => {
    const list = await kept.tracks(versionId)
    const track = list?.tracks.find((each) => idOf(each) === id)
    return list && track && kept.cues(versionId, track.index, list.mark)
  }

  const extract = async (versionId: VersionId, id: string, signal: AbortSignal) => {
    const tool = await parts.tool()
    if (tool === undefined) throw new AppError('ffmpeg.missing')
    const { mark, use, track } = await opened(versionId, signal, async (original) => {
      const before = await kept.tracks(versionId)
      const now = before?.mark === original?.bytes.mark ? before : await look(versionId, original)
      const found = now?.tracks.find((each) => idOf(each) === id)
      if (original === undefined || found === undefined)
        throw new AppError('captions.notRead', { reason: 'changed' })
      if (found.kind !== 'text') throw new AppError('captions.notRead', { reason: 'unreadable' })
      return { mark: original.bytes.mark, use: original.use, track: found }
    })
    const cues = await extractCaptions({
      ...{ tool, signal, longest, index: track.index },
      answer: parts.answer(versionId, use),
      onSaid: (text) => parts.report(`ffmpeg: ${text}`),
      stallAfter: parts.stallAfter ?? usualStall,
      ...(parts.onStart && { onStart: parts.onStart }),
    })
    const after = await opened(versionId, signal, async (original) => original?.bytes.mark)
    if (after !== mark) throw new AppError('captions.notRead', { reason: 'changed' })
    await kept.keepCues(versionId, track.index, mark, cues)
    return cues
  }

  const stop = (versionId: VersionId) => reading.get(versionId)?.abort()
  return {
    async list(versionId) {
      const { mark, tracks } = await known(versionId)
      return Promise.all(
        tracks.map(async ({ index, ...facts }) => ({
          ...facts,
          id: idOf({ index }),
          isKept: (await kept.cues(versionId, index, mark)) !== undefined,
        })),
      )
    },
    async read(versionId, id) {
      // Before anything is waited for: the last one that was asked for is the one that is wanted.
      stop(versionId)
      const own = new AbortController()
      reading.set(versionId, own)
      try {
        const before = await keptCues(versionId, id)
        own.signal.throwIfAborted()
        return before ?? (await extract(versionId, id, own.signal))
      } catch (error) {
        if (own.signal.aborted) return null
        throw error
      } finally {
        if (reading.get(versionId) === own) reading.delete(versionId)
      }
    },
    stop,
    stopAll() {
      for (const each of reading.values()) each.abort()
    },
  }
}
