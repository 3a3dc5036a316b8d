/** The main job against a real S3 server: real Electron, connected through the form, sends to Ceph's object gateway. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { ask, connect, openProduction, sendFiles } from '../e2e/actor.ts'
import { allTransfers, expectArrived, leftBehind, untilDone } from '../e2e/arrived.ts'
import { Card } from '../e2e/card.ts'
import { expect, test } from '../e2e/launch.ts'
import { fillShuttle } from '../e2e/shuttle.ts'
import { seeded } from '../fakes/seeded.ts'
import { type AssetService, productionTitle, startAssetService } from './rgw/assetService.ts'
import { partRequests, storedObjects, uploadsLeft } from './rgw/bucket.ts'
import { type RgwCluster, startCluster } from './rgw/cluster.ts'
import { installCeph, obstacleToCeph } from './rgw/packages.ts'

const obstacle = obstacleToCeph()
test.skip(obstacle !== undefined, `no Ceph: ${obstacle}`)

let cluster: RgwCluster
let service: AssetService
let stopService: () => Promise<void>

test.beforeAll(async () => {
  test.setTimeout(600_000)
  await installCeph()
  cluster = await startCluster()
  const s3 = cluster.s3()
  service = await startAssetService(s3)
  stopService = async () => {
    await service.stop()
    s3.destroy()
  }
  process.stdout.write(`${cluster.version}\n`)
})
test.afterAll(async () => {
  await stopService?.()
  await cluster?.stop()
})

const detail = z.object({ partSize: z.number() })
const pictureSuffix = '.thumb.jpg'
const described = (...facts: unknown[]) => JSON.stringify(facts)

test("a folder sent to Ceph's gateway arrives whole and is registered once", async ({ launchApp }) => {
  test.setTimeout(300_000)
  const random = seeded(641)
  const above = await mkdtemp(join(tmpdir(), 'rushes-rgw-app-'))
  try {
    const card = new Card(above, random)
    const { folder, big } = await fillShuttle(card, random)
    const { sources } = card

    const launched = await launchApp()
    const { window, userData } = launched
    await connect(window, { ...service, storage: cluster.storage }, productionTitle)
    const from = performance.now()
    await sendFiles(window, [folder])
    await untilDone(window, sources.length, 180_000)
    const seconds = (performance.now() - from) / 1000
    await openProduction(window, productionTitle)
    await expectArrived(window, sources)
    const sent = (await allTransfers(window)).find(({ name }) => name === big)
    const { partSize } = detail.parse(await ask(window, 'transfers.get', { id: sent?.id }))
    await launched.close()

    // Once more past the app: what the gateway holds, and what the service was told.
    const objects = await storedObjects(cluster, '')
    const files = new Map(
      objects.filter(({ key }) => !key.endsWith(pictureSuffix)).map((object) => [object.key, object]),
    )
    const { assets } = service
    expect(assets.map(({ object_key: key }) => key).sort()).toEqual([...files.keys()].sort())
    const registered = assets.map(({ object_key: key, file_name: name, size, mimetype }) => {
      const object = files.get(key)
      return described(name, size, mimetype, object?.bytes, object?.mediaType, object?.sha256)
    })
    const wanted = sources.map(({ place, bytes, mediaType, sha256 }) =>
      described(place.at(-1), bytes, mediaType, bytes, mediaType, sha256),
    )
    expect(registered.sort()).toEqual(wanted.sort())
    // Beside them lie only pictures that the app made of them.
    const pictures = objects.filter(({ key }) => key.endsWith(pictureSuffix))
    for (const { key } of pictures) expect(files.has(key.slice(0, -pictureSuffix.length)), key).toBe(true)
    expect(await uploadsLeft(cluster)).toEqual([])
    const left = leftBehind(userData)
    expect(left.isSound).toBe(true)
    expect(new Set(left.registered).size).toBe(sources.length)

    const needed = Math.ceil((sources.find(({ place }) => place.at(-1) === big)?.bytes ?? 0) / partSize)
    const parts = () => partRequests(cluster, `/${big}`)
    // The gateway writes its log a moment after it has answered.
    await expect.poll(() => new Set(parts().map(({ id }) => id)).size, { timeout: 15_000 }).toBe(needed)
    process.stdout.write(
      `seed ${random.seed}: ${sources.length} files sent and registered in ${seconds.toFixed(1)} s; ` +
        `parts sent ${parts().length}, needed ${needed}; ${pictures.length} pictures beside them\n`,
    )
    expect(
      parts().map(({ status }) => status),
      'parts sent',
    ).toEqual(Array.from({ length: needed }, () => 200))
  } finally {
    await rm(above, { recursive: true, force: true })
  }
})
