import { describe, expect, test } from 'vitest'
import type { RemotePlace } from '../../src/main/connectors/remote.ts'
import { allPlaces, codeOf, none } from './asking.ts'
import { collectionOfFile } from './iconikCollection.ts'
import { placeAt, powerOf } from './iconikStation.ts'

const life = collectionOfFile('Life')

describe('favourites', () => {
  test('stand on their shelf until they are taken off; twice is once', async () => {
    const favourites = powerOf(life.station.me, 'favourites')
    const one = await life.made('Starred')
    for (const isFavourite of [true, true, false, false]) {
      await favourites.set([one.id], isFavourite, none())
      const shelf = await placeAt(life.station.me, 'Favourites')
      const names = (await life.station.me.assets(shelf, undefined, none())).items.map(({ name }) => name)
      expect(names.includes('Starred')).toBe(isFavourite)
      expect((await life.station.me.asset(life.refOf(one), none())).isFavourite).toBe(isFavourite)
    }
  })
})

describe('what was looked at', () => {
  test('stands on its shelf', async () => {
    const one = await life.made('Looked at')
    await life.station.api.ask('POST', `assets/v1/assets/${one.id}/views/`)
    const shelf = await placeAt(life.station.me, 'Recently viewed')
    const [first] = (await life.station.me.assets(shelf, undefined, none())).items
    expect(first?.name).toBe('Looked at')
  })
})

describe('the trash', () => {
  test('takes assets, gives them back, and empties for good; what is gone already is done', async () => {
    const trash = powerOf(life.station.me, 'trash')
    const one = await life.made('Thrown away')
    const other = await life.made('Thrown away too')
    const names = async (where: RemotePlace) =>
      (await life.station.me.assets(where, undefined, none())).items.map(({ name }) => name)
    const deleted = await placeAt(life.station.me, 'Deleted items')
    for (let twice = 0; twice < 2; twice += 1)
      await trash.remove([life.refOf(one), life.refOf(other)], none())
    expect(await names(deleted)).toEqual(expect.arrayContaining(['Thrown away', 'Thrown away too']))
    expect(await names(life.place)).not.toContain('Thrown away')
    for (let twice = 0; twice < 2; twice += 1) await trash.restore([one.id], none())
    expect(await names(life.place)).toContain('Thrown away')
    for (let twice = 0; twice < 2; twice += 1) await trash.purge([other.id], none())
    expect(await names(deleted)).not.toContain('Thrown away too')
    expect(await codeOf(life.station.me.asset(life.refOf(other), none()))).toBe('remote.notFound')
    // One that is gone must not keep the others from going.
    await trash.remove([life.refOf(other), life.refOf(one)], none())
    expect(await names(deleted)).toContain('Thrown away')
  })

  test('takes places as well', async () => {
    const trash = powerOf(life.station.me, 'trash')
    const created = await powerOf(life.station.me, 'editing').createPlace(life.place, 'Old week', none())
    await trash.removePlace(created, none())
    const deleted = await placeAt(life.station.me, 'Deleted items')
    const below = async (parent: RemotePlace) =>
      (await allPlaces(life.station.me, parent)).map(({ name }) => name)
    expect(await below(life.place)).not.toContain('Old week')
    expect(await below(deleted)).toContain('Old week')
    await trash.restorePlace(created, none())
    expect(await below(life.place)).toContain('Old week')
    await trash.removePlace(created, none())
    for (let twice = 0; twice < 2; twice += 1) await trash.purgePlace(created, none())
    expect(await below(deleted)).not.toContain('Old week')
  })
})

describe('editing', () => {
  test('renames assets, collections and projects, and makes folders once', async () => {
    const editing = powerOf(life.station.me, 'editing')
    const one = await life.made('Before')
    expect(await editing.renameAsset(life.refOf(one), 'After', none())).toMatchObject({ name: 'After' })
    expect(await life.station.me.asset(life.refOf(one), none())).toMatchObject({ name: 'After' })

    const folder = await editing.createPlace(life.place, 'Day 1', none())
    expect(folder).toMatchObject({ name: 'Day 1', kind: 'folder', takesUploads: true })
    expect((await editing.createPlace(life.place, 'Day 1', none())).remoteId).toBe(folder.remoteId)
    expect(await editing.renamePlace(folder, 'Day one', none())).toMatchObject({ name: 'Day one' })
    expect(await placeAt(life.station.me, 'Life', 'Day one')).toMatchObject({ remoteId: folder.remoteId })

    await life.station.api.ask('POST', 'assets/v1/projects/', { name: 'Harbour' })
    const project = await placeAt(life.station.me, 'Harbour')
    await editing.renamePlace(project, 'Harbour, a portrait', none())
    expect(await placeAt(life.station.me, 'Harbour, a portrait')).toMatchObject({
      remoteId: project.remoteId,
    })
  })

  test('without the role is auth.forbidden, and not offered', async () => {
    expect(life.station.limited.can.editing).toBeUndefined()
    expect(life.station.limited.can.comments).toBeDefined()
    expect(await life.station.limited.places(life.place, undefined, none())).toMatchObject({
      cursor: undefined,
    })
    const [first] = (await life.station.limited.assets(life.place, undefined, none())).items
    expect(first?.name).toBeDefined()
  })
})

describe('the life of an asset', () => {
  test('is told by its history, newest first', async () => {
    const one = await life.made('Lived')
    await powerOf(life.station.me, 'editing').renameAsset(life.refOf(one), 'Lived on', none())
    const entries = await powerOf(life.station.me, 'history').entries(life.refOf(one), none())
    expect(entries.map(({ what, by }) => [what, by])).toEqual([
      ['Metadata changed', 'Robin Producer'],
      ['Version added', 'Robin Producer'],
    ])
    expect(entries[0]?.at).toBeGreaterThanOrEqual(entries[1]?.at ?? 0)
  })

  test('has relations that read from both ends', async () => {
    const relations = powerOf(life.station.me, 'relations')
    const type = {
      name: 'grade',
      source_label: 'is graded as',
      destination_label: 'is the grade of',
      is_directional: true,
    }
    const added = await life.station.api.ask('POST', 'assets/v1/assets/relation_types/', type)
    expect(added.status, JSON.stringify(added.body)).toBe(201)
    const source = await life.made('Camera original')
    const graded = await life.made('Graded')
    for (let twice = 0; twice < 2; twice += 1)
      await relations.add(life.refOf(source), graded.id, 'grade', 'First pass', none())
    expect(await relations.list(life.refOf(source), none())).toEqual([
      {
        type: 'grade',
        words: 'is graded as',
        otherRemoteId: graded.id,
        otherName: 'Graded',
        description: 'First pass',
      },
    ])
    expect(await relations.list(life.refOf(graded), none())).toMatchObject([
      { words: 'is the grade of', otherRemoteId: source.id },
    ])
    for (let twice = 0; twice < 2; twice += 1)
      await relations.remove(life.refOf(graded), source.id, 'grade', none())
    expect(await relations.list(life.refOf(source), none())).toEqual([])
  })

  test('has versions: an older one becomes current, one is removed', async () => {
    const versions = powerOf(life.station.me, 'versionEditing')
    const one = await life.made('Versions')
    await life.station.api.ask('POST', `assets/v1/assets/${one.id}/versions/`, {})
    const before = await life.station.me.asset(life.refOf(one), none())
    expect(before.versions.map(({ number }) => number)).toEqual([2, 1])
    expect(before.versions[1]?.remoteId).toBe(one.versionId)
    await versions.promote(life.refOf(one), one.versionId, none())
    const promoted = await life.station.me.asset(life.refOf(one), none())
    expect(promoted.versions[0].remoteId).toBe(one.versionId)
    const older = promoted.versions[1]?.remoteId ?? ''
    for (let twice = 0; twice < 2; twice += 1) await versions.remove(life.refOf(one), older, none())
    expect((await life.station.me.asset(life.refOf(one), none())).versions).toHaveLength(1)
  })

  test('has deleted versions: they come back with their media, or go for good', async () => {
    const versions = powerOf(life.station.me, 'versionEditing')
    const one = await life.made('Versions back')
    await life.station.api.ask('POST', `assets/v1/assets/${one.id}/versions/`, {})
    expect(await versions.deleted(life.refOf(one), none())).toEqual([])
    await versions.remove(life.refOf(one), one.versionId, none())
    const [gone, ...more] = await versions.deleted(life.refOf(one), none())
    expect([gone?.remoteId, gone?.number, more]).toEqual([one.versionId, 1, []])
    for (let twice = 0; twice < 2; twice += 1) await versions.restore(life.refOf(one), one.versionId, none())
    expect(await versions.deleted(life.refOf(one), none())).toEqual([])
    expect(
      (await life.station.me.asset(life.refOf(one), none())).versions.map(({ remoteId }) => remoteId),
    ).toContain(one.versionId)
    await versions.remove(life.refOf(one), one.versionId, none())
    for (let twice = 0; twice < 2; twice += 1) await versions.purge(life.refOf(one), one.versionId, none())
    expect(await versions.deleted(life.refOf(one), none())).toEqual([])
    expect(await codeOf(versions.restore(life.refOf(one), one.versionId, none()))).toBe('remote.notFound')
  })
})

describe('metadata', () => {
  test('is read by the views that belong to an asset, and written', async () => {
    const metadata = powerOf(life.station.me, 'metadata')
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
      const { status, body } = await life.station.api.ask('POST', 'metadata/v1/fields/', field)
      expect(status, JSON.stringify(body)).toBe(201)
    }
    const view = await life.station.api.ask('POST', 'metadata/v1/views/', {
      name: 'Script',
      view_fields: fields.map(({ name, required }) => ({ name, ...(required && { required }) })),
    })
    expect(view.status, JSON.stringify(view.body)).toBe(201)
    const viewId = (view.body as { id: string }).id
    const one = await life.made('Slated')
    const read = await metadata.read(life.refOf(one), none())
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
    expect(await metadata.write(life.refOf(one), viewId, values, none())).toMatchObject(values)
    expect((await metadata.read(life.refOf(one), none())).values).toMatchObject(values)
  })
})
