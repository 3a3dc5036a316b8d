import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase, type StudioDatabase } from '../database.ts'
import { SqlRows } from '../sqlRows.ts'
import { addAsset, assets, versions } from './assets/assetRows.ts'
import { addCollection, collections, fileInto } from './collections/collectionRows.ts'

let folder: string
let database: StudioDatabase
let rows: SqlRows

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-index-'))
  database = openDatabase(join(folder, 'studio.db'))
  rows = new SqlRows(database, () => 1_700_000_000_000)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const by = { created_by_user: 'me', date_created: '2026-01-02T03:04:05.000000+00:00' }
const found = (words: string) =>
  rows
    .all(
      `SELECT i.object_id AS id FROM iconik_words w JOIN iconik_indexed i ON i.id = w.rowid
        WHERE iconik_words MATCH ? ORDER BY i.id`,
      words,
    )
    .map(({ id }) => id)

test('the index follows what is written, and forgets what is gone', () => {
  const { asset } = addAsset(rows, { title: 'Ridge, first light', external_id: 'slate-7', ...by })
  expect(found('ridge')).toEqual([asset.id])
  expect(found('sla*')).toEqual([asset.id])
  assets.save(rows, { ...asset, title: 'Lake' })
  expect(found('ridge')).toEqual([])
  expect(found('lake')).toEqual([asset.id])
  rows.run(
    "INSERT INTO iconik_metadata(object_type, object_id, version_id, document, words) VALUES ('assets', ?, '', '{}', 'Norway dusk')",
    asset.id,
  )
  assets.save(rows, { ...asset, title: 'Lake' })
  expect(found('norway')).toEqual([asset.id])
  assets.remove(rows, asset.id)
  expect(found('lake OR norway')).toEqual([])
  expect(rows.get('SELECT count(*) AS n FROM iconik_metadata')).toEqual({ n: 0 })
  rows.run("INSERT INTO iconik_words(iconik_words, rank) VALUES ('integrity-check', 1)")
})

test('a collection lists its content as it is now', () => {
  const collection = addCollection(rows, { title: 'Dailies', ...by })
  const below = addCollection(rows, { title: 'Day 1', parent_id: collection.id, ...by })
  const { asset } = addAsset(rows, { title: 'Ridge', ...by })
  fileInto(rows, collection.id, 'assets', asset.id)
  fileInto(rows, collection.id, 'assets', asset.id)
  assets.save(rows, { ...asset, title: 'Lake', status: 'DELETED' })
  const content = () =>
    rows.all('SELECT object_id, title, is_queued, position FROM iconik_content ORDER BY id')
  expect(content()).toEqual([
    { object_id: below.id, title: 'Day 1', is_queued: 0, position: 0 },
    { object_id: asset.id, title: 'Lake', is_queued: 1, position: 1 },
  ])
  collections.remove(rows, below.id)
  assets.remove(rows, asset.id)
  expect(content()).toEqual([])
})

test('people are found by the assets and versions they appear in', () => {
  const { asset, version } = addAsset(rows, { title: 'Ridge', person_ids: ['a', 'b'], ...by })
  versions.save(rows, { ...version, person_ids: ['b'] })
  assets.save(rows, { ...asset, person_ids: ['c'] })
  expect(rows.all('SELECT person_id, version_id FROM iconik_appearance ORDER BY id')).toEqual([
    { person_id: 'b', version_id: version.id },
    { person_id: 'c', version_id: null },
  ])
})
