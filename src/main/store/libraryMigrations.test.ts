import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { libraryMigrations } from './libraryMigrations.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-migrations-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what older releases kept as asked of nobody is not known, the newest version included', () => {
  const file = join(folder, 'library.db')
  const old = openDatabase({ file, migrations: libraryMigrations.slice(0, 5) })
  old.db.exec(`
    INSERT INTO connection(id, provider, name, host, is_studio, settings, created_at) VALUES('c', 'iconik', 'C', 'h', 0, '{}', 0);
    INSERT INTO place(id, connection_id, kind, remote_id, name, has_children, takes_uploads, remote, position)
      VALUES('p', 'c', 'folder', 'p', 'P', 0, 0, '{}', 0);
    INSERT INTO asset(id, connection_id, remote_id, name, kind, is_ready, review, extra)
      VALUES('quiet', 'c', 'quiet', 'Quiet', 'video', 1, 'none', '{}'), ('told', 'c', 'told', 'Told', 'video', 1, 'approved', '{}');
    INSERT INTO placement(place_id, asset_id, created_at, name, bytes, kind, review, run)
      VALUES('p', 'quiet', 0, 'Quiet', 0, 'video', 'none', 1), ('p', 'told', 0, 'Told', 0, 'video', 'approved', 1);
    INSERT INTO version(id, asset_id, remote_id, number, review, is_current)
      VALUES('q2', 'quiet', 'q2', 2, 'none', 1), ('q1', 'quiet', 'q1', 1, 'none', 0), ('t1', 'told', 't1', 1, 'approved', 1)`)
  old.close()
  const { db, close } = openDatabase({ file, migrations: libraryMigrations })
  const reviews = (table: string, id: string) =>
    db.prepare(`SELECT review FROM ${table} ORDER BY ${id}`).pluck().all()
  expect([reviews('version', 'id'), reviews('asset', 'id'), reviews('placement', 'asset_id')]).toEqual([
    ['unknown', 'unknown', 'approved'],
    ['unknown', 'approved'],
    ['unknown', 'approved'],
  ])
  close()
})
