import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processorTime } from '../../../tests/fakes/stopwatch.ts'
import type { BatchId, ConnectionId, PlaceId, ScanId, SourceId, TransferId } from '../../shared/ids.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import { createScanStore } from './scanStore.ts'
import { transferMigrations } from './transferMigrations.ts'
import { createTransferQueries } from './transferQueries.ts'
import { createTransferStore, type TransferStore } from './transferStore.ts'

const newId = monotonicFactory()
const connectionId = newId() as ConnectionId
const placeId = newId() as PlaceId
let folder: string
let database: OpenDatabase
let store: TransferStore
let now: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rushes-store-'))
  database = openDatabase({
    file: join(folder, 'transfers.db'),
    migrations: transferMigrations,
    exclusive: true,
  })
  now = 1_700_000_000_000
  store = createTransferStore({ db: database.db, now: () => now })
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

function queue(sizes: readonly number[]): TransferId[] {
  const scans = createScanStore(database.db)
  const scanId = newId() as ScanId
  scans.begin(scanId, now)
  const ids: TransferId[] = []
  const files = sizes.map((size, index) => {
    const transferId = newId() as TransferId
    ids.push(transferId)
    return {
      sourceId: newId() as SourceId,
      transferId,
      writeToken: newId(),
      path: `/card/${index}.mov`,
      name: `${index}.mov`,
      folders: ['card'],
      mediaType: 'video/quicktime',
      size,
      mtimeNs: '1',
      ctimeNs: '1',
      dev: '1',
      ino: String(index),
    }
  })
  for (let at = 0; at < files.length; at += 500) scans.add(scanId, files.slice(at, at + 500))
  const destination = { connectionId, placeId, path: ['Production'], versionOf: null }
  expect(
    scans.queue({
      scanId,
      batchId: newId() as BatchId,
      destination,
      remote: {},
      transport: 's3',
      versionOf: null,
      metadata: null,
      now,
    }),
  ).toBe(sizes.length)
  return ids
}
const none: ReadonlySet<string> = new Set()

test('hands out the queue in order, small and long apart, and those put first before the rest', () => {
  const [small, long, other] = queue([10, 1000, 20])
  expect(store.nextQueued(true, 100, none)?.id).toBe(small)
  expect(store.nextQueued(false, 100, none)?.id).toBe(long)
  store.putFirst([other as TransferId])
  expect(store.nextQueued(true, 100, none)?.id).toBe(other)
  expect(store.nextQueued(true, 100, new Set([other as string]))?.id).toBe(small)
})

test('a step that the table does not have writes nothing', () => {
  const [id] = queue([10]) as [TransferId]
  expect(() => store.apply(id, { kind: 'resume' }, { attempts: 5 })).toThrow('does not take')
  expect(store.transfer(id)).toMatchObject({ state: 'queued', attempts: 0 })
})

test('a command for all takes each row one step, and leaves alone what does not take it', () => {
  const [first, second, third] = queue([10, 20, 30]) as [TransferId, TransferId, TransferId]
  store.apply(first, { kind: 'start' })
  store.apply(second, { kind: 'fail' }, { failure: { code: 'source.changed', facts: { name: 'x' } } })
  const { count, ids } = store.applyTo({}, { kind: 'pause' })
  expect({ count, ids: [...ids].sort() }).toEqual({ count: 2, ids: [first, third].sort() })
  expect(store.transfer(second)).toMatchObject({ state: 'failed', failure: { code: 'source.changed' } })
  expect(store.applyTo({ failureCodes: ['source.missing'] }, { kind: 'retry' }).count).toBe(0)
  expect(store.applyTo({ failureCodes: ['source.changed'] }, { kind: 'retry' }).count).toBe(1)
  expect(store.transfer(second)).toMatchObject({ state: 'queued', failure: null })
})

test('a part is counted once, whatever is written of it, and never after a cancellation', () => {
  const [id] = queue([100]) as [TransferId]
  store.apply(id, { kind: 'start' })
  store.change(id, { uploadId: 'up' })
  const part = { n: 1, size: 60, checkKind: 'crc32' as const, checkValue: Buffer.alloc(4), etag: '"e"' }
  store.partStored(id, 'up', part)
  store.partStored(id, 'up', part)
  store.partStored(id, 'another upload', { ...part, n: 2 })
  expect(store.transfer(id)).toMatchObject({ bytesDone: 60, partsDone: 1 })
  store.apply(id, { kind: 'cancel' })
  store.partStored(id, 'up', { ...part, n: 2 })
  expect(store.parts(id)).toHaveLength(1)
})

test('an interrupted process leads every running row back to the queue', () => {
  const [first, second] = queue([1, 2]) as [TransferId, TransferId]
  store.apply(first, { kind: 'start' })
  store.apply(second, { kind: 'cancel' })
  store.applyTo({}, { kind: 'interrupt' })
  expect(store.transfer(first)?.state).toBe('queued')
  expect(store.transfer(second)?.state).toBe('canceling')
})

test('a write that throws is undone alone', () => {
  const [first, second] = queue([1, 2]) as [TransferId, TransferId]
  store.together(() => {
    store.apply(first, { kind: 'start' })
    expect(() =>
      store.apart(() => {
        store.apply(second, { kind: 'start' })
        throw new Error('no')
      }),
    ).toThrow('no')
  })
  expect([store.transfer(first)?.state, store.transfer(second)?.state]).toEqual(['preparing', 'queued'])
})

test('a hundred thousand files are queued, counted, paused and taken from in no time', {
  timeout: 60_000,
}, () => {
  const times: Record<string, number> = {}
  const timed = <T>(name: string, act: () => T): T => {
    const { value, ms } = processorTime(act)
    times[name] = Math.round(ms * 10) / 10
    return value
  }
  timed('insert and queue', () => queue(Array.from({ length: 100_000 }, () => 1000)))
  const queries = createTransferQueries(database.db)
  expect(timed('next', () => store.nextQueued(true, 5000, none))?.name).toBe('0.mov')
  expect(timed('next long, none there', () => store.nextQueued(false, 5000, none))).toBeUndefined()
  expect(timed('totals', () => queries.totals())).toMatchObject({ total: 100_000, queued: 100_000 })
  const page = { offset: 50_000, limit: 100, filter: 'all' } as const
  expect(timed('a page in the middle', () => queries.list(page)).rows).toHaveLength(100)
  expect(timed('pause all', () => store.applyTo({}, { kind: 'pause' })).count).toBe(100_000)
  process.stdout.write(`100,000 transfers, ms: ${JSON.stringify(times)}\n`)
  expect(times['next']).toBeLessThan(50)
  expect(times['totals']).toBeLessThan(500)
})
