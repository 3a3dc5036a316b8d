import { describe, expect, test } from 'vitest'
import { codeOf, none } from './asking.ts'
import { collectionOfFile } from './iconikCollection.ts'
import { powerOf } from './iconikStation.ts'

const life = collectionOfFile('Life')

describe('search', () => {
  test('finds what was never listed, narrowed by facets', async () => {
    const search = powerOf(life.station.me, 'search')
    const one = await life.made('Zeppelin over the harbour')
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
    const search = powerOf(life.station.me, 'search')
    await life.station.studio.seedIconik('Searched', 130)
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
