import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { connectionIdSchema, sourceIdSchema } from '../../shared/ids.ts'
import type { Connector } from '../connectors/connector.ts'
import type { RemoteAsset, RemotePlace } from '../connectors/remote.ts'
import { createAssetStore } from '../store/assetStore.ts'
import { createConnectionStore } from '../store/connectionStore.ts'
import type { OpenDatabase } from '../store/database.ts'
import { openDatabase } from '../store/database.ts'
import { libraryMigrations } from '../store/libraryMigrations.ts'
import { createPlaceStore } from '../store/placeStore.ts'
import { createSettingStore, draftsSetting } from '../store/settingStore.ts'
import { createLibrary } from './library.ts'

const connectionId = connectionIdSchema.parse('01J00000000000000000000000')

function production(name: string): RemotePlace {
  return {
    remoteId: `prd_${name}`,
    kind: 'production',
    name,
    status: 'Planning',
    hasChildren: false,
    takesUploads: true,
    remote: {},
  }
}
function asset(n: number, more: Partial<RemoteAsset> = {}): RemoteAsset {
  const remoteId = `ast_${n}`
  return {
    remoteId,
    name: `A012_C${String(n).padStart(5, '0')}.mov`,
    kind: 'video',
    mediaType: 'video/quicktime',
    bytes: 1000 + n,
    createdAt: n,
    isReady: true,
    thumbnailKey: null,
    versions: [{ remoteId, number: 1, createdAt: n, author: null, review: 'none' }],
    extra: {},
    ...more,
  }
}

describe('the library', () => {
  let folder: string
  let database: OpenDatabase
  let roots: RemotePlace[]
  let assets: RemoteAsset[]
  let asked: string[]
  let failure: AppError | undefined
  let time: number
  const pageSize = 100

  const connector: Connector = {
    provider: 'candidio',
    account: () => Promise.resolve({ name: 'Runa' }),
    async places() {
      if (failure) throw failure
      return { items: roots, cursor: undefined, total: roots.length }
    },
    async assets(_place, cursor) {
      if (failure) throw failure
      const from = Number(cursor ?? 0)
      asked.push(String(from))
      const newestFirst = [...assets].reverse()
      const next = from + pageSize
      return {
        items: newestFirst.slice(from, next),
        cursor: next < assets.length ? String(next) : undefined,
        total: assets.length,
      }
    },
    asset: () => Promise.reject(new AppError('remote.notFound')),
    media: () => Promise.resolve(undefined),
    can: {},
  }

  const open = () => {
    const changes: string[] = []
    const places = createPlaceStore(database.db)
    const library = createLibrary({
      places,
      assets: createAssetStore(database.db),
      connector: () => connector,
      search: { state: () => ({ isSyncing: false, failure: null }), again: () => Promise.resolve() },
      whereabouts: { settle: () => Promise.resolve() },
      reported: () => undefined,
      placesChanged: () => changes.push('places'),
      assetsChanged: () => changes.push('assets'),
      now: () => time,
      later: () => () => undefined,
    })
    return { library, places, changes }
  }
  const listOf = (
    library: ReturnType<typeof open>['library'],
    placeId: Parameters<typeof library.refresh>[0],
    offset = 0,
    limit = 500,
  ) => library.list({ placeId, offset, limit, sort: 'newest', filter: {} })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rushes-library-'))
    database = openDatabase({ file: join(folder, 'library.db'), migrations: libraryMigrations })
    createConnectionStore(database.db).add(
      {
        id: connectionId,
        provider: 'candidio',
        name: 'Test',
        host: 'localhost',
        isStudio: false,
        settings: {},
      },
      1,
    )
    roots = [production('Autumn'), production('Harbour')]
    assets = Array.from({ length: 250 }, (_, n) => asset(n))
    asked = []
    failure = undefined
    time = 1_000_000
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })

  const firstPlace = async (opened: ReturnType<typeof open>) => {
    await opened.library.reconnected(connectionId)
    const [place] = await opened.library.places(connectionId, null)
    if (place === undefined) throw new Error('no place')
    return place.id
  }

  test('places keep their ids when they are listed again; those that are gone go', async () => {
    const opened = open()
    const before = await firstPlace(opened)
    roots = [production('Winter'), production('Autumn')]
    await opened.library.reconnected(connectionId)
    const after = await opened.library.places(connectionId, null)
    expect(after.map((place) => place.name)).toEqual(['Winter', 'Autumn'])
    expect(after[1]?.id).toBe(before)
    expect(opened.changes.filter((change) => change === 'places')).toHaveLength(2)
  })

  test('what was never listed waits for the server; what is known answers without it', async () => {
    const opened = open()
    expect((await opened.library.places(connectionId, null)).map((place) => place.name)).toEqual([
      'Autumn',
      'Harbour',
    ])
    failure = new AppError('network.offline')
    time += 60_000
    expect(await opened.library.places(connectionId, null)).toHaveLength(2)
  })

  test('a first walk reads every page; a second one that finds nothing new asks for one page only', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    expect(asked).toEqual(['0', '100', '200'])
    const all = listOf(opened.library, placeId)
    expect([all.total, all.remoteTotal, all.rows[0]?.name, all.bytes]).toEqual([
      250,
      250,
      'A012_C00249.mov',
      assets.reduce((sum, a) => sum + (a.bytes ?? 0), 0),
    ])
    asked = []
    await opened.library.refresh(placeId)
    expect(asked).toEqual(['0'])
  })

  test('new assets come in on top, changed ones change, removed ones go, ids stay', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    const before = new Map(listOf(opened.library, placeId).rows.map((row) => [row.name, row.id]))
    assets = [...assets.slice(1), asset(250), asset(251)]
    assets[5] = asset(6, { isReady: false })
    await opened.library.refresh(placeId)
    const { rows, total } = listOf(opened.library, placeId)
    expect(total).toBe(251)
    expect(rows[0]?.name).toBe('A012_C00251.mov')
    expect(rows.some((row) => row.name === 'A012_C00000.mov')).toBe(false)
    expect(rows.find((row) => row.name === 'A012_C00006.mov')?.isReady).toBe(false)
    for (const row of rows.slice(2)) expect(row.id).toBe(before.get(row.name))
  })

  test('one asset that lies in two places is one asset', async () => {
    const opened = open()
    await opened.library.reconnected(connectionId)
    const [one, two] = await opened.library.places(connectionId, null)
    if (one === undefined || two === undefined) throw new Error('no places')
    await opened.library.refresh(one.id)
    await opened.library.refresh(two.id)
    expect(listOf(opened.library, one.id).rows[0]?.id).toBe(listOf(opened.library, two.id).rows[0]?.id)
    assets = []
    await opened.library.refresh(one.id)
    expect(listOf(opened.library, one.id).total).toBe(0)
    expect(listOf(opened.library, two.id).total).toBe(250)
  })

  test('a failing server leaves the last known list, with the reason and the age', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    failure = new AppError('network.offline')
    time += 60_000
    await opened.library.refresh(placeId)
    const { total, failure: why, syncedAt } = listOf(opened.library, placeId)
    expect([total, why?.code, syncedAt]).toEqual([250, 'network.offline', 1_000_000])
    failure = undefined
    await opened.library.refresh(placeId)
    expect(listOf(opened.library, placeId).failure).toBeNull()
  })

  test('one new asset on top costs the pages it stands on and one more, not the whole list', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    assets = [...assets, asset(900)]
    asked = []
    opened.changes.length = 0
    await opened.library.refresh(placeId)
    expect(asked).toEqual(['0', '100'])
    expect(listOf(opened.library, placeId).total).toBe(251)
    // The sidebar counts, too.
    expect(opened.changes.filter((change) => change === 'places')).toHaveLength(1)
    expect(opened.library.place(placeId).place.assetCount).toBe(251)
  })

  test('a list that failed is looked at anew when the connection is back, not only when it has grown old', async () => {
    const opened = open()
    failure = undefined
    const placeId = await firstPlace(opened)
    failure = new AppError('network.offline')
    await opened.library.refresh(placeId)
    expect(listOf(opened.library, placeId).failure?.code).toBe('network.offline')
    failure = undefined
    opened.changes.length = 0
    await opened.library.reconnected(connectionId)
    expect(opened.changes).toContain('assets')
    expect(listOf(opened.library, placeId).failure).toBeNull()
    await opened.library.refresh(placeId)
    expect(listOf(opened.library, placeId).total).toBe(250)
  })

  test('notes that live here alone outlast an asset the server left out of one walk', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    const [noted, plain] = listOf(opened.library, placeId).rows
    if (noted === undefined || plain === undefined) throw new Error('no assets')
    const write = database.db.prepare(
      `INSERT INTO comment(id, version_id, parent_id, text, is_resolved, is_internal, drawing, attachments, author, created_at, updated_at, is_local_only, extra)
       VALUES(?, ?, ?, 'Darken', 0, 0, '[]', '[]', '{"remoteId":null,"name":"Runa","isMe":true}', 1, 1, 1, '{}')`,
    )
    write.run('01J00000000000000000000001', noted.latestVersionId, null)
    write.run('01J00000000000000000000002', noted.latestVersionId, '01J00000000000000000000001')
    const all = assets
    assets = assets.slice(0, -2)
    await opened.library.refresh(placeId)
    expect(listOf(opened.library, placeId).total).toBe(248)
    await expect(opened.library.asset(noted.id)).rejects.toThrow('thing.notFound')
    assets = all
    await opened.library.refresh(placeId)
    const [again, replaced] = listOf(opened.library, placeId).rows
    // What was said, without the answer to it.
    expect([again?.id, again?.commentCount]).toEqual([noted.id, 1])
    expect(replaced?.id).not.toBe(plain.id)
  })

  test('an asset about which something was begun comes back as the same, and its version', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    const [begun, answered, plain] = listOf(opened.library, placeId).rows
    if (begun === undefined || answered === undefined || plain === undefined) throw new Error('no assets')
    const settings = createSettingStore(database.db)
    settings.write(draftsSetting, {
      versions: [{ versionId: begun.latestVersionId, words: 'Half a' }],
      small: [{ versionId: answered.latestVersionId, words: 'Half an answer' }],
    })
    const store = createAssetStore(database.db)
    const known = () =>
      [begun, answered, plain].map(({ latestVersionId }) => store.hasVersion(latestVersionId))
    const all = assets
    assets = assets.slice(0, -3)
    await opened.library.refresh(placeId)
    expect([listOf(opened.library, placeId).total, known()]).toEqual([247, [true, true, false]])
    assets = all
    await opened.library.refresh(placeId)
    const again = listOf(opened.library, placeId).rows
    expect(again.slice(0, 2).map((row) => row.latestVersionId)).toEqual(
      [begun, answered].map((row) => row.latestVersionId),
    )
    // Damaged, it protects nothing and stops nothing.
    database.db.prepare("UPDATE setting SET value = '{half'").run()
    assets = all.slice(0, -3)
    await opened.library.refresh(placeId)
    expect(known()).toEqual([false, false, false])
  })

  test('something registered while a walk runs is found by one more walk', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    const first = opened.library.refresh(placeId)
    assets = [...assets, asset(900)]
    await Promise.all([first, opened.library.refresh(placeId)])
    expect(listOf(opened.library, placeId).rows[0]?.name).toBe('A012_C00900.mov')
  })

  test('knows what a file of this computer became', async () => {
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    const store = createAssetStore(database.db)
    const sourceId = sourceIdSchema.parse('01J00000000000000000000009')
    expect(store.ofSource(connectionId, sourceId)).toBeNull()
    store.setSource(connectionId, 'ast_249', sourceId)
    expect(store.ofSource(connectionId, sourceId)).toBe(listOf(opened.library, placeId).rows[0]?.id)
  })

  test('filters, sorts and finds, with the signs of a pattern taken literally', async () => {
    assets = [
      asset(1, {
        name: '100%_final.mov',
        versions: [{ remoteId: 'v1', number: 1, createdAt: 1, author: null, review: 'approved' }],
      }),
      asset(2, { name: '1000_final.mov', kind: 'audio' }),
      asset(3, { name: 'alpha.mov', bytes: 5 }),
    ]
    const opened = open()
    const placeId = await firstPlace(opened)
    await opened.library.refresh(placeId)
    const names = (sort: 'newest' | 'oldest' | 'name' | 'size', filter: object) =>
      opened.library.list({ placeId, offset: 0, limit: 10, sort, filter }).rows.map((row) => row.name)
    expect(names('name', {})).toEqual(['100%_final.mov', '1000_final.mov', 'alpha.mov'])
    expect(names('size', {})).toEqual(['1000_final.mov', '100%_final.mov', 'alpha.mov'])
    expect(names('oldest', { review: 'approved' })).toEqual(['100%_final.mov'])
    expect(names('oldest', { text: '100%' })).toEqual(['100%_final.mov'])
    expect(names('oldest', { kind: 'audio' })).toEqual(['1000_final.mov'])
    expect(opened.library.find('%', 10).assets.map((row) => row.name)).toEqual(['100%_final.mov'])
    expect(opened.library.find('autu', 10).places.map((row) => row.name)).toEqual(['Autumn'])
    expect(listOf(opened.library, placeId).counts).toEqual({
      all: 3,
      inReview: 0,
      needsChanges: 0,
      approved: 1,
    })
  })
})
