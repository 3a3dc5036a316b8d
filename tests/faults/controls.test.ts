import { afterEach, expect, test } from 'vitest'
import type { TransferId } from '../../src/shared/ids.ts'
import { seeded } from '../fakes/seeded.ts'
import { Bench, connectionId } from './bench.ts'
import { expectSoundDatabase, expectWhole } from './invariants.ts'

const random = seeded(71)
const content = random.bytes(200 * 1024 + 3)
let bench: Bench
afterEach(() => bench.dispose())

async function begin(): Promise<TransferId> {
  bench = new Bench({ salt: 71 })
  await bench.start()
  await bench.drop(bench.write('clip.mov', content))
  return (await bench.only('clip.mov')).id
}

async function midway(): Promise<void> {
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
}

test('a paused transfer keeps its parts, over a restart too, and goes on when resumed', async () => {
  const id = await begin()
  await midway()
  await bench.engine.calls.pause({ which: [id] })
  const paused = await bench.only('clip.mov')
  expect(paused).toMatchObject({ state: 'paused', isStoppable: true })
  expect(bench.s3.uploads()).toHaveLength(1)
  bench.kill()
  await bench.start()
  expect(await bench.only('clip.mov')).toMatchObject({ state: 'paused' })
  await bench.engine.calls.resume({ which: 'all' })
  await bench.untilAll('done')
  await expectWhole(bench, { 'clip.mov': content }, { resentParts: 4 })
})

test('a canceled transfer leaves nothing behind', async () => {
  const id = await begin()
  await midway()
  await bench.engine.calls.cancel({ which: [id] })
  await bench.untilAll('canceled')
  expect(bench.s3.uploads()).toEqual([])
  expect(bench.s3.keys()).toEqual([])
  expect(bench.service.assets).toEqual([])
  expect(await bench.engine.calls.unfinished({ connectionId })).toBe(0)
})

test('canceled while offline, it is finished when the store is back', async () => {
  const id = await begin()
  await midway()
  bench.s3.isOffline = true
  await bench.engine.calls.cancel({ which: [id] })
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 3_600_000)
  expect(await bench.only('clip.mov')).toMatchObject({ state: 'canceling' })
  bench.kill()
  await bench.start()
  bench.s3.isOffline = false
  await bench.untilAll('canceled')
  expect(bench.s3.uploads()).toEqual([])
})

test('what nobody has sent yet is canceled at once', async () => {
  bench = new Bench({ salt: 72 })
  await bench.start(false)
  await bench.drop(bench.write('clip.mov', content))
  await bench.engine.calls.cancel({ which: 'all' })
  expect(await bench.only('clip.mov')).toMatchObject({ state: 'canceled' })
})

test('once the store assembles the object there is nothing to stop', async () => {
  const id = await begin()
  let refusal: unknown
  bench.s3.onRequest = async (operation, phase, key) => {
    if (operation !== 'completeUpload' || phase !== 'before' || !key.endsWith('clip.mov')) return
    bench.s3.onRequest = undefined
    refusal = await bench.engine.calls.cancel({ which: [id] }).catch((error: unknown) => error)
  }
  await bench.until(() => refusal !== undefined)
  expect(refusal).toMatchObject({ code: 'transfer.notStoppable' })
  await bench.untilAll('done')
})

test('sent first means before everything that waits', async () => {
  bench = new Bench({ salt: 73 })
  await bench.start(false)
  const names = Array.from({ length: 40 }, (_, index) => `take-${String(index).padStart(2, '0')}.mov`)
  await bench.drop(...names.map((name) => bench.write(name, random.bytes(20_000))))
  const last = await bench.only('take-39.mov')
  await bench.engine.calls.sendFirst({ which: [last.id] })
  await bench.connect()
  await bench.until(() => bench.service.assets.length >= 5)
  expect(bench.service.assets.slice(0, 5).map(({ name }) => name)).toContain('take-39.mov')
  expect((await bench.transfers())[0]?.name).toBe('take-39.mov')
  await bench.untilAll('done')
  await bench.engine.calls.clear()
  expect(await bench.transfers()).toEqual([])
})

test('a small file is not held up by a long one', async () => {
  bench = new Bench({ salt: 74 })
  await bench.start(false)
  const long = Array.from({ length: 6 }, (_, index) =>
    bench.write(`long-${index}.mov`, random.bytes(600 * 1024)),
  )
  await bench.drop(...long)
  await bench.drop(bench.write('note.txt', Buffer.from('hello')))
  await bench.connect()
  await bench.until(async () => (await bench.only('note.txt')).state === 'done')
  const rows = await bench.transfers()
  expect(rows.some(({ name, state }) => name.startsWith('long') && state !== 'done')).toBe(true)
  await bench.untilAll('done')
})

test('paused, resumed, canceled and killed at random, a hundred times: every file ends whole or gone', {
  timeout: 120_000,
}, async () => {
  bench = new Bench({ salt: 75 })
  await bench.start()
  const files = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`take-${index}.mov`, random.bytes(random.below(180_000) + 1)]),
  )
  await bench.drop(...Object.entries(files).map(([name, bytes]) => bench.write(name, bytes)))
  const canceled = new Set<string>()
  let parts = 0
  bench.s3.onRequest = (operation, phase) => {
    if (operation === 'putPart' && phase === 'after') parts += 1
  }
  for (let round = 0; round < 100; round += 1) {
    for (let turn = random.below(12); turn > 0; turn -= 1)
      await new Promise((resolve) => setImmediate(resolve))
    const rows = await bench.transfers()
    const { id, name, isStoppable } = random.pick(rows)
    const which = random.next() < 0.2 ? ('all' as const) : [id]
    const refused = (error: unknown) => expect(error).toMatchObject({ code: 'transfer.notStoppable' })
    const dice = random.next()
    if (dice < 0.35) await bench.engine.calls.pause({ which }).catch(refused)
    else if (dice < 0.85) await bench.engine.calls.resume({ which })
    else if (dice < 0.9 && isStoppable && canceled.size < 4) {
      await bench.engine.calls.cancel({ which: [id] }).catch(refused)
      if ((await bench.only(name)).state.startsWith('cancel')) canceled.add(name)
    } else if (dice > 0.92) {
      bench.kill()
      await bench.start()
    }
  }
  await bench.engine.calls.resume({ which: 'all' })
  await bench.until(async () => {
    await bench.engine.calls.resume({ which: 'all' })
    return (await bench.transfers()).every(({ state }) => state === 'done' || state === 'canceled')
  })
  const kept = Object.fromEntries(Object.entries(files).filter(([name]) => !canceled.has(name)))
  for (const { name, state } of await bench.transfers())
    expect(state, name).toBe(canceled.has(name) ? 'canceled' : 'done')
  await expectWhole(bench, kept, { resentParts: 100 })
  expect(bench.service.assets).toHaveLength(Object.keys(kept).length)
  process.stdout.write(`parts sent ${parts}, canceled ${canceled.size}\n`)
  expectSoundDatabase(bench)
})
