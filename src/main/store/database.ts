import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import type { Migration } from './migrations.ts'
import { sqliteAddon } from './sqliteAddon.ts'

export type SqliteDatabase = Database.Database

export interface DatabaseOptions {
  readonly file: string
  readonly migrations: readonly Migration[]
  /** One owner: a second opener is refused while this one lives. */
  readonly exclusive?: boolean
  readonly now?: () => number
}

/** What became of a damaged file. `restored`: from a backup of that age. `fresh`: there was none that could be read. */
export type Recovery =
  | { readonly kind: 'none' }
  | { readonly kind: 'restored'; readonly backupAt: number; readonly movedTo: string }
  | { readonly kind: 'fresh'; readonly movedTo: string }

export interface OpenDatabase {
  readonly db: SqliteDatabase
  readonly recovery: Recovery
  /** Writes a copy beside the file, keeping the one before. Safe while the database is used. */
  backup(): Promise<void>
  /** Folds the write-ahead log in and closes. */
  close(): void
}

/**
 * Opens a database, checks it whole, and brings it to the newest version; a copy is made before the first step.
 * A newer version than this program knows is refused with `database.newer` and not touched. A damaged file is moved aside
 * with its log files and the newest good backup takes its place; `recovery` says so. Fails with `database.unavailable`
 * while another program holds the file or the system does not let us have it, and with `database.full`.
 */
export function openDatabase(options: DatabaseOptions): OpenDatabase {
  try {
    return open(options)
  } catch (error) {
    throw isWithheld(error)
      ? new AppError('database.unavailable', {}, error)
      : isDiskRefusal(error)
        ? new AppError('database.full', {}, error)
        : error
  }
}

function open(options: DatabaseOptions): OpenDatabase {
  const { file } = options
  let recovery: Recovery = { kind: 'none' }
  let db: SqliteDatabase
  try {
    db = openChecked(options)
  } catch (error) {
    if (!isDamage(error)) throw error
    recovery = replaceDamaged(options)
    db = openChecked(options)
  }
  try {
    migrate(db, options)
  } catch (error) {
    db.close()
    throw error
  }
  return {
    db,
    recovery,
    async backup() {
      const fresh = `${file}.backup-new`
      await db.backup(fresh)
      keepBackup(file, fresh)
    },
    close() {
      if (!db.open) return
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    },
  }
}

function openChecked({ file, exclusive }: DatabaseOptions): SqliteDatabase {
  const addon = sqliteAddon()
  const db = new Database(file, { timeout: 2_000, ...(addon === undefined ? {} : { nativeBinding: addon }) })
  try {
    if (exclusive === true) db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // FULL by word: the default changes after the first write to the log.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma(`journal_size_limit = ${64 * 2 ** 20}`)
    if (process.platform === 'darwin') {
      db.pragma('checkpoint_fullfsync = 1')
      db.pragma('fullfsync = 1')
    }
    const found = db.pragma('quick_check(1)', { simple: true })
    if (found !== 'ok') throw new AppError('database.corrupt', {}, new Error(String(found)))
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function isDamage(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'database.corrupt'
  const code = codeOf(error)
  return code !== undefined && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
}

/** Nothing is wrong with the data: we may not have it, or not now. */
function isWithheld(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return /^SQLITE_(BUSY|LOCKED|CANTOPEN|READONLY|PERM|AUTH)/.test(code)
  const system: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return system === 'EACCES' || system === 'EPERM' || system === 'EROFS' || system === 'EBUSY'
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined
}

/** Whether SQLite refused a statement: its tables are not what the program expects. */
export function isSqlFailure(error: unknown): boolean {
  return codeOf(error) !== undefined
}

/** The same database, preparing each text once. */
export function withStatements(db: SqliteDatabase): Pick<SqliteDatabase, 'prepare' | 'transaction'> {
  const known = new Map<string, Database.Statement>()
  const prepare = (sql: string) => {
    const found = known.get(sql) ?? db.prepare(sql)
    known.set(sql, found)
    return found
  }
  return { prepare: prepare as SqliteDatabase['prepare'], transaction: db.transaction.bind(db) }
}

/** Whether a write failed because the disk is full or does not take it: worth trying again, nothing is wrong with the data. */
export function isDiskRefusal(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')
  return error instanceof Error && Reflect.get(error, 'code') === 'ENOSPC'
}

function migrate(db: SqliteDatabase, { file, migrations }: DatabaseOptions): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > migrations.length)
    throw new AppError('database.newer', { found: version, known: migrations.length })
  if (version === migrations.length) return
  if (version > 0) copyBefore(db, file, version)
  for (const migration of migrations.slice(version)) {
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.version}`)
    }).immediate()
  }
}

/** By SQLite itself: copying the file with other means would drop the process's own locks on it. */
function copyBefore(db: SqliteDatabase, file: string, version: number): void {
  const fresh = `${file}.before-${version + 1}`
  rmSync(fresh, { force: true })
  db.prepare('VACUUM INTO ?').run(fresh)
}

const backupNames = (file: string) => [`${file}.backup-1`, `${file}.backup-2`] as const

function keepBackup(file: string, fresh: string): void {
  const [newest, older] = backupNames(file)
  if (existsSync(newest)) renameSync(newest, older)
  renameSync(fresh, newest)
}

function replaceDamaged(options: DatabaseOptions): Recovery {
  const { file } = options
  const movedTo = `${file}.damaged-${(options.now ?? Date.now)()}`
  // Together: a log without its database, or the other way round, is worth nothing.
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, movedTo + suffix)
  }
  for (const backup of backupNames(file)) {
    if (!isGood(backup)) continue
    const backupAt = Math.round(statSync(backup).mtimeMs)
    renameSync(backup, file)
    return { kind: 'restored', backupAt, movedTo }
  }
  return { kind: 'fresh', movedTo }
}

function isGood(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    openChecked({ file, migrations: [] }).close()
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}
