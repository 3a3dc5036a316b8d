import { afterEach, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { Station } from './station.ts'

const MiB = 2 ** 20
const kills = Number(process.env['RUSHES_KILLS'] ?? 12)
const random = seeded(91)
let station: Station
afterEach(() => station?.dispose())

const running = ['preparing', 'creating', 'uploading', 'completing', 'verifying', 'registering']

/**
 * The host is ended by SIGKILL at random moments of its work, every fourth time together with the studio, and started
 * again. What it had written is compared with what the store was sent afterwards.
 */
test(`killed ${kills} times at random, nothing is lost, sent twice or registered twice`, {
  timeout: 60_000 + kills * 15_000,
}, async () => {
  station = await Station.open()
  const paths = [
    station.write('A001.mov', random.bytes(90 * MiB + 5)),
    station.write('A002.mov', random.bytes(40 * MiB)),
  ]
  for (let index = 0; index < 30; index += 1)
    paths.push(station.write(`still-${index}.png`, random.bytes(1000 + random.below(200_000))))
  await station.start()
  await station.studio.throttle(12 * MiB)
  await station.drop(...paths)
  const histogram = new Map<string, number>()
  const kept: { readonly at: number; readonly parts: ReadonlySet<string> }[] = []
  let killed = 0
  while (killed < kills && !(await station.isDone())) {
    await new Promise((resolve) => setTimeout(resolve, 50 + random.below(900)))
    const withStudio = killed % 4 === 3
    if (withStudio) await station.studio.kill()
    const { states, parts } = await station.kill()
    killed += 1
    kept.push({ at: Date.now(), parts })
    for (const state of new Set(states)) histogram.set(state, (histogram.get(state) ?? 0) + 1)
    if (withStudio) {
      station.studio = await station.studio.restart()
      await station.studio.throttle(12 * MiB)
    }
    await station.start()
  }
  await station.studio.throttle(null)
  await station.untilDone()

  const objects = await station.objects()
  expect(objects).toHaveLength(paths.length)
  for (const { name, sha256 } of objects) expect(sha256, name).toBe(station.files.get(name))
  expect((await station.assets()).map(({ name }) => name).sort()).toEqual([...station.files.keys()].sort())
  expect(await station.uploadsLeft()).toBe(0)

  const log = station.studio.log()
  const sent = log.filter(({ operation, status }) => operation === 'UploadPart' && status === 200)
  for (const { at, parts } of kept) {
    const again = sent.filter(
      ({ time, uploadId, partNumber }) => time > at && parts.has(`${uploadId}/${partNumber}`),
    )
    expect(again, 'parts with a stored row that were sent again').toEqual([])
  }
  const needed = Math.ceil(90.1 / 16) + Math.ceil(40 / 16)
  const midway = [...histogram]
    .filter(([state]) => running.includes(state))
    .map(([state, count]) => `${state} ${count}`)
  process.stdout.write(
    `killed ${killed} times; states hit: ${midway.join(', ')}; parts sent ${sent.length}, needed ${needed}\n`,
  )
  expect(killed).toBeGreaterThan(0)
})
