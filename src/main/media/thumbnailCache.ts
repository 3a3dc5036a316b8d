import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Pictures of assets on disk, so that a library can be looked at offline. Bounded; a connection's are removed with it. */
export interface ThumbnailCache {
  get(connectionId: string, assetId: string, key: string): Promise<Buffer | undefined>
  /** Best effort: a full disk costs the cache, not the picture. */
  put(connectionId: string, assetId: string, key: string, bytes: Uint8Array): Promise<void>
  removeConnection(connectionId: string): Promise<void>
  /** Removes the longest unused pictures until the bound holds. */
  sweep(): Promise<void>
}

const usualBound = 512 * 2 ** 20

export function createThumbnailCache(
  folder: string,
  report: (error: unknown) => void,
  mostBytes = usualBound,
): ThumbnailCache {
  let writtenSinceSweep = 0
  let sweeping: Promise<void> | undefined
  // The key comes from a server: it never becomes a part of a path.
  const fileOf = (connectionId: string, assetId: string, key: string) =>
    join(
      folder,
      connectionId,
      `${createHash('sha256').update(`${assetId}/${key}`).digest('hex').slice(0, 40)}.img`,
    )
  const sweepOnce = async (): Promise<void> => {
    writtenSinceSweep = 0
    const files: { file: string; bytes: number; usedAt: number }[] = []
    for (const connection of await readdir(folder).catch(() => [])) {
      for (const name of await readdir(join(folder, connection)).catch(() => [])) {
        const file = join(folder, connection, name)
        const facts = await stat(file).catch(() => undefined)
        if (facts !== undefined) files.push({ file, bytes: facts.size, usedAt: facts.mtimeMs })
      }
    }
    let total = files.reduce((sum, entry) => sum + entry.bytes, 0)
    files.sort((a, b) => a.usedAt - b.usedAt)
    for (const entry of files) {
      if (total <= mostBytes) return
      await rm(entry.file, { force: true })
      total -= entry.bytes
    }
  }
  const sweep = (): Promise<void> => {
    sweeping ??= sweepOnce().finally(() => {
      sweeping = undefined
    })
    return sweeping
  }

  return {
    async get(connectionId, assetId, key) {
      const file = fileOf(connectionId, assetId, key)
      try {
        const bytes = await readFile(file)
        const now = new Date()
        utimes(file, now, now).catch(report)
        return bytes
      } catch {
        return undefined
      }
    },
    async put(connectionId, assetId, key, bytes) {
      const file = fileOf(connectionId, assetId, key)
      try {
        await mkdir(join(folder, connectionId), { recursive: true })
        // Cards that show the same picture may bring it at the same moment.
        const begun = `${file}.${randomUUID()}`
        await writeFile(begun, bytes)
        await rename(begun, file)
        // A library of 50,000 pictures passes the bound within one sitting.
        writtenSinceSweep += bytes.byteLength
        if (writtenSinceSweep > mostBytes / 8) await sweep()
      } catch (error) {
        report(error)
      }
    },
    async removeConnection(connectionId) {
      await rm(join(folder, connectionId), { recursive: true, force: true })
    },
    sweep,
  }
}
