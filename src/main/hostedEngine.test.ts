import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ulid } from 'ulid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestClock } from '../../tests/fakes/TestClock.ts'
import { createHostedEngine } from './hostedEngine.ts'
import { openDatabase } from './store/database.ts'
import { sqliteAddon } from './store/sqliteAddon.ts'
import { transferMigrations } from './store/transferMigrations.ts'
import { createEngine } from './transfers/engine.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-hosted-'))
  file = join(folder, 'transfers.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function host() {
  const clock = new TestClock()
  const told: unknown[] = []
  const reported: unknown[] = []
  const hosted = createHostedEngine({
    clock,
    open: () => openDatabase({ file, migrations: transferMigrations, exclusive: true }),
    start: (database) =>
      createEngine({
        database,
        clock,
        random: Math.random,
        newId: ulid,
        newToken: ulid,
        openStore: () => {
          throw new Error('unused')
        },
        openTarget: () => {
          throw new Error('unused')
        },
        tell: () => undefined,
      }),
    tell: (_event, payload) => told.push(payload),
    report: (error) => reported.push(error),
  })
  hosted.begin()
  return { hosted, told, reported, clock }
}

const plain = () => {
  const addon = sqliteAddon()
  return new Database(file, addon === undefined ? {} : { nativeBinding: addon })
}

async function until(condition: () => boolean): Promise<void> {
  const from = performance.now()
  while (!condition()) {
    if (performance.now() - from > 10_000) throw new Error('it did not come')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('a newer database stays closed and untouched; every call says why, asking again too', async () => {
  openDatabase({ file, migrations: transferMigrations }).close()
  const db = plain()
  db.pragma('user_version = 99')
  db.close()
  const { hosted, told } = host()
  expect(told).toEqual([
    {
      state: 'closed',
      failure: { code: 'database.newer', facts: { found: 99, known: transferMigrations.length } },
    },
  ])
  await expect(hosted.calls.summary()).rejects.toThrow('database.newer')
  await expect(hosted.calls.open()).rejects.toThrow('database.newer')
  await hosted.calls.stop()
  const after = plain()
  expect(after.pragma('user_version', { simple: true })).toBe(99)
  after.close()
})

test('a database that another program holds is opened as soon as it lets go', async () => {
  openDatabase({ file, migrations: transferMigrations }).close()
  const other = plain()
  other.pragma('locking_mode = EXCLUSIVE')
  other.exec('BEGIN EXCLUSIVE')
  const { hosted, told, reported } = host()
  expect(told[0]).toMatchObject({ state: 'closed', failure: { code: 'database.unavailable' } })
  await until(() => told.length >= 2)
  expect(reported).toHaveLength(1)
  other.exec('ROLLBACK')
  other.close()
  await until(() => hosted.database !== undefined)
  expect(told.at(-1)).toEqual({ state: 'open', recovery: { kind: 'none' } })
  expect(await hosted.calls.summary()).toMatchObject({ total: 0 })
  await hosted.calls.stop()
}, 30_000)

test('a database without its tables is damaged, and neither changed nor tried for ever', async () => {
  const db = plain()
  db.pragma(`user_version = ${transferMigrations.length}`)
  db.close()
  const { hosted, told, clock } = host()
  expect(told).toEqual([{ state: 'closed', failure: { code: 'database.corrupt', facts: {} } }])
  await clock.wait(60_000)
  expect(told).toHaveLength(1)
  rmSync(file)
  await hosted.calls.open()
  expect(told.at(-1)).toMatchObject({ state: 'open' })
  await hosted.calls.stop()
  expect(existsSync(file)).toBe(true)
})

test('a call that is on its way while it stops is told so, and is no bug', async () => {
  const { hosted } = host()
  await until(() => hosted.database !== undefined)
  const stopping = hosted.calls.stop()
  hosted.database?.db.close()
  await expect(hosted.calls.summary()).rejects.toMatchObject({ code: 'transfer.hostStopped' })
  await stopping.catch(() => undefined)
  await expect(hosted.calls.summary()).rejects.toMatchObject({ code: 'transfer.hostStopped' })
})
