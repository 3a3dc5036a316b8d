import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  at,
  expectStatus,
  type IconikBench,
  listAt,
  makeAsset,
  openBench,
  textAt,
  untilAnswer,
} from '../fakes/iconikBench.ts'
import type { IconikAnswer, IconikClient } from '../fakes/iconikClient.ts'
import { uploadWhole } from '../fakes/iconikUpload.ts'

let bench: IconikBench
const me = () => bench.iconik
const ask: IconikBench['iconik']['ask'] = (...call) => bench.iconik.ask(...call)

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const rights = {
  ...{ allow_comments: true, allow_download: false, allow_approving_comments: false },
  allow_setting_approve_status: false,
}
const hashOf = (link: string) => new URL(link).searchParams.get('hash') ?? ''
const login = (hash: string, more: object = {}) =>
  me()
    .nobody()
    .ask('POST', 'assets/v1/shares/auth/login/', { hash, ...more }, { 'app-id': bench.studio.iconik.appId })

async function shareLink(objectId: string, more: object = {}, type = 'assets'): Promise<IconikAnswer> {
  return await expectStatus(me(), 200, 'POST', `assets/v1/${type}/${objectId}/shares/url/`, {
    ...rights,
    ...more,
  })
}

/** Signs in as whoever has the link. */
async function enter(share: IconikAnswer, more: object = {}): Promise<IconikClient> {
  const entered = await login(hashOf(textAt(share, 'url')), more)
  expect(entered.status).toBe(200)
  return me().as(textAt(entered, 'app_id'), textAt(entered, 'token'))
}

const comment = (client: IconikClient, assetId: string, body: object, headers: Record<string, string> = {}) =>
  client.ask('POST', `assets/v1/assets/${assetId}/segments/`, { segment_type: 'COMMENT', ...body }, headers)

async function proxied(assetId: string): Promise<void> {
  const file = await uploadWhole(me(), assetId, 'clip.mp4', Buffer.alloc(500, 7))
  const job = await expectStatus(me(), 200, 'POST', `${file.path}/keyframes/`, {})
  await untilAnswer(
    () => ask('GET', `jobs/v1/jobs/${textAt(job, 'job_id')}/`),
    (answer) => textAt(answer, 'status') === 'FINISHED',
  )
}

describe('a guest', () => {
  test('sees what is shared and nothing else', async () => {
    const [shared, other] = [await makeAsset(me(), 'Shared'), await makeAsset(me(), 'Secret')]
    await proxied(shared)
    await proxied(other)
    const guest = await enter(await shareLink(shared))
    for (const path of ['', 'segments/']) {
      expect((await guest.ask('GET', `assets/v1/assets/${shared}/${path}`)).status).toBe(200)
      expect((await guest.ask('GET', `assets/v1/assets/${other}/${path}`)).status).toBe(403)
    }
    for (const path of ['proxies/', 'keyframes/', 'formats/']) {
      expect((await guest.ask('GET', `files/v1/assets/${shared}/${path}`)).status).toBe(200)
      expect((await guest.ask('GET', `files/v1/assets/${other}/${path}`)).status).toBe(403)
    }
    for (const path of [
      'assets/v1/assets/',
      'assets/v1/shares/',
      'jobs/v1/jobs/',
      'users/v1/users/current/',
      'files/v1/storages/',
      'users-notifications/v1/notifications/',
      'notifications/v1/webhooks/',
      `assets/v1/assets/${shared}/shares/`,
    ]) {
      expect(`${path} ${(await guest.ask('GET', path)).status}`).toBe(`${path} 403`)
    }
    const proxy = textAt(await guest.ask('GET', `files/v1/assets/${shared}/proxies/`), 'objects', 0, 'url')
    expect((await fetch(proxy)).status).toBe(200)
  })

  test('of a collection reaches what lies below it, and nothing beside it', async () => {
    const make = async (title: string, parent_id?: string) =>
      textAt(
        await expectStatus(me(), 201, 'POST', 'assets/v1/collections/', {
          title,
          ...(parent_id && { parent_id }),
        }),
        'id',
      )
    const root = await make('Root')
    const inner = await make('Inner', root)
    const deep = await makeAsset(me(), 'Deep')
    const content = { object_type: 'assets', object_id: deep }
    await expectStatus(me(), 201, 'POST', `assets/v1/collections/${inner}/contents/`, content)
    const guest = await enter(await shareLink(inner, {}, 'collections'))
    expect((await guest.ask('GET', `assets/v1/collections/${inner}/contents/`)).status).toBe(200)
    expect((await guest.ask('GET', `assets/v1/assets/${deep}/`)).status).toBe(200)
    expect((await guest.ask('GET', `assets/v1/collections/${root}/`)).status).toBe(403)
    const reaching = await expectStatus(me(), 200, 'GET', `assets/v1/assets/${deep}/shares/all/`)
    expect(listAt(reaching, 'objects')).toMatchObject([{ object_type: 'collections', object_id: inner }])
  })

  test('neither lists, reads, counts nor answers what is internal', async () => {
    const assetId = await makeAsset(me(), 'Internal')
    const base = `assets/v1/assets/${assetId}/segments`
    const open = textAt(await comment(me(), assetId, { segment_text: 'open' }), 'id')
    const secret = textAt(await comment(me(), assetId, { segment_text: 'secret', is_internal: true }), 'id')
    const below = textAt(await comment(me(), assetId, { segment_text: 'below', parent_id: secret }), 'id')
    const guest = await enter(await shareLink(assetId))
    for (const path of [
      '',
      'COMMENT/',
      '?include_all_versions=true',
      '?query=e',
      `?ids=${secret},${below},${open}`,
      '?sort=-date_created&per_page=1',
    ]) {
      const answer = await guest.ask('GET', `${base}/${path}`)
      expect(answer.body).toMatchObject({ total: 1, objects: [{ id: open }] })
    }
    for (const format of ['csv', 'srt', 'vtt']) {
      expect(String((await guest.ask('GET', `${base}/${format}/`)).body)).not.toMatch(/secret|below/)
    }
    for (const id of [secret, below]) {
      expect((await guest.ask('GET', `${base}/${id}/`)).status).toBe(404)
      expect((await guest.ask('PATCH', `${base}/${id}/`, { segment_text: 'x' })).status).toBe(404)
      expect((await guest.ask('DELETE', `${base}/${id}/`)).status).toBe(404)
      expect((await comment(guest, assetId, { parent_id: id })).status).toBe(404)
    }
    expect((await comment(guest, assetId, { is_internal: true })).status).toBe(403)
    await expectStatus(me(), 200, 'PATCH', `${base}/${secret}/`, { is_internal: false })
    expect((await guest.ask('GET', `${base}/`)).body).toMatchObject({ total: 3 })
    await expectStatus(me(), 200, 'PATCH', `${base}/${open}/`, { is_internal: true })
    expect((await guest.ask('GET', `${base}/${open}/`)).status).toBe(404)
  })

  test('writes in their own name, and changes only what is their own', async () => {
    const assetId = await makeAsset(me(), 'Own')
    const base = `assets/v1/assets/${assetId}/segments`
    const share = await shareLink(assetId, { allow_approving_comments: false })
    const [one, two] = [await enter(share), await enter(share)]
    const named = { 'share-user-email': 'visitor@example.com' }
    const made = await comment(one, assetId, { segment_text: 'hi' }, named)
    expect(made.body).toMatchObject({
      share_user_email: 'visitor@example.com',
      share_id: textAt(share, 'id'),
    })
    expect(at(made.body, 'user_id')).toBeUndefined()
    expect((await comment(one, assetId, {}, { 'share-user-email': 'nobody' })).status).toBe(400)
    const path = `${base}/${textAt(made, 'id')}/`
    const theirs = textAt(await comment(me(), assetId, { segment_text: 'ours' }), 'id')
    expect((await one.ask('PATCH', path, { segment_text: 'hello' })).status).toBe(200)
    expect((await two.ask('PATCH', path, { segment_text: 'no' })).status).toBe(403)
    expect((await two.ask('DELETE', path)).status).toBe(403)
    expect((await one.ask('PATCH', `${base}/${theirs}/`, { segment_checked: true })).status).toBe(403)
    expect((await one.ask('PATCH', path, { is_internal: true })).status).toBe(403)
    expect((await comment(one, assetId, { user_id: theirs })).status).toBe(403)
    expect((await one.ask('DELETE', path)).status).toBe(204)
    const inbox = await ask('GET', 'users-notifications/v1/notifications/')
    expect(listAt(inbox, 'objects')[0]).toMatchObject({
      event_type: 'comment',
      share_id: textAt(share, 'id'),
    })
    const ticking = await enter(await shareLink(assetId, { allow_approving_comments: true }))
    expect((await ticking.ask('PATCH', `${base}/${theirs}/`, { segment_checked: true })).status).toBe(200)
    expect((await ticking.ask('PATCH', `${base}/${theirs}/`, { segment_text: 'no' })).status).toBe(403)
  })

  test('may do what the share allows, from the moment it is changed', async () => {
    const assetId = await makeAsset(me(), 'Rights')
    await proxied(assetId)
    const share = await shareLink(assetId, { allow_comments: false })
    const guest = await enter(share)
    const segments = `assets/v1/assets/${assetId}/segments/`
    const approvals = `assets/v1/assets/${assetId}/approvals/`
    const files = `files/v1/assets/${assetId}/files/`
    const proxies = `files/v1/assets/${assetId}/proxies/`
    const proxyId = textAt(await guest.ask('GET', proxies), 'objects', 0, 'id')
    const status = async (...call: Parameters<typeof ask>) => (await guest.ask(...call)).status
    expect(await status('GET', segments)).toBe(403)
    expect(await status('PUT', approvals, { status: 'APPROVED', external: 'a@example.com' })).toBe(403)
    expect(await status('GET', files)).toBe(403)
    expect(await status('GET', `${proxies}${proxyId}/download_url/`)).toBe(403)
    expect(await status('GET', `${proxies}?content_disposition=attachment`)).toBe(403)
    const path = `assets/v1/assets/${assetId}/shares/${textAt(share, 'id')}/`
    await expectStatus(me(), 200, 'PUT', path, {
      ...{ allow_comments: true, allow_download: true, allow_approving_comments: true },
      ...{ allow_setting_approve_status: true, allow_download_proxy: true, show_watermark: true },
    })
    expect(await status('GET', segments)).toBe(200)
    expect(await status('GET', 'users/v1/users/basic/')).toBe(403)
    expect(await status('PUT', approvals, { status: 'APPROVED' })).toBe(400)
    expect(await status('PUT', approvals, { status: 'APPROVED', external: 'a@example.com' })).toBe(200)
    const fileId = textAt(await guest.ask('GET', files), 'objects', 0, 'id')
    expect(await status('GET', `${files}${fileId}/download_url/`)).toBe(200)
    expect(await status('GET', `${proxies}${proxyId}/download_url/`)).toBe(200)
    const own = await expectStatus(guest, 200, 'GET', path)
    expect(own.body).toMatchObject({ show_watermark: true, users: [], url: null })
    expect(await status('GET', `assets/v1/assets/${assetId}/shares/`)).toBe(403)
    await expectStatus(me(), 204, 'DELETE', path)
    expect(await status('GET', segments)).toBe(401)
  })

  test('sees older versions only where the share shows them', async () => {
    const assetId = await makeAsset(me(), 'Older')
    const old = textAt(await comment(me(), assetId, { segment_text: 'old' }), 'id')
    await expectStatus(me(), 200, 'POST', `assets/v1/assets/${assetId}/versions/`, {})
    const version = textAt(await ask('GET', `assets/v1/assets/${assetId}/`), 'versions', 0, 'id')
    const blind = await enter(await shareLink(assetId))
    const seeing = await enter(await shareLink(assetId, { allow_view_versions: true }))
    const segments = `assets/v1/assets/${assetId}/segments/`
    expect((await blind.ask('GET', `${segments}?version_id=${version}`)).status).toBe(403)
    expect((await blind.ask('GET', `${segments}?include_all_versions=true`)).body).toMatchObject({ total: 0 })
    expect((await blind.ask('GET', `files/v1/assets/${assetId}/versions/${version}/proxies/`)).status).toBe(
      403,
    )
    expect((await blind.ask('GET', `${segments}${old}/`)).status).toBe(403)
    expect((await seeing.ask('GET', `${segments}?version_id=${version}`)).body).toMatchObject({ total: 1 })
    expect((await seeing.ask('GET', `files/v1/assets/${assetId}/versions/${version}/proxies/`)).status).toBe(
      200,
    )
  })

  test('uploads into a shared collection where the share lets them', async () => {
    const collectionId = textAt(
      await expectStatus(me(), 201, 'POST', 'assets/v1/collections/', { title: 'Inbox' }),
      'id',
    )
    expect(
      (
        await ask('POST', `assets/v1/assets/${await makeAsset(me(), 'x')}/shares/url/`, {
          ...rights,
          allow_upload: true,
        })
      ).status,
    ).toBe(400)
    const share = await shareLink(collectionId, { allow_upload: true }, 'collections')
    const full = await ask('GET', `assets/v1/collections/${collectionId}/shares/${textAt(share, 'id')}/`)
    expect(full.body).toMatchObject({
      upload_storage_presign_md5_checksum: false,
      upload_storage_id: expect.any(String),
    })
    const guest = await enter(share)
    const made = await guest.ask('POST', 'assets/v1/assets/?assign_to_collection=true', {
      ...{ title: 'From outside', type: 'ASSET', collection_id: collectionId },
    })
    expect(made.status).toBe(201)
    const assetId = textAt(made, 'id')
    const check = `files/v1/shares/storages/${textAt(full, 'upload_storage_id')}/files/?directory_path=&name=outside.mp4`
    expect((await guest.ask('GET', check)).status).toBe(404)
    const job = { type: 'TRANSFER', status: 'STARTED', title: 'Upload', object_type: 'assets' }
    const own = await guest.ask('POST', 'jobs/v1/jobs/', { ...job, object_id: assetId })
    expect((await guest.ask('GET', `jobs/v1/jobs/${textAt(own, 'id')}/`)).status).toBe(200)
    const elsewhere = await makeAsset(me(), 'Elsewhere')
    const other = await expectStatus(me(), 201, 'POST', 'jobs/v1/jobs/', { ...job, object_id: elsewhere })
    expect((await guest.ask('GET', `jobs/v1/jobs/${textAt(other, 'id')}/`)).status).toBe(404)
    expect((await guest.ask('POST', 'jobs/v1/jobs/', { ...job, object_id: elsewhere })).status).toBe(403)
    expect(
      (await guest.ask('PATCH', `jobs/v1/jobs/${textAt(own, 'id')}/`, { object_id: elsewhere })).status,
    ).toBe(403)
    const format = await guest.ask('POST', `files/v1/assets/${assetId}/formats/`, { name: 'ORIGINAL' })
    expect(format.status).toBe(201)
  })
})

test('a guest’s name is an address, and stands in place of an author', async () => {
  const assetId = await makeAsset(me(), 'Guest book')
  const post = (email: string) =>
    ask(
      'POST',
      `assets/v1/assets/${assetId}/segments/`,
      { segment_type: 'COMMENT', segment_text: 'hi' },
      { 'share-user-email': email },
    )
  expect((await post('nobody')).status).toBe(400)
  const answer = await post('guest@example.com')
  expect(answer).toMatchObject({ status: 201, body: { share_user_email: 'guest@example.com' } })
  expect(at(answer.body, 'user_id')).toBeUndefined()
})
