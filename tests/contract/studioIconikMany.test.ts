import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, expectStatus, type IconikBench, listAt, openBench, textAt } from '../fakes/iconikBench.ts'
import type { IconikMethod } from '../fakes/iconikClient.ts'
import { quickest } from '../fakes/stopwatch.ts'

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

const contents = () => `assets/v1/collections/${collection}/contents/?per_page=100`
const search = 'search/v1/search/?per_page=100'
interface Case {
  readonly name: string
  readonly method: IconikMethod
  readonly path: () => string
  readonly body?: object
}
const found = (name: string, body: object): Case => ({
  ...{ name, method: 'POST', path: () => search },
  body: { doc_types: ['assets'], ...body },
})
const listed = (name: string, path: () => string): Case => ({ name, method: 'GET', path })
const cases: readonly Case[] = [
  listed('first page', contents),
  listed('first page by date', () => `${contents()}&sort=date_created,desc`),
  listed('assets alone by date', () => `${contents()}&object_types=assets&sort=date_created,desc`),
  listed('a page in the middle', () => `${contents()}&page=250`),
  listed('last page', () => `${contents()}&page=500`),
  listed('all assets', () => 'assets/v1/assets/?per_page=100'),
  listed('totals', () => `assets/v1/collections/${collection}/content/info/`),
  listed('comments', () => `assets/v1/assets/${first}/segments/?per_page=100&sort=date_created,desc`),
  found('newest by search', { query: '' }),
  found('words', { query: 'A001*' }),
  found('words everywhere', { query: 'c*' }),
  found('with facets', { query: '', facets: ['media_type', 'type', 'archive_status'] }),
  found('narrowed', {
    filter: {
      operator: 'AND',
      terms: [
        { name: 'status', value: 'ACTIVE' },
        { name: 'type', value: 'ASSET' },
      ],
    },
  }),
]

test.each(cases)('$name comes in time', async ({ name, method, path, body }) => {
  const { ms } = await quickest(() => expectStatus(bench.iconik, 200, method, path(), body))
  process.stdout.write(`${name}: ${Math.round(ms)} ms\n`)
  expect(ms).toBeLessThan(limitMs)
})

test('for somebody whose rights must be looked at, too', async () => {
  const { value, ms } = await quickest(() => bench.iconik.limited().ask('GET', contents()))
  process.stdout.write(`limited: ${Math.round(ms)} ms\n`)
  expect(value).toMatchObject({ status: 200, body: { total: assets } })
  expect(ms).toBeLessThan(limitMs * 2)
})

/** Every asset once, by scrolling. */
async function scrolled(): Promise<Set<unknown>> {
  const seen = new Set<unknown>()
  let scroll = ''
  for (;;) {
    const path = `assets/v1/assets/?scroll=true&per_page=1000${scroll}`
    const page = await expectStatus(bench.iconik, 200, 'GET', path)
    const objects = listAt(page, 'objects')
    if (objects.length === 0) return seen
    for (const row of objects) seen.add(at(row, 'id'))
    scroll = `&scroll_id=${textAt(page, 'scroll_id')}`
  }
}

/** What the studio's process holds of the machine's memory, in MiB. Linux tells. */
const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

test('a scroll passes every asset once, and leaves nothing behind', async () => {
  expect((await scrolled()).size).toBe(assets)
  if (process.platform !== 'linux') return
  const { pid } = bench.studio
  const before = memoryOf(pid)
  await scrolled()
  const after = memoryOf(pid)
  process.stdout.write(`memory: ${Math.round(before)} MiB, then ${Math.round(after)} MiB\n`)
  expect(after - before).toBeLessThan(64)
}, 120_000)
