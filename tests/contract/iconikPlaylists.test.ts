/** Playlists that iconik keeps: read, written, refused, and what stands in them without being playable. */
import { describe, expect, test } from 'vitest'
import { createIconikConnector } from '../../src/main/connectors/iconik/connector.ts'
import type { RemoteEntryDraft, RemotePlaylistWhole } from '../../src/main/connectors/remote.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import { codeOf, none } from './asking.ts'
import { collectionOfFile } from './iconikCollection.ts'
import { type MadeAsset, powerOf } from './iconikStation.ts'

const lists = collectionOfFile('Lists')
const power = () => powerOf(lists.station.me, 'playlists')
const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  lists.station.api.ask(method, `assets/v1/${path}`, body)

const draft = (asset: MadeAsset, more: Partial<RemoteEntryDraft> = {}): RemoteEntryDraft => ({
  asset: lists.refOf(asset),
  versionRemoteId: null,
  span: null,
  ...more,
})
const read = (id: string) => power().read(id, none())
const make = async (name: string, ...drafts: RemoteEntryDraft[]) =>
  read(await power().create(name, drafts, none()))
const names = ({ entries }: RemotePlaylistWhole) => entries.map(({ name }) => name)
const idsOf = ({ entries }: RemotePlaylistWhole) => entries.map(({ remoteId }) => remoteId)
/** What the service says by itself, in its own words. */
async function itemsAt(id: string): Promise<Record<string, unknown>[]> {
  const { body } = await ask('GET', `playlists/${id}/`)
  return (body as { playlist_items: Record<string, unknown>[] }).playlist_items
}

describe('a list', () => {
  test('is made, listed and read with everything in it, in its order', async () => {
    const [one, two] = [await lists.made('One'), await lists.made('Two')]
    const span = { startMs: 1000, endMs: 3000 }
    const made = await make(
      'Friday',
      draft(two, { span }),
      draft(one, { versionRemoteId: one.versionId }),
      draft(two),
    )
    expect(made).toMatchObject({
      name: 'Friday',
      entryCount: 3,
      entries: [
        { assetRemoteId: two.id, name: 'Two', versionRemoteId: null, span, problem: null },
        { assetRemoteId: one.id, name: 'One', versionRemoteId: one.versionId, span: null },
        { assetRemoteId: two.id, span: null },
      ],
    })
    expect(made.assets.map(({ remoteId }) => remoteId).sort()).toEqual([one.id, two.id].sort())
    expect(new Set(idsOf(made)).size).toBe(3)
    expect(await itemsAt(made.remoteId)).toMatchObject([
      { object_id: two.id, time_start_milliseconds: 1000, time_end_milliseconds: 3000 },
      { object_id: one.id, version_id: one.versionId },
      { object_id: two.id },
    ])
    const listed = await power().list(none())
    expect(listed).toContainEqual({
      remoteId: made.remoteId,
      name: 'Friday',
      entryCount: 3,
      changedAt: made.changedAt,
    })
    expect(await power().read(made.remoteId, none())).toEqual(made)
  })

  test('is renamed and deleted; deleted twice is once', async () => {
    const made = await make('Monday')
    await power().rename(made.remoteId, 'Tuesday', none())
    expect((await read(made.remoteId)).name).toBe('Tuesday')
    expect((await ask('GET', `playlists/${made.remoteId}/`)).body).toMatchObject({ name: 'Tuesday' })
    for (let twice = 0; twice < 2; twice += 1) await power().remove(made.remoteId, none())
    expect((await ask('GET', `playlists/${made.remoteId}/`)).status).toBe(404)
    expect(await codeOf(power().read(made.remoteId, none()))).toBe('remote.notFound')
    expect(await codeOf(power().rename(made.remoteId, 'x', none()))).toBe('remote.notFound')
  })

  test('takes more clips, loses some, and stands in any order', async () => {
    const made = await make('Order', draft(await lists.made('a')))
    const more = [draft(await lists.made('b')), draft(await lists.made('c')), draft(await lists.made('d'))]
    const added = await power().add(made.remoteId, more, none())
    const whole = await read(made.remoteId)
    expect(idsOf(whole).slice(1)).toEqual(added)
    expect(names(whole)).toEqual(['a', 'b', 'c', 'd'])
    const [a = '', b = '', c = '', d = ''] = idsOf(whole)
    const moved = async (ids: string[], before: string | null) => {
      await power().move(made.remoteId, ids, before, none())
      return names(await read(made.remoteId))
    }
    expect(await moved([d, a], c)).toEqual(['b', 'd', 'a', 'c'])
    expect(await moved([b, a], null)).toEqual(['d', 'c', 'b', 'a'])
    expect(await moved([a], d)).toEqual(['a', 'd', 'c', 'b'])
    expect(await moved([a], a)).toEqual(['a', 'd', 'c', 'b'])
    for (const ids of [[d, b], [d]]) {
      await power().takeOut(made.remoteId, ids, none())
      expect(names(await read(made.remoteId))).toEqual(['a', 'c'])
    }
    expect((await itemsAt(made.remoteId)).map(({ id }) => id)).toEqual([a, c])
  })

  test('an item is another version or another part; what is emptied is empty at the service', async () => {
    const one = await lists.made('Changed')
    const made = await make('Parts', draft(one))
    const [item = ''] = idsOf(made)
    const pinned = draft(one, { versionRemoteId: one.versionId, span: { startMs: 40, endMs: 80 } })
    await power().change(made.remoteId, item, pinned, none())
    expect((await read(made.remoteId)).entries).toMatchObject([
      { remoteId: item, versionRemoteId: one.versionId, span: { startMs: 40, endMs: 80 } },
    ])
    await power().change(made.remoteId, item, draft(one), none())
    expect((await read(made.remoteId)).entries).toMatchObject([
      { remoteId: item, versionRemoteId: null, span: null },
    ])
    const [stored] = await itemsAt(made.remoteId)
    expect(stored).not.toHaveProperty('version_id')
    expect([stored?.['time_start_milliseconds'], stored?.['time_end_milliseconds']]).toEqual([null, null])
  })

  test('more than one page of clips comes whole', async () => {
    const one = await lists.made('Again')
    const made = await make('Long', ...Array.from({ length: 205 }, () => draft(one)))
    const { body } = await ask('POST', 'sequences/', { name: 'At the end' })
    const sequence = { remoteId: (body as { id: string }).id, place: null }
    await power().add(made.remoteId, [{ ...draft(one), asset: sequence, isSequence: true }], none())
    const whole = await power().read(made.remoteId, none())
    expect([whole.entries.length, whole.assets.length, names(whole).at(-1)]).toEqual([206, 1, 'At the end'])
  })

  test('hidden lists are nobody’s', async () => {
    await ask('POST', 'playlists/', { name: 'Hidden', status: 'HIDDEN' })
    expect((await power().list(none())).map(({ name }) => name)).not.toContain('Hidden')
  })
})

describe('what cannot be played', () => {
  test('stands in its place and says why', async () => {
    const [there, thrown, closed] = [
      await lists.made('There'),
      await lists.made('Thrown'),
      await lists.made('Closed'),
    ]
    const made = await make('Broken', ...[thrown, there, closed].map((each) => draft(each)))
    const { body: sequence } = await ask('POST', 'sequences/', { name: 'Assembly' })
    const { id: sequenceId } = sequence as { id: string }
    await ask('POST', `playlists/${made.remoteId}/items/`, {
      object_id: sequenceId,
      object_type: 'sequences',
    })
    await ask('DELETE', `assets/${thrown.id}/`)
    const users = await lists.station.api.ask('GET', 'users/v1/users/current/')
    const { id: me } = users.body as { id: string }
    const shut = await lists.station.api.ask('PUT', `acls/v1/users/${me}/acl/assets/${closed.id}/`, {
      permissions: ['read', 'write', 'delete', 'change-acl'],
    })
    expect(shut.status).toBe(201)

    const mine = await power().read(made.remoteId, none())
    expect(mine.entries.map(({ name, problem }) => [name, problem])).toEqual([
      ['Thrown', 'trash'],
      ['There', null],
      ['Closed', null],
      ['Assembly', 'sequence'],
    ])
    expect(mine.assets.map(({ name }) => name).sort()).toEqual(['Closed', 'There'])
    const { appId, limitedToken, address } = lists.station.studio.iconik
    const asked: string[] = []
    let time = Date.now()
    const limited = createIconikConnector({
      address,
      secrets: { appId, token: limitedToken, life: null, share: null },
      fetch: (url, init) => {
        asked.push(String(url))
        return globalThis.fetch(url, init)
      },
      clock: { ...systemClock, now: () => time },
    })
    await limited.account(none())
    const askedForClosed = async () => {
      asked.length = 0
      const theirs = await powerOf(limited, 'playlists').read(made.remoteId, none())
      expect(theirs.entries.map(({ problem }) => problem)).toEqual(['trash', null, 'forbidden', 'sequence'])
      return asked.filter((url) => url.includes(`/assets/${closed.id}/`)).length
    }
    expect([await askedForClosed(), await askedForClosed()]).toEqual([1, 0])
    time += 3_600_000
    expect(await askedForClosed()).toBe(1)
  })
})

describe('rights', () => {
  test('an account that may only read is offered nothing else, and refused the rest', async () => {
    const one = await lists.made('Read only')
    const made = await make('Look, no more', draft(one))
    const limited = powerOf(lists.station.limited, 'playlists')
    expect(power().may).toEqual(['create', 'rename', 'add', 'move', 'change', 'takeOut', 'remove'])
    expect(limited.may).toEqual([])
    const [item = ''] = idsOf(made)
    const acts = [
      () => limited.create('Mine', [], none()),
      () => limited.rename(made.remoteId, 'x', none()),
      () => limited.add(made.remoteId, [draft(one)], none()),
      () => limited.change(made.remoteId, item, draft(one), none()),
      () => limited.takeOut(made.remoteId, [item], none()),
      () => limited.remove(made.remoteId, none()),
    ]
    for (const act of acts) expect(await codeOf(act())).toBe('auth.forbidden')
    expect(names(await limited.read(made.remoteId, none()))).toEqual(['Read only'])
  })

  test('a guest has none; one that was shared is a place of its assets, each once', async () => {
    const [one, two] = [await lists.made('Shared one'), await lists.made('Shared two')]
    const made = await make('Shared', draft(one), draft(two), draft(one))
    const shared = await ask('POST', `playlists/${made.remoteId}/shares/url/`, {
      ...{ allow_comments: true, allow_download: false, allow_approving_comments: false },
      allow_setting_approve_status: false,
    })
    const { url } = shared.body as { url: string }
    const guest = await lists.station.signIn({
      kind: 'share',
      link: url,
      appId: lists.station.studio.iconik.appId,
    })
    expect(guest.can.playlists).toBeUndefined()
    const [root] = (await guest.places(null, undefined, none())).items
    if (root === undefined) throw new Error('the guest sees nothing')
    const seen = (await guest.assets(root, undefined, none())).items.map(({ name }) => name)
    expect(seen.sort()).toEqual(['Shared one', 'Shared two'])
  })
})
