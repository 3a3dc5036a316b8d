/** What main does for two accounts of one iconik studio. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import type { LibrarySide } from '../../src/main/composeLibrary.ts'
import { composeLibrary } from '../../src/main/composeLibrary.ts'
import type { Review } from '../../src/main/composeReview.ts'
import { composeReview } from '../../src/main/composeReview.ts'
import type { AskService } from '../../src/main/connections/askService.ts'
import { createAskService } from '../../src/main/connections/askService.ts'
import type { InboxService } from '../../src/main/inbox/inbox.ts'
import { createInbox } from '../../src/main/inbox/inbox.ts'
import { createCoalescer } from '../../src/main/library/coalesce.ts'
import type { Shares } from '../../src/main/sharing/shares.ts'
import { createShares } from '../../src/main/sharing/shares.ts'
import type { AssetStore } from '../../src/main/store/assetStore.ts'
import { createAssetStore } from '../../src/main/store/assetStore.ts'
import { openDatabase } from '../../src/main/store/database.ts'
import { libraryMigrations } from '../../src/main/store/libraryMigrations.ts'
import type { PlaceStore } from '../../src/main/store/placeStore.ts'
import { createPlaceStore } from '../../src/main/store/placeStore.ts'
import type { Connection } from '../../src/shared/connection.ts'
import type { AssetId, PlaceId, VersionId } from '../../src/shared/ids.ts'
import type { Json } from '../../src/shared/json.ts'
import type { Place } from '../../src/shared/place.ts'
import { openConnections } from '../fakes/connectionsBench.ts'
import { benchOfFile } from '../fakes/ofFile.ts'
import { addAsset, type IconikStation, openIconik, placeAt } from './iconikStation.ts'

/** What main has of one account, as the app builds it, without a window. */
export interface Desk extends LibrarySide, Review {
  readonly connection: Connection
  readonly places: PlaceStore
  readonly assets: AssetStore
  readonly service: AskService
  readonly inbox: InboxService
  readonly shares: Shares
  readonly copied: string[]
  readonly saved: [string, string][]
  close(): Promise<void>
}

export async function openDesk(station: IconikStation, token: string): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-desk-'))
  const opened = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
  const { db } = opened
  const secrets = new Map<string, Json>()
  const places = createPlaceStore(db)
  const assets = createAssetStore(db)
  const coalescer = createCoalescer(0, () => performance.now())
  const now = () => Date.now()
  const later = () => () => undefined
  const report = () => undefined
  const copied: string[] = []
  const saved: [string, string][] = []
  const tell = () => undefined
  const connections = openConnections(db, secrets, { now, random: Math.random, later })
  const service = createAskService({
    connector: (id) => connections.connector(id),
    reported: (id, error) => connections.report(id, error),
  })
  const common = { assets, service, connections: () => connections, coalescer, tell, now, later, report }
  const library = composeLibrary({ places, ...common })
  const review = composeReview({
    db,
    refs: library.refs,
    library: library.library,
    whereabouts: library.whereabouts,
    save: async (name, text) => {
      saved.push([name, text])
      return true
    },
    isVisible: () => true,
    ...common,
  })
  const { appId, address } = station.studio.iconik
  const connection = await connections.add({
    provider: 'iconik',
    name: 'iconik',
    address,
    signIn: { kind: 'token', appId, token },
  })
  const inbox = createInbox({
    assets,
    service,
    whereabouts: library.whereabouts,
    connections: () => [connection.id],
    changed: () => undefined,
    isVisible: () => true,
    report,
    now,
    later,
  })
  return {
    ...library,
    ...review,
    connection,
    places,
    assets,
    service,
    inbox,
    shares: createShares({
      refs: library.refs,
      service,
      whereabouts: library.whereabouts,
      copy: (text) => copied.push(text),
      now,
    }),
    copied,
    saved,
    async close() {
      connections.stop()
      service.stop()
      library.library.stop()
      review.outbox.stop()
      review.feed.stop()
      inbox.stop()
      review.playlists.stop()
      coalescer.stop()
      db.close()
      await rm(folder, { recursive: true })
    },
  }
}

export const below = (at: Desk, parentId: PlaceId | null): Promise<Place[]> =>
  at.library.places(at.connection.id, parentId)
export async function named(at: Desk, ...names: string[]): Promise<Place> {
  const [domain] = await below(at, null)
  let place = domain
  for (const name of names) {
    const children = await below(at, place?.id ?? null)
    place = children.find((child) => child.name === name)
    if (place === undefined) throw new Error(`no ${name} among ${children.map((one) => one.name).join()}`)
  }
  if (place === undefined) throw new Error('there is no domain')
  return place
}
export const namesIn = async (at: Desk, place: Place): Promise<string[]> => {
  await at.library.refresh(place.id)
  return at.assets.page(place.id, 0, 500, 'name', {}).map((asset) => asset.name)
}
export const shelf = async (at: Desk, kind: Place['shelf']): Promise<Place> => {
  const [domain] = await below(at, null)
  const found = (await below(at, domain?.id ?? null)).find((place) => place.shelf === kind)
  if (found === undefined) throw new Error(`no ${kind}`)
  return found
}

/** Two accounts of a studio with samples, and productions made for single tests. */
export interface Desks {
  readonly station: IconikStation
  readonly desk: Desk
  /** An account with few roles. */
  readonly other: Desk
  /** A production of its own for one test, with assets in it. */
  production(title: string, ...titles: string[]): Promise<Place>
  assetIn(place: Place, name: string): { readonly id: AssetId; readonly versionId: VersionId }
}

/** Called at the top of a file; at the end nothing may have gone wrong in the studio. */
export const desksOfFile = (): Desks =>
  benchOfFile(
    { beforeAll: (run) => beforeAll(run, 60_000), afterAll },
    async () => {
      const station = await openIconik()
      const { token, limitedToken } = station.studio.iconik
      const desk = await openDesk(station, token)
      return {
        ...{ station, desk, other: await openDesk(station, limitedToken) },
        production: (title: string, ...titles: readonly string[]) =>
          makeProduction(station, desk, title, titles),
        assetIn: (place: Place, name: string) => assetIn(desk, place, name),
      }
    },
    async ({ station, desk, other }) => {
      await desk.close()
      await other.close()
      expect(station.studio.problems).toEqual([])
      await station.studio.dispose()
    },
  )

async function makeProduction(
  station: IconikStation,
  desk: Desk,
  title: string,
  titles: readonly string[],
): Promise<Place> {
  const [domain] = await below(desk, null)
  if (domain === undefined) throw new Error('there is no domain')
  const place = await desk.placeEdits.create(domain.id, title)
  const remote = await placeAt(station.me, title)
  for (const asset of titles) await addAsset(station, remote, asset)
  expect(await namesIn(desk, place)).toEqual([...titles].sort())
  return place
}

function assetIn(desk: Desk, place: Place, name: string) {
  const asset = desk.assets.page(place.id, 0, 500, 'name', {}).find((one) => one.name === name)
  if (asset === undefined) throw new Error(`no ${name}`)
  return { id: asset.id, versionId: asset.latestVersionId }
}
