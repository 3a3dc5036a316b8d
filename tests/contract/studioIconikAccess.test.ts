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
import type { IconikClient, IconikMethod } from '../fakes/iconikClient.ts'

let bench: IconikBench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const me = () => bench.iconik
const must = (status: number, method: IconikMethod, path: string, body?: unknown) =>
  expectStatus(me(), status, method, path, body)
const keys = () => bench.studio.iconik
const nobody = '00000000-0000-4000-8000-000000000000'
const login = (email: string, password = keys().password) =>
  me().nobody().ask('POST', 'auth/v1/auth/simple/login/', { email, password, app_name: 'Rushes' })
const letters = () =>
  readFileSync(join(bench.studio.folder, 'mail.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)
const currentEmail = async (client: IconikClient) =>
  at((await client.ask('GET', 'users/v1/users/current/')).body, 'email')

describe('signing in', () => {
  test('with e-mail and password gives a token of an application', async () => {
    const answer = await login(keys().email.toUpperCase())
    expect(answer).toMatchObject({ status: 201, body: { is_admin: true, is_mfa_authenticated: false } })
    const client = me().as(textAt(answer, 'app_id'), textAt(answer, 'token'))
    expect(await currentEmail(client)).toBe(keys().email)
    const wrong = await login(keys().email, 'wrong password')
    expect(wrong).toMatchObject({ status: 400, body: { errors: ['Wrong email or password'] } })
    expect((await login('nobody@studio.invalid')).body).toEqual(wrong.body)
    const text = JSON.stringify(answer.body)
    expect(text).not.toContain(keys().password)
  })

  test('with a second factor takes a mailed code, good once', async () => {
    const first = await login(keys().mfaEmail)
    expect(first.body).toMatchObject({ token: null, auth_system_domains: [{ mfa_required: true }] })
    const temp = { 'temp-auth-token': textAt(first, 'auth_system_domains', 0, 'token') }
    const claim = { email: keys().mfaEmail, system_domain_id: keys().systemDomainId, app_name: 'Rushes' }
    const post = (path: string, body: object, headers: Record<string, string> = temp) =>
      me().nobody().ask('POST', `auth/v1/auth/${path}/`, body, headers)
    expect((await post('multidomain/login', { ...claim, otp: keys().otp })).status).toBe(400)
    expect((await post('otp/generate', claim)).status).toBe(201)
    expect(letters().at(-1)).toMatchObject({ to: keys().mfaEmail, purpose: 'otp', code: keys().otp })
    const wrong = keys().otp === '000000' ? '111111' : '000000'
    expect((await post('multidomain/login', { ...claim, otp: wrong })).status).toBe(400)
    const done = await post('multidomain/login', { ...claim, otp: keys().otp, otp_type: 'MAIL_2SV' })
    expect(done).toMatchObject({ status: 201, body: { is_mfa_authenticated: true } })
    const client = me().as(textAt(done, 'app_id'), textAt(done, 'token'))
    expect(await currentEmail(client)).toBe(keys().mfaEmail)
    expect((await post('multidomain/login', { ...claim, otp: keys().otp })).status).toBe(400)
    expect((await post('otp/generate', claim, {})).status).toBe(401)
    expect((await post('otp/generate', { ...claim, email: keys().email })).status).toBe(401)
    // A login token opens nothing else.
    const appId = textAt(first, 'app_id')
    const odd = await me().as(appId, temp['temp-auth-token']).ask('GET', 'users/v1/users/current/')
    expect(odd.status).toBe(401)
    // Several domains or not, whoever needs no second factor may choose one as well.
    const plain = await login(keys().email)
    const token = { 'temp-auth-token': textAt(plain, 'auth_system_domains', 0, 'token') }
    expect((await post('multidomain/login', { ...claim, email: keys().email }, token)).status).toBe(201)
  })

  test('hands a token to a desktop app by a secret, once', async () => {
    const secret = 'a-long-enough-secret-of-the-app'
    await must(201, 'POST', 'auth/v1/apps/external/auth/', { secret, app_name: 'Rushes' })
    const path = `auth/v1/apps/external/auth/${secret}/`
    const collected = await me().nobody().ask('GET', path)
    expect(collected).toMatchObject({ status: 200, body: { app_id: keys().appId } })
    expect(await currentEmail(me().as(keys().appId, textAt(collected, 'token')))).toBe(keys().email)
    expect((await me().nobody().ask('GET', path)).status).toBe(401)
  })
})

describe('tokens', () => {
  test('are checked, doubled, renewed, listed and revoked', async () => {
    await must(200, 'GET', 'auth/v1/auth/token/')
    const second = await must(201, 'POST', 'auth/v1/auth/token/')
    const client = me().as(keys().appId, textAt(second, 'token'))
    const renewed = await client.ask('PUT', 'auth/v1/auth/token/')
    expect(renewed.status).toBe(200)
    expect((await client.ask('GET', 'auth/v1/auth/token/')).status).toBe(401)
    const third = me().as(keys().appId, textAt(renewed, 'token'))
    const list = await must(200, 'GET', 'auth/v1/auth/tokens/?per_page=100')
    expect(listAt(list, 'objects').map((one) => at(one, 'id'))).toContain(textAt(renewed, 'id'))
    expect(JSON.stringify(list.body)).not.toContain(textAt(renewed, 'token'))
    const page = await must(200, 'GET', 'auth/v1/auth/tokens/?per_page=1')
    const after = await must(
      200,
      'GET',
      `auth/v1/auth/tokens/?per_page=1&last_id=${textAt(page, 'objects', 0, 'id')}`,
    )
    expect(textAt(after, 'objects', 0, 'id')).not.toBe(textAt(page, 'objects', 0, 'id'))
    const one = `auth/v1/auth/token/${textAt(renewed, 'id')}/`
    expect((await me().limited().ask('DELETE', one)).status).toBe(404)
    await must(200, 'GET', one)
    await must(200, 'DELETE', one)
    expect((await third.ask('GET', 'auth/v1/auth/token/')).status).toBe(401)
    const last = await must(201, 'POST', 'auth/v1/auth/token/')
    const own = me().as(keys().appId, textAt(last, 'token'))
    expect((await own.ask('DELETE', 'auth/v1/auth/token/')).status).toBe(200)
    expect((await own.ask('GET', 'auth/v1/auth/token/')).status).toBe(401)
  })

  test('are kept as hashes only', async () => {
    const bytes = readFileSync(join(bench.studio.folder, 'studio.db'), 'latin1')
    const wal = readFileSync(join(bench.studio.folder, 'studio.db-wal'), 'latin1')
    for (const secret of [keys().token, keys().limitedToken, keys().password]) {
      expect(bytes.includes(secret) || wal.includes(secret)).toBe(false)
    }
  })
})

describe('roles', () => {
  test('are asked for by each call', async () => {
    const limited = me().limited()
    const id = await makeAsset(me(), 'Not for everybody')
    expect((await limited.ask('GET', `assets/v1/assets/${id}/`)).status).toBe(200)
    for (const [method, path, body] of [
      ['PATCH', `assets/v1/assets/${id}/`, { title: 'x' }],
      ['DELETE', `assets/v1/assets/${id}/`, undefined],
      ['POST', 'assets/v1/assets/', { title: 'x' }],
      ['POST', 'assets/v1/delete_queue/purge/all/', undefined],
      ['POST', 'users/v1/users/', { email: 'a@b.example', first_name: 'x', type: 'POWER' }],
      ['GET', 'metadata/v1/assets/00000000-0000-4000-8000-000000000000/', undefined],
      ['PATCH', 'settings/v1/system/current/', { home_page: 'x' }],
    ] as const) {
      expect([path, (await limited.ask(method, path, body)).status]).toEqual([path, 403])
    }
    const missing = await limited.ask('DELETE', `assets/v1/assets/${id}/`)
    expect(missing.body).toEqual({ errors: ['Missing roles: can_delete_assets'] })
    const roles = await limited.ask('GET', 'users/v1/users/current/roles/')
    expect(listAt(roles, 'objects')).toContain('can_create_segments')
    expect(listAt(roles, 'objects')).not.toContain('can_write_assets')
    const mine = await must(200, 'GET', 'users/v1/users/current/roles/')
    expect(listAt(mine, 'objects')).toContain('can_purge_assets')
  })

  test('come with groups, and go with them', async () => {
    const group = await must(201, 'POST', 'users/v1/groups/', {
      name: 'Loaders',
      roles: ['can_create_assets'],
    })
    const groupId = textAt(group, 'id')
    const limitedId = textAt(await me().limited().ask('GET', 'users/v1/users/current/'), 'id')
    const add = `users/v1/groups/${groupId}/users/${limitedId}/`
    await must(201, 'POST', add)
    await makeAsset(me().limited(), 'By a loader')
    await must(400, 'DELETE', `users/v1/groups/${groupId}/`)
    await must(200, 'PATCH', `users/v1/groups/${groupId}/`, { roles: [] })
    expect((await me().limited().ask('POST', 'assets/v1/assets/', { title: 'x' })).status).toBe(403)
    await must(200, 'DELETE', add)
    await must(200, 'GET', 'users/v1/groups/?query=load')
    await must(200, 'GET', 'users/v1/groups/basic/')
    await must(200, 'PUT', `users/v1/groups/${groupId}/`, { name: 'Loaders of film' })
    expect((await must(200, 'GET', `users/v1/groups/${groupId}/`)).body).toMatchObject({
      name: 'Loaders of film',
      roles: [],
    })
    await must(204, 'DELETE', `users/v1/groups/${groupId}/`)
  })
})

describe('users', () => {
  test('are made, found, changed and deleted; what they may not do is refused', async () => {
    const fields = { email: 'new@studio.invalid', first_name: 'Noor', last_name: 'Haddad', type: 'STANDARD' }
    const made = await must(201, 'POST', 'users/v1/users/', { ...fields, password: 'a password' })
    const path = `users/v1/users/${textAt(made, 'id')}/`
    expect(JSON.stringify(made.body)).not.toContain('a password')
    const signedIn = await login(fields.email, 'a password')
    expect(signedIn.status).toBe(201)
    await must(400, 'POST', 'users/v1/users/', fields)
    const found = await must(200, 'GET', 'users/v1/users/?query=hadd')
    expect(found.body).toMatchObject({ total: 1, objects: [fields] })
    expect((await must(200, 'GET', `users/v1/users/basic/?emails=${fields.email}`)).body).toMatchObject({
      total: 1,
    })
    await must(200, 'PATCH', path, { phone: '123' })
    await must(400, 'PATCH', path, { email: keys().email })
    const replaced = await must(200, 'PUT', path, { first_name: 'Nour', type: 'STANDARD' })
    expect(replaced.body).not.toHaveProperty('phone')
    await must(200, 'GET', `${path}roles/`)
    const client = me().as(textAt(signedIn, 'app_id'), textAt(signedIn, 'token'))
    expect((await client.ask('PATCH', 'users/v1/users/current/', { phone: '4' })).body).toMatchObject({
      phone: '4',
    })
    expect((await client.ask('PATCH', 'users/v1/users/current/', { is_admin: true })).status).toBe(403)
    await must(204, 'DELETE', path)
    expect((await client.ask('GET', 'users/v1/users/current/')).status).toBe(401)
    expect((await must(200, 'GET', 'users/v1/users/?query=hadd')).body).toMatchObject({ total: 0 })
    await must(404, 'GET', `users/v1/users/${nobody}/`)
  })
})

describe('ACLs', () => {
  test('close an object to everybody else, in lists and in searches too', async () => {
    const limited = me().limited()
    const limitedId = textAt(await limited.ask('GET', 'users/v1/users/current/'), 'id')
    const closed = await makeAsset(me(), 'Closed to the reviewer')
    const list = 'assets/v1/assets/?per_page=1000'
    const search = { query: 'closed', doc_types: ['assets'] }
    const seen = async () => [
      listAt(await limited.ask('GET', list), 'objects').some((one) => at(one, 'id') === closed),
      at((await limited.ask('POST', 'search/v1/search/', search)).body, 'total'),
      (await limited.ask('GET', `assets/v1/assets/${closed}/`)).status,
    ]
    expect(await seen()).toEqual([true, 1, 200])
    const people = await must(200, 'GET', 'users/v1/users/basic/?query=holm')
    const other = textAt(people, 'objects', 0, 'id')
    const write = { object_keys: [closed], user_ids: [other], permissions: ['read', 'write'] }
    expect((await must(200, 'PUT', 'acls/v1/acl/assets/', write)).body).toEqual({
      updated_object_keys: [closed],
    })
    expect(await seen()).toEqual([false, 0, 403])
    const acl = await must(200, 'GET', `acls/v1/acl/assets/${closed}/`)
    expect(acl.body).toMatchObject({ users_acl: [{ user_id: other, permissions: ['read', 'write'] }] })
    await must(201, 'PUT', `acls/v1/users/${limitedId}/acl/assets/${closed}/`, { permissions: ['read'] })
    expect(await seen()).toEqual([true, 1, 200])
    const own = await limited.ask('GET', `acls/v1/acl/assets/${closed}/permissions/`)
    expect(own.body).toEqual({ permissions: ['read'] })
    expect((await limited.ask('GET', `acls/v1/acl/assets/${closed}/write/`)).status).toBe(403)
    expect((await limited.ask('GET', `acls/v1/acl/assets/${closed}/read/`)).status).toBe(200)
    const checked = await limited.ask('POST', 'acls/v1/acl/assets/write/', { object_keys: [closed] })
    expect(checked.body).toEqual({ access_granted: [], access_denied: [closed] })
    await must(200, 'GET', `acls/v1/users/${limitedId}/acl/assets/${closed}/`)
    await must(200, 'GET', `acls/v1/users/${limitedId}/acl/assets/${closed}/read/`)
    await must(204, 'DELETE', `acls/v1/users/${limitedId}/acl/assets/${closed}/`)
    await must(404, 'DELETE', `acls/v1/users/${limitedId}/acl/assets/${closed}/`)
    await must(200, 'DELETE', 'acls/v1/acl/assets/', { object_keys: [closed], user_ids: [other] })
    expect(await seen()).toEqual([true, 1, 200])
  })

  test('come down from collections and out of templates', async () => {
    const group = textAt(await must(200, 'GET', 'users/v1/groups/basic/?query=edit'), 'objects', 0, 'id')
    const collection = textAt(await must(201, 'POST', 'assets/v1/collections/', { title: 'Rights' }), 'id')
    const one = `acls/v1/groups/${group}/acl/collections/${collection}/`
    await must(201, 'PUT', one, { permissions: ['read'] })
    await must(200, 'PUT', one, { permissions: ['read', 'write'] })
    const query = '?apply_collection_acls=true&assign_to_collection=true'
    const body = { title: 'Inherits', collection_id: collection }
    const made = textAt(await must(201, 'POST', `assets/v1/assets/${query}`, body), 'id')
    const inherited = await must(200, 'GET', `acls/v1/acl/assets/${made}/`)
    expect(inherited.body).toMatchObject({
      ...{ groups_acl: [], users_acl: [] },
      inherited_groups_acl: [{ group_id: group, object_key: collection, permissions: ['read', 'write'] }],
    })
    const template = textAt(await must(201, 'POST', 'acls/v1/acl/templates/', { name: 'Open' }), 'id')
    await must(201, 'PUT', `acls/v1/groups/${group}/acl/acl_templates/${template}/`, {
      permissions: ['delete'],
    })
    await must(200, 'POST', `acls/v1/acl/templates/${template}/assets/${made}/`)
    const after = await must(200, 'GET', `acls/v1/groups/${group}/acl/assets/${made}/`)
    expect(after.body).toMatchObject({ permissions: ['read', 'write', 'delete'] })
    await must(200, 'PATCH', 'settings/v1/system/current/', { acl_template_id: template })
    const fresh = await makeAsset(me(), 'By template')
    await must(200, 'GET', `acls/v1/groups/${group}/acl/assets/${fresh}/delete/`)
    await must(403, 'GET', `acls/v1/groups/${group}/acl/assets/${fresh}/write/`)
    await must(200, 'PATCH', 'settings/v1/system/current/', { acl_template_id: null })
    await must(200, 'PATCH', `acls/v1/acl/templates/${template}/`, { name: 'Wide open' })
    expect((await must(200, 'GET', 'acls/v1/acl/templates/')).body).toMatchObject({
      objects: [{ name: 'Wide open' }],
    })
    const content = {
      include_assets: true,
      include_collections: true,
      object_ids: [collection],
      group_ids: [group],
    }
    await must(202, 'PUT', 'acls/v1/acl/collections/content/', {
      ...content,
      permissions: ['change-acl'],
      mode: 'OVERWRITE',
    })
    const overwritten = await must(200, 'GET', `acls/v1/groups/${group}/acl/assets/${made}/`)
    expect(overwritten.body).toMatchObject({ permissions: ['change-acl'] })
    await must(200, 'DELETE', 'acls/v1/acl/collections/content/', content)
    await must(404, 'GET', `acls/v1/groups/${group}/acl/assets/${made}/`)
    await must(204, 'DELETE', `acls/v1/acl/templates/${template}/`)
    const share = `acls/v1/shares/${nobody}/acl/assets/${made}/`
    await must(404, 'PUT', share, { permissions: ['read'] })
    await must(201, 'POST', share, { permissions: ['read'] })
    await must(200, 'PUT', share, { permissions: ['read', 'write'] })
    expect((await must(200, 'GET', `acls/v1/shares/assets/${made}/`)).body).toMatchObject({
      objects: [{ share_id: nobody }],
    })
    await must(200, 'GET', share)
    await must(200, 'GET', `${share}read/`)
    await must(200, 'PUT', `acls/v1/shares/${nobody}/acl/assets/`, {
      object_keys: [fresh],
      permissions: ['read'],
    })
    await must(204, 'DELETE', share)
    const many = { objects: [{ object_keys: [fresh], group_ids: [group], permissions: ['read'] }] }
    await must(200, 'PUT', 'acls/v1/acl/assets/bulk/', many)
    const all = { objects: [{ object_keys: [fresh], object_type: 'assets', permissions: ['read'] }] }
    expect((await must(200, 'POST', 'acls/v1/acl/', all)).body).toMatchObject({ access_granted: [fresh] })
    await must(400, 'PUT', 'acls/v1/acl/assets/', { object_keys: [fresh], permissions: ['fly'] })
  })
})

describe('settings', () => {
  test('of a user go before those of the group before those of the domain', async () => {
    const user = await must(200, 'GET', 'users/v1/users/current/')
    const group = textAt(user, 'primary_group')
    const merged = async () => (await must(200, 'GET', 'settings/v1/merged/current/')).body
    await must(200, 'PUT', 'settings/v1/system/current/', { home_page: 'system', date_format: 'YYYY' })
    await must(200, 'PATCH', `settings/v1/group/${group}/`, { home_page: 'group', datetime_format: 'HH' })
    expect(await merged()).toMatchObject({ home_page: 'group', date_format: 'YYYY', datetime_format: 'HH' })
    const own = `settings/v1/user/${textAt(user, 'id')}/`
    await must(200, 'PATCH', own, { home_page: 'mine' })
    expect(await merged()).toMatchObject({ home_page: 'mine', system_domain_name: 'Northlight Films' })
    await must(200, 'GET', `settings/v1/merged/${textAt(user, 'id')}/`)
    await must(200, 'GET', `settings/v1/system/${keys().systemDomainId}/`)
    await must(404, 'GET', `settings/v1/system/${nobody}/`)
    await must(200, 'PATCH', own, { facet_fields: [{ name: 'type' }] })
    const remove = { user_ids: [textAt(user, 'id')], facet_fields: [] }
    await must(200, 'DELETE', 'settings/v1/user/attributes/', remove)
    expect((await must(200, 'GET', own)).body).not.toHaveProperty('facet_fields')
    await must(204, 'DELETE', own)
    await must(204, 'DELETE', `settings/v1/group/${group}/`)
    expect(await merged()).toMatchObject({ home_page: 'system' })
    await must(200, 'GET', `settings/v1/group/${group}/`)
    await must(400, 'PATCH', own, { home_pages: 'x' })
    expect((await me().limited().ask('GET', own)).status).toBe(403)
    const host = await must(201, 'POST', 'settings/v1/cors_hosts/', { host: 'https://studio.invalid' })
    expect((await must(200, 'GET', 'settings/v1/cors_hosts/')).body).toEqual({ objects: [host.body] })
    await must(200, 'GET', `settings/v1/cors_hosts/${textAt(host, 'id')}/`)
    await must(204, 'DELETE', `settings/v1/cors_hosts/${textAt(host, 'id')}/`)
  })
})
