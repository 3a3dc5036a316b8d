import { afterEach, expect, test, vi } from 'vitest'
import { escapedFrom } from '../../../tests/fakes/escapedFrom.ts'
import { connectionIdSchema, versionIdSchema } from '../../shared/ids.ts'
import { wantPoster } from './posters.ts'

const refused = { ok: false, failure: { code: 'request.foreign', facts: {} } }
const versionId = versionIdSchema.parse('01J00000000000000000000022')
const connectionId = connectionIdSchema.parse('01J00000000000000000000000')

afterEach(() => vi.unstubAllGlobals())

test('that a picture cannot be stopped any more is no failure', async () => {
  const asked: string[] = []
  const call = (name: string) => {
    asked.push(name)
    return name === 'posters.make' ? new Promise(() => undefined) : Promise.resolve(refused)
  }
  vi.stubGlobal('window', { rushes: { call } })
  // Without elements no browser can show the clip: ffmpeg is asked.
  vi.stubGlobal('document', { visibilityState: 'visible' })
  const leave = wantPoster({
    ...{ versionId, connectionId, kind: 'video', key: null },
    ...{ isReady: true, createdAt: null },
  })
  await expect.poll(() => asked).toEqual(['posters.make'])
  expect(await escapedFrom(leave)).toEqual([])
  expect(asked).toEqual(['posters.make', 'posters.stop'])
})
