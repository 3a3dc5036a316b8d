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

async function collection(title: string, parentId?: string): Promise<string> {
  const made = await must(201, 'POST', 'collections/', { title, ...(parentId && { parent_id: parentId }) })
  return textAt(made, 'id')
}
const file = (collectionId: string, objectId: string, objectType = 'assets') =>
  must(201, 'POST', `collections/${collectionId}/contents/`, { object_id: objectId, object_type: objectType })
const titles = async (path: string) =>
  listAt(await must(200, 'GET', path), 'objects').map((one) => String(at(one, 'title')))
const content = (id: string, query = '') => titles(`collections/${id}/contents/${query}`)

describe('collections', () => {
  test('nest, move, and know the way to the root', async () => {
    const root = await collection('Film')
    const day = await collection('Day 1', root)
    const scene = await collection('Scene/1', day)
    const read = await must(200, 'GET', `collections/${scene}/`)
    expect(read.body).toMatchObject({
      parents: [root, day],
      in_collections: [day],
      is_root: false,
      parent_id: day,
    })
    expect(await titles(`collections/${scene}/ancestors/`)).toEqual(['Film', 'Day 1'])
    expect((await must(200, 'GET', `collections/${scene}/full/path/`)).body).toBe('Film/Day 1/Scene/1')
    const upload = await must(200, 'GET', `collections/${scene}/full/path/?get_upload_path=true`)
    expect(upload.body).toBe('Film/Day 1/Scene_1')
    expect(await titles('collections/?is_root=true&per_page=1000')).toContain('Film')
    expect(await titles('collections/?is_root=true&per_page=1000')).not.toContain('Day 1')

    await must(400, 'PATCH', `collections/${root}/`, { parent_id: scene })
    await must(200, 'PATCH', `collections/${scene}/`, { parent_id: root })
    expect(await content(root)).toEqual(['Day 1', 'Scene/1'])
    const rooted = await must(200, 'PATCH', `collections/${scene}/`, { parent_id: null })
    expect(rooted.body).toMatchObject({ is_root: true, parents: [] })
    expect(await content(root)).toEqual(['Day 1'])
    const replaced = await must(200, 'PUT', `collections/${scene}/`, { title: 'Scene 1', category: 'x' })
    expect(replaced.body).toMatchObject({ title: 'Scene 1', category: 'x', is_root: true })
    await must(400, 'POST', 'collections/', { title: 'x', colour: 'red' })
    await must(404, 'POST', 'collections/', { title: 'x', parent_id: nobody })
  })

  test('hold assets and collections, filtered and sorted, each only once', async () => {
    const home = await collection('Content')
    const inner = await collection('Inner', home)
    const b = await asset('b', { external_id: 'slate-b' })
    const a = await asset('a')
    for (const id of [b, a, a]) await file(home, id)
    expect(await content(home)).toEqual(['Inner', 'a', 'b'])
    expect(await content(home, '?sort=title,desc')).toEqual(['b', 'a', 'Inner'])
    expect(await content(home, '?object_types=assets&sort=date_created,asc')).toEqual(['b', 'a'])
    expect(await content(home, '?external_id=slate-b')).toEqual(['b'])
    expect(await content(home, `?object_ids=${a},${inner}`)).toEqual(['Inner', 'a'])
    await must(400, 'GET', `collections/${home}/contents/?object_types=files`)
    await must(400, 'POST', `collections/${home}/contents/`, { object_id: nobody, object_type: 'assets' })
    await must(200, 'PATCH', `assets/${a}/`, { title: 'z' })
    expect(await content(home)).toEqual(['Inner', 'b', 'z'])
    await must(204, 'DELETE', `collections/${home}/contents/assets/${a}/`)
    await must(404, 'DELETE', `collections/${home}/contents/assets/${a}/`)
    expect(await content(home)).toEqual(['Inner', 'b'])
    await must(204, 'DELETE', `collections/${home}/contents/collections/${inner}/`)
    expect((await must(200, 'GET', `collections/${inner}/`)).body).toMatchObject({ is_root: true })
    await file(home, inner, 'collections')
    expect((await must(200, 'GET', `collections/${inner}/`)).body).toMatchObject({ parent_id: home })
  })

  test('are paged: the last page is short, one further is none, and a scroll ends empty', async () => {
    const home = await collection('Paged')
    for (let index = 0; index < 5; index++) await file(home, await asset(`p${index}`))
    const path = `collections/${home}/contents/?per_page=2`
    const first = await must(200, 'GET', path)
    expect(first.body).toMatchObject({ page: 1, pages: 3, per_page: 2, total: 5, prev_url: '' })
    const next = await me().ask('GET', textAt(first, 'next_url').replace('/API/', ''))
    expect(next.body).toMatchObject({ page: 2, objects: [{ title: 'p2' }, { title: 'p3' }] })
    const last = await me().ask('GET', textAt(first, 'last_url').replace('/API/', ''))
    expect(last.body).toMatchObject({ page: 3, next_url: '', objects: [{ title: 'p4' }] })
    await must(404, 'GET', `${path}&page=4`)
    expect((await must(200, 'GET', `collections/${home}/contents/?per_page=0`)).body).toMatchObject({
      total: 5,
    })

    const seen: unknown[] = []
    let scroll = ''
    for (;;) {
      const page = await must(200, 'GET', `assets/?scroll=true&per_page=2&sort=title,asc${scroll}`)
      const objects = listAt(page, 'objects')
      if (objects.length === 0) break
      seen.push(...objects.map((one) => at(one, 'title')))
      scroll = `&scroll_id=${textAt(page, 'scroll_id')}`
    }
    expect(seen).toEqual(await titles('assets/?per_page=1000&sort=title,asc'))
    await must(400, 'GET', 'assets/?scroll=true&scroll_id=x')
  })

  test('keep an order of their own: by place, before and after', async () => {
    const home = await collection('Ordered')
    const ids: Record<string, string> = {}
    for (const title of ['a', 'b', 'c', 'd']) {
      ids[title] = await asset(title)
      await file(home, ids[title])
    }
    const entry = (title: string) => `collections/${home}/contents/assets/${ids[title]}/`
    await must(400, 'PUT', entry('a'), { position: 2 })
    await must(202, 'POST', `collections/${home}/contents/ordering/custom/`, {
      custom_order_sort: 'title,desc',
    })
    expect((await must(200, 'GET', `collections/${home}/`)).body).toMatchObject({
      custom_order_status: 'ENABLED',
    })
    expect(await content(home)).toEqual(['d', 'c', 'b', 'a'])
    await must(200, 'PUT', entry('a'), { position: 1 })
    expect(await content(home)).toEqual(['d', 'a', 'c', 'b'])
    await must(200, 'PUT', entry('d'), { after_object_id: ids['b'] })
    expect(await content(home)).toEqual(['a', 'c', 'b', 'd'])
    await must(200, 'PUT', entry('b'), { before_object_id: ids['a'] })
    expect(await content(home)).toEqual(['b', 'a', 'c', 'd'])
    await must(200, 'PUT', entry('b'), { after_object_id: ids['c'] })
    expect(await content(home)).toEqual(['a', 'c', 'b', 'd'])
    await must(200, 'PUT', entry('a'), { position: -1 })
    expect(await content(home)).toEqual(['c', 'b', 'd', 'a'])
    const listed = await must(200, 'GET', `collections/${home}/contents/`)
    expect(listAt(listed, 'objects').map((one) => at(one, 'position'))).toEqual([0, 1, 2, 3])
    await must(400, 'PUT', entry('a'), { position: 0, before_object_id: ids['b'] })
    await must(400, 'PUT', entry('a'), { before_object_id: nobody })
    await file(home, await asset('e'))
    expect(await content(home)).toEqual(['c', 'b', 'd', 'a', 'e'])
    await bench.killAndRestart()
    expect(await content(home)).toEqual(['c', 'b', 'd', 'a', 'e'])
    await must(200, 'DELETE', `collections/${home}/contents/ordering/custom/`)
    expect(await content(home)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('are copied with what is below them; assets are not doubled', async () => {
    const source = await collection('Template')
    const inner = await collection('Audio', source)
    const shared = await asset('Shared')
    await file(inner, shared)
    const target = await collection('Target')
    const copied = await must(201, 'POST', `collections/${target}/subcollections/`, {
      ...{ object_id: source, object_type: 'collections' },
    })
    expect(copied.body).toMatchObject({ title: 'Template', parent_id: target })
    const [below] = listAt(await must(200, 'GET', `collections/${textAt(copied, 'id')}/contents/`), 'objects')
    expect(below).toMatchObject({ title: 'Audio', object_type: 'collections' })
    expect(at(below, 'id')).not.toBe(inner)
    expect(await content(String(at(below, 'id')))).toEqual(['Shared'])
    const read = await must(200, 'GET', `assets/${shared}/?include_collections=true`)
    expect(listAt(read, 'in_collections')).toHaveLength(2)
    const into = { object_id: target, object_type: 'collections' }
    await must(400, 'POST', `collections/${at(below, 'id')}/subcollections/`, into)
  })

  test('count what lies below them, and pick pictures', async () => {
    const home = await collection('Totals')
    const inner = await collection('Inner', home)
    const [a, b] = [await asset('a'), await asset('b')]
    await file(home, a)
    for (const id of [a, b]) await file(inner, id)
    const info = await must(200, 'GET', `collections/${home}/content/info/`)
    expect(info.body).toMatchObject({ title: 'Totals', assets_count: 2, collections_count: 1, total_size: 0 })
    const flat = await must(200, 'GET', `collections/${home}/content/info/?include_subcollections=false`)
    expect(flat.body).toMatchObject({ assets_count: 1 })
    await must(204, 'DELETE', `assets/${b}/`)
    expect((await must(200, 'GET', `collections/${home}/content/info/`)).body).toMatchObject({
      assets_count: 1,
    })
    const all = await must(200, 'GET', `collections/${home}/content/info/?only_active=false`)
    expect(all.body).toMatchObject({ assets_count: 2 })
    expect((await must(200, 'GET', `collections/${home}/size/`)).body).toEqual({
      id: home,
      title: 'Totals',
      size: 0,
    })
    await must(202, 'POST', `collections/${home}/keyframes/`, { asset_ids: [a] })
    expect((await must(200, 'GET', `collections/${home}/`)).body).toMatchObject({ keyframe_asset_ids: [a] })
    await must(400, 'POST', `collections/${home}/keyframes/`, { asset_ids: [a, a, a, a] })
    await must(400, 'POST', `collections/${home}/keyframes/`, { asset_ids: [nobody] })
  })
})

describe('projects', () => {
  test('wrap a collection, have members, and leave the collection when they go', async () => {
    const parent = await collection('All films')
    const made = await must(201, 'POST', 'projects/', { name: 'Autumn', collection_parent_id: parent })
    const id = textAt(made, 'id')
    const root = textAt(made, 'collection_id')
    expect((await must(200, 'GET', `collections/${root}/`)).body).toMatchObject({
      project_id: id,
      parent_id: parent,
    })
    const inner = await collection('Inner', root)
    expect((await must(200, 'GET', `collections/${inner}/`)).body).toMatchObject({ project_id: id })
    const adopted = await must(201, 'POST', 'projects/', { name: 'Adopting', collection_id: inner })
    expect(adopted.body).toMatchObject({ collection_id: inner })
    const renamed = await must(200, 'PATCH', `projects/${id}/`, { name: 'Autumn Campaign' })
    expect(renamed.body).toMatchObject({ name: 'Autumn Campaign', collection_id: root })
    await must(200, 'PUT', `projects/${id}/`, { name: 'Winter', collection_id: root })
    const people = await expectStatus(me(), 200, 'GET', 'users/v1/users/basic/?query=okafor')
    const userId = textAt(people, 'objects', 0, 'id')
    const member = await must(201, 'POST', `projects/${id}/members/`, { id: userId })
    expect(member.body).toMatchObject({ id: userId, project_id: id })
    expect((await must(200, 'GET', `projects/${id}/members/`)).body).toMatchObject({
      objects: [{ id: userId }],
    })
    await must(200, 'GET', `projects/${id}/members/${userId}/`)
    await must(204, 'DELETE', `projects/${id}/members/${userId}/`)
    await must(404, 'GET', `projects/${id}/members/${userId}/`)
    await must(400, 'POST', `projects/${id}/members/`, { id: nobody })
    await must(201, 'POST', `projects/${id}/reindex/`, {})
    const list = await must(200, 'GET', 'projects/?sort=name,desc')
    expect(listAt(list, 'objects').map((one) => at(one, 'name'))).toEqual(['Winter', 'Adopting'])
    await must(202, 'DELETE', `projects/${id}/`)
    await must(404, 'GET', `projects/${id}/`)
    await must(200, 'GET', `collections/${root}/`)
  })
})

describe('the trash', () => {
  test('takes assets and collections, gives them back, and forgets for good', async () => {
    const home = await collection('Bin')
    const inner = await collection('Inner bin', home)
    const [a, b] = [await asset('Trash a'), await asset('Trash b')]
    for (const id of [a, b]) await file(home, id)
    await must(204, 'DELETE', `assets/${a}/`)
    await must(204, 'POST', 'delete_queue/assets/', { ids: [a, b] })
    expect(await content(home)).toEqual(['Inner bin'])
    expect(await titles('delete_queue/assets/?sort=title,asc')).toEqual(
      expect.arrayContaining(['Trash a', 'Trash b']),
    )
    expect((await must(200, 'GET', `assets/${a}/`)).body).toMatchObject({
      status: 'DELETED',
      date_deleted: expect.any(String),
    })
    await must(204, 'PUT', `assets/${a}/restore/`)
    await must(204, 'DELETE', 'delete_queue/assets/', { ids: [b] })
    expect(await content(home)).toEqual(['Inner bin', 'Trash a', 'Trash b'])
    await must(400, 'POST', 'delete_queue/assets/purge/', { ids: [a] })
    await must(204, 'POST', 'delete_queue/assets/', { ids: [a] })
    await must(204, 'POST', 'delete_queue/assets/purge/', { ids: [a] })
    await must(404, 'GET', `assets/${a}/`)
    await must(204, 'DELETE', `assets/${b}/purge/`)
    await must(404, 'GET', `assets/${b}/`)

    await must(202, 'DELETE', `collections/${inner}/`)
    expect(await content(home)).toEqual([])
    expect(await titles('delete_queue/collections/')).toEqual(['Inner bin'])
    await must(201, 'PUT', `collections/${inner}/restore/`)
    const kept = await asset('Kept')
    await file(inner, kept)
    await must(201, 'POST', 'delete_queue/collections/', { ids: [inner] })
    const full = await me().ask('DELETE', `assets/v1/collections/${inner}/purge/`)
    expect(full).toMatchObject({ status: 403, body: { errors: ['Collection is not empty'] } })
    await must(204, 'DELETE', `collections/${inner}/contents/assets/${kept}/`)
    await must(201, 'POST', 'delete_queue/collections/purge/', { ids: [inner] })
    await must(404, 'GET', `collections/${inner}/`)
    await must(400, 'DELETE', `collections/${home}/purge/`)
    await must(404, 'POST', 'delete_queue/assets/', { ids: [nobody] })
    await must(400, 'POST', 'delete_queue/assets/', { ids: [] })
  })

  test('is emptied and restored whole, and takes what collections hold', async () => {
    await must(204, 'POST', 'delete_queue/purge/all/')
    const home = await collection('Bulk bin')
    const inner = await collection('Deep', home)
    const [a, b] = [await asset('Bulk a'), await asset('Bulk b')]
    await file(home, a)
    await file(inner, b)
    await must(202, 'POST', 'delete_queue/bulk/', { object_ids: [home], object_type: 'collections' })
    expect(await content(home)).toEqual([])
    expect(await titles('delete_queue/assets/?sort=title,asc')).toEqual(['Bulk a', 'Bulk b'])
    await must(204, 'POST', 'delete_queue/assets/restore/all/')
    await must(204, 'POST', 'delete_queue/collections/restore/all/')
    expect(await content(home)).toEqual(['Deep', 'Bulk a'])
    const whole = { object_ids: [home], object_type: 'collections', content_only: false }
    await must(202, 'POST', 'delete_queue/bulk/', whole)
    expect((await must(200, 'GET', `collections/${home}/`)).body).toMatchObject({ status: 'DELETED' })
    await must(204, 'POST', 'delete_queue/assets/purge/all/')
    await must(204, 'POST', 'delete_queue/collections/purge/all/')
    await must(404, 'GET', `assets/${a}/`)
    await must(404, 'GET', `collections/${home}/`)
    await must(204, 'DELETE', `assets/${await asset('Last')}/`)
    await must(204, 'POST', 'delete_queue/purge/all/')
    expect(await titles('delete_queue/assets/')).toEqual([])
  })
})

describe('reindexing', () => {
  test('undoes a search document that was written by hand', async () => {
    const id = await asset('Plain title')
    const search = (query: string) =>
      expectStatus(me(), 200, 'POST', 'search/v1/search/', { doc_types: ['assets'], query })
    await must(204, 'PUT', `assets/${id}/search_document/`, {
      title: 'Zebra',
      metadata: { Keywords: ['quagga'] },
    })
    expect((await search('quagga')).body).toMatchObject({ total: 1, objects: [{ id, title: 'Zebra' }] })
    expect((await must(200, 'GET', `assets/${id}/`)).body).toMatchObject({ title: 'Plain title' })
    await must(201, 'POST', `assets/${id}/reindex/`, {})
    expect((await search('quagga')).body).toMatchObject({ total: 0 })
    expect((await search('plain')).body).toMatchObject({ total: 1 })
    await must(400, 'PUT', `assets/${id}/search_document/`, {})
    const home = await collection('Reindexed')
    await file(home, id)
    await must(204, 'PUT', `collections/${home}/search_document/`, { title: 'Okapi' })
    expect((await search('okapi')).body).toMatchObject({ total: 0 })
    for (const [path, body] of [
      ['assets/reindex/', { asset_ids: [id] }],
      ['assets/reindex/', undefined],
      ['collections/reindex/', { collection_ids: [home] }],
      [`collections/${home}/reindex/`, {}],
      [`collections/${home}/reindex/contents/`, undefined],
      [`collections/${home}/contents/assets/${id}/reindex/`, {}],
    ] as const) {
      await must(201, 'POST', path, body)
    }
    await must(200, 'POST', 'reindex/bulk/', { object_ids: [home], object_type: 'collections' })
    const jobs = await expectStatus(me(), 200, 'GET', 'jobs/v1/jobs/?type=REINDEX&per_page=100')
    expect(listAt(jobs, 'objects').length).toBeGreaterThan(7)
  })
})
