import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
import type { IconikAnswer } from '../fakes/iconikClient.ts'

let bench: IconikBench
let meId = ''
let limitedId = ''
const me = () => bench.iconik
const ask: IconikBench['iconik']['ask'] = (...call) => bench.iconik.ask(...call)

beforeAll(async () => {
  bench = await openBench()
  meId = textAt(await ask('GET', 'users/v1/users/current/'), 'id')
  limitedId = textAt(await me().limited().ask('GET', 'users/v1/users/current/'), 'id')
})
afterAll(() => bench.close())

const pathOf = (assetId: string) => `assets/v1/assets/${assetId}/approvals`
const statusOf = async (assetId: string) =>
  at((await expectStatus(me(), 200, 'GET', `${pathOf(assetId)}/request/`)).body, 'status')
const vote = (assetId: string, status: string, more: object = {}) =>
  expectStatus(me(), 200, 'PUT', `${pathOf(assetId)}/`, { status, ...more })
const voteAsLimited = (assetId: string, status: string) =>
  expectStatus(me().limited(), 200, 'PUT', `${pathOf(assetId)}/`, { status })

test('a request names whom it asks, and its answer how it stands', async () => {
  const assetId = await makeAsset(me(), 'Asked')
  expect((await ask('GET', `${pathOf(assetId)}/request/`)).status).toBe(404)
  const made = await expectStatus(me(), 201, 'POST', `${pathOf(assetId)}/request/`, {
    ...{ users: [limitedId, meId], externals: ['client@example.com'], min_number: 2 },
  })
  expect(made.body).toMatchObject({
    ...{ status: 'REQUESTED', object_id: assetId, object_type: 'assets', requested_by: meId, min_number: 2 },
    users_info: [{ id: limitedId, first_name: 'Sam' }, { id: meId }],
    approvals_by: [],
  })
  const mail = readFileSync(join(bench.studio.folder, 'mail.jsonl'), 'utf8')
  expect(mail).toContain('"to":"client@example.com","purpose":"approval"')
  const inbox = await me().limited().ask('GET', 'users-notifications/v1/notifications/')
  expect(listAt(inbox, 'objects')[0]).toMatchObject({ event_type: 'approval_request', object_id: assetId })
  await bench.killAndRestart()
  expect(await statusOf(assetId)).toBe('REQUESTED')
})

describe('votes', () => {
  test('count once there are as many as were asked for, and disagree as MIXED', async () => {
    const assetId = await makeAsset(me(), 'Counted')
    await expectStatus(me(), 201, 'POST', `${pathOf(assetId)}/request/`, {
      users: [limitedId, meId],
      min_number: 2,
    })
    const mine = await vote(assetId, 'APPROVED')
    expect(mine.body).toMatchObject({ user: meId, status: 'APPROVED', object_id: assetId })
    expect(await statusOf(assetId)).toBe('REQUESTED')
    await voteAsLimited(assetId, 'APPROVED')
    expect(await statusOf(assetId)).toBe('APPROVED')
    await voteAsLimited(assetId, 'NOT_APPROVED')
    expect(await statusOf(assetId)).toBe('MIXED')
    await vote(assetId, 'NOT_APPROVED')
    expect(await statusOf(assetId)).toBe('NOT_APPROVED')
    const all = await expectStatus(me(), 200, 'GET', `${pathOf(assetId)}/`)
    expect(listAt(all, 'objects')).toHaveLength(2)
    const mineNow = await ask('GET', `${pathOf(assetId)}/request/`)
    expect(mineNow.body).toMatchObject({ user_status: 'NOT_APPROVED' })
  })

  test('need no request', async () => {
    const assetId = await makeAsset(me(), 'Unasked')
    await vote(assetId, 'APPROVED')
    expect(await statusOf(assetId)).toBe('APPROVED')
    await expectStatus(me(), 204, 'DELETE', `${pathOf(assetId)}/`)
    expect((await ask('GET', `${pathOf(assetId)}/request/`)).status).toBe(404)
  })

  test('of guests go by their address, and can be taken back one by one', async () => {
    const assetId = await makeAsset(me(), 'Guests')
    await vote(assetId, 'APPROVED', { external: 'Client@Example.com' })
    await vote(assetId, 'NOT_APPROVED')
    expect(await statusOf(assetId)).toBe('MIXED')
    await expectStatus(me(), 204, 'DELETE', `${pathOf(assetId)}/user/${meId}/`)
    expect(await statusOf(assetId)).toBe('APPROVED')
    await expectStatus(me(), 204, 'DELETE', `${pathOf(assetId)}/external/client%40example.com/`)
    expect((await ask('DELETE', `${pathOf(assetId)}/external/client%40example.com/`)).status).toBe(404)
  })

  test('stand on their version; the next one is asked about anew', async () => {
    const assetId = await makeAsset(me(), 'By version')
    await vote(assetId, 'APPROVED')
    await expectStatus(me(), 200, 'POST', `assets/v1/assets/${assetId}/versions/`, {})
    const asset = await ask('GET', `assets/v1/assets/${assetId}/`)
    const first = textAt(asset, 'versions', 0, 'id')
    expect((await ask('GET', `${pathOf(assetId)}/request/`)).status).toBe(404)
    const old = await expectStatus(
      me(),
      200,
      'GET',
      `assets/v1/assets/${assetId}/versions/${first}/approvals/request/`,
    )
    expect(old.body).toMatchObject({ status: 'APPROVED', version_id: first })
    const votes = await expectStatus(
      me(),
      200,
      'GET',
      `assets/v1/assets/${assetId}/versions/${first}/approvals/`,
    )
    expect(listAt(votes, 'objects')).toMatchObject([{ user: meId, version_id: first }])
    expect((await ask('GET', `assets/v1/assets/${assetId}/versions/${assetId}/approvals/`)).status).toBe(404)
  })

  test('are told to who asked, and to nobody twice', async () => {
    const assetId = await makeAsset(me(), 'Told')
    await expectStatus(me(), 201, 'POST', `${pathOf(assetId)}/request/`, { users: [limitedId] })
    await expectStatus(me(), 200, 'PATCH', `${pathOf(assetId)}/request/`, { min_number: 1 })
    const asked = await me().limited().ask('GET', 'users-notifications/v1/notifications/?per_page=100')
    const about = (answer: IconikAnswer) =>
      listAt(answer, 'objects').filter((notice) => at(notice, 'object_id') === assetId)
    expect(about(asked)).toHaveLength(1)
    await voteAsLimited(assetId, 'NOT_APPROVED')
    expect(about(await ask('GET', 'users-notifications/v1/notifications/'))).toMatchObject([
      { event_type: 'not_approved', message_short: 'Sam Okafor asks for changes to Told' },
    ])
  })
})

describe('a request', () => {
  test('is patched, replaced and withdrawn', async () => {
    const assetId = await makeAsset(me(), 'Edited')
    const path = `${pathOf(assetId)}/request/`
    expect((await ask('PATCH', path, { min_number: 2 })).status).toBe(404)
    await expectStatus(me(), 201, 'POST', path, { users: [limitedId], externals: ['a@example.com'] })
    const patched = await expectStatus(me(), 200, 'PATCH', path, { min_number: 3 })
    expect(patched.body).toMatchObject({ users: [limitedId], externals: ['a@example.com'], min_number: 3 })
    const put = await expectStatus(me(), 200, 'PUT', path, { users: [meId] })
    expect(put.body).toMatchObject({ users: [meId], externals: [], min_number: 1, requested_by: meId })
    const gone = await expectStatus(me(), 200, 'DELETE', path)
    expect(gone.body).toMatchObject({ status: 'N/A' })
    expect((await ask('DELETE', path)).status).toBe(404)
  })

  test('for a collection asks about everything in it, as a job', async () => {
    const collection = await expectStatus(me(), 201, 'POST', 'assets/v1/collections/', { title: 'Cuts' })
    const collectionId = textAt(collection, 'id')
    const assetId = await makeAsset(me(), 'In it')
    const content = `assets/v1/collections/${collectionId}/contents/`
    await expectStatus(me(), 201, 'POST', content, { object_type: 'assets', object_id: assetId })
    const path = `assets/v1/collections/${collectionId}/approvals/request/`
    const job = await expectStatus(me(), 202, 'POST', path, { users: [limitedId] })
    const told = await ask('GET', `jobs/v1/jobs/${textAt(job, 'job_id')}/`)
    expect(told.body).toMatchObject({ type: 'REQUEST_APPROVAL', status: 'FINISHED', object_id: collectionId })
    expect(await statusOf(assetId)).toBe('REQUESTED')
  })
})

test('many assets are voted on at once, and cleared at once', async () => {
  const ids = [await makeAsset(me(), 'Bulk 1'), await makeAsset(me(), 'Bulk 2')]
  const body = { object_type: 'assets', object_ids: ids }
  await expectStatus(me(), 200, 'POST', 'assets/v1/approvals/bulk/', { ...body, status: 'APPROVED' })
  for (const id of ids) expect(await statusOf(id)).toBe('APPROVED')
  const unknown = { ...body, object_ids: [...ids, meId], status: 'NOT_APPROVED' }
  expect((await ask('POST', 'assets/v1/approvals/bulk/', unknown)).status).toBe(404)
  for (const id of ids) expect(await statusOf(id)).toBe('APPROVED')
  await expectStatus(me(), 200, 'POST', 'assets/v1/approvals/bulk_remove/', body)
  for (const id of ids) expect((await ask('GET', `${pathOf(id)}/request/`)).status).toBe(404)
})

test('votes go with their asset', async () => {
  const assetId = await makeAsset(me(), 'Purged')
  await vote(assetId, 'APPROVED')
  await expectStatus(me(), 204, 'DELETE', `assets/v1/assets/${assetId}/`)
  await expectStatus(me(), 204, 'DELETE', `assets/v1/assets/${assetId}/purge/`)
  expect((await ask('GET', `${pathOf(assetId)}/`)).status).toBe(404)
})

test.each([
  ['a status that is no vote', { status: 'REQUESTED' }],
  ['no status', {}],
  ['an unknown field', { status: 'APPROVED', note: 'fine' }],
  ['an address that is none', { status: 'APPROVED', external: 'somebody' }],
])('a vote with %s is refused', async (_what, body) => {
  const assetId = await makeAsset(me(), 'Refusing')
  expect((await ask('PUT', `${pathOf(assetId)}/`, body)).status).toBe(400)
  expect((await ask('GET', `${pathOf(assetId)}/request/`)).status).toBe(404)
})

test('roles decide who may ask, and nobody but an administrator votes for others', async () => {
  const assetId = await makeAsset(me(), 'Roles')
  const limited = me().limited()
  expect((await limited.ask('POST', `${pathOf(assetId)}/request/`, { users: [meId] })).status).toBe(403)
  expect((await limited.ask('PUT', `${pathOf(assetId)}/`, { status: 'APPROVED', user: meId })).status).toBe(
    403,
  )
  expect((await limited.ask('DELETE', `${pathOf(assetId)}/user/${meId}/`)).status).toBe(403)
  await vote(assetId, 'APPROVED', { user: limitedId })
  expect(listAt(await ask('GET', `${pathOf(assetId)}/`), 'objects')).toMatchObject([{ user: limitedId }])
  expect((await ask('POST', `${pathOf(assetId)}/request/`, { users: [assetId] })).status).toBe(400)
})
