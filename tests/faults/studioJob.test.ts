import { afterEach, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { Station } from './station.ts'

const MiB = 2 ** 20
const random = seeded(11)
let station: Station
afterEach(() => station?.dispose())

test('files dropped on a production arrive whole and are registered once, also over a kill', async () => {
  station = await Station.open()
  const names = { 'A001.mov': 70 * MiB + 5, 'B002.mxf': 17 * MiB, 'notes.pdf': 3000 }
  const paths = Object.entries(names).map(([name, size]) => station.write(name, random.bytes(size)))
  await station.start()
  await station.studio.throttle(40 * MiB)
  await station.drop(...paths)
  await station.studio.untilLogged((request) => request.operation === 'UploadPart')
  await station.kill()
  await station.start()
  await station.studio.throttle(null)
  await station.untilDone()
  const objects = await station.objects()
  expect(objects.map(({ name }) => name).sort()).toEqual(Object.keys(names).sort())
  for (const { name, sha256 } of objects) expect(sha256, name).toBe(station.files.get(name))
  const assets = await station.assets()
  expect(assets.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'A001.mov', size: names['A001.mov'], mediaType: 'video/quicktime' },
    { name: 'B002.mxf', size: names['B002.mxf'], mediaType: 'application/mxf' },
    { name: 'notes.pdf', size: 3000, mediaType: 'application/pdf' },
  ])
  expect(await station.uploadsLeft()).toBe(0)
  expect(station.studio.problems).toEqual([])
})

test('a picture taken while the file goes up lies beside its object', async () => {
  station = await Station.open()
  const host = await station.start()
  await station.drop(station.write('clip.mp4', random.bytes(9000)))
  await station.untilDone()
  const wanted = host.events.find(({ name }) => name === 'thumbnailWanted')
  if (wanted?.name !== 'thumbnailWanted') throw new Error('no picture was asked for')
  const jpeg = new Uint8Array(random.bytes(5000))
  await host.call.thumbnail({ sourceId: wanted.payload.sourceId, jpeg })
  await station.studio.untilLogged(
    ({ operation, key }) => operation === 'PutObject' && key?.endsWith('.thumb.jpg') === true,
  )
  expect(await host.call.thumbnailOf({ sourceId: wanted.payload.sourceId })).toEqual(jpeg)
  expect((await station.objects()).map(({ name }) => name).sort()).toEqual(['clip.mp4', 'clip.mp4.thumb.jpg'])
  await host.stop()
})
