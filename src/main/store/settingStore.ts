import type { Database } from 'better-sqlite3'
import { z } from 'zod'

const rowSchema = z.object({ value: z.string() })

/** Where what somebody began to write is kept. What that is about stays in the library (`AssetWalks`). */
export const draftsSetting = 'drafts'

/** Named JSON values of this profile: what the user set, the installation's id, the window's place. */
export interface SettingStore {
  /** Undefined when never set, or when the stored text is no JSON. */
  read(name: string): unknown
  write(name: string, value: unknown): void
}

export function createSettingStore(database: Database): SettingStore {
  const select = database.prepare('SELECT value FROM setting WHERE name = ?')
  const upsert = database.prepare(
    'INSERT INTO setting(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value',
  )
  return {
    read(name) {
      const row = select.get(name)
      if (row === undefined) return undefined
      try {
        return JSON.parse(rowSchema.parse(row).value)
      } catch {
        // A damaged value is a missing one: every reader has a default.
        return undefined
      }
    },
    write(name, value) {
      upsert.run(name, JSON.stringify(value))
    },
  }
}
