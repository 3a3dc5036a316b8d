import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FileTrack } from '../../../shared/captions.ts'
import { versionIdSchema } from '../../../shared/ids.ts'
import { defaultSettings, type Settings } from '../../../shared/settings.ts'
import { useApp } from '../../shell/appStore.ts'
import { sayNothing, useSaid } from '../../shell/sayStore.ts'
import { chooseCaptions, lookInFile, openCaptions, toggleCaptions } from './captionStore.ts'

const inFile: FileTrack = {
  ...{ id: 'file:1', language: 'eng', title: null, kind: 'text' },
  ...{ isDefault: false, isForced: false, isForDeaf: false, isKept: false },
}
const ofService = { id: 'sub:1', label: 'English', isOwn: false }
const offline = { ok: false, failure: { code: 'network.offline', facts: {} } }

/** Each test has a version of its own: what was chosen for one is remembered. */
let version = 10
let sent: string[]
/** What main answers; without an entry, nothing of the kind. */
let answers: Record<string, unknown>
let close: () => void

/** Whatever follows from answers that are there at once has followed. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** Opens a version, with captions on or off, and waits until nothing is asked any more. */
async function open(captionsShown: boolean) {
  const versionId = versionIdSchema.parse(`01J000000000000000000000${version}`)
  useApp.setState({ settings: { ...defaultSettings, captionsShown } })
  close = openCaptions(versionId)
  await settle()
  return versionId
}
const timesAsked = (name: string) => sent.filter((each) => each === name).length
const isShown = () => useApp.getState().settings.captionsShown

beforeEach(() => {
  version += 1
  sent = []
  answers = { 'captions.inFile': [inFile], 'captions.readInFile': [] }
  vi.stubGlobal('window', {
    rushes: {
      async call(name: string, input: unknown) {
        sent.push(name)
        const usual: Record<string, unknown> = {
          ...{ 'captions.list': [], 'captions.read': [], 'ffmpeg.get': { tool: {} } },
          'captions.add': { tracks: [], addedId: null },
          'settings.set': { ...useApp.getState().settings, ...(input as Partial<Settings>) },
        }
        const value = await (answers[name] ?? usual[name] ?? null)
        return value === offline ? offline : { ok: true, value }
      },
    },
  })
})
afterEach(() => {
  close()
  sayNothing()
  vi.unstubAllGlobals()
})

test('opening a version looks into no file; the menu does, once while it is open', async () => {
  const versionId = await open(false)
  expect(sent).toEqual(['captions.list'])
  await Promise.all([lookInFile(versionId), lookInFile(versionId)])
  await lookInFile(versionId)
  expect(timesAsked('captions.inFile')).toBe(1)
})

test('captions that are left on are looked for in the file where there are no others', async () => {
  await open(true)
  expect(timesAsked('captions.inFile')).toBe(1)
  close()
  sent = []
  answers['captions.list'] = [ofService]
  await open(true)
  expect(sent).toEqual(['captions.list', 'captions.read'])
})

test('what was chosen of a file is looked for when it is opened again with captions on', async () => {
  answers['captions.list'] = [ofService]
  const versionId = await open(false)
  await lookInFile(versionId)
  await chooseCaptions(versionId, inFile.id)
  close()
  sent = []
  await open(true)
  expect(timesAsked('captions.inFile')).toBe(1)
})

test('the key looks into the file, and chooses the best of it; off and on again, it does not look again', async () => {
  const versionId = await open(false)
  await toggleCaptions(versionId)
  expect([isShown(), timesAsked('captions.inFile'), timesAsked('captions.readInFile')]).toEqual([true, 1, 1])
  await toggleCaptions(versionId)
  expect(isShown()).toBe(false)
  await toggleCaptions(versionId)
  expect([isShown(), timesAsked('captions.inFile')]).toEqual([true, 1])
})

test('with captions of the service the key needs no file', async () => {
  answers['captions.list'] = [ofService]
  await toggleCaptions(await open(false))
  expect([isShown(), timesAsked('captions.inFile')]).toEqual([true, 0])
})

test('where the file holds none the key leads to some', async () => {
  answers['captions.inFile'] = []
  await toggleCaptions(await open(false))
  expect([timesAsked('captions.inFile'), timesAsked('captions.add')]).toEqual([1, 1])
})

test('pressed again while it is awaited, nothing is shown later', async () => {
  const versionId = await open(false)
  let release: (tracks: FileTrack[]) => void = () => undefined
  answers['captions.inFile'] = new Promise<FileTrack[]>((resolve) => {
    release = resolve
  })
  const first = toggleCaptions(versionId)
  await toggleCaptions(versionId)
  release([inFile])
  await first
  expect([isShown(), timesAsked('captions.readInFile')]).toEqual([false, 0])
})

test('a file that cannot be reached is said to whoever asked by key, and asked for again', async () => {
  const versionId = await open(false)
  answers['captions.inFile'] = offline
  await toggleCaptions(versionId)
  expect(useSaid.getState().said?.failure?.code).toBe('network.offline')
  expect(timesAsked('captions.add')).toBe(0)
  answers['captions.inFile'] = [inFile]
  expect(await lookInFile(versionId)).toBeNull()
  expect(timesAsked('captions.inFile')).toBe(2)
})
