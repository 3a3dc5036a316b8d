import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RemoteAsset, RemotePlace } from '../../src/main/connectors/remote.ts'
import { none } from './asking.ts'
import { addAsset, type IconikStation, openIconik, placeAt, powerOf, until } from './iconikStation.ts'

let station: IconikStation
let place: RemotePlace
let ridge: RemoteAsset
beforeAll(async () => {
  station = await openIconik()
  place = await placeAt(station.me, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')
  await until(async () => {
    const { items } = await station.me.assets(place, undefined, none())
    const found = items.find(({ name }) => name.startsWith('Ridge'))
    if (found !== undefined) ridge = found
    return found?.isReady === true && found.thumbnailKey !== null
  })
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const rights = {
  ...{ comment: true, approve: false, download: false, downloadProxy: false, upload: false },
  ...{ seeVersions: false, seeTranscriptions: false, mention: false },
}
async function openAsGuest(assetId: string) {
  const share = await powerOf(station.me, 'shares').create(
    [{ kind: 'asset', remoteId: assetId }],
    {
      ...{ kind: 'link', emails: [], title: 'Look', message: '', expiresAt: Date.now() + 86_400_000 },
      ...{ hasWatermark: false, isApproval: false, rights },
    },
    none(),
  )
  const link = await powerOf(station.me, 'shares').link(share.key, none())
  return station.signIn({ kind: 'share', link, appId: station.studio.iconik.appId })
}

describe('an asset of a real life', () => {
  test('tells its kind, size, versions and authors', () => {
    expect(ridge).toMatchObject({ kind: 'video', isReady: true })
    expect(ridge.bytes).toBeGreaterThan(10_000)
    expect(ridge.versions.map(({ number }) => number)).toEqual([3, 2, 1])
    for (const { author, createdAt } of ridge.versions) {
      expect(author).toMatch(/^\w+ \w+$/)
      expect(createdAt).toBeGreaterThan(0)
    }
    expect(JSON.stringify(ridge)).not.toMatch(/https?:|X-Amz/)
  })

  test('is the same whether listed, searched for or asked for alone', async () => {
    const search = powerOf(station.me, 'search')
    const { items } = await search.find('Ridge first', {}, undefined, none())
    expect(items).toEqual([ridge])
    expect(await station.me.asset({ remoteId: ridge.remoteId, place: place.remote }, none())).toEqual(ridge)
  })

  test('shows where it stands in review, also to somebody who just came', async () => {
    const approvals = powerOf(station.me, 'approvals')
    const { items } = await station.me.assets(place, undefined, none())
    const states = new Map<string, string>()
    for (const { remoteId, versions } of items) {
      const version = { remoteId: versions[0].remoteId, assetRemoteId: remoteId, place: place.remote }
      states.set(remoteId, (await approvals.read(version, none())).state)
    }
    const { appId, token } = station.studio.iconik
    const fresh = await station.signIn({ kind: 'token', appId, token })
    const expected = { none: 'none', requested: 'inReview', approved: 'approved' }
    for (const { remoteId, versions } of (await fresh.assets(place, undefined, none())).items) {
      const state = states.get(remoteId) ?? ''
      expect(versions[0].review).toBe(
        { ...expected, needsChanges: 'needsChanges', mixed: 'needsChanges' }[state],
      )
    }
    expect(new Set(states.values()).size).toBeGreaterThan(1)
  })
})

describe('media', () => {
  const linkOf = async (use: 'play' | 'original' | 'thumbnail', versionRemoteId?: string, fresh = false) => {
    const ref = { remoteId: ridge.remoteId, place: place.remote }
    const link = await station.me.media(
      { ...ref, ...(versionRemoteId === undefined ? {} : { versionRemoteId }) },
      use,
      fresh,
      none(),
    )
    if (link === undefined) throw new Error(`nothing to ${use}`)
    return link
  }

  test('of an older version is that version’s own', async () => {
    const [newest, , oldest] = ridge.versions
    // The samples' versions are one and the same picture under different names.
    const nameOf = (url: string) => new URL(url).searchParams.get('response-content-disposition')
    const byDefault = await linkOf('play')
    const now = await linkOf('play', newest.remoteId)
    const then = await linkOf('play', oldest?.remoteId)
    expect(nameOf(byDefault.url)).toBe(nameOf(now.url))
    expect(nameOf(then.url)).not.toBe(nameOf(now.url))
    for (const { url } of [now, then]) expect((await fetch(url)).status).toBe(200)
  })

  test('is the file itself where that is asked for, also of an older version', async () => {
    const [newest, , oldest] = ridge.versions
    const lengthOf = async (use: 'play' | 'original', version?: string) => {
      const { url } = await linkOf(use, version)
      return (await (await fetch(url)).arrayBuffer()).byteLength
    }
    expect(await lengthOf('original', newest.remoteId)).toBe(ridge.bytes)
    expect(await lengthOf('original', oldest?.remoteId)).toBeGreaterThan(0)
    const { url } = await linkOf('original')
    expect(url).not.toBe((await linkOf('play')).url)
  })

  test('is a picture for thumbnails, out of the list when it was just listed', async () => {
    await station.me.assets(place, undefined, none())
    const requestsBefore = station.studio.log().filter(({ api }) => api === 'iconik').length
    const { url } = await linkOf('thumbnail')
    expect(station.studio.log().filter(({ api }) => api === 'iconik')).toHaveLength(requestsBefore)
    const answer = await fetch(url)
    expect(answer.headers.get('content-type')).toMatch(/^image\//)
    const { url: again } = await linkOf('thumbnail', undefined, true)
    expect((await fetch(again)).status).toBe(200)
  })

  test('of an asset that has none yet is nothing, not an error', async () => {
    const bare = await addAsset(station, place, 'Nothing yet')
    const ref = { remoteId: bare.id, versionRemoteId: bare.versionId, place: place.remote }
    for (const use of ['play', 'thumbnail'] as const)
      expect(await station.me.media(ref, use, false, none())).toBeUndefined()
    const asset = await station.me.asset(ref, none())
    expect(asset).toMatchObject({ isReady: expect.any(Boolean), thumbnailKey: null, bytes: null })
  })

  test('plays for a guest who may not download', async () => {
    const guest = await openAsGuest(ridge.remoteId)
    const [root] = (await guest.places(null, undefined, none())).items
    if (root === undefined) throw new Error('the guest sees nothing')
    const [shown] = (await guest.assets(root, undefined, none())).items
    expect(shown).toMatchObject({ remoteId: ridge.remoteId, name: ridge.name, kind: 'video' })
    const link = await guest.media({ remoteId: ridge.remoteId, place: root.remote }, 'play', false, none())
    expect((await fetch(link?.url ?? '')).status).toBe(200)
  })
})
