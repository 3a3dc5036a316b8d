import { createHash } from 'node:crypto'
import { mkdtemp, rm, truncate, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { quickest } from '../../../tests/fakes/stopwatch.ts'
import { openDatabase, type StudioDatabase } from '../database.ts'
import { Blobs } from './blobs.ts'
import { noCondition, ObjectStore } from './objectStore.ts'
import { StoreRows } from './storeRows.ts'

let folder: string
let database: StudioDatabase
let blobs: Blobs
const description = { headers: {}, metadata: {} }

function openStore(): ObjectStore {
  database = openDatabase(join(folder, 'studio.db'))
  blobs = new Blobs(join(folder, 'store'))
  return new ObjectStore('bucket', new StoreRows(database), blobs, Date.now)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-store-'))
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true })
})

async function putText(store: ObjectStore, key: string, text: string): Promise<string> {
  const writer = await blobs.create()
  await writer.write(Buffer.from(text))
  const blob = await writer.commit()
  const md5 = createHash('md5').update(text).digest()
  await store.put(key, description, { bytes: text.length, md5, checksum: undefined }, blob)
  return blobs.pathOf(blob)
}

async function textOf(store: ObjectStore, key: string): Promise<string> {
  const object = store.get(key)
  const chunks: Buffer[] = []
  for await (const chunk of store.read(object, 0, object.bytes)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('rows and files agree after any crash: the odd ones of both are taken out', async () => {
  const store = openStore()
  await store.open()
  await putText(store, 'whole', 'all of it')
  const missing = await putText(store, 'missing', 'its file will go')
  const short = await putText(store, 'short', 'its file will lose its end')
  const stray = await blobs.create()
  await stray.write(Buffer.from('no row names this'))
  const strayPath = blobs.pathOf(await stray.commit())
  await writeFile(join(folder, 'store', 'incoming', 'left over'), 'half')
  await unlink(missing)
  await truncate(short, 3)
  database.close()

  const again = openStore()
  await again.open()
  expect(await textOf(again, 'whole')).toBe('all of it')
  expect(again.find('missing')).toBeUndefined()
  expect(again.find('short')).toBeUndefined()
  const known = [...new StoreRows(database).knownBlobs().keys()]
  expect(await blobs.sweep((name) => known.includes(name))).toEqual(new Map([[known[0], 9]]))
  await expect(writeFile(strayPath, '', { flag: 'r+' })).rejects.toThrow('ENOENT')
})

test('10,000 parts become an object in well under a second, whatever they weigh', async () => {
  const store = openStore()
  await store.open()
  const md5 = createHash('md5').update('part').digest()
  const bytes = 5 * 2 ** 20
  const rows = new StoreRows(database)
  const claims = Array.from({ length: 10_000 }, (_, index) => index + 1)
  const uploads = ['one', 'two', 'three'].map((key) => {
    const { id } = store.createUpload(key, description, undefined, undefined)
    rows.transaction(() => {
      for (const number of claims) {
        const part = { upload_id: id, number, bytes, etag: md5.toString('hex'), created_at: 0 }
        rows.replacePart({ ...part, checksum_kind: null, checksum: null, blob: `blob ${number} of ${key}` })
      }
    })
    return { key, id }
  })
  const { value: object, ms } = await quickest(() => {
    const { key = '', id = '' } = uploads.pop() ?? {}
    return store.complete(key, id, {
      parts: claims.map((number) => ({ number, etag: md5.toString('hex'), checksum: undefined })),
      checksum: undefined,
      checksumType: undefined,
      bytes: 10_000 * bytes,
      condition: noCondition,
    })
  }, uploads.length)
  expect(ms).toBeLessThan(1000)
  expect(object).toMatchObject({ bytes: 10_000 * bytes, part_count: 10_000 })
  expect(store.segmentRange(object, 10_000)).toEqual({ start: 9999 * bytes, bytes })
})
