import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, expectStatus, type IconikBench, listAt, openBench, textAt } from '../fakes/iconikBench.ts'
import { samplesFolder } from '../media/samples.ts'

let bench: IconikBench
beforeAll(async () => {
  bench = await openBench({ samplesFolder })
}, 60_000)
afterAll(() => bench.close())

const get = (path: string) => expectStatus(bench.iconik, 200, 'GET', path)

async function assetIds(): Promise<ReadonlyMap<string, string>> {
  const list = await get('assets/v1/assets/?per_page=100')
  return new Map(
    listAt(list, 'objects').map((asset) => [String(at(asset, 'title')), String(at(asset, 'id'))]),
  )
}

test('every clip plays and has a picture when the studio has started', async () => {
  const list = await get('assets/v1/assets/?per_page=100')
  const assets = listAt(list, 'objects')
  expect(assets.length).toBeGreaterThan(9)
  for (const asset of assets) {
    for (const kind of ['proxies', 'keyframes']) {
      const url = at(asset, kind, 0, 'url')
      expect(`${String(at(asset, 'title'))} ${kind} ${(await fetch(String(url))).status}`).toMatch(/ 200$/)
    }
  }
})

test('the clips were talked about: ranges, threads, ticks, colours, lanes, drawings, guests and what is internal', async () => {
  const ridge = (await assetIds()).get('Ridge, first light') ?? ''
  const base = `assets/v1/assets/${ridge}/segments/?per_page=100`
  const now = listAt(await get(`${base}&include_users=true`), 'objects')
  const all = listAt(await get(`${base}&include_all_versions=true`), 'objects')
  expect(all.length).toBeGreaterThan(now.length)
  const has = (fits: (segment: unknown) => boolean) => all.some(fits)
  expect(
    has((one) => Number(at(one, 'time_end_milliseconds')) > Number(at(one, 'time_start_milliseconds'))),
  ).toBe(true)
  expect(has((one) => typeof at(one, 'parent_id') === 'string')).toBe(true)
  for (const field of [
    'segment_checked',
    'segment_color',
    'segment_track',
    'is_internal',
    'has_drawing',
    'share_user_email',
  ]) {
    expect(`${field} ${has((one) => Boolean(at(one, field)))}`).toBe(`${field} true`)
  }
  const types = new Set(all.map((one) => at(one, 'segment_type')))
  expect([...types].sort()).toEqual(['COMMENT', 'MARKER', 'SCENE', 'TAG'])
  for (const one of all) expect(Date.parse(String(at(one, 'date_created')))).toBeLessThan(Date.now())
})

test('approvals stand in every state', async () => {
  const ids = await assetIds()
  const states = await Promise.all(
    ['Ridge, first light', 'Lake, lantern', 'Night road', 'Lighthouse, dusk'].map(async (title) =>
      textAt(await get(`assets/v1/assets/${ids.get(title)}/approvals/request/`), 'status'),
    ),
  )
  expect(states).toEqual(['REQUESTED', 'APPROVED', 'MIXED', 'REQUESTED'])
  const ridge = ids.get('Ridge, first light') ?? ''
  const second = textAt(await get(`assets/v1/assets/${ridge}/`), 'versions', 1, 'id')
  const old = await get(`assets/v1/assets/${ridge}/versions/${second}/approvals/request/`)
  expect(old.body).toMatchObject({ status: 'NOT_APPROVED' })
})

test('shares are open, locked and sent, and the inbox has read and unread rows', async () => {
  const shares = listAt(await get('assets/v1/shares/?sort=title,asc'), 'objects')
  expect(shares).toMatchObject([
    { title: 'Autumn Campaign, ridge', is_approval: true, users: [{ access_count: 4 }] },
    { title: 'Harbour scenes', has_password: true, show_watermark: true },
    { title: 'Lake, for the mix', has_password: false, url: expect.any(String) },
  ])
  const inbox = listAt(await get('users-notifications/v1/notifications/?per_page=100'), 'objects')
  const dates = inbox.map((notice) => String(at(notice, 'date_created')))
  expect(dates).toEqual(dates.toSorted().toReversed())
  expect(new Set(inbox.map((notice) => at(notice, 'status')))).toEqual(new Set(['SENT', 'READ']))
  expect(new Set(inbox.map((notice) => at(notice, 'event_type')))).toEqual(
    new Set(['mention', 'reply', 'approval_request']),
  )
})

test('a guest of the open share sees that clip, and nothing internal', async () => {
  const [share] = listAt(await get('assets/v1/shares/?title=Lake,%20for%20the%20mix'), 'objects')
  const link = new URL(String(at(share, 'url')))
  const query = Object.fromEntries(link.searchParams)
  const entered = await bench.iconik
    .nobody()
    .ask('POST', 'assets/v1/shares/auth/login/', { hash: query['hash'] }, { 'app-id': query['app_id'] ?? '' })
  const guest = bench.iconik.as(textAt(entered, 'app_id'), textAt(entered, 'token'))
  expect((await guest.ask('GET', `assets/v1/assets/${query['object_id']}/segments/`)).status).toBe(200)
  const ridge = (await assetIds()).get('Ridge, first light')
  expect((await guest.ask('GET', `assets/v1/assets/${ridge}/`)).status).toBe(403)
})

test('what was there once is not made again by the next start', async () => {
  const before = await get('assets/v1/shares/')
  const ridge = (await assetIds()).get('Ridge, first light') ?? ''
  const count = at((await get(`assets/v1/assets/${ridge}/segments/`)).body, 'total')
  await bench.killAndRestart()
  expect(at((await get('assets/v1/shares/')).body, 'total')).toBe(at(before.body, 'total'))
  expect(at((await get(`assets/v1/assets/${ridge}/segments/`)).body, 'total')).toBe(count)
})
