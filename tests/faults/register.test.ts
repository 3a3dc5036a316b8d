import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../src/shared/errors.ts'
import { seeded } from '../fakes/seeded.ts'
import { Bench } from './bench.ts'
import { expectWhole } from './invariants.ts'

const random = seeded(61)
const files = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`take-${index}.mov`, random.bytes(2000 + index * 1700)]),
)
let bench: Bench
afterEach(() => bench.dispose())

async function begin(): Promise<void> {
  bench = new Bench({ salt: 61 })
  await bench.start()
}

async function dropAll(): Promise<void> {
  await bench.drop(...Object.entries(files).map(([name, content]) => bench.write(name, content)))
}

test('half of the answers lost: every asset once', async () => {
  await begin()
  bench.service.loseReply(6)
  await dropAll()
  await bench.untilAll('done')
  await expectWhole(bench, files)
  expect(bench.service.assets).toHaveLength(12)
})

test('a list that lags behind is looked at again before anything is made twice', async () => {
  await begin()
  bench.service.loseReply(1)
  bench.service.lag = 3
  await dropAll()
  await bench.untilAll('done')
  expect(bench.service.assets).toHaveLength(12)
})

test('a storm of refusals ends with every asset once', async () => {
  await begin()
  for (let index = 0; index < 30; index += 1)
    bench.service.refuse(new AppError('remote.unavailable', { status: 503, isSent: true }))
  await dropAll()
  await bench.untilAll('done')
  expect(bench.service.assets).toHaveLength(12)
})

test('a service asking to slow down is obeyed', async () => {
  await begin()
  const from = bench.clock.now()
  const retryAt = from + 120_000
  bench.service.refuse(new AppError('remote.rateLimited', { status: 429, isSent: true, retryAt }))
  await dropAll()
  await bench.untilAll('done')
  expect(bench.clock.now()).toBeGreaterThanOrEqual(retryAt)
})

test('a refused asset fails with its reason; the object stays, and a retry sends nothing again', async () => {
  await begin()
  bench.service.refuse(new AppError('remote.refused', { status: 422, isSent: true, message: 'no' }))
  await dropAll()
  await bench.untilAll('done', 'failed')
  const failed = (await bench.transfers()).filter(({ state }) => state === 'failed')
  expect(failed).toHaveLength(1)
  expect(failed[0]).toMatchObject({ failure: { code: 'remote.refused', facts: { message: 'no' } } })
  const sent = bench.s3.log.length
  await bench.engine.calls.retry({ which: 'all' })
  await bench.untilAll('done')
  expect(bench.s3.log).toHaveLength(sent)
  await expectWhole(bench, files)
})

test('an ended session stops registering until somebody signs in, with nothing sent again', async () => {
  await begin()
  for (let index = 0; index < 12; index += 1)
    bench.service.refuse(new AppError('auth.expired', { status: 401, isSent: true }))
  await dropAll()
  await bench.untilAll('waiting')
  expect(bench.told.filter(({ event }) => event === 'signedOut').length).toBeGreaterThanOrEqual(1)
  while (bench.service.assets.length < 12) {
    await bench.connect({ accessKeyId: `again-${bench.service.assets.length}-${bench.told.length}` })
    await bench.until(async () =>
      (await bench.transfers()).every(({ state }) => state === 'waiting' || state === 'done'),
    )
  }
  await bench.untilAll('done')
  await expectWhole(bench, files)
})

test('killed between the call and its answer, over and over: every asset once', async () => {
  await begin()
  await dropAll()
  let kills = 0
  while (bench.service.assets.length < 12) {
    let isDue = false
    bench.service.onCall = (call, phase) => {
      if (call !== 'act' || phase !== 'after' || isDue) return
      isDue = true
      bench.kill()
    }
    await bench.until(() => isDue)
    kills += 1
    await bench.start()
  }
  expect(kills).toBeGreaterThan(1)
  bench.service.onCall = undefined
  await bench.untilAll('done')
  await expectWhole(bench, files)
  expect(bench.service.assets).toHaveLength(12)
})
