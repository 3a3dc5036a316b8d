import { afterAll, beforeAll } from 'vitest'
import type { Connector } from '../../src/main/connectors/connector.ts'
import { iconikProvider } from '../../src/main/connectors/iconik/provider.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import { allPlaces, none } from './asking.ts'
import { connectorContract } from './connectorContract.ts'
import { type IconikStation, openIconik, placeAt, until } from './iconikStation.ts'

const shootingDay = ['Autumn Campaign', 'Dailies', 'Day 1, ridge']
let station: IconikStation
let strangers: Connector
let domain: string

beforeAll(async () => {
  station = await openIconik()
  const { address, appId } = station.studio.iconik
  const parts = { fetch: globalThis.fetch, clock: systemClock }
  const signIn = { kind: 'token' as const, appId, token: 'x'.repeat(40) }
  const record = await iconikProvider.record(
    { provider: 'iconik', name: 'Strangers', address, signIn },
    parts,
    none(),
  )
  strangers = iconikProvider.connector(record, parts)
  domain = (await allPlaces(station.me, null))[0]?.name ?? ''
  await station.studio.seedIconik('Many assets', 1201)
  await station.api.ask('POST', 'assets/v1/collections/', { title: 'Nothing in it' })
  // The service makes proxies in its own time.
  const place = await placeAt(station.me, ...shootingDay)
  await until(async () => {
    const { items } = await station.me.assets(place, undefined, none())
    return items.length >= 3 && items.every(({ isReady }) => isReady)
  })
})
afterAll(() => station.studio.dispose())

connectorContract('iconik', () => ({
  connector: station.me,
  strangers,
  filled: { path: [domain, ...shootingDay], assets: 3 },
  empty: { path: [domain, 'Nothing in it'] },
  powers: [
    'comments',
    'search',
    'favourites',
    'trash',
    'editing',
    'ordering',
    'history',
    'relations',
    'versionEditing',
    'versionUpload',
    'metadata',
    'people',
    'approvals',
    'shares',
    'inbox',
    'captions',
    'proxies',
    'playlists',
  ],
  unplug: () => station.studio.stop(),
}))
