/** Who may ask, and how: tokens, forms of requests, people, and what administrators keep. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sendRaw } from '../fakes/studioClient.ts'
import { candidioOfFile, expectRefusal } from './candidioBench.ts'
import {
  errorSchema,
  many,
  okSchema,
  one,
  productionSchema,
  userSchema,
  workspaceSchema,
} from './candidioSchemas.ts'

const bench = candidioOfFile()

describe('every answer', () => {
  test('needs a token that is known', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer x', 'Basic x', `Token ${bench.studio.token}`]) {
      const answer = await sendRaw(bench.studio.port, { path: '/v1/workspaces', headers: { authorization } })
      expect(answer.status).toBe(401)
      errorSchema.parse(JSON.parse(answer.text))
    }
    const scheme = await sendRaw(bench.studio.port, {
      path: '/v1/workspaces',
      headers: { authorization: `bearer ${bench.studio.token}` },
    })
    expect(scheme.status).toBe(200)
  })

  test('is JSON, or is refused where that is not wanted', async () => {
    const ask = (headers: Record<string, string>, body = '', method = 'POST') =>
      sendRaw(bench.studio.port, {
        method,
        path: `/v1${bench.productions}`,
        headers: { authorization: `Bearer ${bench.studio.token}`, ...headers },
        body,
      })
    const json = { 'content-type': 'application/json' }
    expect((await ask({ accept: 'text/html' }, '', 'GET')).status).toBe(406)
    expect((await ask({ accept: 'application/json, */*' }, '', 'GET')).status).toBe(200)
    expect((await ask({ 'content-type': 'text/plain' }, '{"data":{}}')).status).toBe(406)
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '{"title":"x"}',
      '{"data":[]}',
      '{"data":null}',
      `{"data":${'['.repeat(9000)}}`,
    ]) {
      const answer = await ask(json, body)
      expect([body.slice(0, 20), answer.status]).toEqual([body.slice(0, 20), 400])
      expect(answer.headers['content-type']).toBe('application/json')
    }
    expect((await ask(json, `{"data":{"title":"${'x'.repeat(2 ** 20)}"}}`)).status).toBe(413)
    const typed = await ask(
      { 'content-type': 'application/json; charset=utf-8' },
      '{"data":{"title":"Typed"}}',
    )
    expect(typed.status).toBe(200)
  })

  test('tells an unknown path from a wrong method', async () => {
    expectRefusal(await bench.api.ask('GET', '/nothing'), 404)
    const answer = await bench.api.ask('DELETE', '/workspaces')
    expectRefusal(answer, 405)
    expect(answer.headers.get('allow')).toBe('GET, POST')
  })
})

describe('users', () => {
  const mails = () =>
    readFileSync(join(bench.studio.folder, 'mail.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) =>
        z.object({ to: z.string(), purpose: z.string(), token: z.string() }).parse(JSON.parse(line)),
      )
  const mailed = (to: string, purpose: string) =>
    mails().findLast((mail) => mail.to === to && mail.purpose === purpose)?.token ?? ''
  const person = {
    ...{ first_name: 'Test', last_name: 'McTestface', email: 'producer@candidio.com', password: 'can-test' },
    ...{ is_business: false, company: 'McTestface Studios' },
  }

  test('register, activate and reset their password', async () => {
    const nobody = bench.api.nobody()
    const made = await nobody.expect(one(workspaceSchema), 'POST', '/register', person)
    expect(made.data.workspace_name).toBe('McTestface Studios')
    expectRefusal(await nobody.ask('POST', '/register', person), 422, 'email')
    expectRefusal(
      await nobody.ask('POST', '/register', { is_business: true, email: 'x', password: 'short' }),
      422,
      ...['email', 'password', 'first_name', 'last_name'],
    )
    const token = mailed(person.email, 'activate')
    await nobody.expect(okSchema, 'POST', '/activate', { token })
    expectRefusal(await nobody.ask('POST', '/activate', { token }), 422, 'token')
    const confirmed = await nobody.expect(one(userSchema), 'POST', '/users/confirm-email', {
      token: mailed(person.email, 'confirm-email'),
    })
    expect(confirmed.data).toMatchObject({ email: person.email, is_confirmed: true })
    await nobody.expect(okSchema, 'POST', '/users/forgot-password', { email: person.email })
    await nobody.expect(okSchema, 'POST', '/users/forgot-password', { email: 'unknown@example.com' })
    const reset = { token: mailed(person.email, 'reset-password'), password: 'another-password' }
    await nobody.expect(okSchema, 'POST', '/users/reset-password', reset)
    expectRefusal(await nobody.ask('POST', '/users/reset-password', reset), 422, 'token')
    expect(mails().some(({ to }) => to === 'unknown@example.com')).toBe(false)
    expectRefusal(await nobody.ask('GET', '/invites/none'), 404)
  })

  test('are seen by the members of a workspace, and changed by themselves', async () => {
    for (const path of [`/workspace/${bench.workspace}/users`, `/workspaces/${bench.workspace}/users`]) {
      const listed = await bench.api.get(many(userSchema), path)
      expect(listed.data).toHaveLength(1)
    }
    expectRefusal(await bench.api.ask('GET', '/users'), 403)
    const everyone = await bench.api.admin().get(many(userSchema), '/users')
    const me = everyone.data.find(({ email }) => email === 'producer@studio.invalid')
    const another = everyone.data.find(({ email }) => email === person.email)
    const changed = await bench.api.expect(one(userSchema), 'PUT', `/users/${me?.id}`, { first_name: 'Kim' })
    expect(changed.data.full_name).toBe('Kim Producer')
    expectRefusal(await bench.api.ask('PUT', `/users/${another?.id}`, { first_name: 'Kim' }), 403)
    expectRefusal(await bench.api.ask('PUT', `/users/${me?.id}`, { is_beta: true }), 403)
    expectRefusal(await bench.api.ask('POST', '/users', person), 403)
    const added = { email: 'new@example.com', password: 'long enough', first_name: 'New', last_name: 'One' }
    const made = await bench.api.admin().expect(one(userSchema), 'POST', '/users', added)
    await bench.api.admin().expect(okSchema, 'DELETE', `/users/${made.data.id}`)
  })
})

test('industries and templates are kept by administrators and seen by all', async () => {
  const loose = one(z.looseObject({ id: z.string(), type: z.string(), created_at: z.string() }))
  for (const [path, type, data] of [
    ['/industries', 'industry', { name: 'Film' }],
    ['/template-types', 'template_type', { name: 'Portrait', icon: 'user' }],
    ['/templates', 'template', { name: 'Portrait, 60 s', template: { shots: [] }, is_published: true }],
  ] as const) {
    expectRefusal(await bench.api.ask('POST', path, data), 403)
    const made = await bench.api.admin().expect(loose, 'POST', path, data)
    expect(made.data).toMatchObject({ type, name: data.name })
    const seen = await bench.api.get(loose, `${path}/${made.data.id}`)
    expect(seen.data.id).toBe(made.data.id)
    const changed = await bench.api
      .admin()
      .expect(loose, 'PUT', `${path}/${made.data.id}`, { name: 'Renamed' })
    expect(changed.data['name']).toBe('Renamed')
    if (path === '/templates') {
      const open = await bench.api.nobody().get(many(z.looseObject({ id: z.string() })), '/public/templates')
      expect(open.data.map(({ id }) => id)).toEqual([made.data.id])
      const used = await bench.api.expect(one(productionSchema), 'POST', bench.productions, {
        template_id: made.data.id,
      })
      expect(used.data.title).toBe('Renamed')
    }
    await bench.api.admin().expect(okSchema, 'DELETE', `${path}/${made.data.id}`)
  }
})
