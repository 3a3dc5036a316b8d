/** What a version can be played from: found, told apart, counted in one way, read from where it lies. */
import { readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Connector } from '../../src/main/connectors/connector.ts'
import { createMedia } from '../../src/main/media/media.ts'
import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'
import { readFacts } from '../../src/main/media/mediaFacts.ts'
import { createRenditions } from '../../src/main/media/renditions.ts'
import { AppError } from '../../src/shared/errors.ts'
import { frameTableOf } from '../../src/shared/frameTimes.ts'
import { type VersionId, versionIdSchema } from '../../src/shared/ids.ts'
import type { LibraryBench } from '../fakes/libraryBench.ts'
import { openClipBench } from '../fakes/libraryBench.ts'
import { hasFfmpeg, makeClips } from './codedClips.ts'

const wasm = createRequire(import.meta.url).resolve('mediainfo.js/MediaInfoModule.wasm')
const names = ['original.mp4', 'late.mp4', 'half.mp4', 'own.mp4'] as const

let folder = ''
const paths = new Map<string, string>()
let bench: LibraryBench
let versionId: VersionId
let server: Server
/** What lies at the service by key; an error is its refusal. */
const given = new Map<string, string | AppError>()
const asked: string[] = []
const served: string[] = []
/** Why the service cannot be asked at all. */
let refusal: AppError | undefined
const ended: string[] = []
/** What comes in waits for this; `mostAtOnce` is how many waited or were answered at one time. */
let gate: Promise<void> | undefined
let mostAtOnce = 0
/** Addresses that do not work any more. */
const dead = new Set<string>()
let own: string | undefined

beforeAll(async () => {
  if (!hasFfmpeg()) return
  const made = await makeClips([
    { name: names[0], rate: '25', frames: 50, timecode: '01:00:00:00' },
    { name: names[1], rate: '25', frames: 50, startSeconds: 0.7 },
    { name: names[2], rate: '25/2', frames: 25 },
    { name: names[3], rate: '25', frames: 50, width: 320, height: 180 },
  ])
  folder = made.folder
  for (const [index, name] of names.entries()) paths.set(name, made.paths[index] ?? '')
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

beforeEach(async () => {
  ;({ bench, versionId } = await openClipBench())
  given.clear()
  dead.clear()
  asked.length = 0
  served.length = 0
  ended.length = 0
  refusal = undefined
  gate = undefined
  mostAtOnce = 0
  let atOnce = 0
  own = undefined
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    served.push(`${pathname} ${request.headers.range}`)
    const path = paths.get(pathname.slice(1).split('/').at(-1) ?? '')
    if (dead.has(pathname) || path === undefined) {
      response.writeHead(403).end()
      return
    }
    const range = request.headers.range === undefined ? {} : { range: request.headers.range }
    const give = async () => {
      atOnce += 1
      mostAtOnce = Math.max(mostAtOnce, atOnce)
      await gate
      const answer = await fileAnswer(path, 'video/mp4', new Request('http://localhost', { headers: range }))
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      const bytes = Buffer.from(await answer.arrayBuffer())
      atOnce -= 1
      response.end(bytes)
    }
    void give()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  bench.close()
  server.close()
})

/** What is asked of the server from now on waits until the returned function is called. */
function hold(): () => void {
  let open: () => void = () => undefined
  gate = new Promise((resolve) => {
    open = resolve
  })
  return () => open()
}

function renditions() {
  const { port } = server.address() as AddressInfo
  let links = 0
  const linkOf = async (key: string) => {
    asked.push(key)
    const name = given.get(key)
    if (name instanceof AppError) throw name
    links += 1
    return name === undefined
      ? undefined
      : { url: `http://127.0.0.1:${port}/${links}/${name}`, mediaType: null }
  }
  const listed = async () => {
    const links = await Promise.all(keys().map(async (key) => ({ key, link: await linkOf(key) })))
    return links.flatMap(({ key, link }) => (link === undefined ? [] : [{ key, link }]))
  }
  const keys = () => [...given.keys()].filter((key) => key !== 'original')
  const connector: Pick<Connector, 'media' | 'can'> = {
    media: (_ref, use) => linkOf(use === 'play' ? (keys()[0] ?? 'original') : use),
    can: { proxies: { list: listed, link: (_ref, key) => linkOf(key) } },
  }
  const media = createMedia({
    assets: bench.assets,
    places: bench.places,
    connector: () => {
      if (refusal !== undefined) throw refusal
      return connector as Connector
    },
    sessionEnded: (_id, { code }) => ended.push(code),
    sourceFile: () => Promise.reject(new AppError('thing.notFound', { thing: 'source' })),
    fetch,
    mediaInfoWasm: wasm,
  })
  const reported: unknown[] = []
  const made = createRenditions({
    ...{ media, fetch, readFacts: (bytes) => readFacts(bytes, wasm), now: () => 1 },
    proxies: { file: async () => (own === undefined ? undefined : { path: own, mediaType: 'video/mp4' }) },
    report: (error) => reported.push(error),
  })
  const list = async () => {
    const found = await made.list(versionId)
    if (found === null) throw new Error('stopped')
    return found
  }
  return { made, media, reported, list }
}

test.skipIf(!hasFfmpeg())('tells what there is, in the order in which one plays by itself', async () => {
  given.set('original', 'original.mp4')
  const { list, media } = renditions()
  await media.open(versionId)
  given.set('web', 'late.mp4')
  given.set('small', 'half.mp4')
  own = paths.get('own.mp4')
  const found = await list()
  const sizeOf = async (name: string) => (await stat(paths.get(name) ?? '')).size
  expect(found).toMatchObject([
    { key: 'own', kind: 'own', isUsual: true, frames: 'same', info: { width: 320, height: 180 } },
    { key: 'proxy:web', isUsual: false, frames: 'same', bytes: await sizeOf('late.mp4') },
    { key: 'proxy:small', isUsual: false, frames: 'rate', info: { frames: 25 } },
    { key: 'original', kind: 'original', isUsual: false, frames: 'same', info: { videoCodec: 'AVC' } },
  ])
  expect(found.filter(({ moved }) => moved !== undefined)).toEqual([])
})

test.skipIf(!hasFfmpeg())(
  'what came later and begins elsewhere is told where the frames are in it',
  async () => {
    given.set('original', 'original.mp4')
    const { list, media } = renditions()
    expect((await media.open(versionId)).times).toBeNull()
    given.set('web', 'late.mp4')
    const [usual] = await list()
    expect(usual).toMatchObject({ key: 'proxy:web', isUsual: true, frames: 'same' })
    const { url, times } = usual?.moved ?? {}
    if (!times) throw new Error('no times')
    expect(url).toBe(`${media.urlOf(versionId)}/as/proxy%3Aweb`)
    expect(frameTableOf(times).startSeconds(0)).toBeCloseTo(0.7, 2)
    expect(frameTableOf(times).frameCount).toBe(50)
  },
)

test.skipIf(!hasFfmpeg())(
  'what cannot be had or read is not there, and the same file twice is one',
  async () => {
    given.set('gone', 'none.mp4')
    given.set('itself', 'original.mp4')
    given.set('original', 'original.mp4')
    const { list, media, reported } = renditions()
    bench.assets.setMediaFacts(versionId, await factsOf('original.mp4'))
    expect(await media.open(versionId)).toMatchObject({ info: { frames: 50 } })
    expect((await list()).map(({ key, isUsual }) => [key, isUsual])).toEqual([['original', false]])
    given.set('original', new AppError('auth.forbidden'))
    const later = renditions()
    expect((await later.list()).map(({ key }) => key)).toEqual(['proxy:itself'])
    expect(reported).toEqual([])
  },
)

test.skipIf(!hasFfmpeg())(
  'a service that cannot be asked takes nothing from what lies on this computer',
  async () => {
    given.set('original', 'original.mp4')
    const { list, media, reported } = renditions()
    await media.open(versionId)
    own = paths.get('own.mp4')
    for (const code of ['network.offline', 'remote.notFound', 'auth.expired'] as const) {
      refusal = new AppError(code)
      expect((await list()).map(({ key, isUsual }) => [key, isUsual])).toEqual([['own', true]])
    }
    expect(reported).toEqual([])
    ended.length = 0
    const never = new AbortController().signal
    await expect(media.serviceProxies(versionId, never)).rejects.toMatchObject({ code: 'auth.expired' })
    expect(ended).toEqual(['auth.expired'])
  },
)

test.skipIf(!hasFfmpeg())(
  'reads two at a time, once for all who ask, until another version is wanted',
  async () => {
    given.set('original', 'original.mp4')
    const { made, media, list } = renditions()
    await media.open(versionId)
    for (const key of ['a', 'b', 'c']) given.set(key, 'late.mp4')
    given.set('small', 'half.mp4')
    asked.length = 0
    mostAtOnce = 0
    const [one, other] = await Promise.all([list(), list()])
    expect(one).toHaveLength(5)
    expect(other).toEqual(one)
    expect(asked.toSorted()).toEqual(['a', 'b', 'c', 'original', 'small'])
    expect(mostAtOnce).toBe(2)

    served.length = 0
    const open = hold()
    const left = made.list(versionId)
    await expect.poll(() => served.length).toBe(2)
    await expect(made.list(versionIdSchema.parse('01J00000000000000000000V99'))).rejects.toMatchObject({
      code: 'thing.notFound',
    })
    expect(await left).toBeNull()
    open()
    expect(await list()).toHaveLength(5)
  },
)

test.skipIf(!hasFfmpeg())('a proxy made meanwhile is in the look that was asked for after it', async () => {
  given.set('original', 'original.mp4')
  const { made, media, list } = renditions()
  await media.open(versionId)
  const open = hold()
  served.length = 0
  const before = made.list(versionId)
  await expect.poll(() => served.length).toBe(1)
  own = paths.get('own.mp4')
  const after = list()
  expect(await before).toBeNull()
  open()
  expect((await after).map(({ key }) => key)).toEqual(['own', 'original'])
})

async function factsOf(name: string) {
  const bytes = await readFile(paths.get(name) ?? '')
  return readFacts(
    {
      ...{ size: bytes.length, isLink: false, mark: name, close: () => Promise.resolve() },
      read: async (offset, length) => bytes.subarray(offset, offset + length),
    },
    wasm,
  )
}

test.skipIf(!hasFfmpeg())('keeps the numbers of the version, whichever is opened', async () => {
  given.set('original', 'original.mp4')
  const { made, media } = renditions()
  const known = await media.open(versionId)
  given.set('web', 'late.mp4')
  given.set('small', 'half.mp4')
  for (const key of ['original', 'proxy:web', 'proxy:small']) {
    const { url, info, times } = await made.open(versionId, key)
    expect(url).toBe(`${media.urlOf(versionId)}/as/${encodeURIComponent(key)}`)
    const { rate, frames, startFrame, width, height } = known.info
    expect(info).toMatchObject({ rate, frames, startFrame, width, height })
    const start = times === null ? 0 : frameTableOf(times).startSeconds(0)
    expect(start).toBeCloseTo(key === 'proxy:web' ? 0.7 : 0, 2)
    if (times !== null) expect(frameTableOf(times).frameCount).toBe(50)
  }
})

test.skipIf(!hasFfmpeg())(
  'gives out its bytes, asks once where they lie, and again when the link has died',
  async () => {
    given.set('original', 'original.mp4')
    given.set('web', 'late.mp4')
    const { made } = renditions()
    const read = async (range: string) => {
      const answer = await made.answer(
        versionId,
        'proxy:web',
        new Request('http://x', { headers: { range } }),
      )
      return Buffer.from(await answer.arrayBuffer())
    }
    const bytes = await readFile(paths.get('late.mp4') ?? '')
    expect((await read('bytes=4-99')).equals(bytes.subarray(4, 100))).toBe(true)
    expect((await read('bytes=100-199')).equals(bytes.subarray(100, 200))).toBe(true)
    expect(asked).toEqual(['web'])
    dead.add('/1/late.mp4')
    expect((await read('bytes=200-299')).equals(bytes.subarray(200, 300))).toBe(true)
    expect(asked).toEqual(['web', 'web'])
    expect(served.at(-1)).toBe('/2/late.mp4 bytes=200-299')
  },
)

test.skipIf(!hasFfmpeg())(
  'what was never there is refused, and asks nobody for another address',
  async () => {
    own = paths.get('own.mp4')
    given.set('original', 'original.mp4')
    const { made } = renditions()
    for (const key of ['proxy:gone', 'own', 'http://127.0.0.1/', '../play', ''])
      for (const act of [
        () => made.open(versionId, key),
        () => made.answer(versionId, key, new Request('http://x')),
      ])
        await expect(act(), key).rejects.toMatchObject({ code: 'remote.notFound' })
    expect(asked.filter((key) => !['original', 'gone'].includes(key))).toEqual([])
  },
)
