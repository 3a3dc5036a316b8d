import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  at,
  expectStatus,
  type IconikBench,
  listAt,
  makeAsset,
  openBench,
  textAt,
} from '../fakes/iconikBench.ts'
import type { IconikMethod } from '../fakes/iconikClient.ts'

let bench: IconikBench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const me = () => bench.iconik
const must = (status: number, method: IconikMethod, path: string, body?: unknown) =>
  expectStatus(me(), status, method, `assets/v1/${path}`, body)
const asset = (title: string, more: object = {}) => makeAsset(me(), title, more)
const nobody = '00000000-0000-4000-8000-000000000000'
const operations = async (id: string) =>
  listAt(await must(200, 'GET', `assets/${id}/history/?sort=date_created,asc&per_page=100`), 'objects').map(
    (one) => at(one, 'operation_type'),
  )
const versionNumbers = async (id: string, status = 'ACTIVE') =>
  listAt(await must(200, 'GET', `assets/${id}/`), 'versions')
    .filter((one) => at(one, 'status') === status)
    .map((one) => at(one, 'version_number'))

describe('an asset', () => {
  test('is created, read, patched and replaced; PUT resets what it does not send', async () => {
    const made = await must(201, 'POST', 'assets/', {
      title: 'Ridge',
      type: 'ASSET',
      category: 'Footage',
      warning: 'x',
    })
    const id = textAt(made, 'id')
    expect(made.body).toMatchObject({
      ...{
        title: 'Ridge',
        status: 'ACTIVE',
        is_online: false,
        archive_status: 'NOT_ARCHIVED',
        favoured: false,
      },
      versions: [{ version_number: 1, status: 'ACTIVE' }],
    })
    const patched = await must(200, 'PATCH', `assets/${id}/`, { title: 'Ridge, first light' })
    expect(patched.body).toMatchObject({ title: 'Ridge, first light', category: 'Footage', warning: 'x' })
    const replaced = await must(200, 'PUT', `assets/${id}/`, { title: 'Lake' })
    expect(replaced.body).toMatchObject({ title: 'Lake' })
    expect(Object.keys(replaced.body as object)).not.toContain('category')
    const read = await must(200, 'GET', `assets/${id}/?include_users=true`)
    expect(read.body).toMatchObject({ title: 'Lake', created_by_user_info: { first_name: 'Robin' } })
    expect(await operations(id)).toEqual(['VERSION_CREATE', 'METADATA', 'METADATA'])
  })

  test('takes no unknown field, no wrong type, no id of its own and no foreign enum', async () => {
    for (const body of [
      { title: 'x', colour: 'red' },
      { title: 7 },
      {},
      { title: '' },
      { title: 'x', id: nobody },
      { title: 'x', type: 'CLIP' },
      { title: 'x', person_ids: ['nobody'] },
      { title: 'x', date_created: 'yesterday' },
      { title: 'x', time_start_milliseconds: 5, time_end_milliseconds: 4 },
      'x',
      [],
    ]) {
      const answer = await must(400, 'POST', 'assets/', body)
      expect(answer.body).toHaveProperty('errors')
    }
    const odd = await me().ask('POST', 'assets/v1/assets/', { title: 'x', colour: 'red' })
    expect(odd.body).toEqual({ errors: { colour: expect.any(String) } })
    await must(400, 'GET', 'assets/?colour=red')
    await must(400, 'GET', 'assets/?per_page=1001')
    await must(400, 'GET', 'assets/?sort=colour,asc')
    await must(404, 'GET', `assets/${nobody}/`)
    const bare = await me().ask('POST', 'assets/v1/assets/', undefined, { 'content-type': 'text/plain' })
    expect(bare.status).toBe(400)
    expect((await me().ask('PUT', 'assets/v1/assets/relation_types/')).status).toBe(405)
    expect((await me().ask('GET', 'assets/v1/nothing/')).status).toBe(404)
    expect((await me().ask('GET', 'assets/v1/assets')).status).toBe(404)
  })

  test('is filed at once, and many are changed in one call', async () => {
    const collection = textAt(await must(201, 'POST', 'collections/', { title: 'Bulk' }), 'id')
    const path = 'assets/?assign_to_collection=true'
    const ids = []
    for (const title of ['a', 'b']) {
      ids.push(textAt(await must(201, 'POST', path, { title, collection_id: collection }), 'id'))
    }
    const filed = await must(200, 'GET', `assets/${ids[0]}/?include_collections=true`)
    expect(filed.body).toMatchObject({ in_collections: [collection] })
    await must(202, 'PATCH', 'assets/', { objects: ids.map((id) => ({ id, category: 'Dailies' })) })
    const listed = await must(200, 'GET', `collections/${collection}/contents/?sort=title,desc`)
    expect(listed.body).toMatchObject({
      ...{ total: 2, page: 1, pages: 1 },
      objects: [
        { title: 'b', category: 'Dailies', object_type: 'assets' },
        { title: 'a', category: 'Dailies' },
      ],
    })
    await must(202, 'PUT', 'assets/', { objects: [{ id: ids[0], title: 'c' }] })
    expect((await must(200, 'GET', `assets/${ids[0]}/`)).body).not.toHaveProperty('category')
    await must(404, 'PATCH', 'assets/', {
      objects: [
        { id: ids[0], title: 'd' },
        { id: nobody, title: 'd' },
      ],
    })
    // All or nothing.
    expect((await must(200, 'GET', `assets/${ids[0]}/`)).body).toMatchObject({ title: 'c' })
  })

  test('says when I last saw it', async () => {
    const id = await asset('Seen')
    expect((await must(200, 'GET', `assets/${id}/`)).body).not.toHaveProperty('date_viewed')
    const seen = await must(200, 'POST', `assets/${id}/views/`)
    expect(seen.body).toMatchObject({ date_viewed: expect.stringMatching(/^20/) })
    const found = await expectStatus(me(), 200, 'POST', 'search/v1/search/', {
      filter: { operator: 'AND', terms: [{ name: 'date_viewed', exists: true }] },
    })
    expect(found.body).toMatchObject({ objects: [{ id }] })
  })

  test('of a failed upload is dropped by whoever made it', async () => {
    const id = await asset('Failed')
    expect((await me().limited().ask('DELETE', `assets/v1/assets/${id}/uploads/`)).status).toBe(403)
    await must(204, 'DELETE', `assets/${id}/uploads/`)
    await must(404, 'GET', `assets/${id}/`)
  })
})

describe('versions', () => {
  test('are added, edited, promoted and deleted', async () => {
    const id = await asset('Versions')
    const added = await must(200, 'POST', `assets/${id}/versions/`, { copy_segments: false })
    const [first, second] = listAt(added, 'versions').map((one) => String(at(one, 'id')))
    expect(added.body).toMatchObject({
      asset_id: id,
      versions: [{ version_number: 1 }, { version_number: 2 }],
    })
    const edited = await must(200, 'PATCH', `assets/${id}/versions/${second}/`, { transcribe_status: 'DONE' })
    expect(edited.body).toMatchObject({ id: second, transcribe_status: 'DONE' })
    await must(400, 'PATCH', `assets/${id}/versions/${second}/`, { version_number: 1 })
    await must(204, 'PUT', `assets/${id}/versions/${first}/promote/`)
    expect((await must(200, 'GET', `assets/${id}/`)).body).toMatchObject({
      versions: [
        { id: second, version_number: 2 },
        { id: first, version_number: 3 },
      ],
    })
    await must(204, 'DELETE', `assets/${id}/versions/${second}/`)
    expect([await versionNumbers(id), await versionNumbers(id, 'DELETED')]).toEqual([[3], [2]])
    await must(403, 'DELETE', `assets/${id}/versions/${first}/?hard_delete=true`)
    await must(200, 'POST', `assets/${id}/versions/`, {})
    await must(204, 'DELETE', `assets/${id}/versions/old/`)
    expect(await versionNumbers(id)).toEqual([4])
    expect(await operations(id)).toEqual([
      ...['VERSION_CREATE', 'VERSION_CREATE', 'VERSION_UPDATE', 'VERSION_PROMOTE', 'VERSION_DELETE'],
      ...['VERSION_CREATE', 'VERSION_DELETE'],
    ])
    const other = await asset('Other')
    await must(404, 'PATCH', `assets/${other}/versions/${second}/`, { status: 'ACTIVE' })
  })

  test('are made of other assets and of older versions, metadata included', async () => {
    const field = { name: 'SlateOfVersions', label: 'Slate', field_type: 'string' }
    await expectStatus(me(), 201, 'POST', 'metadata/v1/fields/', field)
    const view = await expectStatus(me(), 201, 'POST', 'metadata/v1/views/', {
      name: 'Slates',
      view_fields: [{ name: field.name }],
    })
    const values = { metadata_values: { [field.name]: { field_values: [{ value: '12A' }] } } }
    const source = await asset('Source')
    const path = `metadata/v1/assets/${source}/views/${textAt(view, 'id')}/`
    await expectStatus(me(), 200, 'PUT', path, values)
    const id = await asset('Target')
    await must(202, 'POST', `assets/${id}/versions/from/assets/${source}/`, {
      source_metadata_asset_id: source,
    })
    const [first] = listAt(await must(200, 'GET', `assets/${id}/`), 'versions')
    await must(202, 'POST', `assets/${id}/versions/from/versions/${at(first, 'id')}/`, {})
    expect(await versionNumbers(id)).toEqual([1, 2, 3])
    const copied = await expectStatus(me(), 200, 'GET', path.replace(source, id))
    expect(copied.body).toMatchObject(values)
    await must(404, 'POST', `assets/${id}/versions/from/assets/${nobody}/`, {})
  })
})

describe('relations', () => {
  test('are typed, directed and go with their assets', async () => {
    const types = await must(200, 'GET', 'assets/relation_types/')
    expect(listAt(types, 'objects').map((one) => at(one, 'name'))).toEqual(['related', 'derived'])
    const type = {
      name: 'grade-of',
      source_label: 'Grade of',
      destination_label: 'Graded as',
      is_directional: true,
    }
    await must(201, 'POST', 'assets/relation_types/', type)
    await must(400, 'POST', 'assets/relation_types/', type)
    const renamed = await must(200, 'PATCH', 'assets/relation_types/grade-of/', {
      source_label: 'A grade of',
    })
    expect(renamed.body).toMatchObject({ ...type, source_label: 'A grade of' })
    await must(403, 'DELETE', 'assets/relation_types/related/')

    const [a, b] = [await asset('Graded'), await asset('Raw')]
    const relation = { related_to_asset_id: b, relation_type: 'grade-of' }
    const made = await must(201, 'POST', `assets/${a}/relations/`, relation)
    expect(made.body).toMatchObject({ asset_id: a, ...relation })
    const again = await must(200, 'POST', `assets/${a}/relations/grade-of/${b}/`, relation)
    expect(again.body).toEqual(made.body)
    await must(400, 'POST', `assets/${a}/relations/`, { ...relation, related_to_asset_id: a })
    const listed = await must(200, 'GET', `assets/${b}/relations/`)
    expect(listed.body).toMatchObject({ objects: [{ id: a, relations: [{ related_from_asset_id: a }] }] })
    const reversed = await must(200, 'POST', `assets/${a}/relations/grade-of/${b}/reverse/`)
    expect(reversed.body).toMatchObject({ asset_id: b, related_to_asset_id: a })
    await must(404, 'DELETE', `assets/${a}/relations/grade-of/${b}/`)
    await must(204, 'DELETE', `assets/${a}/`)
    expect((await must(200, 'GET', `assets/${b}/relations/grade-of/`)).body).toMatchObject({ objects: [] })
    const withGone = await must(200, 'GET', `assets/${b}/relations/grade-of/?include_deleted=true`)
    expect(withGone.body).toMatchObject({ objects: [{ id: a }] })
    await must(204, 'DELETE', `assets/${b}/relations/grade-of/${a}/`)
    await must(204, 'DELETE', 'assets/relation_types/grade-of/')
    await must(404, 'GET', 'assets/relation_types/grade-of/')
  })
})

describe('the audit trail', () => {
  test('takes entries, tells them newest first, and drops one', async () => {
    const id = await asset('History')
    const noted = { operation_type: 'CUSTOM', operation_description: 'Sent to the lab' }
    const made = await must(201, 'POST', `assets/${id}/history/`, noted)
    expect(made.body).toMatchObject({ ...noted, asset_id: id })
    const listed = await must(200, 'GET', `assets/${id}/history/?filter=operation_type,CUSTOM`)
    expect(listed.body).toMatchObject({ total: 1, objects: [noted] })
    const entry = `assets/${id}/history/${textAt(made, 'id')}/`
    expect((await must(201, 'GET', entry)).body).toEqual(made.body)
    await must(201, 'POST', `${entry}reindex/`)
    await must(201, 'DELETE', entry)
    await must(404, 'GET', entry)
    await must(400, 'POST', `assets/${id}/history/`, { operation_type: 'PARTY' })
  })
})

describe('people', () => {
  test('are found by the assets and the versions they appear in', async () => {
    const person = '11111111-1111-4111-8111-111111111111'
    const id = await asset('With somebody', { person_ids: [person] })
    const added = await must(200, 'POST', `assets/${id}/versions/`, {})
    const versionId = String(at(listAt(added, 'versions')[1], 'id'))
    await must(200, 'PATCH', `assets/${id}/versions/${versionId}/`, { person_ids: [person] })
    const found = await must(200, 'GET', `persons/${person}/`)
    expect(found.body).toMatchObject({ total: 1, objects: [{ id, versions_number: 2 }] })
    const inVersions = await must(200, 'GET', `persons/${person}/?asset_id=${id}`)
    expect(inVersions.body).toMatchObject({ objects: [{ versions: [{ id: versionId }] }] })
    await must(200, 'PATCH', `assets/${id}/`, { person_ids: null })
    await must(200, 'PATCH', `assets/${id}/versions/${versionId}/`, { person_ids: [] })
    expect((await must(200, 'GET', `persons/${person}/`)).body).toMatchObject({ total: 0 })
  })
})

describe('transcriptions', () => {
  const vtt =
    'WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ida>We walk up\n\n00:03.000 --> 00:04.000\n<v Tom>in the dark'

  test('have properties, and are made of subtitles', async () => {
    const id = await asset('Spoken')
    const version = textAt(await must(200, 'GET', `assets/${id}/`), 'versions', 0, 'id')
    const base = `assets/${id}/versions/${version}/transcriptions/`
    const made = await must(200, 'POST', `${base}properties/`, { language: 'no' })
    const one = `${base}${textAt(made, 'id')}/properties/`
    const patched = await must(200, 'PATCH', one, { speaker_labels: { '0': 'Ida' } })
    expect(patched.body).toMatchObject({ language: 'no', speaker_labels: { '0': 'Ida' } })
    const replaced = await must(200, 'PUT', one, { language: 'en' })
    expect(replaced.body).toMatchObject({ language: 'en', speaker_labels: {} })
    const spoken = await must(200, 'POST', `${base}subtitles/`, {
      ...{ content: vtt, format: 'VTT', language: 'en', delete_old_transcriptions: true },
    })
    expect(spoken.body).toMatchObject({ language: 'en', speaker_labels: { '0': 'Ida', '1': 'Tom' } })
    await must(404, 'GET', one)
    const segments = await must(
      200,
      'GET',
      `assets/${id}/segments/TRANSCRIPTION/?sort=time_start_milliseconds,asc`,
    )
    expect(listAt(segments, 'objects')).toMatchObject([
      { segment_text: 'We walk up', time_start_milliseconds: 1000, time_end_milliseconds: 2500 },
      { segment_text: 'in the dark', transcription: { speaker: 1, words: [{ value: 'in' }, {}, {}] } },
    ])
    const after = await must(200, 'GET', `assets/${id}/`)
    expect(after.body).toMatchObject({
      versions: [{ transcribe_status: 'DONE', transcribed_languages: ['en'] }],
    })
    await must(204, 'DELETE', `${base}${textAt(spoken, 'id')}/properties/`)
    expect((await must(200, 'GET', `${base}properties/`)).body).toEqual({ objects: [] })
    const silent = await must(200, 'GET', `assets/${id}/segments/TRANSCRIPTION/`)
    expect(silent.body).toMatchObject({ total: 0 })
    await must(400, 'POST', `${base}subtitles/`, { content: 'no cues' })
    await must(400, 'POST', `${base}subtitles/`, {})
  })
})

test('what was written is there after a kill', async () => {
  const id = await asset('Kept')
  await must(200, 'POST', `assets/${id}/versions/`, {})
  await bench.killAndRestart()
  expect(await versionNumbers(id)).toEqual([1, 2])
  expect(await operations(id)).toEqual(['VERSION_CREATE', 'VERSION_CREATE'])
})
