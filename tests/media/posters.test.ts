/** Pictures of clips that no browser decodes, by the real ffmpeg; where pictures of versions are kept. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFfmpegFinder } from '../../src/main/media/ffmpegTool.ts'
import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'
import type { PostersParts } from '../../src/main/media/posters.ts'
import { createPosters } from '../../src/main/media/posters.ts'
import { createThumbnailCache } from '../../src/main/media/thumbnailCache.ts'
import { assetIdSchema, placeIdSchema, type VersionId } from '../../src/shared/ids.ts'
import { firstConnection } from '../fakes/libraryBench.ts'
import { aVersion, infoOf } from '../fakes/proxyBench.ts'
import { type CodedClip, hasFfmpeg, makeClips } from './codedClips.ts'
import { decodedCodes } from './decodedCodes.ts'

const clips: readonly CodedClip[] = [
  { name: 'graded.mov', codec: 'prores', rate: '25', frames: 100 },
  { name: 'short.mxf', codec: 'mpeg2', rate: '25', frames: 20, width: 1280, height: 720 },
]
const assetId = assetIdSchema.parse('01J00000000000000000000A01')
const placeId = placeIdSchema.parse('01J00000000000000000000P01')

let clipFolder = ''
let paths: string[] = []
let folder = ''

beforeAll(async () => {
  if (hasFfmpeg()) ({ folder: clipFolder, paths } = await makeClips(clips))
}, 60_000)
afterAll(() => rm(clipFolder, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-posters-'))
  return () => rm(folder, { recursive: true, force: true })
})

const finder = createFfmpegFinder({
  settings: { read: () => undefined, write: () => undefined },
  path: process.env['PATH'] ?? '',
  platform: process.platform,
  home: homedir(),
})

function posters(path: string, other: Partial<PostersParts> = {}) {
  return createPosters({
    cache: createThumbnailCache(folder, () => undefined),
    originOf: () => ({
      ...{ connectionId: firstConnection, assetId, placeId, assetRemoteId: 'a' },
      ...{ versionRemoteId: 'v', sourceId: null },
    }),
    ofOwnProxy: async () => undefined,
    known: () => undefined,
    answer: () => (request) => fileAnswer(path, 'video/quicktime', request),
    tool: () => finder.tool(),
    report: () => undefined,
    ...other,
  })
}

/** The code in a picture. */
async function codeOf(jpeg: Uint8Array | undefined, size: { width: number; height: number }) {
  const file = join(folder, 'picture.jpg')
  await writeFile(file, jpeg ?? '')
  return (await decodedCodes(file, size))[0]
}

test('another version has another picture, a proxy made here lends its own', async () => {
  const made = posters('')
  const jpeg = Buffer.from('one')
  await made.keep(aVersion(1), jpeg)
  expect(await made.kept(aVersion(1))).toEqual(jpeg)
  expect(await made.kept(aVersion(2))).toBeUndefined()
  await writeFile(join(folder, 'own.jpg'), 'two')
  const withProxy = posters('', { ofOwnProxy: async () => ({ path: join(folder, 'own.jpg') }) })
  expect(await withProxy.kept(aVersion(1))).toEqual(jpeg)
  expect(await withProxy.kept(aVersion(2))).toEqual(Buffer.from('two'))
})

test('without ffmpeg there is none, and nothing is read', async () => {
  let reads = 0
  const answer = () => async () => {
    reads += 1
    return new Response(null, { status: 404 })
  }
  const made = posters('', { answer, tool: async () => undefined })
  expect(await made.make(aVersion(1))).toBe(false)
  expect(reads).toBe(0)
})

describe.skipIf(!hasFfmpeg())('by the ffmpeg of this computer', () => {
  test('a second into a clip nobody has read, a tenth into one that is known', async () => {
    const [path = ''] = paths
    const made = posters(path)
    expect(await made.make(aVersion(1))).toBe(true)
    const size = { width: 640, height: 360 }
    expect(await codeOf(await made.kept(aVersion(1)), size)).toEqual({ clipId: 1, frame: 25 })
    const info = await infoOf(path)
    const knowing = posters(path, { known: () => ({ info, times: null }) })
    expect(await knowing.make(aVersion(2))).toBe(true)
    expect(await codeOf(await knowing.kept(aVersion(2)), size)).toEqual({ clipId: 1, frame: 10 })
  })

  test('of a clip shorter than that, its first', async () => {
    const made = posters(paths[1] ?? '')
    expect(await made.make(aVersion(1))).toBe(true)
    const code = await codeOf(await made.kept(aVersion(1)), { width: 960, height: 540 })
    expect(code).toEqual({ clipId: 2, frame: 0 })
  })

  test('none of what has no picture in it, and none when the bytes are spent', async () => {
    const text = join(folder, 'words.mov')
    await writeFile(text, 'no clip '.repeat(1000))
    expect(await posters(text).make(aVersion(1))).toBe(false)
    const spare = posters(paths[0] ?? '', { mostBytes: 100_000 })
    await expect(spare.make(aVersion(1))).rejects.toMatchObject({ code: 'media.unplayable' })
    expect(await spare.kept(aVersion(1))).toBeUndefined()
  })

  test('stopped in the middle, nothing of it stays', async () => {
    const asked = new EventTarget()
    const begun = once(asked, 'asked')
    const answer = () => (request: Request) => {
      asked.dispatchEvent(new Event('asked'))
      return new Promise<Response>((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(new Error('gone')))
      })
    }
    const made = posters('', { answer })
    const end = made.make(aVersion(1))
    await begun
    made.stop(aVersion(1))
    expect(await end).toBe(false)
    expect(await readdir(folder)).toEqual([])
  })

  test('none of a picture that is larger than anybody films', async () => {
    const path = join(folder, 'huge.avi')
    const size = ['-f', 'lavfi', '-i', 'color=gray:size=16384x12288:rate=1', '-frames:v', '1']
    const written = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', ...size, '-c:v', 'mjpeg', path])
    expect(written.status, String(written.stderr)).toBe(0)
    const said: unknown[] = []
    const made = posters(path, { report: (text) => said.push(text) })
    expect(await made.make(aVersion(1))).toBe(false)
    expect(said.join('\n')).toContain('16384x12288')
  })

  test('two at a time, and what is stopped before its turn reads nothing', async () => {
    const asked = new Set<VersionId>()
    const answer = (versionId: VersionId) => (request: Request) => {
      asked.add(versionId)
      return new Promise<Response>((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(new Error('gone')))
      })
    }
    const made = posters('', { answer })
    const ends = [1, 2, 3, 4].map((each) => made.make(aVersion(each)))
    await expect.poll(() => asked.size).toBe(2)
    made.stop(aVersion(3))
    expect(await ends[2]).toBe(false)
    made.stop(aVersion(1))
    await expect.poll(() => [...asked].sort()).toEqual([1, 2, 4].map((each) => aVersion(each)))
    made.stopAll()
    expect(await Promise.all(ends)).toEqual([false, false, false, false])
  })
})
