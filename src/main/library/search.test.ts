import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LibraryBench } from '../../../tests/fakes/libraryBench.ts'
import {
  firstConnection,
  openLibraryBench,
  refusalOf,
  remoteAsset,
  remotePlace,
} from '../../../tests/fakes/libraryBench.ts'
import { AppError } from '../../shared/errors.ts'
import type { PlaceId } from '../../shared/ids.ts'
import type { SearchPower } from '../connectors/powers.ts'
import { mostFound } from './search.ts'

type Found = Awaited<ReturnType<SearchPower['find']>>
interface Asked {
  readonly text: string
  readonly cursor: string | undefined
  readonly signal: AbortSignal
  answer(found: Partial<Found>): void
  fail(error: Error): void
}

describe('searching at the service', () => {
  let bench: LibraryBench
  let asked: Asked[]

  beforeEach(async () => {
    bench = openLibraryBench()
    asked = []
    bench.remote.places.set('', [remotePlace('domain', { kind: 'workspace' })])
    bench.remote.can = {
      search: {
        find: (text, _chosen, cursor, signal) =>
          new Promise((resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
            asked.push({
              text,
              cursor,
              signal,
              answer: (found) =>
                resolve({ items: [], cursor: undefined, total: undefined, facets: [], ...found }),
              fail: reject,
            })
          }),
      },
    }
    await bench.readAll()
  })
  afterEach(() => bench.close())

  const open = (text: string) => bench.search.open({ connectionId: firstConnection, text, chosen: {} })
  const next = async (n: number): Promise<Asked> => {
    await expect.poll(() => asked.length).toBe(n)
    return asked[n - 1] as Asked
  }
  /** A service that goes on when it is told to stop. */
  const unstoppable = () => {
    const ask = bench.remote.can.search
    if (ask === undefined) throw new Error('no search')
    bench.remote.can = {
      search: {
        find: (text, chosen, cursor) => ask.find(text, chosen, cursor, new AbortController().signal),
      },
    }
  }
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => remoteAsset(`f${from + n}`))
  const shown = (placeId: PlaceId, limit = 10) =>
    bench.library.list({ placeId, offset: 0, limit, sort: 'given', filter: {} })
  const names = (placeId: PlaceId) => shown(placeId, 500).rows.map((row) => row.name)

  test('the first page is there with the answer, in the order of the service; the rest follows and is told', async () => {
    const opened = open('rain')
    ;(await next(1)).answer({
      items: [remoteAsset('z'), remoteAsset('a')],
      cursor: '2',
      total: 3,
      facets: [{ name: 'kind', words: 'Kind', values: [{ value: 'video', words: 'Video', count: 3 }] }],
    })
    const result = await opened
    expect(result).toMatchObject({ total: 3, facets: [{ name: 'kind' }] })
    expect(names(result.placeId)).toEqual(['z.mov', 'a.mov'])
    expect(shown(result.placeId)).toMatchObject({ isSyncing: true, remoteTotal: 3 })
    bench.events.length = 0
    const more = await next(2)
    expect([more.text, more.cursor]).toEqual(['rain', '2'])
    more.answer({ items: [remoteAsset('m')] })
    await expect.poll(() => shown(result.placeId).isSyncing).toBe(false)
    expect(names(result.placeId)).toEqual(['z.mov', 'a.mov', 'm.mov'])
    expect(bench.events).toContain(`assets:${result.placeId}`)
  })

  test('a newer search takes the place of the older, whose pages are not written any more', async () => {
    const first = open('rain')
    ;(await next(1)).answer({ items: [remoteAsset('r1')], cursor: '2' })
    const { placeId } = await first
    const late = await next(2)
    const second = open('sun')
    expect(late.signal.aborted).toBe(true)
    ;(await next(3)).answer({ items: [remoteAsset('s1'), remoteAsset('s2')] })
    expect((await second).placeId).toBe(placeId)
    late.answer({ items: [remoteAsset('r2')] })
    await expect.poll(() => shown(placeId).isSyncing).toBe(false)
    expect(names(placeId)).toEqual(['s1.mov', 's2.mov'])
    expect(bench.places.get(placeId)?.place.name).toBe('sun')
  })

  test('nor of a service that goes on answering the older one', async () => {
    unstoppable()
    const first = open('rain')
    ;(await next(1)).answer({ items: [remoteAsset('r1')], cursor: '2' })
    const { placeId } = await first
    const late = await next(2)
    const second = open('sun')
    ;(await next(3)).answer({ items: [remoteAsset('s1')], cursor: '2' })
    await second
    late.answer({ items: [remoteAsset('r2')], cursor: '3' })
    ;(await next(4)).answer({ items: [remoteAsset('s2')] })
    await expect.poll(() => shown(placeId).isSyncing).toBe(false)
    expect([names(placeId), asked.length]).toEqual([['s1.mov', 's2.mov'], 4])
  })

  test('overtaken before it was answered, a search answers as the newer does, whichever comes first', async () => {
    unstoppable()
    const older = open('rain')
    const newer = open('sun')
    const [rain, sun] = [await next(2).then(() => asked[0] as Asked), asked[1] as Asked]
    sun.answer({ items: [remoteAsset('s1')] })
    const result = await newer
    rain.answer({ items: [remoteAsset('r1')] })
    expect(await older).toEqual(result)
    expect(names(result.placeId)).toEqual(['s1.mov'])
  })

  test('what is kept is bounded, however much the service finds', async () => {
    const opened = open('everything')
    ;(await next(1)).answer({ items: many(0, 900), cursor: 'p', total: 100_000 })
    const { placeId } = await opened
    ;(await next(2)).answer({ items: many(900, 900), cursor: 'p' })
    ;(await next(3)).answer({ items: many(1800, 900), cursor: 'p' })
    await expect.poll(() => shown(placeId).isSyncing).toBe(false)
    expect([shown(placeId).total, shown(placeId).remoteTotal, asked.length]).toEqual([mostFound, 100_000, 3])
  })

  test('a service that answers for ever with nothing is not followed for ever', async () => {
    let pages = 0
    bench.remote.can = {
      search: {
        find: async () => {
          pages += 1
          return { items: [], cursor: 'on', total: 10, facets: [] }
        },
      },
    }
    const { placeId } = await open('x')
    await expect.poll(() => shown(placeId).isSyncing).toBe(false)
    expect(pages).toBe(50)
  })

  test('a failure is the caller’s at first, then the list’s; looked at again, the question is asked once more', async () => {
    const refused = refusalOf(() => open('rain'))
    ;(await next(1)).fail(new AppError('network.offline'))
    expect(await refused).toBe('network.offline')
    const opened = open('rain')
    ;(await next(2)).answer({ items: [remoteAsset('r1')], cursor: '2' })
    const { placeId } = await opened
    ;(await next(3)).fail(new AppError('remote.unavailable'))
    await expect.poll(() => shown(placeId).failure?.code).toBe('remote.unavailable')
    expect(names(placeId)).toEqual(['r1.mov'])
    const again = bench.library.refresh(placeId)
    ;(await next(4)).answer({ items: [remoteAsset('r1'), remoteAsset('r2')] })
    await again
    expect([names(placeId), shown(placeId).failure]).toEqual([['r1.mov', 'r2.mov'], null])
  })

  test('a disk that takes nothing more ends the search, and the list says so', async () => {
    const opened = open('rain')
    ;(await next(1)).answer({ items: [remoteAsset('r1')], cursor: '2' })
    const { placeId } = await opened
    const page = await next(2)
    bench.events.length = 0
    bench.database.db.pragma('query_only = true')
    page.answer({ items: [remoteAsset('r2')] })
    await expect.poll(() => bench.events).toContain(`assets:${placeId}`)
    expect(shown(placeId)).toMatchObject({ isSyncing: false, failure: { code: 'internal.bug' } })
    bench.database.db.pragma('query_only = false')
    expect(names(placeId)).toEqual(['r1.mov'])
  })

  test('what was found is nowhere in the tree, and asks the service for no list', async () => {
    const opened = open('rain')
    ;(await next(1)).answer({ items: [remoteAsset('r1')] })
    const { placeId } = await opened
    bench.time += 60_000
    bench.remote.asked.length = 0
    shown(placeId)
    expect(await bench.library.places(firstConnection, placeId)).toEqual([])
    expect(bench.remote.asked).toEqual([])
    expect(bench.places.children(firstConnection, null).map((place) => place.name)).toEqual(['domain'])
    await bench.library.reconnected(firstConnection)
    expect(bench.places.get(placeId)?.place.shelf).toBe('found')
    expect(bench.library.find('rain', 10).places).toEqual([])
  })

  test('an asset that lies in a place and was found too is one asset, and found once here', async () => {
    bench.assets.putPage(firstConnection, bench.placeOf('domain'), [remoteAsset('r1')], 1)
    const id = bench.assetOf('r1')
    const opened = open('rain')
    ;(await next(1)).answer({ items: [remoteAsset('r1')] })
    const { placeId } = await opened
    expect(shown(placeId).rows[0]?.id).toBe(id)
    expect(bench.library.find('r1', 10).assets.map((asset) => asset.placeId)).toEqual([
      bench.placeOf('domain'),
    ])
  })

  test('a connection without a search, or gone while it was asked, is refused and leaves nothing behind', async () => {
    const opened = refusalOf(() => open('rain'))
    const first = await next(1)
    bench.removeConnection()
    first.answer({ items: [remoteAsset('r1')] })
    expect(await opened).toBe('thing.notFound')
    expect(await refusalOf(() => open('rain'))).toBe('thing.notFound')
  })

  test('a service without a search is not asked', async () => {
    bench.remote.can = {}
    expect(await refusalOf(() => open('rain'))).toBe('request.invalid notSupported')
  })
})
