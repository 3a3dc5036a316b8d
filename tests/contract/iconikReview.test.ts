import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RemotePlace } from '../../src/main/connectors/connector.ts'
import type { ApprovalRequest } from '../../src/shared/approval.ts'
import { allPlaces, codeOf, none } from './asking.ts'
import {
  addAsset,
  type IconikStation,
  type MadeAsset,
  openIconik,
  placeAt,
  powerOf,
} from './iconikStation.ts'

let station: IconikStation
let place: RemotePlace
beforeAll(async () => {
  station = await openIconik({ hasSamples: false })
  await station.api.ask('POST', 'assets/v1/collections/', { title: 'Life' })
  place = await placeAt(station.me, 'Life')
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

const made = (title: string): Promise<MadeAsset> => addAsset(station, place, title)
const refOf = ({ id }: MadeAsset) => ({ remoteId: id, place: place.remote })
async function userId(email: string): Promise<string> {
  const { people } = await powerOf(station.me, 'people').find(email.split('@')[0] ?? '', none())
  const found = people.find((person) => person.email === email)
  if (found === undefined) throw new Error(`nobody has ${email}`)
  return found.key
}
const request = (fields: Partial<ApprovalRequest>): ApprovalRequest => ({
  versionId: '01J00000000000000000000000' as ApprovalRequest['versionId'],
  people: [],
  groups: [],
  emails: [],
  minimum: 1,
  ...fields,
})

describe('people', () => {
  test('are found by parts of their names, with the groups', async () => {
    const people = powerOf(station.me, 'people')
    const found = await people.find('okaf', none())
    expect(found.people.map(({ name, email }) => [name, email])).toEqual([
      ['Sam Okafor', station.studio.iconik.limitedEmail],
    ])
    expect((await people.find('', none())).people.length).toBeGreaterThan(2)
    expect((await people.find('Edit', none())).groups.map(({ name }) => name)).toEqual(['Editors'])
    expect(await people.find('nobody of that name', none())).toEqual({ people: [], groups: [] })
  })
})

describe('approvals', () => {
  test('are asked for, given, changed and taken back, by people and by guests’ addresses', async () => {
    const approvals = powerOf(station.me, 'approvals')
    const theirs = powerOf(station.limited, 'approvals')
    const { version } = await made('To approve')
    expect(await approvals.read(version, none())).toEqual({
      state: 'none',
      minimum: 1,
      requestedBy: null,
      requestedAt: null,
      approvers: [],
    })
    const reviewer = await userId(station.studio.iconik.limitedEmail)
    await approvals.request(version, request({ people: [reviewer], emails: ['client@example.com'] }), none())
    const asked = await approvals.read(version, none())
    expect(asked).toMatchObject({ state: 'requested', minimum: 1, requestedBy: 'Robin Producer' })
    expect(asked.approvers.map(({ name, vote, isMe }) => [name, vote, isMe])).toEqual([
      ['Sam Okafor', null, false],
      ['client@example.com', null, false],
    ])
    expect((await theirs.read(version, none())).approvers[0]).toMatchObject({ isMe: true, vote: null })

    await theirs.vote(version, 'needsChanges', none())
    expect(await approvals.read(version, none())).toMatchObject({ state: 'needsChanges' })
    await theirs.vote(version, 'approved', none())
    const approved = await approvals.read(version, none())
    expect(approved.state).toBe('approved')
    expect(approved.approvers[0]).toMatchObject({ name: 'Sam Okafor', vote: 'approved' })
    expect(approved.approvers[0]?.votedAt).toBeGreaterThan(Date.now() - 60_000)

    await approvals.vote(version, 'needsChanges', none())
    expect((await approvals.read(version, none())).state).toBe('mixed')
    await approvals.vote(version, null, none())
    await approvals.vote(version, null, none())
    expect((await approvals.read(version, none())).state).toBe('approved')
  })

  test('asking again replaces who was asked; withdrawing twice is withdrawing once', async () => {
    const approvals = powerOf(station.me, 'approvals')
    const { version } = await made('Asked twice')
    const reviewer = await userId(station.studio.iconik.limitedEmail)
    const editor = await userId(station.studio.iconik.mfaEmail)
    await approvals.request(version, request({ people: [reviewer] }), none())
    await approvals.request(version, request({ people: [editor, reviewer], minimum: 2 }), none())
    const asked = await approvals.read(version, none())
    expect(asked.minimum).toBe(2)
    expect(asked.approvers.map(({ key }) => key).sort()).toEqual([editor, reviewer].sort())
    await approvals.withdraw(version, none())
    await approvals.withdraw(version, none())
    expect((await approvals.read(version, none())).state).toBe('none')
  })

  test('show in lists as the state of review, and are set for many at once', async () => {
    const approvals = powerOf(station.me, 'approvals')
    const first = await made('Bulk 1')
    const second = await made('Bulk 2')
    await approvals.bulk([first.id, second.id], 'approved', none())
    for (const { version } of [first, second])
      expect((await approvals.read(version, none())).state).toBe('approved')
    const asset = await station.me.asset(refOf(first), none())
    expect(asset.versions[0].review).toBe('approved')
    await approvals.bulk([first.id, second.id], null, none())
    expect((await approvals.read(first.version, none())).state).toBe('none')
  })

  test('of an older version cannot be given: the service would take them for the newest', async () => {
    const approvals = powerOf(station.me, 'approvals')
    const { id, version } = await made('Two versions')
    await station.api.ask('POST', `assets/v1/assets/${id}/versions/`, {})
    expect(await codeOf(approvals.vote(version, 'approved', none()))).toBe('request.invalid')
    expect((await approvals.read(version, none())).state).toBe('none')
  })

  test('need the role', async () => {
    const { version } = await made('No role')
    const theirs = powerOf(station.limited, 'approvals')
    expect(await codeOf(theirs.request(version, request({ emails: ['a@example.com'] }), none()))).toBe(
      'auth.forbidden',
    )
  })
})

describe('favourites', () => {
  test('stand on their shelf until they are taken off; twice is once', async () => {
    const favourites = powerOf(station.me, 'favourites')
    const one = await made('Starred')
    for (const isFavourite of [true, true, false, false]) {
      await favourites.set([one.id], isFavourite, none())
      const shelf = await placeAt(station.me, 'Favourites')
      const names = (await station.me.assets(shelf, undefined, none())).items.map(({ name }) => name)
      expect(names.includes('Starred')).toBe(isFavourite)
      expect((await station.me.asset(refOf(one), none())).isFavourite).toBe(isFavourite)
    }
  })
})

describe('what was looked at', () => {
  test('stands on its shelf', async () => {
    const one = await made('Looked at')
    await station.api.ask('POST', `assets/v1/assets/${one.id}/views/`)
    const shelf = await placeAt(station.me, 'Recently viewed')
    const [first] = (await station.me.assets(shelf, undefined, none())).items
    expect(first?.name).toBe('Looked at')
  })
})

describe('the trash', () => {
  test('takes assets, gives them back, and empties for good; what is gone already is done', async () => {
    const trash = powerOf(station.me, 'trash')
    const one = await made('Thrown away')
    const other = await made('Thrown away too')
    const names = async (where: RemotePlace) =>
      (await station.me.assets(where, undefined, none())).items.map(({ name }) => name)
    const deleted = await placeAt(station.me, 'Deleted items')
    for (let twice = 0; twice < 2; twice += 1) await trash.remove([refOf(one), refOf(other)], none())
    expect(await names(deleted)).toEqual(expect.arrayContaining(['Thrown away', 'Thrown away too']))
    expect(await names(place)).not.toContain('Thrown away')
    for (let twice = 0; twice < 2; twice += 1) await trash.restore([one.id], none())
    expect(await names(place)).toContain('Thrown away')
    for (let twice = 0; twice < 2; twice += 1) await trash.purge([other.id], none())
    expect(await names(deleted)).not.toContain('Thrown away too')
    expect(await codeOf(station.me.asset(refOf(other), none()))).toBe('remote.notFound')
    // One that is gone must not keep the others from going.
    await trash.remove([refOf(other), refOf(one)], none())
    expect(await names(deleted)).toContain('Thrown away')
  })

  test('takes places as well', async () => {
    const trash = powerOf(station.me, 'trash')
    const created = await powerOf(station.me, 'editing').createPlace(place, 'Old week', none())
    await trash.removePlace(created, none())
    const deleted = await placeAt(station.me, 'Deleted items')
    const below = async (parent: RemotePlace) => (await allPlaces(station.me, parent)).map(({ name }) => name)
    expect(await below(place)).not.toContain('Old week')
    expect(await below(deleted)).toContain('Old week')
    await trash.restorePlace(created, none())
    expect(await below(place)).toContain('Old week')
    await trash.removePlace(created, none())
    for (let twice = 0; twice < 2; twice += 1) await trash.purgePlace(created, none())
    expect(await below(deleted)).not.toContain('Old week')
  })
})

describe('editing', () => {
  test('renames assets, collections and projects, and makes folders once', async () => {
    const editing = powerOf(station.me, 'editing')
    const one = await made('Before')
    expect(await editing.renameAsset(refOf(one), 'After', none())).toMatchObject({ name: 'After' })
    expect(await station.me.asset(refOf(one), none())).toMatchObject({ name: 'After' })

    const folder = await editing.createPlace(place, 'Day 1', none())
    expect(folder).toMatchObject({ name: 'Day 1', kind: 'folder', takesUploads: true })
    expect((await editing.createPlace(place, 'Day 1', none())).remoteId).toBe(folder.remoteId)
    expect(await editing.renamePlace(folder, 'Day one', none())).toMatchObject({ name: 'Day one' })
    expect(await placeAt(station.me, 'Life', 'Day one')).toMatchObject({ remoteId: folder.remoteId })

    await station.api.ask('POST', 'assets/v1/projects/', { name: 'Harbour' })
    const project = await placeAt(station.me, 'Harbour')
    await editing.renamePlace(project, 'Harbour, a portrait', none())
    expect(await placeAt(station.me, 'Harbour, a portrait')).toMatchObject({ remoteId: project.remoteId })
  })

  test('without the role is auth.forbidden, and not offered', async () => {
    expect(station.limited.can.editing).toBeUndefined()
    expect(station.limited.can.comments).toBeDefined()
    expect(await station.limited.places(place, undefined, none())).toMatchObject({ cursor: undefined })
    const [first] = (await station.limited.assets(place, undefined, none())).items
    expect(first?.name).toBeDefined()
  })
})

describe('the life of an asset', () => {
  test('is told by its history, newest first', async () => {
    const one = await made('Lived')
    await powerOf(station.me, 'editing').renameAsset(refOf(one), 'Lived on', none())
    const entries = await powerOf(station.me, 'history').entries(refOf(one), none())
    expect(entries.map(({ what, by }) => [what, by])).toEqual([
      ['Metadata changed', 'Robin Producer'],
      ['Version added', 'Robin Producer'],
    ])
    expect(entries[0]?.at).toBeGreaterThanOrEqual(entries[1]?.at ?? 0)
  })

  test('has relations that read from both ends', async () => {
    const relations = powerOf(station.me, 'relations')
    const type = {
      name: 'grade',
      source_label: 'is graded as',
      destination_label: 'is the grade of',
      is_directional: true,
    }
    const added = await station.api.ask('POST', 'assets/v1/assets/relation_types/', type)
    expect(added.status, JSON.stringify(added.body)).toBe(201)
    const source = await made('Camera original')
    const graded = await made('Graded')
    for (let twice = 0; twice < 2; twice += 1)
      await relations.add(refOf(source), graded.id, 'grade', 'First pass', none())
    expect(await relations.list(refOf(source), none())).toEqual([
      {
        type: 'grade',
        words: 'is graded as',
        otherRemoteId: graded.id,
        otherName: 'Graded',
        description: 'First pass',
      },
    ])
    expect(await relations.list(refOf(graded), none())).toMatchObject([
      { words: 'is the grade of', otherRemoteId: source.id },
    ])
    for (let twice = 0; twice < 2; twice += 1)
      await relations.remove(refOf(graded), source.id, 'grade', none())
    expect(await relations.list(refOf(source), none())).toEqual([])
  })

  test('has versions: an older one becomes current, one is removed', async () => {
    const versions = powerOf(station.me, 'versionEditing')
    const one = await made('Versions')
    await station.api.ask('POST', `assets/v1/assets/${one.id}/versions/`, {})
    const before = await station.me.asset(refOf(one), none())
    expect(before.versions.map(({ number }) => number)).toEqual([2, 1])
    expect(before.versions[1]?.remoteId).toBe(one.versionId)
    await versions.promote(refOf(one), one.versionId, none())
    const promoted = await station.me.asset(refOf(one), none())
    expect(promoted.versions[0].remoteId).toBe(one.versionId)
    const older = promoted.versions[1]?.remoteId ?? ''
    for (let twice = 0; twice < 2; twice += 1) await versions.remove(refOf(one), older, none())
    expect((await station.me.asset(refOf(one), none())).versions).toHaveLength(1)
  })

  test('has deleted versions: they come back with their media, or go for good', async () => {
    const versions = powerOf(station.me, 'versionEditing')
    const one = await made('Versions back')
    await station.api.ask('POST', `assets/v1/assets/${one.id}/versions/`, {})
    expect(await versions.deleted(refOf(one), none())).toEqual([])
    await versions.remove(refOf(one), one.versionId, none())
    const [gone, ...more] = await versions.deleted(refOf(one), none())
    expect([gone?.remoteId, gone?.number, more]).toEqual([one.versionId, 1, []])
    for (let twice = 0; twice < 2; twice += 1) await versions.restore(refOf(one), one.versionId, none())
    expect(await versions.deleted(refOf(one), none())).toEqual([])
    expect((await station.me.asset(refOf(one), none())).versions.map(({ remoteId }) => remoteId)).toContain(
      one.versionId,
    )
    await versions.remove(refOf(one), one.versionId, none())
    for (let twice = 0; twice < 2; twice += 1) await versions.purge(refOf(one), one.versionId, none())
    expect(await versions.deleted(refOf(one), none())).toEqual([])
    expect(await codeOf(versions.restore(refOf(one), one.versionId, none()))).toBe('remote.notFound')
  })
})

describe('metadata', () => {
  test('is read by the views that belong to an asset, and written', async () => {
    const metadata = powerOf(station.me, 'metadata')
    const fields = [
      { name: 'Scene', label: 'Scene', field_type: 'string', required: true },
      { name: 'Take', label: 'Take', field_type: 'integer' },
      { name: 'Circled', label: 'Circled take', field_type: 'boolean' },
      {
        name: 'Unit',
        label: 'Unit',
        field_type: 'drop_down',
        options: [
          { label: 'First unit', value: 'A' },
          { label: 'Second unit', value: 'B' },
        ],
      },
    ]
    for (const field of fields) {
      const { status, body } = await station.api.ask('POST', 'metadata/v1/fields/', field)
      expect(status, JSON.stringify(body)).toBe(201)
    }
    const view = await station.api.ask('POST', 'metadata/v1/views/', {
      name: 'Script',
      view_fields: fields.map(({ name, required }) => ({ name, ...(required && { required }) })),
    })
    expect(view.status, JSON.stringify(view.body)).toBe(201)
    const viewId = (view.body as { id: string }).id
    const one = await made('Slated')
    const read = await metadata.read(refOf(one), none())
    const script = read.views.find(({ key }) => key === viewId)
    expect(script?.fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['Scene', 'text', true],
      ['Take', 'integer', false],
      ['Circled', 'flag', false],
      ['Unit', 'choice', false],
    ])
    expect(script?.fields[3]?.choices).toEqual([
      { value: 'A', label: 'First unit' },
      { value: 'B', label: 'Second unit' },
    ])
    const values = { Scene: ['12A'], Take: [3], Circled: [true], Unit: ['B'] }
    expect(await metadata.write(refOf(one), viewId, values, none())).toMatchObject(values)
    expect((await metadata.read(refOf(one), none())).values).toMatchObject(values)
  })
})

describe('search', () => {
  test('finds what was never listed, narrowed by facets', async () => {
    const search = powerOf(station.me, 'search')
    const one = await made('Zeppelin over the harbour')
    const found = await search.find('zeppel harb', {}, undefined, none())
    expect(found.items.map(({ remoteId }) => remoteId)).toEqual([one.id])
    expect(found.total).toBe(1)
    expect((await search.find('zeppelin NOT', {}, undefined, none())).items).toEqual([])
    for (const odd of ['"', '((', 'a:b', '*', '\\', 'ä ß 漢', '-']) {
      expect(await codeOf(search.find(odd, {}, undefined, none()))).toBe('nothing')
    }
    const types = found.facets.find(({ name }) => name === 'type')
    expect(types?.values).toMatchObject([{ value: 'ASSET', count: 1 }])
    expect((await search.find('zeppelin', { type: ['ASSET'] }, undefined, none())).items).toHaveLength(1)
    expect((await search.find('zeppelin', { type: ['SUBCLIP'] }, undefined, none())).items).toEqual([])
  })

  test('pages through more than one answer holds', async () => {
    const search = powerOf(station.me, 'search')
    await station.studio.seedIconik('Searched', 130)
    const found = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await search.find('', {}, cursor, none())
      for (const { remoteId } of page.items) found.add(remoteId)
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(found.size).toBeGreaterThanOrEqual(130)
  })
})

describe('the inbox', () => {
  test('tells of comments, mentions and requests, and what was read stays read', async () => {
    const { version, id } = await made('Talked about')
    const body = { segment_type: 'COMMENT', segment_text: 'Nice light', time_start_milliseconds: 40 }
    await station.api.limited().ask('POST', `assets/v1/assets/${id}/segments/`, body)
    const inbox = powerOf(station.me, 'inbox')
    const [item] = (await inbox.list(none())).filter(({ assetRemoteId }) => assetRemoteId === id)
    expect(item).toMatchObject({
      kind: 'comment',
      from: 'Sam Okafor',
      text: 'Nice light',
      isRead: false,
      versionRemoteId: version.remoteId,
    })
    await powerOf(station.me, 'approvals').request(
      version,
      request({ people: [await userId(station.studio.iconik.limitedEmail)] }),
      none(),
    )
    const theirs = powerOf(station.limited, 'inbox')
    expect((await theirs.list(none()))[0]).toMatchObject({
      kind: 'approvalRequest',
      assetRemoteId: id,
      isRead: false,
    })

    const all = await inbox.list(none())
    await inbox.markRead([all[0]?.key ?? ''], none())
    expect((await inbox.list(none()))[0]?.isRead).toBe(true)
    await inbox.markRead(
      all.map(({ key }) => key),
      none(),
    )
    const { appId, token } = station.studio.iconik
    const again = powerOf(await station.signIn({ kind: 'token', appId, token }), 'inbox')
    expect((await again.list(none())).every(({ isRead }) => isRead)).toBe(true)
  })
})
