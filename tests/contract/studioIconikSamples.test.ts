import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleTitles } from '../../src/studio/iconik/samples/titles.ts'
import { at, expectStatus, type IconikBench, listAt, openBench, textAt } from '../fakes/iconikBench.ts'

let bench: IconikBench
beforeAll(async () => {
  const samplesFolder = fileURLToPath(new URL('../../resources/samples', import.meta.url))
  bench = await openBench({ samplesFolder })
}, 60_000)
afterAll(() => bench.close())

const get = (path: string) => expectStatus(bench.iconik, 200, 'GET', path)
const titles = (answer: { body: unknown }) =>
  (at(answer.body, 'objects') as unknown[]).map((one) => at(one, 'title'))

async function contentOf(id: string, title: string): Promise<string> {
  const list = await get(`assets/v1/collections/${id}/contents/?object_types=collections&per_page=100`)
  return String(
    at(
      listAt(list, 'objects').find((one) => at(one, 'title') === title),
      'id',
    ),
  )
}
const assetCalled = async (title: string) => {
  const list = listAt(await get('assets/v1/assets/?per_page=100'), 'objects')
  return String(
    at(
      list.find((one) => at(one, 'title') === title),
      'id',
    ),
  )
}

test('two projects hold nested collections, one of them in an order of its own', async () => {
  const projects = await get('assets/v1/projects/?sort=name,asc')
  const list = listAt(projects, 'objects')
  expect(list.map((one) => at(one, 'name'))).toEqual([sampleTitles.autumn, sampleTitles.harbour])
  let id = String(at(list[0], 'collection_id'))
  for (const title of [sampleTitles.dailies, sampleTitles.ridgeDay, sampleTitles.selects]) {
    id = await contentOf(id, title)
  }
  const path = await get(`assets/v1/collections/${id}/full/path/`)
  expect(path.body).toBe('Autumn Campaign/Dailies/Day 1, ridge/Selects')
  const selects = await get(`assets/v1/collections/${id}/`)
  expect(selects.body).toMatchObject({ custom_order_status: 'ENABLED', favoured: true })
  const content = await get(`assets/v1/collections/${id}/contents/`)
  expect(listAt(content, 'objects').map((one) => at(one, 'position'))).toEqual([0, 1, 2, 3])
})

test('clips have media, versions, metadata, history and relations', async () => {
  const ridge = await assetCalled(sampleTitles.ridge)
  const asset = await get(`assets/v1/assets/${ridge}/`)
  expect(listAt(asset, 'versions').map((one) => at(one, 'version_number'))).toEqual([1, 2, 3])
  expect(asset.body).toMatchObject({ favoured: true, date_viewed: expect.any(String) })
  const [row] = listAt(await get(`search/v1/search/history/`), 'objects')
  expect(row).toBeUndefined()
  const relations = await get(`assets/v1/assets/${ridge}/relations/?sort=title,asc`)
  expect(titles(relations)).toEqual([sampleTitles.lake, 'Lighthouse, dusk'])
  const [shown] = listAt(await get(`assets/v1/assets/${ridge}/relations/related/`), 'objects')
  expect(shown).toMatchObject({ media_type: 'video', metadata: { Keywords: ['water', 'lantern'] } })
  expect(Number(at(shown, 'duration_milliseconds'))).toBeGreaterThan(1000)
  const file = await get(`files/v1/assets/${ridge}/files/?generate_signed_url=true`)
  const bytes = await fetch(textAt(file, 'objects', 0, 'url'))
  expect(bytes.status).toBe(200)
  expect((await bytes.arrayBuffer()).byteLength).toBe(Number(at(file.body, 'objects', 0, 'size')))
  const history = await get(`assets/v1/assets/${ridge}/history/?per_page=100`)
  const types = new Set(listAt(history, 'objects').map((one) => at(one, 'operation_type')))
  expect([...types]).toEqual(expect.arrayContaining(['VERSION_CREATE', 'CUSTOM']))
})

test('a view with required fields is asked for with every upload', async () => {
  const settings = await get('settings/v1/merged/current/')
  const view = await get(`metadata/v1/views/${textAt(settings, 'required_metadata_views', 0)}/`)
  const required = listAt(view, 'view_fields').filter((field) => at(field, 'required') === true)
  expect(required.map((field) => at(field, 'name'))).toEqual(['Client', 'DeliveryFormat'])
})

test('there are favourites, a playlist, a sequence, an action, and something in the trash', async () => {
  expect((await get('assets/v1/favorites/')).body).toMatchObject({ total: 3 })
  const playlists = await get('assets/v1/playlists/')
  expect(playlists.body).toMatchObject({ objects: [{ name: sampleTitles.playlist, item_count: 4 }] })
  expect((await get('assets/v1/sequences/')).body).toMatchObject({ total: 1 })
  expect(listAt(await get('assets/v1/custom_actions/ASSET/'), 'objects')).toHaveLength(1)
  expect(titles(await get('assets/v1/delete_queue/assets/'))).toEqual(['Night road, false start'])
  expect(titles(await get('assets/v1/delete_queue/collections/'))).toEqual([sampleTitles.tests])
  const info = await get('assets/v1/collections/?is_root=true&per_page=100')
  const autumn = listAt(info, 'objects').find((one) => at(one, 'title') === sampleTitles.autumn)
  const totals = await get(`assets/v1/collections/${at(autumn, 'id')}/content/info/`)
  expect(Number(at(totals.body, 'total_size'))).toBeGreaterThan(1_000_000)
  expect(Number(at(totals.body, 'total_duration_milliseconds'))).toBeGreaterThan(10_000)
})

test('what somebody purged stays gone after the next start', async () => {
  const id = await assetCalled('Bars and tone')
  await expectStatus(bench.iconik, 204, 'DELETE', `assets/v1/assets/${id}/purge/`)
  await bench.killAndRestart()
  expect(await assetCalled('Bars and tone')).toBe('undefined')
  expect(await assetCalled(sampleTitles.ridge)).not.toBe('undefined')
})
