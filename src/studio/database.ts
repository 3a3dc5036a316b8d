import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '../shared/errors.ts'
import { migrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

export type StudioDatabase = Database.Database

/** The Node-API version that better-sqlite3's own builds need; on older runtimes loading them ends the process. */
const stockNodeApi = 10

/**
 * Where the SQLite addon is: compiled for this runtime (`RUSHES_SQLITE_ADDON`, or packaged with the app), or the
 * package's own.
 * Fails with `internal.bug` where neither can work.
 */
function addonOptions(): Database.Options {
  // The packaged app takes no native code from its environment.
  const isPackaged = import.meta.url.includes('/app.asar/')
  const compiled = isPackaged ? undefined : process.env['RUSHES_SQLITE_ADDON']
  if (compiled) return { nativeBinding: compiled }
  const resources: unknown = Reflect.get(process, 'resourcesPath')
  const packaged = typeof resources === 'string' ? join(resources, 'better_sqlite3.node') : ''
  if (packaged !== '' && existsSync(packaged)) return { nativeBinding: packaged }
  const nodeApi = Number(process.versions['napi'] ?? 0)
  if (nodeApi >= stockNodeApi) return {}
  throw new AppError('internal.bug', { needs: 'RUSHES_SQLITE_ADDON', nodeApi })
}

/**
 * Opens the studio's database and brings it to the newest version. One process at a time: a second opener waits
 * five seconds for the first to end. Fails with `database.newer` or `database.corrupt`, the file untouched.
 */
export function openDatabase(file: string): StudioDatabase {
  const database = new Database(file, { ...addonOptions(), timeout: 5000 })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('journal_size_limit = 67108864')
    if (process.platform === 'darwin') {
      database.pragma('fullfsync = 1')
      database.pragma('checkpoint_fullfsync = 1')
    }
    migrate(database, migrations)
    return database
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      throw new AppError('database.corrupt', {}, error)
    }
    throw error
  }
}

/** Each step and its version number are one transaction, so a kill leaves a whole version behind. */
function migrate(database: StudioDatabase, steps: readonly Migration[]): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > steps.length) throw new AppError('database.newer', { version, known: steps.length })
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    database
      .transaction(() => {
        database.exec(step.sql)
        database.pragma(`user_version = ${index + 1}`)
      })
      .immediate()
  }
}
