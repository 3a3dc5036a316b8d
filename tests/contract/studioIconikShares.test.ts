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
  untilAnswer,
} from '../fakes/iconikBench.ts'
import type { IconikAnswer, IconikClient } from '../fakes/iconikClient.ts'
import { openFile } from '../fakes/iconikUpload.ts'

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

const letters = (to: string): { link: string }[] =>
  readFileSync(join(bench.studio.folder, 'mail.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(to))
    .map((line) => JSON.parse(line) as { link: string })

const comment = (client: IconikClient, assetId: string, body: object, headers: Record<string, string> = {}) =>
  client.ask('POST', `assets/v1/assets/${assetId}/segments/`, { segment_type: 'COMMENT', ...body }, headers)

describe('a link', () => {
  test('is read back by its owner, opens the share and names what it opens', async () => {
    const assetId = await makeAsset(me(), 'Linked')
    const share = await shareLink(assetId, { title: 'For you', allow_view_versions: true })
    expect(share.body).toMatchObject({
      object_id: assetId,
      object_type: 'assets',
      has_password: false,
      title: 'For you',
    })
    const again = await expectStatus(
      me(),
      200,
      'GET',
      `assets/v1/assets/${assetId}/shares/${textAt(share, 'id')}/`,
    )
    expect(textAt(again, 'url')).toBe(textAt(share, 'url'))
    const url = new URL(textAt(share, 'url'))
    expect(url.pathname).toBe(`/share/assets/${assetId}/`)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ object_id: assetId, object_type: 'assets' })
    const entered = await login(hashOf(url.href))
    expect(entered.body).toMatchObject({
      share_id: textAt(share, 'id'),
      object_id: assetId,
      object_type: 'assets',
    })
    expect(listAt(entered, 'roles')).toContain('can_create_segments')
    expect((await login('nonsense')).status).toBe(404)
    expect((await login(hashOf(url.href), { object_id: textAt(share, 'id') })).status).toBe(404)
    expect((await login(hashOf(url.href), { nonsense: 1 })).status).toBe(400)
  })

  test('with a password asks for it, tells nobody of it, and takes no other', async () => {
    const share = await shareLink(await makeAsset(me(), 'Locked'), { password: 'open sesame' })
    expect(share.body).toMatchObject({ has_password: true })
    expect(JSON.stringify(share.body)).not.toContain('sesame')
    const hash = hashOf(textAt(share, 'url'))
    expect(await login(hash)).toMatchObject({
      status: 400,
      body: { errors: { password: 'A password is needed' } },
    })
    expect(await login(hash, { password: 'guess' })).toMatchObject({
      ...{ status: 400, body: { errors: { password: 'The password is wrong' } } },
    })
    expect((await login(hash, { password: 'open sesame' })).status).toBe(200)
    const stored = readFileSync(join(bench.studio.folder, 'studio.db-wal'))
    expect(stored.includes('open sesame')).toBe(false)
  })

  test('ends when it was said to, and its visitors with it', async () => {
    const assetId = await makeAsset(me(), 'Ending')
    const past = { expires: '2020-01-01T00:00:00Z' }
    const far = { expires: new Date(Date.now() + 6 * 366 * 24 * 3600 * 1000).toISOString() }
    for (const body of [past, far]) {
      const answer = await ask('POST', `assets/v1/assets/${assetId}/shares/url/`, { ...rights, ...body })
      expect(answer).toMatchObject({ status: 400, body: { errors: { expires: expect.any(String) } } })
    }
    // Far enough that a busy machine gets to read it before.
    const soon = new Date(Date.now() + 4000).toISOString()
    const share = await shareLink(assetId, { expires: soon })
    const guest = await enter(share)
    const read = () => guest.ask('GET', `assets/v1/assets/${assetId}/`)
    expect((await read()).status).toBe(200)
    expect((await untilAnswer(read, ({ status }) => status !== 200)).status).toBe(401)
    expect((await login(hashOf(textAt(share, 'url')))).status).toBe(400)
    const usual = await shareLink(assetId)
    expect(Date.parse(textAt(usual, 'expires'))).toBeGreaterThan(Date.now() + 29 * 24 * 3600 * 1000)
  })

  test('its token is checked, renewed, and good for its application only', async () => {
    const assetId = await makeAsset(me(), 'Tokens')
    const entered = await login(hashOf(textAt(await shareLink(assetId), 'url')))
    const token = textAt(entered, 'token')
    const { appId } = bench.studio.iconik
    const path = 'assets/v1/shares/auth/token/'
    const nobody = me().nobody()
    const check = (text: string, app = appId) =>
      nobody.ask('GET', path, undefined, { 'app-id': app, 'share-auth-token': text })
    expect((await check(token)).body).toMatchObject({ token, share_id: at(entered.body, 'share_id') })
    const made = textAt(await comment(me().as(appId, token), assetId, { segment_text: 'mine' }), 'id')
    const renewed = await nobody.ask('PUT', path, undefined, { 'app-id': appId, 'share-auth-token': token })
    expect(renewed.status).toBe(200)
    const next = textAt(renewed, 'token')
    expect(next).not.toBe(token)
    expect((await check(token)).status).toBe(401)
    expect((await check(next)).status).toBe(200)
    expect((await check(next, assetId)).status).toBe(401)
    expect((await check(bench.studio.iconik.token)).status).toBe(401)
    expect((await me().as(appId, token).ask('GET', `assets/v1/assets/${assetId}/`)).status).toBe(401)
    const own = `assets/v1/assets/${assetId}/segments/${made}/`
    expect((await me().as(appId, next).ask('PATCH', own, { segment_text: 'still mine' })).status).toBe(200)
  })
})

describe('a share with people', () => {
  test('sends each a link of their own, told nowhere else, counted and revocable', async () => {
    const assetId = await makeAsset(me(), 'Named')
    const share = await expectStatus(me(), 202, 'POST', `assets/v1/assets/${assetId}/shares/`, {
      ...{ ...rights, title: 'Cut 3', emails: ['ann@example.com', 'Ben@example.com', 'ANN@example.com'] },
    })
    expect(at(share.body, 'url')).toBeUndefined()
    const own = `assets/v1/assets/${assetId}/shares/${textAt(share, 'id')}/users`
    const people = await expectStatus(me(), 200, 'GET', `${own}/`)
    expect(listAt(people, 'objects')).toHaveLength(2)
    const [{ link: annLink } = { link: '' }] = letters('ANN@example.com')
    const [{ link: benLink } = { link: '' }] = letters('Ben@example.com')
    expect(JSON.stringify([share.body, people.body])).not.toContain(hashOf(annLink))
    const ann = await login(hashOf(annLink))
    expect(ann.body).toMatchObject({ email: 'ANN@example.com' })
    expect((await login(hashOf(benLink))).status).toBe(200)
    const counted = await expectStatus(me(), 200, 'GET', `${own}/`)
    const annRow = listAt(counted, 'objects').find((row) => at(row, 'email') === 'ANN@example.com')
    expect(annRow).toMatchObject({ access_count: 1, last_access_date: expect.any(String) })
    const annId = String(at(annRow, 'id'))
    await expectStatus(me(), 204, 'DELETE', `${own}/${annId}/`)
    expect((await login(hashOf(annLink))).status).toBe(404)
    const annClient = me().as(textAt(ann, 'app_id'), textAt(ann, 'token'))
    expect((await annClient.ask('GET', `assets/v1/assets/${assetId}/`)).status).toBe(401)
    expect((await login(hashOf(benLink))).status).toBe(200)
    const added = await expectStatus(me(), 201, 'POST', `${own}/`, {
      email: 'cleo@example.com',
      password: 'hers',
    })
    expect((await ask('POST', `${own}/`, { email: 'CLEO@example.com' })).status).toBe(400)
    const [{ link: cleoLink } = { link: '' }] = letters('cleo@example.com')
    expect((await login(hashOf(cleoLink))).status).toBe(400)
    expect((await login(hashOf(cleoLink), { password: 'hers' })).status).toBe(200)
    const patched = await expectStatus(me(), 200, 'PATCH', `${own}/${textAt(added, 'id')}/`, {
      email: 'cleo@example.org',
    })
    expect(patched.body).toMatchObject({ email: 'cleo@example.org' })
    expect((await login(hashOf(cleoLink), { password: 'hers' })).status).toBe(200)
  })

  test('tells a colleague in the inbox', async () => {
    const assetId = await makeAsset(me(), 'Colleague')
    await expectStatus(me(), 202, 'POST', `assets/v1/assets/${assetId}/shares/`, {
      ...{ ...rights, title: 'Look', emails: [bench.studio.iconik.limitedEmail] },
    })
    const inbox = await me().limited().ask('GET', 'users-notifications/v1/notifications/')
    expect(listAt(inbox, 'objects')[0]).toMatchObject({ event_type: 'share', object_id: assetId })
  })
})

describe('shares', () => {
  test('of several assets open a collection of exactly those, which goes with them', async () => {
    const ids = [await makeAsset(me(), 'Several 1'), await makeAsset(me(), 'Several 2')]
    const other = await makeAsset(me(), 'Not shared')
    const body = { ...rights, object_ids: ids, title: 'Both' }
    expect((await ask('POST', 'assets/v1/share/assets/', body)).status).toBe(400)
    const share = await expectStatus(me(), 201, 'POST', 'assets/v1/share/assets/', {
      ...body,
      share_by_url: true,
    })
    expect(share.body).toMatchObject({ object_type: 'collections', title: 'Both' })
    const guest = await enter(share)
    const collection = textAt(share, 'object_id')
    const content = await guest.ask('GET', `assets/v1/collections/${collection}/contents/`)
    expect(
      listAt(content, 'objects')
        .map((one) => at(one, 'id'))
        .sort(),
    ).toEqual([...ids].sort())
    expect((await guest.ask('GET', `assets/v1/assets/${other}/`)).status).toBe(403)
    const roots = await expectStatus(me(), 200, 'GET', 'assets/v1/collections/?is_root=true&per_page=100')
    expect(JSON.stringify(roots.body)).not.toContain('"Both"')
    await expectStatus(me(), 204, 'DELETE', 'assets/v1/shares/bulk/', { share_ids: [textAt(share, 'id')] })
    expect((await ask('GET', `assets/v1/collections/${collection}/`)).status).toBe(404)
    expect((await ask('GET', `assets/v1/assets/${ids[0]}/`)).status).toBe(200)
  })

  test('are listed, filtered and removed in bulk by who owns them', async () => {
    const assetId = await makeAsset(me(), 'Listed')
    const one = await shareLink(assetId, { title: 'Alpha', expires: '2027-05-01T00:00:00Z', password: 'x' })
    const two = await shareLink(assetId, {
      title: 'Beta',
      expires: '2027-06-01T00:00:00Z',
      is_approval: true,
    })
    const titles = async (query: string) =>
      listAt(
        await expectStatus(me(), 200, 'GET', `assets/v1/shares/?object_id=${assetId}&${query}`),
        'objects',
      ).map((share) => at(share, 'title'))
    expect(await titles('sort=title,asc')).toEqual(['Alpha', 'Beta'])
    expect(await titles('sort=expires,desc')).toEqual(['Beta', 'Alpha'])
    expect(await titles('query=Al*')).toEqual(['Alpha'])
    expect(await titles('expires=2027-05-15T00:00:00Z;*')).toEqual(['Beta'])
    expect(await titles(`expires=*;${Date.parse('2027-05-15T00:00:00Z')}`)).toEqual(['Alpha'])
    expect(await titles(`expires=;${Date.parse('2027-05-15T00:00:00Z') / 1000}`)).toEqual(['Alpha'])
    expect(await titles('_exists_=password')).toEqual(['Alpha'])
    expect(await titles(`ids=${textAt(two, 'id')}`)).toEqual(['Beta'])
    expect((await ask('GET', 'assets/v1/shares/?expires=tomorrow')).status).toBe(400)
    const list = await ask('GET', `assets/v1/shares/all/?object_id=${assetId}&title=Beta`)
    expect(listAt(list, 'objects')).toMatchObject([{ is_approval: true, object_title: 'Listed', users: [] }])
    expect(
      listAt(await ask('GET', `assets/v1/assets/${assetId}/shares/?per_page=1`), 'objects'),
    ).toHaveLength(1)
    const ids = [textAt(one, 'id'), textAt(two, 'id')]
    expect((await ask('DELETE', 'assets/v1/shares/bulk/', { share_ids: [...ids, assetId] })).status).toBe(404)
    await expectStatus(me(), 204, 'DELETE', 'assets/v1/shares/bulk/all/', { share_ids: ids })
    expect(await titles('')).toEqual([])
  })

  test('live on over a kill of the studio, and end with their asset', async () => {
    const assetId = await makeAsset(me(), 'Kept')
    const share = await shareLink(assetId)
    const guest = await enter(share)
    await bench.killAndRestart()
    expect((await guest.ask('GET', `assets/v1/assets/${assetId}/`)).status).toBe(200)
    await expectStatus(me(), 204, 'DELETE', `assets/v1/assets/${assetId}/`)
    await expectStatus(me(), 204, 'DELETE', `assets/v1/assets/${assetId}/purge/`)
    expect((await login(hashOf(textAt(share, 'url')))).status).toBe(404)
    expect((await guest.ask('GET', `assets/v1/assets/${assetId}/`)).status).toBe(401)
  })

  test('are made by those who may, of what can be shared', async () => {
    const assetId = await makeAsset(me(), 'Forbidden')
    const limited = me().limited()
    expect((await limited.ask('POST', `assets/v1/assets/${assetId}/shares/url/`, rights)).status).toBe(403)
    expect((await limited.ask('GET', 'assets/v1/shares/all/')).status).toBe(403)
    const { allow_comments: _left, ...less } = rights
    expect((await ask('POST', `assets/v1/assets/${assetId}/shares/url/`, less)).status).toBe(400)
    expect((await ask('POST', `assets/v1/collections/${assetId}/shares/url/`, rights)).status).toBe(404)
    const bad = { ...rights, emails: ['nobody'] }
    expect((await ask('POST', `assets/v1/assets/${assetId}/shares/`, bad)).status).toBe(400)
    const file = await openFile(me(), assetId, 'x.mov', 1)
    expect((await ask('POST', `assets/v1/files/${file.fileId}/shares/url/`, rights)).status).not.toBe(200)
  })
})
