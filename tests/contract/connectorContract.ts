/** What every connector promises, whatever the service: run for each provider against a server of its kind. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { MediaLink, RemoteAsset, RemotePlace } from '../../src/main/connectors/remote.ts'
import { allPlaces, codeOf, none, placeDown } from './asking.ts'

export interface ConnectorSetup {
  readonly connector: Connector
  /** The same, with a secret the service does not know. */
  readonly strangers: Connector
  /** A place with at least `assets` assets, found by the names from the root down. */
  readonly filled: { readonly path: readonly string[]; readonly assets: number }
  readonly empty: { readonly path: readonly string[] }
  /** Powers the provider declares. */
  readonly powers: readonly (keyof Connector['can'])[]
  /** Ends the server, so that nobody answers any more. */
  readonly unplug: () => Promise<void>
}

export async function allAssets(connector: Connector, place: RemotePlace): Promise<RemoteAsset[]> {
  const found: RemoteAsset[] = []
  let cursor: string | undefined
  do {
    const page = await connector.assets(place, cursor, none())
    expect(page.total ?? found.length).toBeGreaterThanOrEqual(found.length)
    found.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found
}

export function connectorContract(name: string, setup: () => ConnectorSetup): void {
  describe(`the connector contract, ${name}`, () => {
    test('says whose account it is', async () => {
      expect((await setup().connector.account(none())).name).not.toBe('')
    })

    test('lists places down to the one with assets, each once, with a note that finds it again', async () => {
      const { connector, filled } = setup()
      const place = await placeDown(connector, filled.path)
      expect(place.takesUploads).toBe(true)
      const again = await connector.assets(
        JSON.parse(JSON.stringify(place)) as RemotePlace,
        undefined,
        none(),
      )
      expect(again.items.length).toBeGreaterThan(0)
      const roots = await allPlaces(connector, null)
      expect(new Set(roots.map((root) => root.remoteId)).size).toBe(roots.length)
    })

    test('lists every asset once, newest first, with a version and a name', async () => {
      const { connector, filled } = setup()
      const assets = await allAssets(connector, await placeDown(connector, filled.path))
      expect(assets.length).toBeGreaterThanOrEqual(filled.assets)
      expect(new Set(assets.map((asset) => asset.remoteId)).size).toBe(assets.length)
      const dates = assets.map((asset) => asset.createdAt ?? 0)
      expect(dates).toEqual([...dates].sort((a, b) => b - a))
      for (const asset of assets) {
        expect(asset.name).not.toBe('')
        expect(asset.versions[0].number).toBeGreaterThan(0)
        expect(JSON.stringify(asset)).not.toMatch(/X-Amz-Signature/i)
      }
    })

    test('an empty place is an empty list, not an error', async () => {
      const { connector, empty } = setup()
      expect(await allAssets(connector, await placeDown(connector, empty.path))).toEqual([])
    })

    test('one asset by itself is the one of the list', async () => {
      const { connector, filled } = setup()
      const place = await placeDown(connector, filled.path)
      const [first] = (await connector.assets(place, undefined, none())).items
      if (first === undefined) throw new Error('nothing listed')
      expect(await connector.asset({ remoteId: first.remoteId, place: place.remote }, none())).toEqual(first)
      const gone = connector.asset({ remoteId: 'gone', place: place.remote }, none())
      expect(await codeOf(gone)).toBe('remote.notFound')
    })

    test('media links can be read with Range and without our secrets; a fresh one is another one or still works', async () => {
      const { connector, filled } = setup()
      const place = await placeDown(connector, filled.path)
      const assets = await allAssets(connector, place)
      const video = assets.find((asset) => asset.kind === 'video' && asset.isReady)
      if (video === undefined) throw new Error('no video to play')
      for (const fresh of [false, true]) {
        const link = await connector.media(
          { remoteId: video.remoteId, place: place.remote },
          'play',
          fresh,
          none(),
        )
        if (link === undefined) throw new Error('no link')
        const answer = await fetch(link.url, { headers: { range: 'bytes=4-7' } })
        expect(answer.status).toBe(206)
        expect(await answer.text()).toBe('ftyp')
      }
    })

    test('proxies are told by keys, the one that plays by itself first, and a key that is none leads nowhere', async () => {
      const { connector, filled } = setup()
      const place = await placeDown(connector, filled.path)
      const assets = await allAssets(connector, place)
      const video = assets.find((asset) => asset.kind === 'video' && asset.isReady)
      const power = connector.can.proxies
      if (video === undefined || power === undefined) throw new Error('no video with proxies')
      const ref = { remoteId: video.remoteId, place: place.remote }
      const listed = await power.list(ref, none())
      const keys = listed.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys.length).toBeGreaterThan(0)
      const bodyOf = async (link: MediaLink | undefined) =>
        createHash('md5')
          .update(new Uint8Array(await (await fetch(link?.url ?? '')).arrayBuffer()))
          .digest('hex')
      const first = await power.link(ref, keys[0] ?? '', false, none())
      expect(await bodyOf(listed[0]?.link)).toBe(await bodyOf(first))
      expect(await bodyOf(first)).toBe(await bodyOf(await connector.media(ref, 'play', false, none())))
      for (const key of ['gone', '', '__proto__', 'constructor'])
        expect(await power.link(ref, key, true, none())).toBeUndefined()
    })

    test('a wrong secret is auth.expired', async () => {
      expect(await codeOf(setup().strangers.account(none()))).toBe('auth.expired')
    })

    test('declares exactly its powers', () => {
      const { connector, powers } = setup()
      expect(Object.keys(connector.can).sort()).toEqual([...powers].sort())
    })

    test('stops when it is told to', async () => {
      const { connector } = setup()
      const stop = new AbortController()
      const asked = connector.places(null, undefined, stop.signal)
      stop.abort(new Error('no longer wanted'))
      await expect(asked).rejects.toThrow('no longer wanted')
    })

    test('a server that is gone is network.offline', async () => {
      const { connector, unplug } = setup()
      await unplug()
      expect(await codeOf(connector.account(none()))).toBe('network.offline')
    })
  })
}
