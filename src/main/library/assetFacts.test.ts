import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  openLibraryBench,
  otherConnection,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import type { AssetFacts } from './assetFacts.ts'
import { createAssetFacts } from './assetFacts.ts'

describe('what a service knows of an asset', () => {
  let bench: LibraryBench
  let facts: AssetFacts
  let did: string[]

  beforeEach(async () => {
    bench = openLibraryBench()
    did = []
    bench.remote.places.set('', [remotePlace('day')])
    bench.remote.assets.set('day', [remoteAsset('a'), remoteAsset('b')])
    bench.remote.can = {
      history: {
        entries: async (ref) => [{ key: `h-${ref.remoteId}`, at: 5, by: 'Runa', what: 'Made', detail: '' }],
      },
      relations: {
        types: async () => [
          { name: 'cut', words: 'is cut from', wordsBack: 'is cut into', isDirectional: true },
        ],
        list: async () => [
          { type: 'cut', words: 'is cut from', otherRemoteId: 'b', otherName: 'B', description: '' },
          {
            type: 'cut',
            words: 'is cut from',
            otherRemoteId: 'unseen',
            otherName: 'Unseen',
            description: 'x',
          },
        ],
        add: async (ref, other, type) => void did.push(`add ${type} ${ref.remoteId} ${other}`),
        remove: async (ref, other, type) => void did.push(`remove ${type} ${ref.remoteId} ${other}`),
      },
    }
    await bench.readAll()
    facts = createAssetFacts(bench.assets, bench.refs, bench.service)
  })
  afterEach(() => bench.close())

  test('its history, in the service’s words', async () => {
    expect(await facts.history(bench.assetOf('a'))).toEqual([
      { key: 'h-a', at: 5, by: 'Runa', what: 'Made', detail: '' },
    ])
  })

  test('its relations lead to what is known here, and name what is not', async () => {
    const { relations, types } = await facts.relations(bench.assetOf('a'))
    expect(relations.map((one) => [one.otherKey, one.otherAssetId])).toEqual([
      ['b', bench.assetOf('b')],
      ['unseen', null],
    ])
    expect(types.map((type) => type.name)).toEqual(['cut'])
  })

  test('assets are related and parted by what the service calls them', async () => {
    const [id, otherId] = [bench.assetOf('a'), bench.assetOf('b')]
    await facts.relate({ id, otherId, type: 'cut', description: '' })
    await facts.unrelate({ id, otherKey: 'unseen', type: 'cut' })
    expect(did).toEqual(['add cut a b', 'remove cut a unseen'])
  })

  test('not to itself, not across connections, not where the service knows no relations', async () => {
    const id = bench.assetOf('a')
    const relate = (otherId: typeof id) =>
      refusalOf(() => facts.relate({ id, otherId, type: 'cut', description: '' }))
    expect(await relate(id)).toBe('request.invalid itself')
    const root = bench.places.put(otherConnection, null, remotePlace('elsewhere')).id
    bench.assets.putPage(otherConnection, root, [remoteAsset('x')], 1)
    const other = bench.assets.ofRemote(otherConnection, 'x')
    if (other === undefined) throw new Error('not stored')
    expect(await relate(other)).toBe('request.invalid severalConnections')
    bench.remote.can = {}
    expect(await relate(bench.assetOf('b'))).toBe('request.invalid notSupported')
    expect(await refusalOf(() => facts.history(id))).toBe('request.invalid notSupported')
    bench.removeConnection()
    expect(await refusalOf(() => facts.relations(id))).toBe('thing.notFound')
    expect(did).toEqual([])
  })
})
