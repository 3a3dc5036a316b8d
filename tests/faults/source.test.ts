import {
  appendFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { openSource, SourceFailure, statSource } from '../../src/main/transfers/sourceFile.ts'
import { seeded } from '../fakes/seeded.ts'
import { Bench, type BenchOptions } from './bench.ts'
import { expectWhole } from './invariants.ts'

const random = seeded(51)
const content = random.bytes(120 * 1024 + 3)
const other = random.bytes(120 * 1024 + 3)
let bench: Bench
let path: string
afterEach(() => bench.dispose())

/** A file that was written long ago, and one beside it that must arrive whatever happens to the first. */
async function begin(options: Partial<BenchOptions> = {}): Promise<void> {
  bench = new Bench({ salt: 51, ...options })
  path = bench.write('clip.mov', content)
  const still = bench.write('still.png', content.subarray(0, 3000))
  for (const one of [path, still]) utimesSync(one, 1_700_000_000, 1_700_000_000)
  await bench.start()
  await bench.drop(path, still)
}

/** In the middle of the upload: some parts are stored, others are not. */
async function midway(): Promise<void> {
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  expect((await bench.only('clip.mov')).state).toBe('uploading')
}

async function expectRestDone(): Promise<void> {
  await bench.until(async () => (await bench.only('still.png')).state === 'done')
}

/** The same size and the same time, to the nanosecond as far as the system lets us. */
function rewriteSilently(bytes: Buffer): void {
  const { atime, mtime } = statSync(path)
  writeFileSync(path, bytes)
  utimesSync(path, atime, mtime)
}

test.each([
  ['is rewritten', () => writeFileSync(path, other)],
  ['is rewritten with the same size and time', () => rewriteSilently(other)],
  ['is cut short', () => truncateSync(path, 50_000)],
  [
    'is replaced by another',
    () => {
      writeFileSync(`${path}.new`, other)
      renameSync(`${path}.new`, path)
    },
  ],
])('a file that %s while it is sent is never completed from a blend', async (_what, change) => {
  await begin()
  await midway()
  change()
  utimesSync(path, statSync(path).atime, 1_700_000_000)
  await bench.until(async () => ['failed', 'done'].includes((await bench.only('clip.mov')).state))
  const { state, failure } = await bench.only('clip.mov')
  expect({ state, code: failure?.code }).toEqual({ state: 'failed', code: 'source.changed' })
  expect(await bench.object('clip.mov')).toBeUndefined()
  await expectRestDone()
  // The user says that the new file is meant.
  const { id } = await bench.only('clip.mov')
  await bench.engine.calls.retry({ which: [id] })
  await bench.untilAll('done')
  const now = await openSource(path)
  const bytes = Buffer.alloc(statSync(path).size)
  await now.read(0, bytes)
  await now.close()
  await expectWhole(bench, { 'clip.mov': bytes }, { resentParts: 20 })
})

test.each([
  ['rewritten', () => writeFileSync(path, other)],
  ['rewritten with the same size and time', () => rewriteSilently(other)],
])('a file that was %s while the app was closed is never blended', async (_what, change) => {
  await begin()
  await midway()
  bench.kill()
  change()
  utimesSync(path, statSync(path).atime, 1_700_000_000)
  await bench.start()
  await bench.until(async () => ['failed', 'done'].includes((await bench.only('clip.mov')).state))
  expect(await bench.only('clip.mov')).toMatchObject({ state: 'failed', failure: { code: 'source.changed' } })
  expect(await bench.object('clip.mov')).toBeUndefined()
  await expectRestDone()
})

test('a file that is still being written arrives whole once it is quiet', async () => {
  await begin()
  await midway()
  const more = random.bytes(30_000)
  appendFileSync(path, more)
  utimesSync(path, new Date(bench.clock.now()), new Date(bench.clock.now()))
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': Buffer.concat([content, more]) }, { resentParts: 20 })
  await expectRestDone()
})

test('a file whose times alone were touched goes on', async () => {
  await begin()
  await midway()
  const { atime, mtime } = statSync(path)
  utimesSync(path, new Date(0), mtime)
  utimesSync(path, atime, mtime)
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content })
})

test('a file copied back with the same content goes on where it was', async () => {
  await begin()
  await midway()
  bench.kill()
  const { mtime } = statSync(path)
  rmSync(path)
  writeFileSync(`${path}.x`, content)
  renameSync(`${path}.x`, path)
  utimesSync(path, mtime, mtime)
  await bench.start()
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content }, { resentParts: 5 })
})

test('a file that is gone is waited for, and goes on when it is back', async () => {
  await begin()
  await midway()
  bench.kill()
  renameSync(path, `${path}.away`)
  await bench.start()
  await bench.until(async () => (await bench.only('clip.mov')).waitReason === 'sourceMissing')
  await expectRestDone()
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 3_600_000)
  await bench.until(async () => (await bench.only('clip.mov')).waitReason === 'sourceMissing')
  renameSync(`${path}.away`, path)
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content }, { resentParts: 5 })
})

test('a file that cannot be read is tried for an hour, then says so', async () => {
  let isLocked = true
  const files = {
    stat: statSource,
    open: (at: string) =>
      isLocked && at.endsWith('.mov') ? Promise.reject(new SourceFailure('locked')) : openSource(at),
  }
  await begin({ files })
  await bench.until(async () => (await bench.only('clip.mov')).waitReason === 'sourceLocked')
  const from = bench.clock.ticks()
  await bench.until(async () => (await bench.only('clip.mov')).state === 'failed')
  expect(bench.clock.ticks() - from).toBeGreaterThan(3_000_000)
  expect(await bench.only('clip.mov')).toMatchObject({ failure: { code: 'source.unreadable' } })
  await expectRestDone()
  isLocked = false
  await bench.engine.calls.retry({ which: 'all' })
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content })
})

test('twins of name and size from two cards both arrive', async () => {
  bench = new Bench({ salt: 52 })
  const first = bench.write('A/clip.mov', content)
  const second = bench.write('B/clip.mov', other)
  await bench.start()
  await bench.drop(first, second)
  await bench.untilAll('done')
  expect(bench.service.assets).toHaveLength(2)
  const found = bench.s3.keys().map((key) => bench.s3.object(key))
  expect(found.filter((bytes) => bytes?.equals(content))).toHaveLength(1)
  expect(found.filter((bytes) => bytes?.equals(other))).toHaveLength(1)
})
