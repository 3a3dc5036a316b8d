import { afterAll, beforeAll, expect, test } from 'vitest'
import type { VersionRef } from '../../src/main/connectors/powers.ts'
import type { RemoteAsset, RemotePlace } from '../../src/main/connectors/remote.ts'
import { readCaptions } from '../../src/shared/captions.ts'
import { none } from './asking.ts'
import { type IconikStation, openIconik, placeAt, powerOf } from './iconikStation.ts'

let station: IconikStation
let place: RemotePlace
let ridge: RemoteAsset
beforeAll(async () => {
  station = await openIconik()
  place = await placeAt(station.me, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')
  const { items } = await station.me.assets(place, undefined, none())
  const found = items.find(({ name }) => name.startsWith('Ridge'))
  if (found === undefined) throw new Error('there is no ridge')
  ridge = found
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const srt = '1\n00:00:01,000 --> 00:00:02,500\nHold the ridge.\n'

test('captions of a version come by language, as text that can be read', async () => {
  const captions = powerOf(station.me, 'captions')
  const assetId = ridge.remoteId
  const version: VersionRef = {
    ...{ remoteId: ridge.versions[0].remoteId, assetRemoteId: assetId, place: place.remote },
  }
  expect(await captions.list(version, none())).toEqual([])
  const { body: formats } = await station.api.ask('GET', `files/v1/assets/${assetId}/formats/`)
  const format = (formats as { objects: { id: string }[] }).objects[0]?.id
  for (const [language, closed_captions] of [
    ['en', false],
    ['de', false],
    ['fr', true],
  ])
    expect(
      await station.api.ask('POST', `files/v1/assets/${assetId}/subtitles/`, {
        ...{ closed_captions, format_id: format, language, name: `Words ${language}`, content: srt },
        version_id: version.remoteId,
      }),
    ).toMatchObject({ status: 201 })
  const found = await captions.list(version, none())
  expect([...found].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
    { key: 'de', label: 'Words de' },
    { key: 'en', label: 'Words en' },
  ])
  expect(readCaptions(await captions.read(version, 'en', none()))).toEqual({
    ok: true,
    cues: [{ startMs: 1000, endMs: 2500, text: 'Hold the ridge.' }],
  })
  const whole = { ...version, remoteId: assetId }
  expect((await captions.list(whole, none())).map(({ key }) => key)).toContain('en')
  expect(await captions.read(whole, 'de', none())).toContain('Hold the ridge.')
  await expect(captions.read(version, 'it', none())).rejects.toMatchObject({ code: 'remote.notFound' })
})
