/** Where the original of a version is read from: the file it was sent from, the service, or what plays. */
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connector, MediaUse } from '../../src/main/connectors/connector.ts'
import { createMedia } from '../../src/main/media/media.ts'
import { parseRange } from '../../src/main/media/range.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { VersionId } from '../../src/shared/ids.ts'
import { sourceIdSchema } from '../../src/shared/ids.ts'
import type { LibraryBench } from '../fakes/libraryBench.ts'
import { firstConnection, openClipBench } from '../fakes/libraryBench.ts'

const source = sourceIdSchema.parse('01J00000000000000000000009')

let folder = ''
let path = ''
let bench: LibraryBench
let versionId: VersionId
let server: Server
const asked: MediaUse[] = []
/** What the service gives out for each use; an error is its refusal. */
const given = new Map<MediaUse, string | AppError>()

beforeEach(async () => {
  ;({ bench, versionId } = await openClipBench())
  folder = await mkdtemp(join(tmpdir(), 'rushes-original-'))
  path = join(folder, 'A001.mov')
  await writeFile(path, 'the file itself')
  given.clear()
  asked.length = 0
  server = createServer((request, response) => {
    const bytes = Buffer.from(String(given.get((request.url ?? '').slice(1) as MediaUse)))
    const range = parseRange(request.headers.range ?? null, bytes.length)
    if (range === undefined || range === 'unsatisfiable') return response.writeHead(400).end()
    const { start, end } = range
    const headers = { 'content-range': `bytes ${start}-${end}/${bytes.length}`, etag: '"one"' }
    return response.writeHead(206, headers).end(bytes.subarray(start, end + 1))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  bench.close()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

async function media() {
  const { port } = server.address() as AddressInfo
  const sent = await stat(path, { bigint: true })
  const connector: Pick<Connector, 'media'> = {
    async media(_ref, use) {
      asked.push(use)
      const answer = given.get(use)
      if (answer instanceof AppError) throw answer
      return answer === undefined ? undefined : { url: `http://127.0.0.1:${port}/${use}`, mediaType: null }
    },
  }
  return createMedia({
    assets: bench.assets,
    places: bench.places,
    connector: () => connector as Connector,
    sessionEnded: () => undefined,
    sourceFile: async () => ({
      ...{ path, mediaType: 'video/mp4', bytes: Number(sent.size), modifiedNs: String(sent.mtimeNs) },
    }),
    fetch,
    mediaInfoWasm: '',
  })
}

async function textOf(opened: Awaited<ReturnType<Awaited<ReturnType<typeof media>>['openOriginal']>>) {
  if (opened === undefined) return undefined
  const { bytes, use } = opened
  const text = Buffer.from(await bytes.read(0, bytes.size)).toString()
  await bytes.close()
  return { text, use, mark: bytes.mark }
}
const open = async (made: Awaited<ReturnType<typeof media>>) =>
  textOf(await made.openOriginal(versionId, AbortSignal.timeout(5000)))

const sentFromHere = () => bench.assets.setSource(firstConnection, 'a', source)

test('is the file it was sent from, without a word to the service', async () => {
  await writeFile(path, 'x'.repeat(bench.assets.get(bench.assetOf('a'))?.bytes ?? 1))
  sentFromHere()
  const opened = await open(await media())
  expect(opened?.text).toBe(await readFile(path, 'utf8'))
  expect(opened).toMatchObject({ use: 'original', mark: expect.stringMatching(/^file /) })
  expect(asked).toEqual([])
})

test.each([
  ['was written since', () => utimes(path, 5, 5)],
  ['is longer now', () => writeFile(path, 'the file itself, and more')],
  ['is gone', () => rm(path)],
])('is the service’s where that file %s', async (_what, change) => {
  await writeFile(path, 'x'.repeat(bench.assets.get(bench.assetOf('a'))?.bytes ?? 1))
  sentFromHere()
  const made = await media()
  await change()
  given.set('original', 'of the service')
  expect(await open(made)).toEqual({ text: 'of the service', use: 'original', mark: 'link 14 "one"' })
})

test('is the service’s where that file became another version', async () => {
  await writeFile(path, 'x'.repeat((bench.assets.get(bench.assetOf('a'))?.bytes ?? 1) + 1))
  sentFromHere()
  given.set('original', 'of the service')
  expect((await open(await media()))?.text).toBe('of the service')
})

test.each([
  ['has none', undefined],
  ['does not give it out', new AppError('auth.forbidden')],
])('is what plays where the service %s', async (_what, answer) => {
  if (answer !== undefined) given.set('original', answer)
  given.set('play', 'a proxy')
  expect(await open(await media())).toMatchObject({ text: 'a proxy', use: 'play' })
})

test('is not looked for elsewhere while there is no network', async () => {
  given.set('original', new AppError('network.offline'))
  given.set('play', 'a proxy')
  await expect(open(await media())).rejects.toThrow('network.offline')
  expect(asked).toEqual(['original'])
})

test('without anything to play the refusal names what is missing: the thing itself is there', async () => {
  const made = await media()
  await expect(made.open(versionId)).rejects.toMatchObject({
    code: 'remote.notFound',
    facts: { thing: 'play' },
  })
  given.set('play', new AppError('remote.notFound', { status: 404 }))
  await expect(made.open(versionId)).rejects.toMatchObject({ facts: { status: 404 } })
})
