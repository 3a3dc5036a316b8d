import type { Dirent } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { z } from 'zod'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'

/** What of a version was made here. */
export type ProxyPart = 'video' | 'poster' | 'peaks'

const factsSchema = z.object({
  makes: z.enum(['h264', 'vp9']),
  madeAt: z.number().int(),
  hasPoster: z.boolean(),
  hasPeaks: z.boolean(),
})
export type ProxyFacts = z.infer<typeof factsSchema>

/** A folder in which one proxy is made; it becomes the version's, whole, or goes. */
export interface ProxyDraft {
  file(part: ProxyPart): string
  /** In place of an earlier one. Fails as the disk does. */
  keep(facts: ProxyFacts): Promise<void>
  discard(): Promise<void>
}

/** Proxies made on this computer, on its disk. A folder per version below one per connection. */
export interface ProxyCache {
  facts(connectionId: ConnectionId, versionId: VersionId): Promise<ProxyFacts | undefined>
  path(connectionId: ConnectionId, versionId: VersionId, part: ProxyPart): string
  /** It is being looked at: what is looked at longest ago goes first. */
  touch(connectionId: ConnectionId, versionId: VersionId): Promise<void>
  draft(connectionId: ConnectionId, versionId: VersionId): Promise<ProxyDraft>
  bytes(): Promise<number>
  /** Removes the longest unused until all take at most `mostBytes`, never `but`. Resolves to what went. */
  shrink(mostBytes: number, but?: VersionId): Promise<VersionId[]>
  /** Those in use by another program may stay. Resolves to what went. */
  clear(): Promise<VersionId[]>
  removeConnection(connectionId: ConnectionId): Promise<void>
  /** Takes away what a run that was cut off has left. */
  sweep(): Promise<void>
}

const factsName = 'facts.json'
const names: Readonly<Record<ProxyPart, string>> = { video: 'video', poster: 'poster.jpg', peaks: 'peaks' }
const unfinished = '.making-'

interface Kept {
  readonly versionId: VersionId
  readonly folder: string
  readonly bytes: number
  readonly usedAt: number
}

export function createProxyCache(root: string): ProxyCache {
  /** Of this run: no leftovers. */
  const ours = new Set<string>()
  const folderOf = (connectionId: ConnectionId, versionId: VersionId) => join(root, connectionId, versionId)

  const kept = async (): Promise<Kept[]> => {
    const found: Kept[] = []
    for (const connection of await foldersIn(root)) {
      if (connection.startsWith(unfinished)) continue
      for (const version of await foldersIn(join(root, connection))) {
        const folder = join(root, connection, version)
        const used = await stat(join(folder, factsName)).catch(() => undefined)
        found.push({
          versionId: version as VersionId,
          folder,
          bytes: await bytesIn(folder),
          usedAt: used?.mtimeMs ?? 0,
        })
      }
    }
    return found
  }
  const remove = async (each: Kept): Promise<boolean> => {
    try {
      await rm(each.folder, { recursive: true })
      return true
    } catch {
      // Windows keeps a file that is being played; it goes another time.
      return false
    }
  }

  return {
    async facts(connectionId, versionId) {
      try {
        const text = await readFile(join(folderOf(connectionId, versionId), factsName), 'utf8')
        return factsSchema.parse(JSON.parse(text))
      } catch {
        // None, or one that cannot be understood any more: it is made anew.
        return undefined
      }
    },
    path: (connectionId, versionId, part) => join(folderOf(connectionId, versionId), names[part]),
    async touch(connectionId, versionId) {
      const now = new Date()
      await utimes(join(folderOf(connectionId, versionId), factsName), now, now)
    },
    async draft(connectionId, versionId) {
      const name = `${unfinished}${ulid()}`
      const folder = join(root, name)
      ours.add(name)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return {
        file: (part) => join(folder, names[part]),
        async keep(facts) {
          await writeFile(join(folder, factsName), JSON.stringify(facts))
          const place = folderOf(connectionId, versionId)
          await mkdir(join(root, connectionId), { recursive: true })
          await rm(place, { recursive: true, force: true })
          await rename(folder, place)
        },
        discard: () => rm(folder, { recursive: true, force: true }),
      }
    },
    async bytes() {
      return (await kept()).reduce((sum, each) => sum + each.bytes, 0)
    },
    async shrink(mostBytes, but) {
      const all = (await kept()).sort((a, b) => a.usedAt - b.usedAt)
      let total = all.reduce((sum, each) => sum + each.bytes, 0)
      const gone: VersionId[] = []
      for (const each of all) {
        if (total <= mostBytes) break
        if (each.versionId === but || !(await remove(each))) continue
        total -= each.bytes
        gone.push(each.versionId)
      }
      return gone
    },
    async clear() {
      const gone: VersionId[] = []
      for (const each of await kept()) if (await remove(each)) gone.push(each.versionId)
      return gone
    },
    removeConnection: (connectionId) => rm(join(root, connectionId), { recursive: true, force: true }),
    async sweep() {
      for (const name of await foldersIn(root))
        if (name.startsWith(unfinished) && !ours.has(name))
          await rm(join(root, name), { recursive: true, force: true })
    },
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((each) => each.isDirectory()).map((each) => each.name)
}

async function bytesIn(folder: string): Promise<number> {
  let total = 0
  for (const name of await readdir(folder).catch(() => []))
    total += (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0
  return total
}
