import { expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { expectSoundDatabase } from './invariants.ts'
import { type KillPoint, killPoint } from './killPoint.ts'
import { expectAllThere, expectNothingOpen, SignedBench } from './signedBench.ts'

const random = seeded(94)
const files = { 'clip.mov': random.bytes(36 * 1024 + 11), 'still.png': random.bytes(2000) }

/** Met by every upload. */
const common = [
  'files.matchStorage',
  'files.listFormats',
  'files.createFormat',
  'files.createFileSet',
  'files.createFile',
  'jobs.createJob',
  'files.readFile',
  's3.createUpload',
  'files.listPartUrls',
  's3.putPart',
  'files.readMultipartUrl',
  's3.complete',
  's3.get',
  'files.patchFile',
  'files.createProxyJob',
  'jobs.patchJob',
]
/** Some points come round as long as the work goes on. */
const mostTimes = 80

function killAt(bench: SignedBench, point: string, times: number): KillPoint {
  const kill = killPoint(point, times)
  bench.onCommit = (phase) => kill.pass(`${phase} commit`)
  bench.iconik.script.onRequest = (operation, phase) => kill.pass(`${phase} ${operation}`)
  return kill
}

interface Life {
  /** What is sent, on a bench that has not started. */
  prepare(bench: SignedBench): string
  /** What must be there in the end. */
  check(bench: SignedBench): Promise<void>
}

/** One life, one death, one more life. Returns whether the point was met. */
async function survives({ prepare, check }: Life, point: string, times: number): Promise<boolean> {
  const bench = new SignedBench({ salt: times }, { lagMs: 2_500 })
  try {
    const path = prepare(bench)
    await bench.start()
    await bench.drop(path)
    const killer = killAt(bench, point, times)
    // An answer lost on the way leads to the look-ups.
    if (point.endsWith('Formats')) bench.iconik.script.plan({ operation: 'files.createFormat', kind: 'lost' })
    await bench.until(
      async () => killer.isDead() || (await bench.transfers()).every(({ state }) => state === 'done'),
    )
    bench.kill()
    bench.onCommit = undefined
    bench.iconik.script.onRequest = undefined
    if (!killer.isDead()) return false
    await bench.start()
    await bench.untilAll('done')
    await check(bench)
    expectSoundDatabase(bench)
    return true
  } catch (error) {
    throw new Error(`killed ${point}, time ${times}`, { cause: error })
  } finally {
    bench.dispose()
  }
}

/** Every point for the first time, the second…, until it is not met any more. */
async function killAll(life: Life, operations: readonly string[]): Promise<void> {
  const hit: Record<string, number> = {}
  for (const operation of operations) {
    for (const point of [`before ${operation}`, `after ${operation}`]) {
      let times = 0
      while (times < mostTimes && (await survives(life, point, times + 1))) times += 1
      hit[point] = times
      expect(times, point).toBeGreaterThan(0)
    }
  }
  const kills = Object.values(hit).reduce((sum, count) => sum + count, 0)
  process.stdout.write(`kills survived: ${kills}, at ${JSON.stringify(hit)}\n`)
}

test('killed at every step and request, the next start finishes the work and doubles nothing', {
  timeout: 600_000,
}, async () => {
  const prepare = (bench: SignedBench) => {
    for (const [name, content] of Object.entries(files)) bench.write(`day/${name}`, content)
    bench.sendMore = { ...bench.sendMore, metadata: { viewKey: 'view-1', values: { Scene: ['1'] } } }
    return `${bench.folder}/card/day`
  }
  const check = async (bench: SignedBench) => {
    await expectAllThere(bench, files)
    expect(bench.iconik.collections.map(({ title }) => title)).toEqual(['Root', 'day'])
  }
  await killAll({ prepare, check }, [
    'assets.listCollectionContents',
    'assets.createCollection',
    'assets.createAsset',
    'metadata.replaceViewValues',
    ...common,
    'commit',
  ])
})

test('killed on the way to a new version, the asset has one more and no other', {
  timeout: 600_000,
}, async () => {
  const content = files['clip.mov']
  const prepare = (bench: SignedBench) => {
    bench.sendMore = { ...bench.sendMore, versionOf: bench.iconik.addAsset('clip.mov') }
    return bench.write('clip.mov', content)
  }
  const check = async (bench: SignedBench) => {
    const { assets, versions, formats, fileSets, files: records } = bench.iconik
    expect(assets).toHaveLength(1)
    expect(versions.map(({ version_number }) => version_number)).toEqual([1, 2])
    expect([formats.length, fileSets.length, records.length]).toEqual([2, 1, 1])
    expect(records[0]).toMatchObject({ version_id: versions[1]?.id, status: 'CLOSED' })
    expect(bench.stored('clip.mov').bytes?.equals(content)).toBe(true)
    expectNothingOpen(bench)
  }
  const own = ['assets.readAsset', 'assets.createVersion', 'files.listVersionFormats']
  await killAll({ prepare, check }, [...own, ...common.filter((name) => name !== 'files.listFormats')])
})
