import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, expectStatus, type IconikBench, listAt, openBench, textAt } from '../fakes/iconikBench.ts'
import type { IconikMethod } from '../fakes/iconikClient.ts'

const assets = 50_000
const segments = 10_000
const limitMs = 300
let bench: IconikBench
let collection: string
let first: string

beforeAll(async () => {
  bench = await openBench()
  const seeded = await bench.studio.seedIconik('Many', assets, segments)
  collection = seeded.collectionId
  first = seeded.assetId ?? ''
}, 120_000)
afterAll(() => bench.close())

/** The middle of five, so that one pause of the machine does not count. */
async function timed(method: IconikMethod, path: string, body?: unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const startedAt = performance.now()
    await expectStatus(bench.iconik, 200, method, path, body)
    times.push(performance.now() - startedAt)
  }
  return times.sort((a, b) => a - b)[2] ?? Infinity
}

const contents = () => `assets/v1/collections/${collection}/contents/?per_page=100`
const search = 'search/v1/search/?per_page=100'
const one = { doc_types: ['assets'] }
const cases: readonly (readonly [string, IconikMethod, () => string, object?])[] = [
  ['first page', 'GET', contents],
  ['first page by date', 'GET', () => `${contents()}&sort=date_created,desc`],
  ['assets alone by date', 'GET', () => `${contents()}&object_types=assets&sort=date_created,desc`],
  ['a page in the middle', 'GET', () => `${contents()}&page=250`],
  ['last page', 'GET', () => `${contents()}&page=500`],
  ['all assets', 'GET', () => 'assets/v1/assets/?per_page=100'],
  ['totals', 'GET', () => `assets/v1/collections/${collection}/content/info/`],
  ['newest by search', 'POST', () => search, { ...one, query: '' }],
  ['words', 'POST', () => search, { ...one, query: 'A001*' }],
  ['words everywhere', 'POST', () => search, { ...one, query: 'c*' }],
  [
    'with facets',
    'POST',
    () => search,
    { ...one, query: '', facets: ['media_type', 'type', 'archive_status'] },
  ],
  [
    'inside of a collection',
    'POST',
    () => search,
    {
      ...one,
      filter: {
        operator: 'AND',
        terms: [
          { name: 'status', value: 'ACTIVE' },
          { name: 'type', value: 'ASSET' },
        ],
      },
    },
  ],
  ['comments', 'GET', () => `assets/v1/assets/${first}/segments/?per_page=100&sort=date_created,desc`],
]

test.each(cases)('%s comes in time', async (name, method, path, body) => {
  const milliseconds = await timed(method, path(), body)
  process.stdout.write(`${name}: ${Math.round(milliseconds)} ms\n`)
  expect(milliseconds).toBeLessThan(limitMs)
})

test('for somebody whose rights must be looked at, too', async () => {
  const startedAt = performance.now()
  const answer = await bench.iconik.limited().ask('GET', contents())
  const milliseconds = performance.now() - startedAt
  process.stdout.write(`limited: ${Math.round(milliseconds)} ms\n`)
  expect(answer).toMatchObject({ status: 200, body: { total: assets } })
  expect(milliseconds).toBeLessThan(limitMs * 2)
})

test('a scroll passes every asset once', async () => {
  const seen = new Set<unknown>()
  let scroll = ''
  for (;;) {
    const page = await expectStatus(
      bench.iconik,
      200,
      'GET',
      `assets/v1/assets/?scroll=true&per_page=1000${scroll}`,
    )
    const objects = listAt(page, 'objects')
    if (objects.length === 0) break
    for (const row of objects) seen.add(at(row, 'id'))
    scroll = `&scroll_id=${textAt(page, 'scroll_id')}`
  }
  expect(seen.size).toBe(assets)
}, 120_000)
