import { rmSync, truncateSync, utimesSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { openSource, statSource } from '../../src/main/transfers/sourceFile.ts'
import { seeded } from '../fakes/seeded.ts'
import { expectSoundDatabase } from './invariants.ts'
import { expectAllThere, expectNothingOpen, SignedBench } from './signedBench.ts'

const random = seeded(91)
const files = { 'clip.mov': random.bytes(90 * 1024 + 7), 'note.txt': random.bytes(900) }
const parts = 6
let bench: SignedBench
afterEach(() => bench.dispose())

async function dropAll(): Promise<void> {
  await bench.drop(...Object.entries(files).map(([name, content]) => bench.write(name, content)))
}

async function begin(...service: ConstructorParameters<typeof SignedBench>[1][]): Promise<void> {
  bench = new SignedBench({ salt: 91 }, ...service)
  await bench.start()
}

test('files of any size go up in parts, and every record is made once', async () => {
  await begin()
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
  expect(bench.iconik.script.count('s3.putPart')).toBe(parts + 1)
  expectSoundDatabase(bench)
})

test('a file that became empty is one empty part', async () => {
  bench = new SignedBench({ salt: 92 })
  await bench.start(false)
  const path = bench.write('note.txt', Buffer.from('about to go'))
  await bench.drop(path)
  truncateSync(path)
  utimesSync(path, 1_000_000, 1_000_000)
  await bench.connect()
  await bench.untilAll('done')
  await expectAllThere(bench, { 'note.txt': Buffer.alloc(0) })
})

test('a file larger than the service takes is told before anything is made', async () => {
  const TiB = 2 ** 40
  const stat = async (path: string) => ({ ...(await statSource(path)), size: 5 * TiB + 1 })
  bench = new SignedBench({ salt: 90, files: { open: openSource, stat } })
  await bench.start()
  const path = bench.write('clip.mov', Buffer.from('small'))
  utimesSync(path, 1_000_000, 1_000_000)
  await bench.drop(path)
  await bench.untilAll('failed')
  expect(await bench.only('clip.mov')).toMatchObject({ failure: { code: 'storage.tooLarge' } })
  expect(bench.iconik.script.log).toEqual([])
})

test('folders become collections, one for each however many files lie in it', async () => {
  bench = new SignedBench({ salt: 93 }, { lagMs: 4_000 })
  await bench.start()
  const names = Array.from({ length: 24 }, (_, index) => `take-${index}.mov`)
  const contents = Object.fromEntries(names.map((name) => [name, random.bytes(500)]))
  for (const [index, name] of names.entries())
    bench.write(
      `day/${index % 2 === 0 ? 'A' : 'B'}/${index % 3 === 0 ? 'sound' : 'picture'}/${name}`,
      contents[name] ?? Buffer.alloc(0),
    )
  // The answer about the very first collection is lost, and so is one further down.
  bench.iconik.script.plan({ operation: 'assets.createCollection', kind: 'lost' })
  bench.iconik.script.plan({ operation: 'assets.createCollection', kind: 'lost', skip: 2 })
  await bench.drop(`${bench.folder}/card/day`)
  await bench.untilAll('done')
  await expectAllThere(bench, contents)
  const { collections, assets } = bench.iconik
  const pathOf = (id: unknown): string => {
    const one = collections.find((collection) => collection.id === id)
    if (one === undefined) throw new Error('an asset lies nowhere')
    return one.id === 'root' ? '' : `${pathOf(one['parent_id'])}/${one['title']}`
  }
  expect(collections.map(({ id }) => pathOf(id)).sort()).toEqual([
    '',
    '/day',
    '/day/A',
    '/day/A/picture',
    '/day/A/sound',
    '/day/B',
    '/day/B/picture',
    '/day/B/sound',
  ])
  for (const [index, name] of names.entries()) {
    const asset = assets.find(({ title }) => title === name)
    expect(pathOf(asset?.['collection'])).toBe(
      `/day/${index % 2 === 0 ? 'A' : 'B'}/${index % 3 === 0 ? 'sound' : 'picture'}`,
    )
  }
  for (const { hasAcls, id } of collections) if (id !== 'root') expect(hasAcls).toBe(true)

  // The same folder once more goes where it is already.
  rmSync(`${bench.folder}/card/day`, { recursive: true })
  bench.write('day/A/picture/late.mov', random.bytes(300))
  await bench.drop(`${bench.folder}/card/day`)
  await bench.untilAll('done')
  expect(collections).toHaveLength(8)
  expect(pathOf(assets.at(-1)?.['collection'])).toBe('/day/A/picture')
})

test('a file becomes a new version of an asset that is there', async () => {
  await begin()
  const assetId = bench.iconik.addAsset('clip.mov')
  bench.sendMore = { ...bench.sendMore, versionOf: assetId }
  const content = random.bytes(40_000)
  await bench.drop(bench.write('clip v2.mov', content))
  await bench.untilAll('done')
  const { assets, versions, formats, files: records } = bench.iconik
  expect(assets).toHaveLength(1)
  expect(versions.map(({ version_number }) => version_number)).toEqual([1, 2])
  expect(formats.map(({ version_id }) => version_id)).toEqual(versions.map(({ id }) => id))
  expect(records).toEqual([expect.objectContaining({ version_id: versions[1]?.id, status: 'CLOSED' })])
  expect(bench.stored('clip v2.mov').bytes?.equals(content)).toBe(true)
  const told = bench.told.find(({ event }) => event === 'registered')
  expect(told?.payload).toMatchObject({ remoteId: assetId })
  expectNothingOpen(bench)
})

test('two files cannot become one version', async () => {
  await begin()
  bench.sendMore = { ...bench.sendMore, versionOf: bench.iconik.addAsset('clip.mov') }
  await expect(dropAll()).rejects.toMatchObject({ code: 'request.invalid' })
  expect(await bench.transfers()).toEqual([])
})

test('what was asked at the drop is written before any byte goes', async () => {
  await begin()
  bench.sendMore = {
    ...bench.sendMore,
    metadata: { viewKey: 'view-1', values: { Scene: ['12A'], Good: [true] } },
  }
  bench.iconik.script.plan({ operation: 'metadata.replaceViewValues', kind: 'refused', status: 400 })
  await bench.drop(bench.write('clip.mov', files['clip.mov']))
  await bench.untilAll('failed')
  expect(bench.iconik.script.count('s3.createUpload')).toBe(0)
  await bench.engine.calls.retry({ which: 'all' })
  await bench.untilAll('done')
  expect(bench.iconik.metadata).toEqual([
    expect.objectContaining({
      object_type: 'assets',
      view_id: 'view-1',
      metadata_values: {
        Scene: { field_values: [{ value: '12A' }] },
        Good: { field_values: [{ value: true }] },
      },
    }),
  ])
  await expectAllThere(bench, { 'clip.mov': files['clip.mov'] })
})

test('part URLs that ran out are asked for anew, and no stored part is sent again', async () => {
  await begin()
  const { script, storage } = bench.iconik
  let killed = 0
  script.onRequest = (operation, phase) => {
    if (operation !== 's3.putPart' || phase !== 'before' || killed >= 3) return
    killed += 1
    storage.killUrls()
    bench.clock.jump(10)
  }
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
  expect(new Set(storage.stores).size).toBe(storage.stores.length)
  expect(script.count('s3.putPart', false)).toBeGreaterThanOrEqual(3)
  expect(script.count('files.createPartUrls')).toBe(0)
})

test('a storage that refuses every URL makes the transfer wait with its reason, and is not asked for ever', async () => {
  await begin()
  const { script } = bench.iconik
  script.plan({ operation: 's3.putPart', kind: 'dead', times: 1000 })
  await bench.drop(bench.write('note.txt', files['note.txt']))
  await bench.untilAll('waiting')
  expect(await bench.only('note.txt')).toMatchObject({
    waitReason: 'backoff',
    failure: { code: 'storage.denied' },
  })
  expect(script.count('s3.putPart')).toBe(4)
  script.heal()
  await bench.untilAll('done')
  await expectAllThere(bench, { 'note.txt': files['note.txt'] })
})

test('a storage that takes only signed checksums is served', async () => {
  await begin({ storage: { wantsSignedMd5: true } })
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
})

test('a storage whose ETags are no checksums is believed by what it checks', async () => {
  await begin({ storage: { opaqueEtags: true } })
  bench.iconik.script.plan({ operation: 's3.putPart', kind: 'corrupt', times: 2 })
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
})

test('a storage whose objects cannot be read is believed by the upload being gone', async () => {
  await begin({ storage: { unreadable: true } })
  bench.iconik.script.plan({ operation: 's3.complete', kind: 'lost' })
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
  expect(bench.iconik.script.count('s3.createUpload')).toBe(2)
})

test('a bit flipped on the way is found and sent again', async () => {
  await begin()
  bench.iconik.script.plan({ operation: 's3.putPart', kind: 'corrupt', times: 2, skip: 2 })
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
})

test('a completion answered with 200 and an error in the body is no completion', async () => {
  await begin()
  const { script } = bench.iconik
  script.plan({ operation: 's3.complete', kind: 'errorBody', times: 2 })
  script.plan({ operation: 's3.complete', kind: 'errorBody', code: 'SlowDown' })
  await dropAll()
  await bench.untilAll('done')
  await expectAllThere(bench, files)
  expect(script.count('s3.complete')).toBe(5)
  expect(bench.iconik.storage.stores).toHaveLength(parts + 1)
})

test('an upload the storage has swept is begun again on the same records', async () => {
  await begin()
  const { script, storage } = bench.iconik
  script.onRequest = (operation, phase) => {
    if (operation !== 's3.putPart' || phase !== 'after' || storage.stores.length !== 3) return
    script.onRequest = undefined
    for (const id of storage.uploads()) storage.sweep(id)
  }
  await bench.drop(bench.write('clip.mov', files['clip.mov']))
  await bench.untilAll('done')
  await expectAllThere(bench, { 'clip.mov': files['clip.mov'] })
})

test('whoever may not write jobs or order proxies uploads all the same', async () => {
  await begin()
  for (const role of ['can_write_jobs', 'can_read_jobs', 'can_create_transcode_jobs'])
    bench.iconik.missingRoles.add(role)
  await dropAll()
  await bench.untilAll('done')
  expect(bench.iconik.jobs).toEqual([])
  expectNothingOpen(bench)
})

test('a missing right to make assets fails with its reason and leaves nothing', async () => {
  await begin()
  bench.iconik.missingRoles.add('can_create_assets')
  await dropAll()
  await bench.untilAll('failed')
  expect(await bench.only('note.txt')).toMatchObject({ failure: { code: 'auth.forbidden' } })
  expect(bench.iconik.assets).toEqual([])
  await bench.engine.calls.cancel({ which: 'all' })
  await bench.untilAll('canceled')
  expectNothingOpen(bench)
})

test('a storage that takes no files from here is named before anything is made', async () => {
  await begin()
  bench.iconik.storages[0] = { id: 'storage-1', at: 0, name: 'Vault', method: 'GCS' }
  await bench.drop(bench.write('note.txt', files['note.txt']))
  await bench.untilAll('failed')
  expect(await bench.only('note.txt')).toMatchObject({
    failure: { code: 'remote.refused', facts: { message: expect.stringContaining('Vault') } },
  })
  expect(bench.iconik.assets).toEqual([])
})
