import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accountsFor } from './candidio/accounts.ts'
import { ApiRows } from './candidio/rows.ts'
import { openDatabase, type StudioDatabase } from './database.ts'
import { Blobs } from './s3/blobs.ts'
import { ObjectStore } from './s3/objectStore.ts'
import { StoreRows } from './s3/storeRows.ts'
import { addSamples, seedProduction } from './samples.ts'

let folder: string
let samples: string
let database: StudioDatabase
let rows: ApiRows
let store: ObjectStore

const files = ['A012_C003_0915.mp4', 'B003_C006_0915.mp4', 'A012_S001_0915.jpg', 'S004_T012_0915.wav']
const scenes = ['ridge', 'sea', 'dunes', 'shore']

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-samples-'))
  samples = join(folder, 'samples')
  await mkdir(join(samples, 'thumbs'), { recursive: true })
  const list = files.map((file, index) => ({
    file,
    scene: scenes[index],
    title: file,
    thumbnail: { file: `thumbs/${file.replace(/\.\w+$/, '.jpg')}`, bytes: 1 },
  }))
  for (const { file, thumbnail } of list) {
    await writeFile(join(samples, file), `content of ${file}`)
    await writeFile(join(samples, thumbnail.file), `picture of ${file}`)
  }
  await writeFile(join(samples, 'samples.json'), JSON.stringify({ samples: list }))
  database = openDatabase(join(folder, 'studio.db'))
  rows = new ApiRows(database, () => 1_700_000_000_000)
  store = new ObjectStore('bucket', new StoreRows(database), new Blobs(join(folder, 'store')), Date.now)
  await store.open()
  const text = 'x'.repeat(40)
  accountsFor(rows, { token: text, adminToken: `${text}y`, accessKeyId: text, secretAccessKey: text })
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true })
})

const titlesAndCounts = () =>
  rows
    .all(
      `SELECT title, (SELECT count(*) FROM asset WHERE production_id = production.id) AS assets
         FROM production ORDER BY created_at`,
    )
    .map((row) => [row['title'], row['assets']])

test('the samples become a workspace with three productions, once', async () => {
  await addSamples(rows, store, samples)
  const expected = [
    ['Autumn Campaign', 2],
    ['Harbour, a portrait', 2],
    ['Winter catalogue', 0],
  ]
  expect(titlesAndCounts()).toEqual(expected)
  expect(rows.get('SELECT workspace_name FROM workspace')).toEqual({ workspace_name: 'Northlight Films' })
  const object = store.get('samples/A012_C003_0915.mp4')
  expect(object.etag).toBe(createHash('md5').update('content of A012_C003_0915.mp4').digest('hex'))
  expect(object.headers['content-type']).toBe('video/mp4')
  expect(store.get('samples/A012_C003_0915.mp4.thumb.jpg').headers['content-type']).toBe('image/jpeg')
  const [asset] = rows.all('SELECT * FROM asset WHERE object_key = ?', object.key)
  expect(asset).toMatchObject({ size: object.bytes, mimetype: 'video/mp4', is_transcoded: 1 })

  rows.run("DELETE FROM asset WHERE file_name LIKE 'A012_C003%'")
  await addSamples(rows, store, samples)
  expect(titlesAndCounts()).toEqual([['Autumn Campaign', 1], ...expected.slice(1)])
})

test('a start without footage adds nothing, and a later one with it does', async () => {
  await addSamples(rows, store, join(folder, 'none'))
  expect(titlesAndCounts()).toEqual([])
  await addSamples(rows, store, samples)
  expect(titlesAndCounts()).toHaveLength(3)
})

test('a list that names files outside of its folder is refused whole', async () => {
  for (const file of ['../secret.mp4', '/etc/passwd', 'thumbs/../../x', '']) {
    await writeFile(join(samples, 'samples.json'), JSON.stringify({ samples: [{ file }] }))
    await expect(addSamples(rows, store, samples)).rejects.toThrow()
  }
  expect(store.objects('', '', 10)).toEqual([])
})

test('a seeded production is the same every time, and shows the pictures of the samples', async () => {
  await addSamples(rows, store, samples)
  const { productionId } = seedProduction(rows, store, 'Many', 2000)
  const found = rows.all('SELECT * FROM asset WHERE production_id = ? ORDER BY rowid', productionId)
  expect(found).toHaveLength(2000)
  expect(new Set(found.map((row) => row['file_name'])).size).toBeGreaterThan(1900)
  expect(files.map((file) => `samples/${file}`)).toContain(found[0]?.['object_key'])
  const dates = found.map((row) => Number(row['created_at']))
  expect(dates).toEqual(dates.toSorted((a, b) => a - b))
  const again = seedProduction(rows, store, 'Many too', 2000)
  const others = rows.all('SELECT * FROM asset WHERE production_id = ? ORDER BY rowid', again.productionId)
  expect(others.map((row) => row['file_name'])).toEqual(found.map((row) => row['file_name']))
})
