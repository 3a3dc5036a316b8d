import { expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { Bench } from './bench.ts'
import { expectSoundDatabase, expectWhole } from './invariants.ts'
import { type KillPoint, killPoint } from './killPoint.ts'

const random = seeded(31)
const files = { 'clip.mov': random.bytes(70 * 1024 + 11), 'still.png': random.bytes(2000) }

const operations = [
  'createUpload',
  'putPart',
  'completeUpload',
  'putObject',
  'head',
  'listUploads',
  'lookUp',
  'act',
  'commit',
] as const
const points = operations.flatMap((operation) => [`before ${operation}`, `after ${operation}`])
/** Some points come round as long as the work goes on. */
const mostTimes = 40

function killAt(bench: Bench, point: string, times: number): KillPoint {
  const kill = killPoint(point, times)
  bench.onCommit = (phase) => kill.pass(`${phase} commit`)
  bench.s3.onRequest = (operation, phase) => kill.pass(`${phase} ${operation}`)
  bench.service.onCall = (call, phase) => kill.pass(`${phase} ${call}`)
  return kill
}

/** One life, one death, one more life. Returns whether the point was met. */
async function survives(point: string, times: number): Promise<boolean> {
  const bench = new Bench({ salt: times })
  try {
    const paths = Object.entries(files).map(([name, content]) => bench.write(name, content))
    await bench.start()
    await bench.drop(...paths)
    const killer = killAt(bench, point, times)
    // An answer lost at the first registration leads to the look-up.
    if (point.endsWith('lookUp')) bench.service.loseReply(1)
    await bench.until(
      async () => killer.isDead() || (await bench.transfers()).every(({ state }) => state === 'done'),
    )
    bench.kill()
    bench.onCommit = undefined
    bench.s3.onRequest = undefined
    bench.service.onCall = undefined
    if (!killer.isDead()) return false
    await bench.start()
    await bench.untilAll('done')
    await expectWhole(bench, files, { resentParts: 5 })
    expectSoundDatabase(bench)
    return true
  } catch (error) {
    throw new Error(`killed ${point}, time ${times}`, { cause: error })
  } finally {
    bench.dispose()
  }
}

test('killed at every point, the next start finishes the work', { timeout: 300_000 }, async () => {
  const hit: Record<string, number> = {}
  for (const point of points) {
    let times = 0
    while (times < mostTimes && (await survives(point, times + 1))) times += 1
    hit[point] = times
    expect(times, point).toBeGreaterThan(0)
  }
  const kills = Object.values(hit).reduce((sum, count) => sum + count, 0)
  process.stdout.write(`kills survived: ${kills}, at ${JSON.stringify(hit)}\n`)
})
