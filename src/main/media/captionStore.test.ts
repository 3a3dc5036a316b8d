import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectionIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { createCaptionStore } from './captionStore.ts'

const connection = connectionIdSchema.parse('01J00000000000000000000000')
const version = versionIdSchema.parse('01J00000000000000000000001')
const words = '1\n00:00:01,000 --> 00:00:02,000\nÜber den Grat.\n'
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-captions-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const store = () => createCaptionStore(join(folder, 'kept'), () => connection)
async function file(name: string, bytes: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return join(folder, name)
}

test('captions stay with their version, also for the next run, until they are removed', async () => {
  const { id } = await store().add(version, await file('scene 4.srt', words))
  const next = store()
  expect(await next.list(version)).toEqual([{ id, label: 'scene 4.srt', isOwn: true }])
  expect(await next.read(version, id)).toEqual([{ startMs: 1000, endMs: 2000, text: 'Über den Grat.' }])
  await next.remove(version, id)
  expect(await next.list(version)).toEqual([])
  await expect(next.read(version, id)).rejects.toThrow('thing.notFound')
})

test.each([
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(words, 'utf16le')])],
  ['Windows-1252', Buffer.from(words, 'latin1')],
])('words in %s are read', async (_name, bytes) => {
  const { id } = await store().add(version, await file('a.srt', bytes))
  expect((await store().read(version, id))[0]?.text).toBe('Über den Grat.')
})

test('a file that holds none changes nothing and says where', async () => {
  const broken = await file('a.srt', `${words}\n2\nnothing\n`)
  await expect(store().add(version, broken)).rejects.toMatchObject({
    code: 'captions.unreadable',
    facts: { problem: 'notCaptions', line: 5 },
  })
  const large = await file('b.srt', Buffer.alloc(6 * 2 ** 20, 0x31))
  await expect(store().add(version, large)).rejects.toMatchObject({ code: 'captions.unreadable' })
  await expect(store().add(version, join(folder, 'gone.srt'))).rejects.toMatchObject({
    code: 'source.unreadable',
  })
  expect(await store().list(version)).toEqual([])
})

test('no id names another file', async () => {
  await file('secret.json', JSON.stringify({ label: 'x', cues: [] }))
  for (const id of ['../../secret', '..', 'secret', ''])
    await expect(store().read(version, id)).rejects.toThrow('thing.notFound')
})
