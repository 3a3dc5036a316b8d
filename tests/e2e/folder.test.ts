/** A folder as it comes from a set: sample clips, a crowd of small files with difficult names, and one large file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '../fakes/seeded.ts'
import { openProduction, sendFiles, studioLog } from './actor.ts'
import { expectArrived, leftBehind, untilDone } from './arrived.ts'
import { Card } from './card.ts'
import { expect, test } from './launch.ts'
import { fillShuttle } from './shuttle.ts'

test('clips, 200 small files and 300 MiB in one folder arrive whole and are registered once', async ({
  launchApp,
}) => {
  test.setTimeout(240_000)
  const random = seeded(611)
  const above = await mkdtemp(join(tmpdir(), 'rushes-folder-'))
  try {
    const card = new Card(above, random)
    const { folder, big } = await fillShuttle(card, random)

    const launched = await launchApp({ args: ['--demo'] })
    const { window, userData } = launched
    await openProduction(window, 'Winter catalogue')
    const from = Date.now()
    await sendFiles(window, [folder])
    await untilDone(window, card.sources.length, 120_000)
    const sentAfter = Date.now() - from
    await openProduction(window, 'Winter catalogue')
    await expectArrived(window, card.sources)
    await launched.close()

    const log = studioLog(userData)
    const ids = log
      .filter(({ operation, status }) => operation === 'assets.create' && status < 300)
      .map(({ id }) => id)
    expect(ids).toHaveLength(card.sources.length)
    const left = leftBehind(userData)
    expect([...left.registered].sort()).toEqual([...ids].sort())
    expect(left.isSound).toBe(true)
    const isOfFile = (key = '') => key.endsWith(`/${big}`)
    const sent = log.filter(({ operation, key }) => operation === 'UploadPart' && isOfFile(key)).length
    process.stdout.write(
      `seed ${random.seed}: ${card.sources.length} files sent and registered in ${(sentAfter / 1000).toFixed(1)} s; parts sent ${sent}, needed ${Math.ceil(300 / 16)}\n`,
    )
    expect(sent, 'parts sent').toBe(Math.ceil(300 / 16))
  } finally {
    await rm(above, { recursive: true, force: true })
  }
})
