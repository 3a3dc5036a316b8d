import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { candidioOfFile, expectRefusal } from './candidioBench.ts'
import {
  actionSchema,
  assetSchema,
  briefSchema,
  deliverableSchema,
  descriptionSchema,
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

const bench = candidioOfFile()
const within = (rest: string) => `${bench.productions}/${bench.production}${rest}`

describe('workspaces', () => {
  test('are made, changed and listed', async () => {
    const path = `/workspaces/${bench.workspace}`
    const { data } = await bench.api.get(one(workspaceSchema), path)
    expect(data).toMatchObject({ organization_name: 'Northlight', workspace_name: 'Ours', phone: '555' })
    const changed = await bench.api.expect(one(workspaceSchema), 'PUT', path, {
      name: 'Renamed',
      phone: null,
    })
    expect(changed.data).toMatchObject({ workspace_name: 'Renamed', phone: null })
    const listed = await bench.api.get(many(listedWorkspaceSchema), '/workspaces?sort=workspace_name')
    expect(listed.data.map(({ id }) => id)).toContain(bench.workspace)
    expectRefusal(await bench.api.ask('POST', '/workspaces', { name: 'No kind' }), 422, 'is_business')
    expectRefusal(await bench.api.ask('PUT', path, { features: { users: 999 } }), 403)
    expectRefusal(await bench.api.ask('PUT', path, { internal_notes: 'x' }), 403)
    const noted = await bench.api.admin().expect(one(workspaceSchema), 'PUT', path, { internal_notes: 'VIP' })
    expect(noted.data.internal_notes).toBe('VIP')
    expect((await bench.api.get(one(workspaceSchema), path)).data.internal_notes).toBeUndefined()
  })

  test('go with all that is in them', async () => {
    const made = await bench.api.expect(one(workspaceSchema), 'POST', '/workspaces', {
      is_business: false,
      name: 'Brief',
    })
    const inside = await bench.api.expect(
      one(productionSchema),
      'POST',
      `/workspaces/${made.data.id}/productions`,
      {
        title: 'Gone',
      },
    )
    await bench.api.expect(okSchema, 'DELETE', `/workspaces/${made.data.id}`)
    expectRefusal(await bench.api.ask('GET', `/workspaces/${made.data.id}`), 410)
    expectRefusal(await bench.api.admin().ask('GET', `/productions/${inside.data.id}`), 404)
  })
})

describe('productions', () => {
  const single = one(productionSchema)

  test('start in planning and are changed', async () => {
    const made = await bench.api.expect(single, 'POST', bench.productions, {
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
    const path = `${bench.productions}/${made.data.id}`
    const queued = await bench.api.expect(single, 'PUT', path, { is_queued: true, title: 'Spring 2' })
    expect(queued.data).toMatchObject({ title: 'Spring 2', status_queued: true })
    expect(queued.data.first_submitted_at).toBe(queued.data.last_submitted_at)
    expectRefusal(await bench.api.ask('PUT', path, { status: 'editing' }), 403)
    const moved = await bench.api
      .admin()
      .expect(single, 'PUT', `/productions/${made.data.id}`, { status: 'editing' })
    expect(moved.data.status_state).toBe('Editing')
    expectRefusal(
      await bench.api.ask('PUT', path, { title: '', goal_date: 'soon' }),
      422,
      'title',
      'goal_date',
    )
    expectRefusal(await bench.api.ask('POST', bench.productions, {}), 422, 'title')
    await bench.api.expect(okSchema, 'DELETE', path)
    expectRefusal(await bench.api.ask('GET', path), 410)
  })

  test('are cloned with their shots and briefs', async () => {
    await bench.api.expect(one(descriptionSchema), 'POST', within('/descriptions'), {
      type: 'broll',
      fields: { field1: 'Sea' },
    })
    const clone = await bench.api.expect(single, 'POST', bench.productions, {
      production_id: bench.production,
    })
    expect(clone.data).toMatchObject({ title: 'Autumn', status_state: 'Planning' })
    const shots = await bench.api.get(
      many(descriptionSchema),
      `${bench.productions}/${clone.data.id}/descriptions`,
    )
    expect(shots.data.map(({ fields }) => fields)).toEqual([{ field1: 'Sea' }])
    expectRefusal(
      await bench.api.ask('POST', bench.productions, { production_id: 'prd_none' }),
      422,
      'production_id',
    )
  })

  test('embed what belongs to them', async () => {
    await bench.api.expect(one(briefSchema), 'POST', within('/briefs'), { purpose: 'first' })
    await bench.api.expect(one(briefSchema), 'POST', within('/briefs'), { purpose: 'second' })
    const shown = await bench.api.get(
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
      `${bench.productions}/${bench.production}?include=brief,briefs,created_by,project,assets,descriptions,collaborators,snapshots,workspace`,
    )
    expect(shown.data.brief.purpose).toBe('second')
  })
})

test('shots are kept in order and shown to the public only when they may be', async () => {
  const path = within('/descriptions')
  const single = one(descriptionSchema)
  const made = await bench.api.expect(single, 'POST', path, {
    type: 'interview',
    fields: { field1: 'Why', meta: { name: 'Ida Holm', title: 'Guide' } },
  })
  expect(made.data.shot_type).toBe('interview')
  const moved = await bench.api.expect(single, 'PUT', `${path}/${made.data.id}`, {
    position: 0,
    type: 'broll',
  })
  expect(moved.data).toMatchObject({ position: 0, shot_type: 'broll', fields: made.data.fields })
  const listed = await bench.api.get(many(descriptionSchema), `${path}?sort=position`)
  expect(listed.data[0]?.id).toBe(made.data.id)
  expectRefusal(await bench.api.ask('POST', path, { type: 'broll' }), 422, 'fields')
  const open = [within('/descriptions/public'), `/public${path}`]
  for (const target of open) expectRefusal(await bench.api.nobody().ask('GET', target), 403)
  await bench.api.expect(one(productionSchema), 'PUT', `${bench.productions}/${bench.production}`, {
    allow_public_shotlist: true,
  })
  for (const target of open) {
    const shown = await bench.api
      .nobody()
      .get(many(descriptionSchema), `${target}?include=production.workspace`)
    expect(shown.data).toHaveLength(listed.data.length)
  }
  await bench.api.admin().ask('PUT', `/productions/${bench.production}`, { status: 'Editing' })
  for (const target of open) expectRefusal(await bench.api.nobody().ask('GET', target), 403)
  await bench.api.admin().ask('PUT', `/productions/${bench.production}`, { status: 'planning' })
  await bench.api.expect(okSchema, 'DELETE', `${path}/${made.data.id}`)
})

test('revisions hold instructions and are never deleted', async () => {
  const single = one(revisionSchema)
  const instructions = '00:01:12:05 - 00:01:14:00  tighten this cut'
  const made = await bench.api.expect(single, 'POST', within('/revisions'), { instructions })
  expect(made.data).toMatchObject({ instructions, is_open: true })
  const path = within(`/revisions/${made.data.id}`)
  const changed = await bench.api.expect(single, 'PUT', path, { instructions: 'shorter', is_open: false })
  expect(changed.data).toMatchObject({ instructions: 'shorter', is_open: true })
  expectRefusal(await bench.api.ask('DELETE', path), 405)
  const file = await bench.api.stored('work/still.png', { type: 'png', mimetype: 'image/png' })
  await bench.api.expect(one(assetSchema), 'POST', within('/assets'), { ...file, revision_id: made.data.id })
  const shown = await bench.api.get(
    one(revisionSchema.extend({ assets: z.array(assetSchema).length(1), production: productionSchema })),
    `${path}?include=assets,production`,
  )
  expect(shown.data.production.id).toBe(bench.production)
})

test('deliverables are reviewed', async () => {
  const single = one(deliverableSchema)
  const base = `/workspaces/${bench.workspace}/deliverables`
  const made = await bench.api.expect(single, 'POST', base, { production_id: bench.production })
  expect(made.data).toMatchObject({ status: 'uploading', rating: null, notes_for_producer: null })
  const path = `${base}/${made.data.id}`
  const accepted = await bench.api.expect(single, 'PUT', path, { status: 'accepted', rating: 'happy' })
  expect(accepted.data).toMatchObject({ status: 'accepted', rating: 'happy' })
  expectRefusal(await bench.api.ask('PUT', path, { status: 'perfect' }), 422, 'status')
  expectRefusal(await bench.api.ask('POST', base, {}), 422, 'production_id')
  const mine = await bench.api.get(
    many(deliverableSchema),
    `/deliverables?workspace_id=${bench.workspace}&scope=production:${bench.production}`,
  )
  expect(mine.data).toHaveLength(1)
  await bench.api.expect(okSchema, 'DELETE', path)
})

test('series hold productions and lend them an example', async () => {
  const single = one(videoSeriesSchema)
  const base = `/workspaces/${bench.workspace}/video-series`
  const file = await bench.api.stored('work/example.mp4')
  const example = await bench.api.expect(one(assetSchema), 'POST', within('/assets'), file)
  const made = await bench.api.expect(single, 'POST', base, {
    title: 'People',
    example_video_id: example.data.id,
    video_length: 120,
  })
  expect(made.data).toMatchObject({ turnaround: 5, video_length: '120.0', is_published: false })
  const inside = await bench.api.expect(
    one(productionSchema),
    'POST',
    `${base}/${made.data.id}/productions`,
    {
      title: 'One',
    },
  )
  const listed = await bench.api.get(many(productionSchema), `${base}/${made.data.id}/productions`)
  expect(listed.data.map(({ id }) => id)).toEqual([inside.data.id])
  const shown = await bench.api.get(
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
  expectRefusal(await bench.api.ask('POST', base, { title: 'x', internal_notes: 'x' }), 403)
  const project = many(productionSchema)
  expect(
    (await bench.api.get(project, `${bench.productions}?scope=project:${made.data.id}`)).data,
  ).toHaveLength(1)
})

test('the activity log tells what came, and leads to it', async () => {
  const schema = actionSchema.extend({
    actionable: z.looseObject({ id: z.string() }).nullable(),
    user: userSchema.nullable(),
  })
  const singular = await bench.api.get(
    many(schema),
    `/workspace/${bench.workspace}/actions?include=actionable,user&limit=1000`,
  )
  expect(singular.data.map(({ actionable }) => actionable?.id)).toContain(bench.production)
  expectRefusal(await bench.api.ask('GET', '/actions'), 403)
  const everything = await bench.api.admin().get(many(actionSchema), '/actions')
  expect(everything.meta.pagination.total).toBeGreaterThanOrEqual(singular.data.length)
})
