import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LibrarySide } from '../../src/main/composeLibrary.ts'
import { composeLibrary } from '../../src/main/composeLibrary.ts'
import type { Review } from '../../src/main/composeReview.ts'
import { composeReview } from '../../src/main/composeReview.ts'
import type { AskService } from '../../src/main/connections/askService.ts'
import { createAskService } from '../../src/main/connections/askService.ts'
import type { Connections } from '../../src/main/connections/connections.ts'
import { createConnections } from '../../src/main/connections/connections.ts'
import type { InboxService } from '../../src/main/inbox/inbox.ts'
import { createInbox } from '../../src/main/inbox/inbox.ts'
import { createCoalescer } from '../../src/main/library/coalesce.ts'
import type { Shares } from '../../src/main/sharing/shares.ts'
import { createShares } from '../../src/main/sharing/shares.ts'
import type { AssetStore } from '../../src/main/store/assetStore.ts'
import { createAssetStore } from '../../src/main/store/assetStore.ts'
import { createConnectionStore } from '../../src/main/store/connectionStore.ts'
import { openDatabase } from '../../src/main/store/database.ts'
import { libraryMigrations } from '../../src/main/store/libraryMigrations.ts'
import type { PlaceStore } from '../../src/main/store/placeStore.ts'
import { createPlaceStore } from '../../src/main/store/placeStore.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import type { Connection } from '../../src/shared/connection.ts'
import type { AssetId, PlaceId, VersionId } from '../../src/shared/ids.ts'
import type { Json } from '../../src/shared/json.ts'
import type { Place } from '../../src/shared/place.ts'
import type { CommentDraft } from '../../src/shared/review.ts'
import { refusalOf } from '../fakes/libraryBench.ts'
import { addAsset, type IconikStation, openIconik, placeAt } from './iconikStation.ts'

/** What main has of one account, as the app builds it, without a window. */
interface Desk extends LibrarySide, Review {
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

async function openDesk(station: IconikStation, token: string): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-desk-'))
  const opened = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
  const { db } = opened
  const secrets = new Map<string, Json>()
  const store = createConnectionStore(db)
  const places = createPlaceStore(db)
  const assets = createAssetStore(db)
  const coalescer = createCoalescer(0, () => performance.now())
  const now = () => Date.now()
  const later = () => () => undefined
  const report = () => undefined
  const copied: string[] = []
  const saved: [string, string][] = []
  const tell = () => undefined
  const connections: Connections = createConnections({
    store,
    secrets: {
      read: async (name) => secrets.get(name),
      write: async (name, value) => void secrets.set(name, value),
      remove: async (name) => void secrets.delete(name),
    },
    connectorParts: { fetch: globalThis.fetch, clock: systemClock },
    openStudio: () => Promise.reject(new Error('not opened here')),
    unfinished: async () => 0,
    changed: () => undefined,
    accessChanged: () => undefined,
    online: () => undefined,
    removed: () => undefined,
    now,
    random: Math.random,
    later,
  })
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
      coalescer.stop()
      db.close()
      await rm(folder, { recursive: true })
    },
  }
}

let station: IconikStation
let desk: Desk
let other: Desk
beforeAll(async () => {
  station = await openIconik()
  desk = await openDesk(station, station.studio.iconik.token)
  other = await openDesk(station, station.studio.iconik.limitedToken)
}, 60_000)
afterAll(async () => {
  await desk.close()
  await other.close()
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const below = (at: Desk, parentId: PlaceId | null): Promise<Place[]> =>
  at.library.places(at.connection.id, parentId)
async function named(at: Desk, ...names: string[]): Promise<Place> {
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
const namesIn = async (at: Desk, place: Place): Promise<string[]> => {
  await at.library.refresh(place.id)
  return at.assets.page(place.id, 0, 500, 'name', {}).map((asset) => asset.name)
}
/** A production of its own for one test, with assets in it. */
async function production(title: string, ...titles: string[]): Promise<Place> {
  const [domain] = await below(desk, null)
  if (domain === undefined) throw new Error('there is no domain')
  const place = await desk.placeEdits.create(domain.id, title)
  const remote = await placeAt(station.me, title)
  for (const asset of titles) await addAsset(station, remote, asset)
  expect(await namesIn(desk, place)).toEqual([...titles].sort())
  return place
}
const assetIn = (place: Place, name: string): { id: AssetId; versionId: VersionId } => {
  const asset = desk.assets.page(place.id, 0, 500, 'name', {}).find((one) => one.name === name)
  if (asset === undefined) throw new Error(`no ${name}`)
  return { id: asset.id, versionId: asset.latestVersionId }
}
const draft = (versionId: VersionId, text: string): CommentDraft => ({
  versionId,
  parentId: null,
  span: null,
  text,
  isInternal: false,
  colour: null,
  drawing: [],
  kind: 'comment',
  track: null,
})
const shelf = async (at: Desk, kind: Place['shelf']): Promise<Place> => {
  const [domain] = await below(at, null)
  const found = (await below(at, domain?.id ?? null)).find((place) => place.shelf === kind)
  if (found === undefined) throw new Error(`no ${kind}`)
  return found
}

test('the page is told what each account can do', () => {
  expect(desk.connection).toMatchObject({ state: 'online', isShare: false })
  expect(desk.connection.powers).toEqual(
    expect.arrayContaining(['comments', 'search', 'trash', 'approvals', 'shares', 'inbox', 'commentExport']),
  )
  expect(other.connection.powers).not.toContain('trash')
  expect(desk.connection.commentsHold?.kinds).toBe(true)
})

describe('assets and places', () => {
  test('what a search found is opened where it lies, though nobody went there', async () => {
    await production('Far away', 'Lighthouse at dusk')
    const fresh = await openDesk(station, station.studio.iconik.token)
    try {
      const search = { connectionId: fresh.connection.id, text: 'lighthouse', chosen: {} }
      await expect
        .poll(async () => (await fresh.search.open(search)).total, { timeout: 10_000 })
        .toBeGreaterThan(0)
      const { placeId } = await fresh.search.open(search)
      const [found] = fresh.assets.page(placeId, 0, 10, 'given', {})
      if (found === undefined) throw new Error('nothing was found')
      const { asset, path } = await fresh.library.asset(found.id)
      expect(path.map((place) => place.name).slice(1)).toEqual(['Far away'])
      expect(asset.placeId).not.toBe(placeId)
    } finally {
      await fresh.close()
    }
  })

  test('an asset is renamed, starred, thrown away, restored and purged', async () => {
    const place = await production('Life', 'One', 'Two')
    const one = assetIn(place, 'One').id
    expect((await desk.assetEdits.rename(one, 'One, better')).name).toBe('One, better')
    await desk.assetEdits.favourite([one], true)
    expect(await namesIn(desk, await shelf(desk, 'favourites'))).toContain('One, better')
    expect(await namesIn(desk, place)).toEqual(['One, better', 'Two'])
    expect(desk.assets.get(one)?.isFavourite).toBe(true)

    await desk.assetEdits.remove([one])
    const bin = await shelf(desk, 'deleted')
    expect([await namesIn(desk, place), await namesIn(desk, bin)]).toEqual([
      ['Two'],
      expect.arrayContaining(['One, better']),
    ])
    await desk.assetEdits.restore([one])
    expect(await namesIn(desk, place)).toEqual(['One, better', 'Two'])
    const two = assetIn(place, 'Two').id
    await desk.assetEdits.remove([two])
    await desk.assetEdits.purge([two], 1)
    expect([await namesIn(desk, place), await namesIn(desk, bin)]).toEqual([
      ['One, better'],
      expect.not.arrayContaining(['Two']),
    ])
  })

  test('a folder is made, renamed, ordered, thrown away, restored and purged', async () => {
    const place = await production('Folders')
    const folder = await desk.placeEdits.create(place.id, 'Day 1')
    expect((await desk.placeEdits.create(place.id, 'Day 1')).id).toBe(folder.id)
    expect((await desk.placeEdits.rename(folder.id, 'Day one')).name).toBe('Day one')
    expect((await desk.placeEdits.setOrdered(folder.id, true)).isOrdered).toBe(true)
    await desk.placeEdits.remove(folder.id)
    await expect.poll(async () => (await below(desk, place.id)).map((one) => one.name)).toEqual([])
    const bin = await shelf(desk, 'deleted')
    const lost = async () => (await below(desk, bin.id)).find((one) => one.name === 'Day one')
    await expect.poll(lost).toBeDefined()
    await desk.placeEdits.restore((await lost())?.id as PlaceId)
    await expect.poll(async () => (await below(desk, place.id)).map((one) => one.name)).toEqual(['Day one'])
    await desk.placeEdits.remove((await named(desk, 'Folders', 'Day one')).id)
    await expect.poll(lost).toBeDefined()
    await desk.placeEdits.purge((await lost())?.id as PlaceId, 'Day one')
    await expect.poll(lost).toBeUndefined()
  })

  test('one account may not do what it has no role for; nothing changes', async () => {
    const place = await production('Closed', 'Mine')
    const theirs = await named(other, 'Closed').catch(() => undefined)
    if (theirs !== undefined) {
      await other.library.refresh(theirs.id)
      const [asset] = other.assets.page(theirs.id, 0, 1, 'name', {})
      if (asset !== undefined)
        expect(await refusalOf(() => other.assetEdits.remove([asset.id]))).toBe(
          'request.invalid notSupported',
        )
    }
    expect(await namesIn(desk, place)).toEqual(['Mine'])
  })

  test('history and relations are the service’s', async () => {
    const place = await production('Related', 'Camera', 'Cut')
    const [camera, cut] = [assetIn(place, 'Camera').id, assetIn(place, 'Cut').id]
    const { types } = await desk.facts.relations(camera)
    const type = types[0]?.name ?? ''
    await desk.facts.relate({ id: camera, otherId: cut, type, description: 'reel 1' })
    const { relations } = await desk.facts.relations(camera)
    expect(relations).toMatchObject([{ type, otherAssetId: cut, otherName: 'Cut' }])
    await desk.facts.unrelate({ id: camera, otherKey: relations[0]?.otherKey ?? '', type })
    expect((await desk.facts.relations(camera)).relations).toEqual([])
    expect(await desk.facts.history(camera)).toEqual(expect.any(Array))
  })
})

describe('a review', () => {
  test('comments go out, come back unchanged, and others see them', async () => {
    const place = await production('Review', 'Clip')
    const { versionId } = assetIn(place, 'Clip')
    const root = desk.comments.create({
      ...draft(versionId, 'Darken the strap'),
      span: { startFrame: 24, endFrame: 48, rate: { numerator: 25, denominator: 1 } },
      kind: 'qc',
      track: 'Picture',
    })
    desk.comments.create({ ...draft(versionId, 'Done'), parentId: root.id })
    await desk.outbox.wake(desk.connection.id)
    desk.feed.look(versionId)
    const mine = () => desk.comments.list(versionId)
    await expect.poll(() => mine().every((comment) => comment.author.remoteId !== null)).toBe(true)
    expect(mine()).toMatchObject([
      { id: root.id, text: 'Darken the strap', kind: 'qc', track: 'Picture', pending: null },
      { parentId: root.id, text: 'Done', pending: null },
    ])
    expect(mine()[0]?.span).toMatchObject({ startFrame: 24, endFrame: 48 })

    const clip = desk.refs.version(versionId).ref
    const theirs = await other.whereabouts.version(other.connection.id, clip.assetRemoteId, clip.remoteId)
    other.feed.look(theirs.versionId)
    await expect
      .poll(() => other.comments.list(theirs.versionId))
      .toMatchObject([
        { text: 'Darken the strap', kind: 'qc', author: { isMe: false }, pending: null },
        { text: 'Done', author: { isMe: false } },
      ])

    const ids = mine().map((comment) => comment.id)
    desk.comments.changeMany(ids, { isResolved: true })
    await desk.outbox.wake(desk.connection.id)
    expect(mine().map((comment) => [comment.isResolved, comment.pending])).toEqual([
      [true, null],
      [true, null],
    ])
    const asked = { versionId, format: 'csv' as const, kinds: [], timing: null }
    expect(await desk.exportComments({ ...asked, audience: 'team' })).toEqual({ isSaved: true })
    expect(desk.saved[0]?.[0]).toBe('Clip.csv')
    expect(desk.saved[0]?.[1]).toContain('Darken the strap')
    const secret = desk.comments.create({ ...draft(versionId, 'Between us'), isInternal: true })
    await desk.outbox.wake(desk.connection.id)
    ids.push(secret.id)
    for (const audience of ['team', 'clients'] as const) await desk.exportComments({ ...asked, audience })
    const [, forTeam, forClients] = desk.saved.map(([, text]) => text)
    expect(forTeam).toContain('Between us')
    expect(forClients).toContain('Darken the strap')
    expect(forClients).not.toContain('Between us')
    desk.comments.removeMany(ids)
    await desk.outbox.wake(desk.connection.id)
    expect(mine()).toEqual([])
  })

  test('a version is approved, and its card says so', async () => {
    const place = await production('Approval', 'Final')
    const { id, versionId } = assetIn(place, 'Final')
    const { people } = await desk.service.with(desk.connection.id, 'people', (power, signal) =>
      power.find('', signal),
    )
    const asked = people.map((person) => person.key).slice(0, 3)
    const requested = await desk.approvals.request({
      versionId,
      people: asked,
      groups: [],
      emails: [],
      minimum: 1,
    })
    expect(requested).toMatchObject({ versionId, state: 'requested' })
    expect(requested.approvers.length).toBeGreaterThan(0)
    expect(desk.assets.get(id)?.review).toBe('inReview')
    const voted = await desk.approvals.vote({ versionId, vote: 'approved', note: 'Lovely' })
    expect(voted.approvers.find((one) => one.isMe)?.vote ?? voted.state).toBe('approved')
    await desk.outbox.wake(desk.connection.id)
    expect(desk.comments.list(versionId)).toMatchObject([{ text: 'Lovely', span: null, pending: null }])
    await desk.approvals.vote({ versionId, vote: null, note: '' })
    await desk.approvals.withdraw(versionId)
    expect((await desk.approvals.get(versionId)).state).toBe('none')
  })

  test('whoever is asked finds it in the inbox, and comes to the clip', async () => {
    const place = await production('Inbox', 'Wanted')
    const { versionId } = assetIn(place, 'Wanted')
    const limited = (
      await desk.service.with(desk.connection.id, 'people', (power, signal) => power.find('', signal))
    ).people.find((person) => person.email === station.studio.iconik.limitedEmail)
    if (limited === undefined) throw new Error('the second account was not found')
    await desk.approvals.request({ versionId, people: [limited.key], groups: [], emails: [], minimum: 1 })
    const wanted = () =>
      other.inbox.list().items.find((item) => item.kind === 'approvalRequest' && !item.isRead)
    await expect
      .poll(
        async () => {
          await other.inbox.wake()
          return wanted()
        },
        { timeout: 10_000 },
      )
      .toBeDefined()
    const key = wanted()?.key ?? ''
    const { assetId } = await other.inbox.open({ connectionId: other.connection.id, key })
    expect(other.assets.get(assetId)?.name).toBe('Wanted')
    const { items } = await other.inbox.markRead({ connectionId: other.connection.id, keys: [key] })
    expect(items.find((item) => item.key === key)?.isRead).toBe(true)
  })

  test('a share is made, its link copied, listed and removed', async () => {
    const place = await production('Sharing', 'For you', 'And you')
    const rights = {
      comment: true,
      approve: true,
      download: false,
      downloadProxy: false,
      upload: false,
      seeVersions: true,
      seeTranscriptions: false,
      mention: false,
    }
    const target = { assetId: assetIn(place, 'For you').id }
    const share = await desk.shares.create({
      targets: [target],
      kind: 'link',
      emails: [],
      title: 'Day 1',
      message: '',
      password: 'only for you',
      expiresAt: Date.now() + 86_400_000,
      hasWatermark: true,
      isApproval: false,
      rights,
    })
    expect(share).toMatchObject({ target, title: 'Day 1', hasPassword: true, hasLink: true })
    await desk.shares.copyLink(desk.connection.id, share.key)
    expect(desk.copied[0]).toMatch(/^https?:\/\//)
    expect(JSON.stringify(share)).not.toContain(desk.copied[0])
    const keys = async () => (await desk.shares.list(desk.connection.id, target)).map((one) => one.key)
    expect(await keys()).toEqual([share.key])
    expect((await desk.shares.list(desk.connection.id, null)).map((one) => one.key)).toContain(share.key)
    await desk.shares.remove(desk.connection.id, [share.key])
    expect(await keys()).toEqual([])
  })

  test('metadata is shown by view, checked here and kept by the service', async () => {
    const place = await production('Metadata', 'Slated')
    const { id } = assetIn(place, 'Slated')
    const { views } = await desk.metadata.get(id)
    const view = views.find(({ fields }) =>
      fields.some(({ kind, isReadOnly }) => kind === 'text' && !isReadOnly),
    )
    const field = view?.fields.find(({ kind, isReadOnly }) => kind === 'text' && !isReadOnly)
    if (view === undefined || field === undefined) throw new Error('the samples have no text field')
    const required = Object.fromEntries(
      view.fields
        .filter(({ isRequired, isReadOnly }) => isRequired && !isReadOnly)
        .map(({ name, kind, choices }) => [
          name,
          [kind === 'choice' ? (choices[0]?.value ?? '') : kind === 'date' ? '2026-07-01' : 'x'],
        ]),
    )
    const values = { ...required, [field.name]: ['Night'] }
    expect((await desk.metadata.save({ assetId: id, viewKey: view.key, values }))[field.name]).toEqual([
      'Night',
    ])
    expect((await desk.metadata.get(id)).values[field.name]).toEqual(['Night'])
    expect(
      await refusalOf(() =>
        desk.metadata.save({ assetId: id, viewKey: view.key, values: { ...values, [field.name]: [1] } }),
      ),
    ).toBe(`request.invalid ${field.name}`)
    expect(await desk.metadata.wanted(place.id)).toEqual(expect.any(Array))
  })
})
