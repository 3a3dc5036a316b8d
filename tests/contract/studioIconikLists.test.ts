import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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
const asset = (title: string) => makeAsset(me(), title)
const nobody = '00000000-0000-4000-8000-000000000000'
const titles = async (path: string) =>
  listAt(await must(200, 'GET', path), 'objects').map((one) => at(one, 'title'))

describe('favourites', () => {
  test('are mine alone, of both kinds, newest first', async () => {
    const ids = [await asset('First'), await asset('Second')]
    const home = textAt(await must(201, 'POST', 'collections/', { title: 'Starred' }), 'id')
    const starred = await must(200, 'POST', 'favorites/', { object_type: 'assets', object_ids: ids })
    expect(starred.body).toEqual({ object_type: 'assets', object_ids: ids })
    await must(200, 'POST', 'favorites/', { object_type: 'collections', object_ids: [home] })
    expect(await titles('favorites/')).toEqual(['Starred', 'Second', 'First'])
    expect(await titles('favorites/?sort=object_type,asc')).toEqual(['First', 'Second', 'Starred'])
    expect((await must(200, 'GET', `assets/${ids[0]}/`)).body).toMatchObject({ favoured: true })
    expect((await me().limited().ask('GET', 'assets/v1/favorites/')).body).toMatchObject({ total: 0 })
    await must(204, 'DELETE', `assets/${ids[0]}/`)
    expect(await titles('favorites/')).toEqual(['Starred', 'Second'])
    await must(204, 'PUT', `assets/${ids[0]}/restore/`)
    expect(await titles('favorites/')).toEqual(['Starred', 'Second', 'First'])
    const both = { object_type: 'assets', object_ids: [ids[1], nobody] }
    const removed = await must(200, 'DELETE', 'favorites/', both)
    expect(removed.body).toEqual(both)
    expect(await titles('favorites/')).toEqual(['Starred', 'First'])
    await must(400, 'POST', 'favorites/', both)
    await must(202, 'DELETE', 'favorites/all/')
    expect(await titles('favorites/')).toEqual([])
    await must(200, 'POST', 'favorites/', { object_type: 'assets', object_ids: ids })
    await must(202, 'DELETE', 'favourites/all/')
    expect(await titles('favorites/')).toEqual([])
  })
})

describe('playlists', () => {
  test('hold ranges of versions in an order', async () => {
    const [a, b, c] = [await asset('a'), await asset('b'), await asset('c')]
    const made = await must(201, 'POST', 'playlists/', {
      name: 'Screening',
      playlist_items: [{ object_id: a, object_type: 'assets' }],
    })
    const list = `playlists/${textAt(made, 'id')}/`
    expect(made.body).toMatchObject({ name: 'Screening', item_count: 1, playlist_items: [{ object_id: a }] })
    const range = { time_start_milliseconds: 1000, time_end_milliseconds: 2000 }
    const second = await must(201, 'POST', `${list}items/`, { object_id: b, object_type: 'assets', ...range })
    expect(second.body).toMatchObject({ object_id: b, ...range })
    const third = textAt(
      await must(201, 'POST', `${list}items/`, { object_id: c, object_type: 'assets' }),
      'id',
    )
    await must(201, 'PUT', `${list}items/${third}/position/`, { position: 0 })
    expect(await titles(`${list}items/`)).toEqual(['c', 'a', 'b'])
    const one = `${list}items/${textAt(second, 'id')}/`
    const patched = await must(201, 'PATCH', one, { time_end_milliseconds: 3000 })
    expect(patched.body).toMatchObject({ ...range, time_end_milliseconds: 3000 })
    await must(400, 'PATCH', one, { time_end_milliseconds: 1 })
    const replaced = await must(201, 'PUT', one, { object_id: a, object_type: 'assets' })
    expect(replaced.body).not.toHaveProperty('time_start_milliseconds')
    await must(400, 'POST', `${list}items/`, { object_id: nobody, object_type: 'assets' })
    await must(204, 'DELETE', `${list}items/${third}/`)
    expect(await titles(`${list}items/`)).toEqual(['a', 'a'])
    await must(200, 'PATCH', list, { name: 'Renamed', status: 'HIDDEN' })
    expect(listAt(await must(200, 'GET', 'playlists/'), 'objects')).toEqual([])
    const hidden = await must(200, 'GET', 'playlists/?status=HIDDEN')
    expect(hidden.body).toMatchObject({ objects: [{ name: 'Renamed', item_count: 2 }] })
    await must(200, 'PUT', list, { name: 'Shown' })
    expect((await must(200, 'GET', 'playlists/')).body).toMatchObject({ objects: [{ name: 'Shown' }] })
    await must(204, 'DELETE', `assets/${a}/purge/`)
    expect((await must(200, 'GET', list)).body).toMatchObject({ item_count: 0 })
    await must(201, 'POST', `${list}reindex/`, {})
    await must(204, 'DELETE', list)
    await must(404, 'GET', list)
  })
})

describe('sequences', () => {
  test('hold assets and collections, and may lie in playlists', async () => {
    const a = await asset('a')
    const home = textAt(await must(201, 'POST', 'collections/', { title: 'In a sequence' }), 'id')
    const made = await must(201, 'POST', 'sequences/', { name: 'Assembly' })
    const id = textAt(made, 'id')
    const sequence = `sequences/${id}/`
    const first = await must(201, 'POST', `${sequence}items/`, { object_id: a, object_type: 'assets' })
    const front = { object_id: home, object_type: 'collections', position: 0 }
    expect((await must(201, 'POST', `${sequence}items/`, front)).body).toMatchObject(front)
    const items = async () =>
      listAt(await must(200, 'GET', `${sequence}items/`), 'objects').map((one) => at(one, 'object_id'))
    expect(await items()).toEqual([home, a])
    await must(201, 'PUT', `${sequence}items/${textAt(first, 'id')}/position/`, { position: 0 })
    expect(await items()).toEqual([a, home])
    const playlist = await must(201, 'POST', 'playlists/', {
      name: 'With a sequence',
      playlist_items: [{ object_id: id, object_type: 'sequences' }],
    })
    expect(await titles(`playlists/${textAt(playlist, 'id')}/items/`)).toEqual(['Assembly'])
    await must(204, 'DELETE', `${sequence}items/${textAt(first, 'id')}/`)
    expect(await items()).toEqual([home])
    await must(200, 'PATCH', sequence, { name: 'Fine cut' })
    await must(200, 'PUT', sequence, { name: 'Final' })
    expect((await must(200, 'GET', 'sequences/')).body).toMatchObject({ objects: [{ name: 'Final' }] })
    await must(200, 'GET', sequence)
    await must(201, 'POST', `${sequence}reindex/`, {})
    await must(204, 'DELETE', sequence)
    const after = await must(200, 'GET', `playlists/${textAt(playlist, 'id')}/`)
    expect(after.body).toMatchObject({ item_count: 0 })
  })
})

describe('custom actions', () => {
  const action = {
    context: 'ASSET',
    title: 'Report',
    type: 'OPEN',
    url: 'https://reports.studio.invalid/x?y=1',
  }

  test('open an address, are edited, switched off and removed', async () => {
    const made = await must(201, 'POST', 'custom_actions/ASSET/', action)
    const path = `custom_actions/ASSET/${textAt(made, 'id')}/`
    expect(made.body).toMatchObject({ ...action, disabled: false, status: 'HEALTHY', headers: {} })
    const id = await asset('Acted on')
    const fired = await must(200, 'POST', `${path}callback/`, { asset_ids: [id] })
    expect(fired.body).toEqual({ redirect_url: `${action.url}&asset_ids=${id}` })
    const shared = `custom_actions/shared/ASSET/${textAt(made, 'id')}/callback/`
    await must(200, 'POST', shared, { asset_ids: [id], from_collection_id: nobody })
    expect((await must(200, 'GET', 'custom_actions/')).body).toMatchObject({ objects: [action] })
    expect((await must(200, 'GET', 'custom_actions/BULK/')).body).toEqual({ objects: [] })
    expect((await must(201, 'GET', path)).body).toEqual(made.body)
    await must(404, 'GET', path.replace('ASSET', 'BULK'))
    await must(200, 'PATCH', path, { disabled: true })
    await must(400, 'POST', `${path}callback/`, {})
    await must(200, 'PUT', path, action)
    await must(400, 'POST', 'custom_actions/ASSET/', { ...action, context: 'BULK' })
    await must(400, 'POST', 'custom_actions/ASSET/', { ...action, url: 'no url' })
    expect((await me().limited().ask('POST', 'assets/v1/custom_actions/ASSET/', action)).status).toBe(403)
    await must(204, 'DELETE', path)
  })

  test('post to programs on this computer, and remember how that went', async () => {
    const bodies: unknown[] = []
    let status = 200
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        bodies.push(JSON.parse(Buffer.concat(chunks).toString()))
        response
          .writeHead(status)
          .end(JSON.stringify({ redirect_url: 'https://reports.studio.invalid/done' }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
      const made = await must(201, 'POST', 'custom_actions/BULK/', {
        ...action,
        context: 'BULK',
        type: 'POST',
        url,
      })
      const path = `custom_actions/BULK/${textAt(made, 'id')}/`
      const id = await asset('Posted')
      const fired = await must(200, 'POST', `${path}callback/`, { asset_ids: [id] })
      expect(fired.body).toEqual({ redirect_url: 'https://reports.studio.invalid/done' })
      expect(bodies).toMatchObject([{ asset_ids: [id], context: 'BULK', action_id: textAt(made, 'id') }])
      expect(JSON.stringify(bodies)).not.toContain(bench.studio.iconik.token)
      status = 500
      await must(400, 'POST', `${path}callback/`, {})
      expect((await must(201, 'GET', path)).body).toMatchObject({
        status: 'FAILING',
        last_error: 'It answered 500',
      })
      await must(200, 'PATCH', path, { url: 'https://reports.studio.invalid/' })
      await must(400, 'POST', `${path}callback/`, {})
    } finally {
      server.close()
    }
  })
})

describe('sync sessions', () => {
  test('are opened, made when they are missing, and closed', async () => {
    const made = await must(201, 'POST', 'sync/sessions/', { node: 'north' })
    const path = `sync/sessions/${textAt(made, 'id')}/`
    expect((await must(200, 'GET', path)).body).toEqual(made.body)
    expect((await must(200, 'PATCH', path, { node: 'south' })).body).toMatchObject({ node: 'south' })
    const kept = await must(200, 'PUT', `${path}?update_if_none=true`, { node: 'west' })
    expect(kept.body).toMatchObject({ node: 'south' })
    expect((await must(201, 'GET', `sync/sessions/${nobody}/`)).body).toMatchObject({ id: nobody })
    await must(204, 'DELETE', path)
    await must(201, 'PUT', path, { node: 'again' })
  })
})
