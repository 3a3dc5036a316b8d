import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quickest } from '../fakes/stopwatch.ts'
import { allPlaces, codeOf, none } from './asking.ts'
import { addAsset, type IconikStation, openIconik, placeAt, powerOf } from './iconikStation.ts'

let station: IconikStation
beforeAll(async () => {
  station = await openIconik({ hasSamples: false })
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

async function addCollection(title: string, parentId?: string): Promise<string> {
  const body = { title, ...(parentId === undefined ? {} : { parent_id: parentId }) }
  const { status, body: made } = await station.api.ask('POST', 'assets/v1/collections/', body)
  expect(status, JSON.stringify(made)).toBe(201)
  return (made as { id: string }).id
}

describe('places', () => {
  test('are the domain, projects, root collections, collections, and shelves', async () => {
    const { me, api } = station
    const project = await api.ask('POST', 'assets/v1/projects/', { name: 'Autumn' })
    expect(project.status, JSON.stringify(project.body)).toBe(201)
    const root = await addCollection('Archive')
    const child = await addCollection('Day 1', root)
    const [domain, ...more] = await allPlaces(me, null)
    expect(more).toEqual([])
    expect(domain).toMatchObject({ kind: 'workspace', takesUploads: false })
    const children = await allPlaces(me, domain ?? null)
    expect(children.map(({ name, kind, shelf }) => [name, kind, shelf])).toEqual([
      ['Autumn', 'production', undefined],
      ['Archive', 'production', undefined],
      ['Favourites', 'folder', 'favourites'],
      ['Recently viewed', 'folder', 'recent'],
      ['Deleted items', 'folder', 'deleted'],
    ])
    const place = await placeAt(me, 'Archive', 'Day 1')
    expect(place).toMatchObject({ remoteId: child, kind: 'folder', takesUploads: true, mayEdit: true })
  })

  test('one by its id comes with those above it', async () => {
    const { me } = station
    const root = await addCollection('Rushes')
    const middle = await addCollection('Week 2', root)
    const leaf = await addCollection('Unit B', middle)
    const chain = await me.place?.(leaf, none())
    expect(chain?.map(({ name, kind }) => [name, kind])).toEqual([
      [expect.any(String), 'workspace'],
      ['Rushes', 'production'],
      ['Week 2', 'folder'],
      ['Unit B', 'folder'],
    ])
    expect(chain?.at(-1)).toEqual(await placeAt(me, 'Rushes', 'Week 2', 'Unit B'))
    expect(await codeOf(me.place?.(crypto.randomUUID(), none()) ?? Promise.resolve())).toBe('remote.notFound')
  })
})

describe('assets', () => {
  test('of a place whose order is kept by hand stand as it says, and can be moved', async () => {
    const { me } = station
    await addCollection('Selects')
    const place = await placeAt(me, 'Selects')
    const made = []
    for (const title of ['A', 'B', 'C']) made.push((await addAsset(station, place, title)).id)
    const ordering = powerOf(me, 'ordering')
    const ordered = await ordering.setOrdered(place, true, none())
    expect(ordered.isOrdered).toBe(true)
    const names = async () => (await me.assets(ordered, undefined, none())).items.map(({ name }) => name)
    expect(await names()).toEqual(['A', 'B', 'C'])
    await ordering.move(ordered, made[2] ?? '', made[0] ?? '', none())
    expect(await names()).toEqual(['C', 'A', 'B'])
    await ordering.move(ordered, made[2] ?? '', null, none())
    expect(await names()).toEqual(['A', 'B', 'C'])
    const free = await ordering.setOrdered(ordered, false, none())
    expect(free.isOrdered).toBe(false)
  })
})

describe('a collection of 50,000 assets', () => {
  test('answers its first page within 300 ms, and its last one in order', async () => {
    await station.studio.seedIconik('Archive of everything', 50_000)
    const place = await placeAt(station.me, 'Archive of everything')
    const first = await quickest(() => station.me.assets(place, undefined, none()))
    // A screen of them; the rest follows in larger steps, none left out.
    expect(first.value.items).toHaveLength(100)
    expect(first.value.total).toBe(50_000)
    const seen = new Set(first.value.items.map(({ remoteId }) => remoteId))
    let cursor = first.value.cursor
    while (seen.size < 1000 && cursor !== undefined) {
      const page = await station.me.assets(place, cursor, none())
      for (const { remoteId } of page.items) seen.add(remoteId)
      cursor = page.cursor
    }
    expect([seen.size, cursor]).toEqual([1000, '3'])
    const last = await quickest(() => station.me.assets(place, '100', none()))
    expect(last.value.items).toHaveLength(500)
    expect(last.value.cursor).toBeUndefined()
    expect((last.value.items[0]?.createdAt ?? 0) < (first.value.items.at(-1)?.createdAt ?? 0)).toBe(true)
    expect(first.ms).toBeLessThan(300)
    expect(last.ms).toBeLessThan(600)
  }, 120_000)
})
