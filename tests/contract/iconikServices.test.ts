import { describe, expect, test } from 'vitest'
import type { PlaceId } from '../../src/shared/ids.ts'
import { refusalOf } from '../fakes/libraryBench.ts'
import { below, desksOfFile, named, namesIn, openDesk, shelf } from './iconikDesk.ts'

const desks = desksOfFile()

test('the page is told what each account can do', () => {
  expect(desks.desk.connection).toMatchObject({ state: 'online', isShare: false })
  expect(desks.desk.connection.powers).toEqual(
    expect.arrayContaining(['comments', 'search', 'trash', 'approvals', 'shares', 'inbox', 'commentExport']),
  )
  expect(desks.other.connection.powers).not.toContain('trash')
  expect(desks.desk.connection.commentsHold?.kinds).toBe(true)
})

describe('assets and places', () => {
  test('what a search found is opened where it lies, though nobody went there', async () => {
    await desks.production('Far away', 'Lighthouse at dusk')
    const fresh = await openDesk(desks.station, desks.station.studio.iconik.token)
    try {
      const search = { connectionId: fresh.connection.id, text: 'lighthouse', chosen: {} }
      await expect
        .poll(async () => (await fresh.search.open(search)).total, { timeout: 10_000 })
        .toBeGreaterThan(0)
      const { placeId } = await fresh.search.open(search)
      const [found] = fresh.assets.page(placeId, 0, 10, 'given', {})
      if (found === undefined) throw new Error('nothing was found')
      const { asset, path } = await fresh.library.asset(found.id)
      expect(path.map((place) => place.name).slice(1)).toEqual(['Far away'])
      expect(asset.placeId).not.toBe(placeId)
    } finally {
      await fresh.close()
    }
  })

  test('an asset is renamed, starred, thrown away, restored and purged', async () => {
    const place = await desks.production('Life', 'One', 'Two')
    const one = desks.assetIn(place, 'One').id
    expect((await desks.desk.assetEdits.rename(one, 'One, better')).name).toBe('One, better')
    await desks.desk.assetEdits.favourite([one], true)
    expect(await namesIn(desks.desk, await shelf(desks.desk, 'favourites'))).toContain('One, better')
    expect(await namesIn(desks.desk, place)).toEqual(['One, better', 'Two'])
    expect(desks.desk.assets.get(one)?.isFavourite).toBe(true)

    await desks.desk.assetEdits.remove([one])
    const bin = await shelf(desks.desk, 'deleted')
    expect([await namesIn(desks.desk, place), await namesIn(desks.desk, bin)]).toEqual([
      ['Two'],
      expect.arrayContaining(['One, better']),
    ])
    await desks.desk.assetEdits.restore([one])
    expect(await namesIn(desks.desk, place)).toEqual(['One, better', 'Two'])
    const two = desks.assetIn(place, 'Two').id
    await desks.desk.assetEdits.remove([two])
    await desks.desk.assetEdits.purge([two], 1)
    expect([await namesIn(desks.desk, place), await namesIn(desks.desk, bin)]).toEqual([
      ['One, better'],
      expect.not.arrayContaining(['Two']),
    ])
  })

  test('a folder is made, renamed, ordered, thrown away, restored and purged', async () => {
    const place = await desks.production('Folders')
    const folder = await desks.desk.placeEdits.create(place.id, 'Day 1')
    expect((await desks.desk.placeEdits.create(place.id, 'Day 1')).id).toBe(folder.id)
    expect((await desks.desk.placeEdits.rename(folder.id, 'Day one')).name).toBe('Day one')
    expect((await desks.desk.placeEdits.setOrdered(folder.id, true)).isOrdered).toBe(true)
    await desks.desk.placeEdits.remove(folder.id)
    await expect.poll(async () => (await below(desks.desk, place.id)).map((one) => one.name)).toEqual([])
    const bin = await shelf(desks.desk, 'deleted')
    const lost = async () => (await below(desks.desk, bin.id)).find((one) => one.name === 'Day one')
    await expect.poll(lost).toBeDefined()
    await desks.desk.placeEdits.restore((await lost())?.id as PlaceId)
    await expect
      .poll(async () => (await below(desks.desk, place.id)).map((one) => one.name))
      .toEqual(['Day one'])
    await desks.desk.placeEdits.remove((await named(desks.desk, 'Folders', 'Day one')).id)
    await expect.poll(lost).toBeDefined()
    await desks.desk.placeEdits.purge((await lost())?.id as PlaceId, 'Day one')
    await expect.poll(lost).toBeUndefined()
  })

  test('one account may not do what it has no role for; nothing changes', async () => {
    const place = await desks.production('Closed', 'Mine')
    const theirs = await named(desks.other, 'Closed').catch(() => undefined)
    if (theirs !== undefined) {
      await desks.other.library.refresh(theirs.id)
      const [asset] = desks.other.assets.page(theirs.id, 0, 1, 'name', {})
      if (asset !== undefined)
        expect(await refusalOf(() => desks.other.assetEdits.remove([asset.id]))).toBe(
          'request.invalid notSupported',
        )
    }
    expect(await namesIn(desks.desk, place)).toEqual(['Mine'])
  })

  test('history and relations are the service’s', async () => {
    const place = await desks.production('Related', 'Camera', 'Cut')
    const [camera, cut] = [desks.assetIn(place, 'Camera').id, desks.assetIn(place, 'Cut').id]
    const { types } = await desks.desk.facts.relations(camera)
    const type = types[0]?.name ?? ''
    await desks.desk.facts.relate({ id: camera, otherId: cut, type, description: 'reel 1' })
    const { relations } = await desks.desk.facts.relations(camera)
    expect(relations).toMatchObject([{ type, otherAssetId: cut, otherName: 'Cut' }])
    await desks.desk.facts.unrelate({ id: camera, otherKey: relations[0]?.otherKey ?? '', type })
    expect((await desks.desk.facts.relations(camera)).relations).toEqual([])
    expect(await desks.desk.facts.history(camera)).toEqual(expect.any(Array))
  })
})
