import { afterEach, expect, test } from 'vitest'
import type { Transfer } from '../../src/shared/transfer.ts'
import { seeded } from '../fakes/seeded.ts'
import { expectSoundDatabase } from './invariants.ts'
import { expectAllThere, expectNothingOpen, SignedBench } from './signedBench.ts'

const random = seeded(95)
const content = random.bytes(60 * 1024 + 5)
let bench: SignedBench
afterEach(() => bench.dispose())

/** Requests and commits in the order they come, one name for each. */
function watch(pass: (point: string) => void | Promise<void>): void {
  bench.onCommit = (phase) => void pass(`${phase} commit`)
  bench.iconik.script.onRequest = (operation, phase) => pass(`${phase} ${operation}`)
}

function unwatch(): void {
  bench.onCommit = undefined
  bench.iconik.script.onRequest = undefined
}

async function start(salt: number, isVersion = false): Promise<void> {
  bench = new SignedBench({ salt }, { lagMs: 2_500 })
  if (isVersion) bench.sendMore = { ...bench.sendMore, versionOf: bench.iconik.addAsset('clip.mov') }
  const path = isVersion
    ? bench.write('clip.mov', content)
    : bench.write('day/clip.mov', content).replace(/\/clip\.mov$/, '')
  await bench.start()
  await bench.drop(path)
}

/** Gone, with all that was made for it; or past the point where it could be stopped, and whole. */
async function expectGoneOrWhole(isVersion: boolean): Promise<Transfer['state']> {
  const { state } = await bench.only('clip.mov')
  const { assets, versions, formats, files } = bench.iconik
  if (state === 'canceled') {
    expect([assets.length, versions.length, formats.length, files.length]).toEqual(
      isVersion ? [1, 1, 1, 0] : [0, 0, 0, 0],
    )
    expectNothingOpen(bench)
  } else if (isVersion) {
    expect([assets.length, versions.length, files.length]).toEqual([1, 2, 1])
    expectNothingOpen(bench)
  } else await expectAllThere(bench, { 'clip.mov': content })
  return state
}

for (const isVersion of [false, true]) {
  test(`canceled at every point, nothing is left${isVersion ? ' of a new version' : ''}`, {
    timeout: 300_000,
  }, async () => {
    const ends: Record<string, number> = {}
    for (let times = 1; ; times += 1) {
      await start(times, isVersion)
      const { id } = await bench.only('clip.mov')
      let count = 0
      let asked: Promise<unknown> | undefined
      watch(() => {
        count += 1
        if (count !== times) return
        // Within a commit the database is busy: asked for right after.
        asked = Promise.resolve().then(() => bench.engine.calls.cancel({ which: [id] }))
        asked.catch((error: unknown) => expect(error).toMatchObject({ code: 'transfer.notStoppable' }))
      })
      await bench.until(
        async () => ['done', 'canceled'].includes((await bench.only('clip.mov')).state),
        `an end of the one canceled at ${times}`,
      )
      unwatch()
      await asked?.catch(() => undefined)
      const state = await expectGoneOrWhole(isVersion)
      ends[state] = (ends[state] ?? 0) + 1
      bench.dispose()
      if (asked === undefined) break
    }
    process.stdout.write(`canceled at every point: ${JSON.stringify(ends)}\n`)
    expect(ends['canceled']).toBeGreaterThan(20)
    expect(ends['done']).toBeGreaterThan(5)
  })
}

test('killed at every point of a cancellation, the next start finishes it', {
  timeout: 300_000,
}, async () => {
  let kills = 0
  for (let times = 1; ; times += 1) {
    await start(times)
    await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
    const { id } = await bench.only('clip.mov')
    await bench.engine.calls.cancel({ which: [id] })
    let count = 0
    watch(() => {
      count += 1
      if (count >= times) throw new Error('killed')
    })
    await bench.until(async () => count >= times || (await bench.only('clip.mov')).state === 'canceled')
    bench.kill()
    unwatch()
    if (count < times) break
    kills += 1
    await bench.start()
    await bench.untilAll('canceled')
    await expectGoneOrWhole(false)
    expectSoundDatabase(bench)
    bench.dispose()
  }
  process.stdout.write(`cancellations killed: ${kills}\n`)
  expect(kills).toBeGreaterThan(10)
})

const creating = [
  'assets.createAsset',
  'files.createFormat',
  'files.createFileSet',
  'files.createFile',
  'jobs.createJob',
  's3.createUpload',
]
for (const operation of creating) {
  test(`canceled while the answer to ${operation} is lost, nothing is left`, async () => {
    bench = new SignedBench({ salt: 96 }, { lagMs: 2_500 })
    await bench.start()
    const { script } = bench.iconik
    script.plan({ operation, kind: 'lost' })
    script.onRequest = (name, phase) => {
      // Nothing more gets through until the cancellation.
      if (name === operation && phase === 'after') script.isOffline = true
    }
    await bench.drop(bench.write('clip.mov', content))
    await bench.until(
      async () => (await bench.only('clip.mov')).state === 'waiting' || script.count(operation) > 1,
    )
    script.onRequest = undefined
    const { id } = await bench.only('clip.mov')
    await bench.engine.calls.cancel({ which: [id] })
    script.isOffline = false
    await bench.untilAll('canceled')
    await expectGoneOrWhole(false)
  })
}

test('killed after the asset was taken back, with a step in it still unclear, it is finished', async () => {
  bench = new SignedBench({ salt: 94 })
  await bench.start()
  const { script } = bench.iconik
  script.plan({ operation: 'files.createFormat', kind: 'cut', times: 1000 })
  await bench.drop(bench.write('clip.mov', content))
  await bench.until(() => script.count('files.createFormat') > 0)
  let isDead = false
  script.onRequest = (name, phase) => {
    isDead ||= name === 'assets.deleteUpload' && phase === 'after'
    if (isDead) throw new Error('killed')
  }
  await bench.engine.calls.cancel({ which: 'all' })
  await bench.until(() => isDead)
  bench.kill()
  script.onRequest = undefined
  await bench.start()
  await bench.untilAll('canceled')
  await expectGoneOrWhole(false)
})

test('canceled while offline, it is finished when the service is back', async () => {
  await start(97)
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  bench.iconik.script.isOffline = true
  await bench.engine.calls.cancel({ which: 'all' })
  const from = bench.clock.ticks()
  await bench.until(() => bench.clock.ticks() - from > 3_600_000)
  expect(await bench.only('clip.mov')).toMatchObject({ state: 'canceling' })
  bench.kill()
  await bench.start()
  bench.iconik.script.isOffline = false
  await bench.untilAll('canceled')
  await expectGoneOrWhole(false)
  expect(bench.iconik.jobs).toEqual([expect.objectContaining({ status: 'ABORTED' })])
})

test('a version that may not be deleted is marked as failed', async () => {
  await start(98, true)
  bench.iconik.missingRoles.add('can_delete_versions')
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  await bench.engine.calls.cancel({ which: 'all' })
  await bench.untilAll('canceled')
  const { versions, storage, files } = bench.iconik
  expect(versions.map(({ status }) => status)).toEqual(['ACTIVE', 'FAILED'])
  expect([storage.uploads(), files.map(({ status }) => status)]).toEqual([[], ['FAILED']])
})

test('an asset that somebody deleted meanwhile does not hold a cancellation up', async () => {
  await start(99)
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 2)
  bench.iconik.deleteAll()
  await bench.engine.calls.cancel({ which: 'all' })
  await bench.untilAll('canceled')
})
