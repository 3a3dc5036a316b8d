import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { safeStorage } from 'electron'
import { z } from 'zod'
import { AppError } from '../shared/errors.ts'
import type { Json } from '../shared/json.ts'

/** `system`: encrypted by the system. `plain` and `none`: nothing is written; secrets live as long as this run. */
export type KeyStore = 'system' | 'plain' | 'none'

const fileSchema = z.record(z.string(), z.string())

/** Tokens and keys by name. They never enter a database, a log or the renderer. */
export interface Secrets {
  keyStore(): KeyStore
  /** Undefined when there is none, or when this system can no longer decrypt it. Fails with `secrets.unavailable` when the file cannot be read now. */
  read(name: string): Promise<Json | undefined>
  write(name: string, value: Json): Promise<void>
  remove(name: string): Promise<void>
}

/** Ready only after the app is. `file` holds encrypted texts, for the owner alone. */
export function createSecrets(file: string): Secrets {
  const inMemory = new Map<string, Json>()
  let queue: Promise<unknown> = Promise.resolve()

  const keyStore = (): KeyStore => {
    if (!safeStorage.isEncryptionAvailable()) return 'none'
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
      return 'plain'
    return 'system'
  }
  const stored = async (): Promise<Record<string, string>> => {
    let text: string
    try {
      text = await readFile(file, 'utf8')
    } catch (error) {
      if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return {}
      // Taken for empty, the next write would put an almost empty file in the place of a good one.
      throw new AppError('secrets.unavailable', {}, error)
    }
    try {
      return fileSchema.parse(JSON.parse(text))
    } catch {
      // Damaged: the user signs in again, nothing else is lost.
      return {}
    }
  }
  const change = (edit: (all: Record<string, string>) => void): Promise<void> => {
    const run = queue.then(async () => {
      const all = await stored()
      edit(all)
      const next = `${file}.new`
      await writeFile(next, JSON.stringify(all), { mode: 0o600, flush: true })
      await rename(next, file)
    })
    queue = run.catch(() => rm(`${file}.new`, { force: true }))
    return run
  }

  return {
    keyStore,
    async read(name) {
      const here = inMemory.get(name)
      if (here !== undefined) return here
      if (keyStore() !== 'system') return undefined
      const text = (await stored())[name]
      if (text === undefined) return undefined
      try {
        const value = JSON.parse(safeStorage.decryptString(Buffer.from(text, 'base64'))) as Json
        inMemory.set(name, value)
        return value
      } catch {
        // Encrypted by another user or key store: the same as not having it.
        return undefined
      }
    },
    async write(name, value) {
      inMemory.set(name, value)
      if (keyStore() !== 'system') return
      const text = safeStorage.encryptString(JSON.stringify(value)).toString('base64')
      await change((all) => {
        all[name] = text
      })
    },
    async remove(name) {
      inMemory.delete(name)
      if (keyStore() !== 'system') return
      await change((all) => {
        delete all[name]
      })
    },
  }
}
