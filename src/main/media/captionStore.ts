import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ulid } from 'ulid'
import { z } from 'zod'
import type { CaptionTrack, Cue } from '../../shared/captions.ts'
import { cueSchema, mostCues, readCaptions } from '../../shared/captions.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'

/** Captions the user gave to versions, on this computer: a file per track, with its cues as they were read. */
export interface CaptionStore {
  list(versionId: VersionId): Promise<CaptionTrack[]>
  read(versionId: VersionId, id: string): Promise<readonly Cue[]>
  /** `captions.unreadable`, with `problem` and `line`, for a file that holds none; `source.unreadable` where it cannot be read. */
  add(versionId: VersionId, path: string): Promise<CaptionTrack>
  remove(versionId: VersionId, id: string): Promise<void>
  removeConnection(id: ConnectionId): Promise<void>
}

const largest = 5 * 2 ** 20
const ending = '.json'
const idText = /^[0-9A-HJKMNP-TV-Z]{26}$/
const fileSchema = z.object({ label: z.string().min(1).max(255), cues: z.array(cueSchema).max(mostCues) })

export function createCaptionStore(
  root: string,
  connectionOf: (versionId: VersionId) => ConnectionId,
): CaptionStore {
  const folderOf = (versionId: VersionId) => join(root, connectionOf(versionId), versionId)
  const fileOf = (versionId: VersionId, id: string) => {
    if (!idText.test(id)) throw new AppError('thing.notFound', { thing: 'captions' })
    return join(folderOf(versionId), `${id}${ending}`)
  }
  const load = async (versionId: VersionId, id: string) => {
    try {
      return fileSchema.parse(JSON.parse(await readFile(fileOf(versionId, id), 'utf8')))
    } catch (error) {
      throw new AppError('thing.notFound', { thing: 'captions' }, error)
    }
  }
  return {
    async list(versionId) {
      const names = await readdir(folderOf(versionId)).catch(() => [])
      const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length))
      const tracks: CaptionTrack[] = []
      for (const id of ids.filter((each) => idText.test(each)).sort()) {
        // One that was damaged since is none.
        const found = await load(versionId, id).catch(() => undefined)
        if (found !== undefined) tracks.push({ id, label: found.label, isOwn: true })
      }
      return tracks
    },
    async read(versionId, id) {
      return (await load(versionId, id)).cues
    },
    async add(versionId, path) {
      const read = readCaptions(await textOf(path))
      if (!read.ok) throw new AppError('captions.unreadable', { problem: read.problem, line: read.line })
      const id = ulid()
      const file = fileOf(versionId, id)
      const label = basename(path).slice(0, 255)
      await mkdir(folderOf(versionId), { recursive: true, mode: 0o700 })
      await writeFile(`${file}.new`, JSON.stringify({ label, cues: read.cues }))
      await rename(`${file}.new`, file)
      return { id, label, isOwn: true }
    },
    remove: (versionId, id) => rm(fileOf(versionId, id), { force: true }),
    removeConnection: (id) => rm(join(root, id), { recursive: true, force: true }),
  }
}

/** UTF-8, UTF-16 with its mark, or what older programs on Windows write. */
async function textOf(path: string): Promise<string> {
  let bytes: Buffer
  try {
    if ((await stat(path)).size > largest)
      throw new AppError('captions.unreadable', { problem: 'tooMany', line: 1 })
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('source.unreadable', {}, error)
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: every byte means something in it, and the times decide whether these are captions.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
