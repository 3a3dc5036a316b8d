import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { migrationsFrom } from './migrations.ts'

const first = { version: 1, name: 'first', sql: 'CREATE TABLE thing(name TEXT NOT NULL) STRICT' }
const second = { version: 2, name: 'second', sql: 'ALTER TABLE thing ADD COLUMN size INTEGER' }
const broken = {
  version: 2,
  name: 'broken',
  sql: 'ALTER TABLE thing ADD COLUMN size INTEGER; DROP TABLE nothing',
}
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-database-'))
  file = join(folder, 'things.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a new file gets every step, and no copy', () => {
  const { db, recovery, close } = openDatabase({ file, migrations: [first, second] })
  expect(db.pragma('user_version', { simple: true })).toBe(2)
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(recovery).toEqual({ kind: 'none' })
  close()
  expect(readdirSync(folder)).toEqual(['things.db'])
})

test('an older file is copied before it is brought up to date', () => {
  const old = openDatabase({ file, migrations: [first] })
  old.db.prepare('INSERT INTO thing(name) VALUES (?)').run('kept')
  old.close()
  const { db, close } = openDatabase({ file, migrations: [first, second] })
  expect(db.prepare('SELECT name, size FROM thing').all()).toEqual([{ name: 'kept', size: null }])
  close()
  const copy = openDatabase({ file: `${file}.before-2`, migrations: [first] })
  expect(copy.db.prepare('SELECT name FROM thing').all()).toEqual([{ name: 'kept' }])
  copy.close()
})

test('a step that fails leaves the file as it was', () => {
  openDatabase({ file, migrations: [first] }).close()
  expect(() => openDatabase({ file, migrations: [first, broken] })).toThrow('nothing')
  const { db, close } = openDatabase({ file, migrations: [first] })
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  close()
})

test('a newer file is refused and not touched', () => {
  openDatabase({ file, migrations: [first, second] }).close()
  expect(() => openDatabase({ file, migrations: [first] })).toThrow('database.newer')
  expect(readdirSync(folder)).toEqual(['things.db'])
})

test('a damaged file is moved aside whole, and the newest good backup takes its place', async () => {
  const good = openDatabase({ file, migrations: [first] })
  good.db.prepare('INSERT INTO thing(name) VALUES (?)').run('saved')
  await good.backup()
  good.db.prepare('INSERT INTO thing(name) VALUES (?)').run('lost')
  good.close()
  writeFileSync(file, Buffer.alloc(30_000, 7))
  const { db, recovery, close } = openDatabase({ file, migrations: [first], now: () => 42 })
  expect(recovery).toMatchObject({ kind: 'restored', movedTo: `${file}.damaged-42` })
  expect(db.prepare('SELECT name FROM thing').all()).toEqual([{ name: 'saved' }])
  close()
  expect(existsSync(`${file}.damaged-42`)).toBe(true)
})

test('without a good backup a damaged file is replaced by a fresh one, and that is said', () => {
  writeFileSync(file, 'not a database, but long enough to be taken for one'.repeat(100))
  writeFileSync(`${file}.backup-1`, 'neither'.repeat(1000))
  const { db, recovery, close } = openDatabase({ file, migrations: [first] })
  expect(recovery.kind).toBe('fresh')
  expect(db.prepare('SELECT count(*) AS n FROM thing').get()).toEqual({ n: 0 })
  close()
})

test('two backups are kept', async () => {
  const { db, backup, close } = openDatabase({ file, migrations: [first] })
  for (let index = 0; index < 4; index += 1) {
    db.prepare('INSERT INTO thing(name) VALUES (?)').run(String(index))
    await backup()
  }
  close()
  expect(readdirSync(folder).sort()).toEqual(['things.db', 'things.db.backup-1', 'things.db.backup-2'])
})

test('migrations stand in order without a gap', () => {
  const files = { './m/0002-second.sql': 'b', './m/0001-first.sql': 'a' }
  expect(migrationsFrom(files).map(({ name }) => name)).toEqual(['first', 'second'])
  expect(() => migrationsFrom({ './m/0002-second.sql': 'b' })).toThrow('belongs')
  expect(() => migrationsFrom({ './m/first.sql': 'a' })).toThrow('not the name')
})
