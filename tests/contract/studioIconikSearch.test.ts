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
let collection: string
let inner: string
const ids: Record<string, string> = {}

const me = () => bench.iconik
const must = (status: number, method: IconikMethod, path: string, body?: unknown) =>
  expectStatus(me(), status, method, path, body)
const search = (body: object, query = '') => must(200, 'POST', `search/v1/search/${query}`, body)
const titles = async (body: object, query = '') =>
  listAt(await search(body, query), 'objects').map((one) => String(at(one, 'title')))

beforeAll(async () => {
  bench = await openBench()
  collection = textAt(await must(201, 'POST', 'assets/v1/collections/', { title: 'Mountain film' }), 'id')
  const below = { title: 'Night', parent_id: collection }
  inner = textAt(await must(201, 'POST', 'assets/v1/collections/', below), 'id')
  const assets = [
    { title: 'Ridge, first light', category: 'Footage', external_id: 'A012_C003', in: collection },
    { title: 'Ridge at night', category: 'Footage', external_id: 'A012_C004', in: inner },
    { title: 'Lake, lantern', category: 'Still', archive_status: 'ARCHIVED', in: inner },
    { title: 'Bars and tone', type: 'PLACEHOLDER', in: null },
  ]
  for (const { in: home, ...fields } of assets) {
    const id = await makeAsset(me(), fields.title, fields)
    ids[fields.title] = id
    const body = { object_id: id, object_type: 'assets' }
    if (home !== null) await must(201, 'POST', `assets/v1/collections/${home}/contents/`, body)
  }
})
afterAll(() => bench.close())

const term = (name: string, rest: object) => ({ filter: { operator: 'AND', terms: [{ name, ...rest }] } })

describe('words', () => {
  test.each([
    ['ridge', ['Ridge at night', 'Ridge, first light']],
    ['RIDGE night', ['Ridge at night']],
    ['rid*', ['Ridge at night', 'Ridge, first light']],
    ['rid', []],
    ['"first light"', ['Ridge, first light']],
    ['lake OR bars', ['Bars and tone', 'Lake, lantern']],
    ['ridge -night', ['Ridge, first light']],
    ['footage', ['Ridge at night', 'Ridge, first light']],
    ['a012_c003', ['Ridge, first light']],
    ['A012_C003 OR "', ['Ridge, first light']],
    ['\\!\\!\\!', []],
    ['" OR 1=1 --', []],
  ])('%j', async (query, expected) => {
    const found = await titles({ doc_types: ['assets'], query, sort: [{ name: 'title', order: 'asc' }] })
    expect(found).toEqual(expected)
  })

  test('are looked for where it is said', async () => {
    expect(await titles({ doc_types: ['assets'], query: 'footage', search_fields: ['title'] })).toEqual([])
    expect(
      await titles({ doc_types: ['assets'], query: 'footage', search_fields: ['category'] }),
    ).toHaveLength(2)
    await must(400, 'POST', 'search/v1/search/', { query: 'x', search_fields: ['is_online'] })
  })

  test('of collections and of comments are found as well', async () => {
    expect(await titles({ query: 'mountain' })).toEqual(['Mountain film'])
    const comment = {
      segment_type: 'COMMENT',
      segment_text: 'The horizon tips',
      time_start_milliseconds: 0,
      time_end_milliseconds: 0,
    }
    const id = ids['Lake, lantern'] ?? ''
    await must(201, 'POST', `assets/v1/assets/${id}/segments/`, comment)
    const found = await search({ doc_types: ['segments'], query: 'horizon' })
    expect(found.body).toMatchObject({
      objects: [{ object_type: 'segments', title: 'The horizon tips', metadata: { asset_id: id } }],
    })
  })
})

describe('filters', () => {
  test.each([
    [term('type', { value: 'PLACEHOLDER' }), ['Bars and tone']],
    [term('external_id', { value_in: ['A012_C003', 'x'] }), ['Ridge, first light']],
    [term('archive_status', { value: 'ARCHIVED' }), ['Lake, lantern']],
    [term('category', { missing: true }), ['Bars and tone']],
    [term('category', { exists: true }), ['Lake, lantern', 'Ridge at night', 'Ridge, first light']],
    [term('date_created', { range: { min: '2030-01-01' } }), []],
    [term('date_created', { range: { min: '2020-01-01', max: '2130-01-01T00:00:00Z' } }), 4],
    [
      { filter: { operator: 'NOT', terms: [{ name: 'category', value: 'Footage' }] } },
      ['Bars and tone', 'Lake, lantern'],
    ],
    [
      {
        filter: {
          operator: 'OR',
          terms: [{ name: 'type', value: 'PLACEHOLDER' }],
          filters: [
            {
              operator: 'AND',
              terms: [
                { name: 'category', value: 'Footage' },
                { name: 'title', value: 'Ridge at night' },
              ],
            },
          ],
        },
      },
      ['Bars and tone', 'Ridge at night'],
    ],
    [{ facets_filters: [{ name: 'category', value_in: ['Still'] }] }, ['Lake, lantern']],
    [term('is_online', { value: 'false' }), 4],
  ])('%j', async (criteria, expected) => {
    const found = await titles({ doc_types: ['assets'], sort: [{ name: 'title' }], ...criteria })
    if (typeof expected === 'number') expect(found).toHaveLength(expected)
    else expect(found).toEqual(expected)
  })

  test('know where things lie', async () => {
    const below = term('ancestor_collections', { value: collection })
    const sort = [{ name: 'title' }]
    expect(await titles({ ...below, sort })).toEqual([
      'Lake, lantern',
      'Night',
      'Ridge at night',
      'Ridge, first light',
    ])
    expect(await titles({ ...term('in_collections', { value: inner }), sort })).toEqual([
      'Lake, lantern',
      'Ridge at night',
    ])
  })

  test('follow trash and stars', async () => {
    const id = ids['Bars and tone'] ?? ''
    await must(200, 'POST', 'assets/v1/favorites/', { object_type: 'assets', object_ids: [id] })
    expect(await titles(term('favoured', { value: 'true' }))).toEqual(['Bars and tone'])
    await must(204, 'DELETE', `assets/v1/assets/${id}/`)
    expect(await titles({ query: 'bars' })).toEqual([])
    await must(204, 'PUT', `assets/v1/assets/${id}/restore/`)
    expect(await titles({ query: 'bars' })).toEqual(['Bars and tone'])
  })

  test('are strict', async () => {
    for (const body of [
      term('colour', { value: 'red' }),
      term("title'; DROP TABLE iconik_asset; --", { value: 'x' }),
      term('title', {}),
      { filter: { operator: 'XOR', terms: [] } },
      { doc_types: ['files'] },
      { sort: [{ name: 'colour' }] },
      { querry: 'x' },
      { facets: ['metadata."x'] },
    ]) {
      await must(400, 'POST', 'search/v1/search/', body)
    }
  })
})

describe('pages', () => {
  const all = { doc_types: ['assets'], sort: [{ name: 'title', order: 'asc' }] }
  const expected = ['Bars and tone', 'Lake, lantern', 'Ridge at night', 'Ridge, first light']

  test('are numbered, scrolled, or asked for after a row', async () => {
    expect(await titles(all, '?per_page=2&page=2')).toEqual(expected.slice(2))
    const first = await search(all, '?per_page=3&scroll=true')
    expect(first.body).toMatchObject({ total: 4, pages: 2 })
    const next = await search(all, `?per_page=3&scroll=true&scroll_id=${textAt(first, 'scroll_id')}`)
    expect(next.body).toMatchObject({ objects: [{ title: 'Ridge, first light' }] })
    const seen: string[] = []
    let after: unknown[] | undefined
    for (let round = 0; round < 5; round++) {
      const page = await search({ ...all, ...(after && { search_after: after }) }, '?per_page=1')
      const [row] = listAt(page, 'objects')
      if (row === undefined) break
      seen.push(String(at(row, 'title')))
      after = [at(row, 'title'), at(row, 'id')]
    }
    expect(seen).toEqual(expected)
    const newest = { ...all, sort: [{ name: 'date_created', order: 'desc' }] }
    const [one] = listAt(await search(newest, '?per_page=1'), 'objects')
    const rest = await titles({ ...newest, search_after: [at(one, 'date_created')] })
    expect(rest).not.toContain(at(one, 'title'))
    await must(400, 'POST', 'search/v1/search/', { ...all, search_after: ['a', 'b', 'c'] })
    await must(404, 'POST', 'search/v1/search/?page=9', all)
  })

  test('carry facets over all that is found', async () => {
    const found = await search(
      { doc_types: ['assets'], facets: ['category', 'type', 'media_type'] },
      '?per_page=1',
    )
    expect(at(found.body, 'facets')).toEqual({
      category: {
        buckets: [
          { key: 'Footage', doc_count: 2 },
          { key: 'Still', doc_count: 1 },
        ],
      },
      type: {
        buckets: [
          { key: 'ASSET', doc_count: 3 },
          { key: 'PLACEHOLDER', doc_count: 1 },
        ],
      },
      media_type: { buckets: [] },
    })
    const thin = await search({ query: 'lake', include_fields: ['id'] })
    expect(Object.keys(listAt(thin, 'objects')[0] as object).sort()).toEqual(['id', 'object_type', 'title'])
  })

  test('are remembered, and suggested while typing', async () => {
    await search({ query: 'remember me' })
    await search({ query: 'forget me' }, '?save_search_history=false')
    const history = await must(200, 'GET', 'search/v1/search/history/')
    expect(at(listAt(history, 'objects')[0], 'criteria')).toEqual({ query: 'remember me' })
    expect(listAt(history, 'objects').length).toBeLessThanOrEqual(25)
    const path = `search/v1/search/history/${at(listAt(history, 'objects')[0], 'id')}/`
    await must(200, 'GET', path)
    expect((await me().limited().ask('GET', path)).status).toBe(403)
    await must(204, 'DELETE', path)
    const suggested = await must(200, 'POST', 'search/v1/search/suggest/', {
      field_name: 'title',
      query: 'rid',
    })
    expect(suggested.body).toEqual({
      objects: [{ value: 'Ridge at night' }, { value: 'Ridge, first light' }],
    })
  })
})

describe('saved searches', () => {
  test('keep criteria, answer what is found now, and fill collections', async () => {
    const criteria = { doc_types: ['assets'], query: 'ridge', facets: ['category'] }
    const made = await must(201, 'POST', 'search/v1/search/saved/', { name: 'Ridges', criteria })
    const id = textAt(made, 'id')
    const path = `search/v1/search/saved/${id}/`
    expect(made.body).toMatchObject({ name: 'Ridges', criteria })
    const read = await must(200, 'GET', path)
    expect(read.body).toMatchObject({ id, total: 2, search_criteria_document: { criteria } })
    expect((await must(200, 'GET', `${path}?include_results=false`)).body).not.toHaveProperty('objects')
    const listed = await must(200, 'GET', 'search/v1/search/saved/?query=rid')
    expect(JSON.parse(textAt(listed, 'objects', 0, 'criteria'))).toEqual(criteria)
    expect(await titles({ doc_types: ['saved_searches'], query: 'ridges' })).toEqual(['Ridges'])
    const patched = await must(200, 'PATCH', path, { criteria: { doc_types: ['assets'], query: 'lake' } })
    expect(patched.body).toMatchObject({ total: 1, objects: [{ title: 'Lake, lantern' }] })
    await must(200, 'PUT', path, { name: 'Ridges', criteria })

    const target = textAt(await must(201, 'POST', 'assets/v1/collections/', { title: 'Found' }), 'id')
    await must(202, 'POST', `${path}convert_to_collection/`, { collection_id: target })
    expect((await must(200, 'GET', `assets/v1/collections/${target}/contents/`)).body).toMatchObject({
      total: 2,
    })
    const trash = { object_ids: [id], object_type: 'saved_searches' }
    await must(202, 'POST', 'assets/v1/delete_queue/bulk/', trash)
    expect(await titles(criteria)).toEqual([])
    await must(204, 'POST', 'assets/v1/delete_queue/assets/restore/all/')
    expect(await titles(criteria)).toHaveLength(2)

    const group = textAt(await must(201, 'POST', 'search/v1/search/saved/group/', { name: 'Mine' }), 'id')
    const groupPath = `search/v1/search/saved/group/${group}/`
    await must(200, 'POST', `${groupPath}search/${id}/`)
    expect((await must(200, 'GET', `search/v1/search/saved/?group_id=${group}`)).body).toMatchObject({
      total: 1,
    })
    await must(200, 'PATCH', groupPath, { name: 'Ours' })
    expect((await must(200, 'GET', 'search/v1/search/saved/groups/')).body).toMatchObject({
      objects: [{ name: 'Ours' }],
    })
    await must(200, 'GET', groupPath)
    await must(200, 'DELETE', `${groupPath}search/${id}/`)
    await must(404, 'DELETE', `${groupPath}search/${id}/`)
    await must(200, 'POST', `${groupPath}search/${id}/`)
    await must(204, 'DELETE', groupPath)
    expect((await must(200, 'GET', path)).body).toMatchObject({
      search_criteria_document: { group_id: null },
    })
    await must(200, 'POST', `${path}reindex/`, {})
    await must(204, 'DELETE', path)
    await must(404, 'GET', path)
  })
})
