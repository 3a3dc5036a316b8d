/** A folder as it comes from a set: the sample clips, a crowd of small files with difficult names, one large file. */
import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Seeded } from '../fakes/seeded.ts'
import { samplesFolder } from './actor.ts'
import type { Card } from './card.ts'
import { expect } from './launch.ts'

const MiB = 2 ** 20
const smallFiles = 200
const bigBytes = 300 * MiB
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

/** Fills the card and returns the folder to drop; `big` is how the large file is called. */
export async function fillShuttle(card: Card, random: Seeded): Promise<{ folder: string; big: string }> {
  const root = 'SHUTTLE 03 \u{1f3a5}'
  const big = 'B003_C009_noise.bin'
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
  await card.noise([root, 'B_CAM', big], bigBytes, 'application/octet-stream')
  return { folder: join(card.folder, root), big }
}
