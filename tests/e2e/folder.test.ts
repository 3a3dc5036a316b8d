/** A folder as it comes from a set: sample clips, a crowd of small files with difficult names, and one large file. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { seeded } from '../fakes/seeded.ts'
import { openProduction, samplesFolder, sendFiles, studioLog } from './actor.ts'
import { expectArrived, leftBehind, untilDone } from './arrived.ts'
import { Card } from './card.ts'
import { expect, test } from './launch.ts'

const MiB = 2 ** 20
const smallFiles = 200
const sampleTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
  '.wav': 'audio/wav',
}
const smallTypes = [
  ['mxf', 'application/mxf'],
  ['wav', 'audio/wav'],
  ['exr', 'image/x-exr'],
  ['xml', 'application/xml'],
  ['txt', 'text/plain'],
  ['r3d', 'video/x-red-r3d'],
  ['log2', 'application/octet-stream'],
] as const
/** Names that break what takes them for something else. */
const difficult = [
  '🎬 take 1 👩🏽‍🎤.wav',
  'Cafe\u0301 Zoe\u0308.txt',
  'first line\nsecond line.txt',
  `${'long-'.repeat(39)}x.xml`,
  '100% #1 ?&+=.wav',
  ' leading and trailing .txt ',
  '"quoted\' `name`.xml',
  'back\\slash.txt',
  '日本語のクリップ.mxf',
  'no ending',
]
const difficultTypes: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  txt: 'text/plain',
  xml: 'application/xml',
  mxf: 'application/mxf',
}

test('clips, 200 small files and 300 MiB in one folder arrive whole and are registered once', async ({
  launchApp,
}) => {
  test.setTimeout(240_000)
  const random = seeded(611)
  const above = await mkdtemp(join(tmpdir(), 'rushes-folder-'))
  try {
    const card = new Card(above, random)
    const root = 'SHUTTLE 03 \u{1f3a5}'
    for (const name of (await readdir(samplesFolder)).sort()) {
      const type = sampleTypes[extname(name)]
      if (type !== undefined) await card.copy(join(samplesFolder, name), [root, 'clips', name], type)
    }
    const folders = [['A_CAM'], ['A_CAM', 'day 1', 'sound 🎧'], ['B_CAM'], ['B_CAM', 'e\u0301te\u0301'], []]
    const size = () => 1 + random.below(200 * 1024)
    for (const camera of ['A_CAM', 'B_CAM']) await card.noise([root, camera, 'twin.wav'], 5000, 'audio/wav')
    await card.noise([root, 'one byte.txt'], 1, 'text/plain')
    await card.noise([root, 'most.wav'], 200 * 1024, 'audio/wav')
    for (const [index, name] of difficult.entries()) {
      expect(name.length, name).toBeLessThanOrEqual(200)
      const type = difficultTypes[/\.(\w+)$/.exec(name)?.[1] ?? ''] ?? 'application/octet-stream'
      await card.noise([root, ...(folders[index % folders.length] ?? []), name], size(), type)
    }
    for (let index = 4 + difficult.length; index < smallFiles; index += 1) {
      const [ending, type] = random.pick(smallTypes)
      await card.noise([root, ...random.pick(folders), `${index}.${ending}`], size(), type)
    }
    await card.noise([root, 'B_CAM', 'B003_C009_noise.bin'], 300 * MiB, 'application/octet-stream')

    const launched = await launchApp({ args: ['--demo'] })
    const { window, userData } = launched
    await openProduction(window, 'Winter catalogue')
    const from = Date.now()
    await sendFiles(window, [join(above, root)])
    await untilDone(window, card.sources.length, 120_000)
    const sentAfter = Date.now() - from
    await openProduction(window, 'Winter catalogue')
    await expectArrived(window, card.sources)
    await launched.close()

    const log = await studioLog(userData)
    const ids = log
      .filter(({ operation, status }) => operation === 'assets.create' && status < 300)
      .map(({ id }) => id)
    expect(ids).toHaveLength(card.sources.length)
    const left = leftBehind(userData)
    expect([...left.registered].sort()).toEqual([...ids].sort())
    expect(left.isSound).toBe(true)
    const isOfFile = (key = '') => key.endsWith('_noise.bin')
    const sent = log.filter(({ operation, key }) => operation === 'UploadPart' && isOfFile(key)).length
    process.stdout.write(
      `seed ${random.seed}: ${card.sources.length} files sent and registered in ${(sentAfter / 1000).toFixed(1)} s; parts sent ${sent}, needed ${Math.ceil(300 / 16)}\n`,
    )
    expect(sent, 'parts sent').toBe(Math.ceil(300 / 16))
  } finally {
    await rm(above, { recursive: true, force: true })
  }
})
