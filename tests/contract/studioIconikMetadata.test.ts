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
  expectStatus(me(), status, method, `metadata/v1/${path}`, body)
const nobody = '00000000-0000-4000-8000-000000000000'

const fields = [
  { name: 'Client', label: 'Client', field_type: 'string' },
  { name: 'Take', label: 'Take', field_type: 'integer', min_value: 1, max_value: 9 },
  { name: 'Cleared', label: 'Cleared', field_type: 'boolean' },
  { name: 'Due', label: 'Due', field_type: 'date' },
  { name: 'Size', label: 'Size', field_type: 'drop_down', options: [{ value: 'Wide', label: 'Wide' }] },
  { name: 'Tags', label: 'Tags', field_type: 'tag_cloud', multi: true },
  { name: 'Locked', label: 'Locked', field_type: 'string', read_only: true },
]

let viewId: string
beforeAll(async () => {
  for (const field of fields) await must(201, 'POST', 'fields/', field)
  const view = await must(201, 'POST', 'views/', {
    name: 'Delivery',
    view_fields: fields.map(({ name }) => ({ name, required: name === 'Client' })),
  })
  viewId = textAt(view, 'id')
})

const values = (given: Record<string, unknown[]>, mode?: string) => ({
  metadata_values: Object.fromEntries(
    Object.entries(given).map(([name, list]) => [
      name,
      { field_values: list.map((value) => ({ value })), ...(mode && { mode }) },
    ]),
  ),
})
const plain = (answer: { body: unknown }) =>
  Object.fromEntries(
    Object.entries(at(answer.body, 'metadata_values') as object).map(([name, field]) => [
      name,
      (at(field, 'field_values') as unknown[]).map((one) => at(one, 'value')),
    ]),
  )

describe('fields and views', () => {
  test('are listed, merged, changed and deleted', async () => {
    expect(listAt(await must(200, 'GET', 'fields/'), 'objects')).toHaveLength(fields.length)
    const page = await must(200, 'GET', 'fields/?per_page=2&last_field_name=Due')
    expect(listAt(page, 'objects').map((one) => at(one, 'name'))).toEqual(['Locked', 'Size'])
    expect(listAt(await must(200, 'GET', 'fields/?filter=tag'), 'objects')).toHaveLength(1)
    const merged = await must(200, 'GET', `views/${viewId}/`)
    expect(merged.body).toMatchObject({
      view_fields: [{ name: 'Client', required: true, field_type: 'string' }, {}, {}, {}, {}, {}, {}],
    })
    const bare = await must(200, 'GET', `views/${viewId}/?merge_fields=false`)
    expect(at(listAt(bare, 'view_fields')[0], 'required')).toBeUndefined()
    expect((await must(200, 'GET', 'views/')).body).toMatchObject({ objects: [{ name: 'Delivery' }] })

    await must(201, 'POST', 'fields/', { name: 'Scratch', label: 'Scratch', field_type: 'string' })
    await must(400, 'POST', 'fields/', { name: 'Scratch', label: 'Scratch', field_type: 'string' })
    expect((await must(200, 'PATCH', 'fields/Scratch/', { multi: true })).body).toMatchObject({ multi: true })
    const replaced = await must(200, 'PUT', 'fields/Scratch/', { label: 'Notes', field_type: 'text' })
    expect(replaced.body).toMatchObject({ label: 'Notes', multi: false })
    const other = await must(201, 'POST', 'views/', { name: 'Other', view_fields: [{ name: 'Scratch' }] })
    const otherPath = `views/${textAt(other, 'id')}/`
    await must(200, 'PATCH', otherPath, { name: 'Another' })
    await must(400, 'PATCH', otherPath, { view_fields: [{ name: 'Nothing' }] })
    await must(204, 'DELETE', 'fields/Scratch/')
    expect((await must(200, 'GET', otherPath)).body).toMatchObject({ name: 'Another', view_fields: [] })
    await must(204, 'DELETE', otherPath)
    await must(404, 'GET', otherPath)
    await must(200, 'GET', 'user/fields/')
    await must(200, 'GET', 'mapping/options/')
    await must(201, 'POST', 'mapping/fields/', { name: 'Client', mapped_field_name: 'category' })
    expect((await must(200, 'GET', 'mapping/fields/Client/')).body).toMatchObject({
      mapped_field_name: 'category',
    })
  })

  test('gather in categories', async () => {
    const category = { name: 'delivery', label: 'Delivery', view_ids: [viewId] }
    const made = await must(201, 'POST', 'assets/categories/', category)
    expect(made.body).toMatchObject({ ...category, object_type: 'assets', views: [{ id: viewId }] })
    await must(409, 'POST', 'assets/categories/', category)
    await must(200, 'GET', 'assets/categories/delivery/')
    await must(200, 'PUT', 'assets/categories/delivery/', {
      name: 'delivery',
      label: 'To deliver',
      view_ids: [viewId],
    })
    expect((await must(200, 'GET', 'assets/categories/')).body).toMatchObject({
      objects: [{ label: 'To deliver' }],
    })
    const writable = await must(200, 'GET', 'assets/categories/delivery/views/?writable_only=true')
    const names = listAt(writable, 'views', 0, 'view_fields').map((one) => at(one, 'name'))
    expect(names).not.toContain('Locked')
    await must(204, 'DELETE', 'assets/categories/delivery/')
    await must(404, 'GET', 'assets/categories/delivery/')
  })
})

describe('values', () => {
  test('are checked by their fields, and required ones must be there', async () => {
    const id = await makeAsset(me(), 'Described')
    const path = `assets/${id}/views/${viewId}/`
    await must(404, 'GET', path)
    const missing = await must(400, 'PUT', path, values({ Take: [2] }))
    expect(missing.body).toEqual({ errors: { Client: 'Is required' } })
    for (const wrong of [
      { Take: ['two'] },
      { Take: [10] },
      { Take: [1, 2] },
      { Cleared: ['maybe'] },
      { Due: ['soon'] },
      { Size: ['Huge'] },
      { Locked: ['x'] },
      { Nothing: ['x'] },
    ]) {
      const [name = ''] = Object.keys(wrong)
      const answer = await must(400, 'PUT', path, values({ Client: ['Fjellvann'], ...wrong }))
      expect(answer.body).toHaveProperty(['errors', name])
    }
    const written = await must(200, 'PUT', path, {
      ...values({
        Client: ['Fjellvann'],
        Take: [2],
        Cleared: [true],
        Due: ['2026-11-30'],
        Size: ['Wide'],
        Tags: ['a', 'b'],
      }),
      object_id: id,
      object_type: 'assets',
    })
    expect(plain(written)).toMatchObject({ Client: ['Fjellvann'], Tags: ['a', 'b'] })
    expect((await must(200, 'GET', path)).body).toEqual(written.body)
    expect(plain(await must(200, 'GET', `${path}?reencode_values_to_string=true`))).toMatchObject({
      Take: ['2'],
    })
    await must(400, 'PUT', path, { ...values({ Client: ['x'] }), object_id: nobody })
    const appended = await must(200, 'PUT', path, values({ Tags: ['b', 'c'] }, 'append'))
    expect(plain(appended)['Tags']).toEqual(['a', 'b', 'c'])
    const deleted = await must(200, 'PUT', path, values({ Tags: ['a', 'c'] }, 'delete'))
    expect(plain(deleted)['Tags']).toEqual(['b'])
    await must(400, 'PUT', path, values({ Client: [] }))
    const listed = await expectStatus(me(), 200, 'GET', 'assets/v1/assets/?per_page=1')
    expect(listed.body).toMatchObject({ objects: [{ metadata: { Client: ['Fjellvann'], Tags: ['b'] } }] })
    const history = await expectStatus(me(), 200, 'GET', `assets/v1/assets/${id}/history/?per_page=1`)
    expect(history.body).toMatchObject({
      objects: [{ operation_type: 'METADATA', operation_description: 'Tags' }],
    })
    await bench.killAndRestart()
    expect(plain(await must(200, 'GET', path))).toMatchObject({ Client: ['Fjellvann'], Tags: ['b'] })
  })

  test('belong to collections, to segments and to versions as well', async () => {
    const collection = textAt(
      await expectStatus(me(), 201, 'POST', 'assets/v1/collections/', { title: 'Described' }),
      'id',
    )
    await must(200, 'PUT', `collections/${collection}/views/${viewId}/`, values({ Client: ['Harbour'] }))
    const shown = await expectStatus(me(), 200, 'GET', `assets/v1/collections/${collection}/`)
    expect(shown.body).toMatchObject({ metadata: { Client: ['Harbour'] } })

    const id = await makeAsset(me(), 'With versions')
    const asset = await expectStatus(me(), 200, 'POST', `assets/v1/assets/${id}/versions/`, {})
    const [first, second] = [textAt(asset, 'versions', 0, 'id'), textAt(asset, 'versions', 1, 'id')]
    await must(200, 'PUT', `assets/${id}/views/${viewId}/`, values({ Client: ['All'] }))
    await must(200, 'PUT', `assets/${id}/views/${viewId}/`, {
      ...values({ Client: ['First'] }),
      version_id: first,
    })
    const of = async (version: string) =>
      plain(await must(200, 'GET', `assets/${id}/versions/${version}/views/${viewId}/`))['Client']
    expect(await of(first)).toEqual(['First'])
    expect(await of(second)).toEqual(['All'])

    const segment = await expectStatus(me(), 201, 'POST', `assets/v1/assets/${id}/segments/`, {
      ...{ segment_type: 'GENERIC', time_start_milliseconds: 0, time_end_milliseconds: 10 },
    })
    const part = `assets/${id}/segments/${textAt(segment, 'id')}/views/${viewId}/`
    await must(200, 'PUT', part, values({ Client: ['Part'] }))
    expect(plain(await must(200, 'GET', part))).toEqual({ Client: ['Part'] })
    await must(404, 'PUT', `assets/${id}/segments/${nobody}/views/${viewId}/`, values({ Client: ['x'] }))
    await must(404, 'PUT', `assets/${nobody}/views/${viewId}/`, values({ Client: ['x'] }))
    await must(404, 'PUT', `assets/${id}/views/${nobody}/`, values({ Client: ['x'] }))
  })

  test('are written to many objects, or to what collections hold', async () => {
    const collection = textAt(
      await expectStatus(me(), 201, 'POST', 'assets/v1/collections/', { title: 'Many' }),
      'id',
    )
    const ids = [await makeAsset(me(), 'm1'), await makeAsset(me(), 'm2')]
    for (const id of ids) {
      const body = { object_id: id, object_type: 'assets' }
      await expectStatus(me(), 201, 'POST', `assets/v1/collections/${collection}/contents/`, body)
    }
    const client = async (id: string) =>
      plain(await must(200, 'GET', `assets/${id}/views/${viewId}/`))['Client']
    await must(202, 'PUT', `assets/views/${viewId}/`, { ...values({ Client: ['Both'] }), object_ids: ids })
    expect([await client(ids[0] ?? ''), await client(ids[1] ?? '')]).toEqual([['Both'], ['Both']])
    const mapping = ids.map((id, index) => ({ id, ...values({ Client: [`No. ${index}`] }) }))
    await must(202, 'POST', `assets/views/${viewId}/`, {
      object_ids: ids,
      metadata_values_object_id_mapping: mapping,
    })
    expect([await client(ids[0] ?? ''), await client(ids[1] ?? '')]).toEqual([['No. 0'], ['No. 1']])
    await must(400, 'PUT', `assets/views/${viewId}/`, {
      ...values({ Client: ['x'] }),
      object_ids: [...ids, nobody],
    })
    expect(await client(ids[0] ?? '')).toEqual(['No. 0'])
    await must(202, 'PUT', `collections/content/views/${viewId}/`, {
      ...values({ Client: ['Content'] }),
      ...{ object_ids: [collection], include_assets: true, include_collections: true },
    })
    expect(await client(ids[1] ?? '')).toEqual(['Content'])
    const direct = await must(200, 'PUT', `assets/${ids[0]}/`, values({ Anything: ['goes'] }))
    expect(plain(direct)).toMatchObject({ Anything: ['goes'], Client: ['Content'] })
    expect(plain(await must(200, 'GET', `assets/${ids[0]}/`))).not.toHaveProperty('Anything')
    const all = await must(200, 'GET', `assets/${ids[0]}/?include_values_for_deleted_fields=true`)
    expect(plain(all)).toHaveProperty('Anything')
  })
})
