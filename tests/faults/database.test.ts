import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/main/store/database.ts'
import { transferMigrations } from '../../src/main/store/transferMigrations.ts'
import { seeded } from '../fakes/seeded.ts'
import { Bench } from './bench.ts'
import { expectSoundDatabase, expectWhole } from './invariants.ts'

const random = seeded(81)
const content = random.bytes(150 * 1024 + 3)
let bench: Bench
afterEach(() => bench.dispose())

test('a full disk stops the work without losing what was done, and it goes on when there is room', async () => {
  bench = new Bench({ salt: 81 })
  await bench.start()
  await bench.drop(bench.write('clip.mov', content))
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  bench.isDiskFull = true
  await bench.until(async () => (await bench.only('clip.mov')).waitReason === 'databaseFull')
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 600_000)
  bench.isDiskFull = false
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content })
  expectSoundDatabase(bench)
})

test('after a damaged database the newest backup takes its place, and the store tells the rest', async () => {
  bench = new Bench({ salt: 82 })
  const first = await bench.start()
  await bench.drop(bench.write('clip.mov', content))
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  await bench.backup()
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 5)
  expect(first).toBeDefined()
  bench.kill()
  for (const suffix of ['-wal', '-shm']) rmSync(bench.databaseFile + suffix, { force: true })
  writeFileSync(bench.databaseFile, random.bytes(40_000))
  await bench.start()
  expect(readdirSync(bench.folder).some((name) => name.includes('damaged'))).toBe(true)
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content }, { resentParts: 3 })
})

test('an older copy of the database is brought in line with the store', async () => {
  bench = new Bench({ salt: 83 })
  await bench.start()
  await bench.drop(bench.write('clip.mov', content))
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  await bench.backup()
  const copy = join(bench.folder, 'copy.db')
  copyFileSync(`${bench.databaseFile}.backup-1`, copy)
  await bench.untilAll('done')
  bench.kill()
  for (const suffix of ['', '-wal', '-shm']) rmSync(bench.databaseFile + suffix, { force: true })
  copyFileSync(copy, bench.databaseFile)
  await bench.start()
  await bench.untilAll('done')
  expect((await bench.object('clip.mov'))?.equals(content)).toBe(true)
  expect(bench.service.assets).toHaveLength(2)
  expect(bench.s3.uploads()).toEqual([])
})

test('a database of a newer version is refused and left alone', () => {
  bench = new Bench({ salt: 84 })
  const { db, close } = openDatabase({ file: bench.databaseFile, migrations: transferMigrations })
  db.pragma('user_version = 99')
  close()
  expect(() => openDatabase({ file: bench.databaseFile, migrations: transferMigrations })).toThrow(
    'database.newer',
  )
  expect(existsSync(`${bench.databaseFile}.before-100`)).toBe(false)
})
