import { afterEach, expect, test } from 'vitest'
import { planParts } from '../../src/main/transfers/partPlan.ts'
import { seeded } from '../fakes/seeded.ts'
import { Bench, smallSizes } from './bench.ts'

const { bytes } = seeded(1)
let bench: Bench
afterEach(() => bench.dispose())

const partSize = smallSizes.partSize ?? 0
const onceEach = (bytes: number) => new Map(planParts(bytes, partSize).map(({ number }) => [number, 1]))

test('dropped files are sent, checked and registered once', async () => {
  bench = new Bench({ salt: 1 })
  const files = {
    'long.mov': bytes(200 * 1024 + 7),
    'exact.mxf': bytes(3 * partSize),
    'small.wav': bytes(900),
    'one.mov': bytes(4097),
  }
  const paths = Object.entries(files).map(([name, content]) => bench.write(name, content))
  await bench.start()
  await bench.drop(...paths)
  await bench.untilAll('done')
  for (const [name, content] of Object.entries(files)) {
    const { id, bytesStored, partsStored, partCount } = await bench.only(name)
    expect((await bench.object(name))?.equals(content)).toBe(true)
    expect(bytesStored).toBe(content.byteLength)
    expect(partsStored).toBe(partCount)
    if (content.byteLength > smallSizes.smallFile)
      expect(bench.s3.storesOf(bench.keyOf(name, id))).toEqual(onceEach(content.byteLength))
    expect(bench.service.assets.filter((asset) => asset.name === name)).toHaveLength(1)
  }
  expect(bench.s3.uploads()).toEqual([])
  expect(bench.service.assets.find(({ name }) => name === 'small.wav')).toMatchObject({
    bytes: 900,
    mediaType: 'audio/wav',
  })
})

test('a killed app resumes without sending a stored part again', async () => {
  bench = new Bench({ salt: 1 })
  const content = bytes(300 * 1024)
  const path = bench.write('clip.mov', content)
  await bench.start()
  await bench.drop(path)
  await bench.until(async () => (await bench.only('clip.mov')).partsStored >= 3)
  const before = await bench.only('clip.mov')
  bench.kill()
  await bench.start()
  await bench.untilAll('done')
  expect((await bench.object('clip.mov'))?.equals(content)).toBe(true)
  const stores = bench.s3.storesOf(bench.keyOf('clip.mov', before.id))
  const sent = [...stores.values()].reduce((sum, count) => sum + count, 0)
  expect(sent).toBeLessThanOrEqual(planParts(content.byteLength, partSize).length + 4)
  expect(bench.service.assets).toHaveLength(1)
  expect(bench.s3.uploads()).toEqual([])
})
