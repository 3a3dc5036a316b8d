import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, CandidioClient } from '../fakes/candidioClient.ts'
import { sendRaw } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import {
  actionSchema,
  assetSchema,
  briefSchema,
  deliverableSchema,
  descriptionSchema,
  errorSchema,
  listedWorkspaceSchema,
  many,
  okSchema,
  one,
  productionSchema,
  revisionSchema,
  userSchema,
  videoSeriesSchema,
  workspaceSchema,
} from './candidioSchemas.ts'

let studio: StudioProcess
let api: CandidioClient
let workspace: string
let production: string

beforeAll(async () => {
  studio = await startStudio()
  api = new CandidioClient(studio)
  const made = { is_business: true, organization: 'Northlight', name: 'Ours', phone: '555' }
  workspace = (await api.expect(one(workspaceSchema), 'POST', '/workspaces', made)).data.id
  production = (await api.expect(one(productionSchema), 'POST', productions(), { title: 'Autumn' })).data.id
})
afterAll(async () => {
  expect(studio.problems).toEqual([])
  await studio.dispose()
})

const productions = () => `/workspaces/${workspace}/productions`
const within = (rest: string) => `${productions()}/${production}${rest}`

function expectRefusal(answer: Answer, status: number, ...fields: string[]): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  const { error } = errorSchema.parse(answer.body)
  if (fields.length > 0) expect(Object.keys(error.errors ?? {}).toSorted()).toEqual(fields.toSorted())
}

describe('every answer', () => {
  test('needs a token that is known', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer x', 'Basic x', `Token ${studio.token}`]) {
      const answer = await sendRaw(studio.port, { path: '/v1/workspaces', headers: { authorization } })
      expect(answer.status).toBe(401)
      errorSchema.parse(JSON.parse(answer.text))
    }
    const scheme = await sendRaw(studio.port, {
      path: '/v1/workspaces',
      headers: { authorization: `bearer ${studio.token}` },
    })
    expect(scheme.status).toBe(200)
  })

  test('is JSON, or is refused where that is not wanted', async () => {
    const ask = (headers: Record<string, string>, body = '', method = 'POST') =>
      sendRaw(studio.port, {
        method,
        path: `/v1${productions()}`,
        headers: { authorization: `Bearer ${studio.token}`, ...headers },
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
    expectRefusal(await api.ask('GET', '/nothing'), 404)
    const answer = await api.ask('DELETE', '/workspaces')
    expectRefusal(answer, 405)
    expect(answer.headers.get('allow')).toBe('GET, POST')
  })
})

describe('workspaces', () => {
  test('are made, changed and listed', async () => {
    const path = `/workspaces/${workspace}`
    const { data } = await api.get(one(workspaceSchema), path)
    expect(data).toMatchObject({ organization_name: 'Northlight', workspace_name: 'Ours', phone: '555' })
    const changed = await api.expect(one(workspaceSchema), 'PUT', path, { name: 'Renamed', phone: null })
    expect(changed.data).toMatchObject({ workspace_name: 'Renamed', phone: null })
    const listed = await api.get(many(listedWorkspaceSchema), '/workspaces?sort=workspace_name')
    expect(listed.data.map(({ id }) => id)).toContain(workspace)
    expectRefusal(await api.ask('POST', '/workspaces', { name: 'No kind' }), 422, 'is_business')
    expectRefusal(await api.ask('PUT', path, { features: { users: 999 } }), 403)
    expectRefusal(await api.ask('PUT', path, { internal_notes: 'x' }), 403)
    const noted = await api.admin().expect(one(workspaceSchema), 'PUT', path, { internal_notes: 'VIP' })
    expect(noted.data.internal_notes).toBe('VIP')
    expect((await api.get(one(workspaceSchema), path)).data.internal_notes).toBeUndefined()
  })

  test('go with all that is in them', async () => {
    const made = await api.expect(one(workspaceSchema), 'POST', '/workspaces', {
      is_business: false,
      name: 'Brief',
    })
    const inside = await api.expect(
      one(productionSchema),
      'POST',
      `/workspaces/${made.data.id}/productions`,
      {
        title: 'Gone',
      },
    )
    await api.expect(okSchema, 'DELETE', `/workspaces/${made.data.id}`)
    expectRefusal(await api.ask('GET', `/workspaces/${made.data.id}`), 410)
    expectRefusal(await api.admin().ask('GET', `/productions/${inside.data.id}`), 404)
  })
})

describe('productions', () => {
  const single = one(productionSchema)

  test('start in planning and are changed', async () => {
    const made = await api.expect(single, 'POST', productions(), {
      title: ' Spring ',
      goal_date: '2026-05-01',
    })
    expect(made.data).toMatchObject({
      title: 'Spring',
      status_state: 'Planning',
      status_queued: false,
      allow_public_upload: false,
      goal_date: '2026-05-01 00:00:00',
      first_submitted_at: null,
    })
    const path = `${productions()}/${made.data.id}`
    const queued = await api.expect(single, 'PUT', path, { is_queued: true, title: 'Spring 2' })
    expect(queued.data).toMatchObject({ title: 'Spring 2', status_queued: true })
    expect(queued.data.first_submitted_at).toBe(queued.data.last_submitted_at)
    expectRefusal(await api.ask('PUT', path, { status: 'editing' }), 403)
    const moved = await api
      .admin()
      .expect(single, 'PUT', `/productions/${made.data.id}`, { status: 'editing' })
    expect(moved.data.status_state).toBe('Editing')
    expectRefusal(await api.ask('PUT', path, { title: '', goal_date: 'soon' }), 422, 'title', 'goal_date')
    expectRefusal(await api.ask('POST', productions(), {}), 422, 'title')
    await api.expect(okSchema, 'DELETE', path)
    expectRefusal(await api.ask('GET', path), 410)
  })

  test('are cloned with their shots and briefs', async () => {
    await api.expect(one(descriptionSchema), 'POST', within('/descriptions'), {
      type: 'broll',
      fields: { field1: 'Sea' },
    })
    const clone = await api.expect(single, 'POST', productions(), { production_id: production })
    expect(clone.data).toMatchObject({ title: 'Autumn', status_state: 'Planning' })
    const shots = await api.get(many(descriptionSchema), `${productions()}/${clone.data.id}/descriptions`)
    expect(shots.data.map(({ fields }) => fields)).toEqual([{ field1: 'Sea' }])
    expectRefusal(await api.ask('POST', productions(), { production_id: 'prd_none' }), 422, 'production_id')
  })

  test('embed what belongs to them', async () => {
    await api.expect(one(briefSchema), 'POST', within('/briefs'), { purpose: 'first' })
    await api.expect(one(briefSchema), 'POST', within('/briefs'), { purpose: 'second' })
    const shown = await api.get(
      z.strictObject({
        data: productionSchema.extend({
          brief: briefSchema,
          briefs: z.array(briefSchema).length(2),
          created_by: userSchema,
          project: z.null(),
          assets: z.array(assetSchema),
          descriptions: z.array(descriptionSchema),
          collaborators: z.array(userSchema),
          snapshots: z.array(z.unknown()),
          workspace: workspaceSchema,
        }),
      }),
      `${productions()}/${production}?include=brief,briefs,created_by,project,assets,descriptions,collaborators,snapshots,workspace`,
    )
    expect(shown.data.brief.purpose).toBe('second')
  })
})

test('shots are kept in order and shown to the public only when they may be', async () => {
  const path = within('/descriptions')
  const single = one(descriptionSchema)
  const made = await api.expect(single, 'POST', path, {
    type: 'interview',
    fields: { field1: 'Why', meta: { name: 'Ida Holm', title: 'Guide' } },
  })
  expect(made.data.shot_type).toBe('interview')
  const moved = await api.expect(single, 'PUT', `${path}/${made.data.id}`, { position: 0, type: 'broll' })
  expect(moved.data).toMatchObject({ position: 0, shot_type: 'broll', fields: made.data.fields })
  const listed = await api.get(many(descriptionSchema), `${path}?sort=position`)
  expect(listed.data[0]?.id).toBe(made.data.id)
  expectRefusal(await api.ask('POST', path, { type: 'broll' }), 422, 'fields')
  const open = [within('/descriptions/public'), `/public${path}`]
  for (const target of open) expectRefusal(await api.nobody().ask('GET', target), 403)
  await api.expect(one(productionSchema), 'PUT', `${productions()}/${production}`, {
    allow_public_shotlist: true,
  })
  for (const target of open) {
    const shown = await api.nobody().get(many(descriptionSchema), `${target}?include=production.workspace`)
    expect(shown.data).toHaveLength(listed.data.length)
  }
  await api.admin().ask('PUT', `/productions/${production}`, { status: 'Editing' })
  for (const target of open) expectRefusal(await api.nobody().ask('GET', target), 403)
  await api.admin().ask('PUT', `/productions/${production}`, { status: 'planning' })
  await api.expect(okSchema, 'DELETE', `${path}/${made.data.id}`)
})

test('revisions hold instructions and are never deleted', async () => {
  const single = one(revisionSchema)
  const instructions = '00:01:12:05 - 00:01:14:00  tighten this cut'
  const made = await api.expect(single, 'POST', within('/revisions'), { instructions })
  expect(made.data).toMatchObject({ instructions, is_open: true })
  const path = within(`/revisions/${made.data.id}`)
  const changed = await api.expect(single, 'PUT', path, { instructions: 'shorter', is_open: false })
  expect(changed.data).toMatchObject({ instructions: 'shorter', is_open: true })
  expectRefusal(await api.ask('DELETE', path), 405)
  const file = await api.stored('work/still.png', { type: 'png', mimetype: 'image/png' })
  await api.expect(one(assetSchema), 'POST', within('/assets'), { ...file, revision_id: made.data.id })
  const shown = await api.get(
    one(revisionSchema.extend({ assets: z.array(assetSchema).length(1), production: productionSchema })),
    `${path}?include=assets,production`,
  )
  expect(shown.data.production.id).toBe(production)
})

test('deliverables are reviewed', async () => {
  const single = one(deliverableSchema)
  const base = `/workspaces/${workspace}/deliverables`
  const made = await api.expect(single, 'POST', base, { production_id: production })
  expect(made.data).toMatchObject({ status: 'uploading', rating: null, notes_for_producer: null })
  const path = `${base}/${made.data.id}`
  const accepted = await api.expect(single, 'PUT', path, { status: 'accepted', rating: 'happy' })
  expect(accepted.data).toMatchObject({ status: 'accepted', rating: 'happy' })
  expectRefusal(await api.ask('PUT', path, { status: 'perfect' }), 422, 'status')
  expectRefusal(await api.ask('POST', base, {}), 422, 'production_id')
  const mine = await api.get(
    many(deliverableSchema),
    `/deliverables?workspace_id=${workspace}&scope=production:${production}`,
  )
  expect(mine.data).toHaveLength(1)
  await api.expect(okSchema, 'DELETE', path)
})

test('series hold productions and lend them an example', async () => {
  const single = one(videoSeriesSchema)
  const base = `/workspaces/${workspace}/video-series`
  const file = await api.stored('work/example.mp4')
  const example = await api.expect(one(assetSchema), 'POST', within('/assets'), file)
  const made = await api.expect(single, 'POST', base, {
    title: 'People',
    example_video_id: example.data.id,
    video_length: 120,
  })
  expect(made.data).toMatchObject({ turnaround: 5, video_length: '120.0', is_published: false })
  const inside = await api.expect(one(productionSchema), 'POST', `${base}/${made.data.id}/productions`, {
    title: 'One',
  })
  const listed = await api.get(many(productionSchema), `${base}/${made.data.id}/productions`)
  expect(listed.data.map(({ id }) => id)).toEqual([inside.data.id])
  const shown = await api.get(
    one(
      videoSeriesSchema.extend({
        example_video: assetSchema,
        productions: z.array(productionSchema).length(1),
      }),
    ),
    `${base}/${made.data.id}?include=example_video,productions`,
  )
  // A bare record without a wrapping, as the documents' only sample shows it.
  expect(shown.data.example_video.id).toBe(example.data.id)
  expectRefusal(await api.ask('POST', base, { title: 'x', internal_notes: 'x' }), 403)
  const project = many(productionSchema)
  expect((await api.get(project, `${productions()}?scope=project:${made.data.id}`)).data).toHaveLength(1)
})

test('the activity log tells what came, and leads to it', async () => {
  const schema = actionSchema.extend({
    actionable: z.looseObject({ id: z.string() }).nullable(),
    user: userSchema.nullable(),
  })
  const singular = await api.get(
    many(schema),
    `/workspace/${workspace}/actions?include=actionable,user&limit=1000`,
  )
  expect(singular.data.map(({ actionable }) => actionable?.id)).toContain(production)
  expectRefusal(await api.ask('GET', '/actions'), 403)
  const everything = await api.admin().get(many(actionSchema), '/actions')
  expect(everything.meta.pagination.total).toBeGreaterThanOrEqual(singular.data.length)
})

describe('users', () => {
  const mails = () =>
    readFileSync(join(studio.folder, 'mail.jsonl'), 'utf8')
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
    const nobody = api.nobody()
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
    for (const path of [`/workspace/${workspace}/users`, `/workspaces/${workspace}/users`]) {
      const listed = await api.get(many(userSchema), path)
      expect(listed.data).toHaveLength(1)
    }
    expectRefusal(await api.ask('GET', '/users'), 403)
    const everyone = await api.admin().get(many(userSchema), '/users')
    const me = everyone.data.find(({ email }) => email === 'producer@studio.invalid')
    const another = everyone.data.find(({ email }) => email === person.email)
    const changed = await api.expect(one(userSchema), 'PUT', `/users/${me?.id}`, { first_name: 'Kim' })
    expect(changed.data.full_name).toBe('Kim Producer')
    expectRefusal(await api.ask('PUT', `/users/${another?.id}`, { first_name: 'Kim' }), 403)
    expectRefusal(await api.ask('PUT', `/users/${me?.id}`, { is_beta: true }), 403)
    expectRefusal(await api.ask('POST', '/users', person), 403)
    const added = { email: 'new@example.com', password: 'long enough', first_name: 'New', last_name: 'One' }
    const made = await api.admin().expect(one(userSchema), 'POST', '/users', added)
    await api.admin().expect(okSchema, 'DELETE', `/users/${made.data.id}`)
  })
})

test('industries and templates are kept by administrators and seen by all', async () => {
  const loose = one(z.looseObject({ id: z.string(), type: z.string(), created_at: z.string() }))
  for (const [path, type, data] of [
    ['/industries', 'industry', { name: 'Film' }],
    ['/template-types', 'template_type', { name: 'Portrait', icon: 'user' }],
    ['/templates', 'template', { name: 'Portrait, 60 s', template: { shots: [] }, is_published: true }],
  ] as const) {
    expectRefusal(await api.ask('POST', path, data), 403)
    const made = await api.admin().expect(loose, 'POST', path, data)
    expect(made.data).toMatchObject({ type, name: data.name })
    const seen = await api.get(loose, `${path}/${made.data.id}`)
    expect(seen.data.id).toBe(made.data.id)
    const changed = await api.admin().expect(loose, 'PUT', `${path}/${made.data.id}`, { name: 'Renamed' })
    expect(changed.data['name']).toBe('Renamed')
    if (path === '/templates') {
      const open = await api.nobody().get(many(z.looseObject({ id: z.string() })), '/public/templates')
      expect(open.data.map(({ id }) => id)).toEqual([made.data.id])
      const used = await api.expect(one(productionSchema), 'POST', productions(), {
        template_id: made.data.id,
      })
      expect(used.data.title).toBe('Renamed')
    }
    await api.admin().expect(okSchema, 'DELETE', `${path}/${made.data.id}`)
  }
})
