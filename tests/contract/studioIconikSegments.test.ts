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
import { quickest } from '../fakes/stopwatch.ts'

let bench: IconikBench
const me = () => bench.iconik
const ask: IconikBench['iconik']['ask'] = (...call) => bench.iconik.ask(...call)
const segmentsOf = (assetId: string) => `assets/v1/assets/${assetId}/segments`

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

async function add(assetId: string, body: object): Promise<string> {
  const answer = await expectStatus(me(), 201, 'POST', `${segmentsOf(assetId)}/`, {
    segment_type: 'COMMENT',
    ...body,
  })
  return textAt(answer, 'id')
}

const texts = (answer: IconikAnswer): unknown[] =>
  listAt(answer, 'objects').map((segment) => at(segment, 'segment_text'))
const list = (assetId: string, query = '') =>
  expectStatus(me(), 200, 'GET', `${segmentsOf(assetId)}/?${query}`)

const drawing = {
  primitives: [
    {
      type: 'ARROW',
      points: [
        { x: 100, y: 200 },
        { x: 300, y: 400 },
      ],
      color: '#ff0000',
      opacity: 0.5,
      width: 3,
    },
    { type: 'TEXT', points: [{ x: 5, y: 6 }], text: 'here' },
  ],
}

test('a comment keeps everything that was said, over a kill of the studio', async () => {
  const assetId = await makeAsset(me(), 'Commented')
  const said = {
    segment_text: 'Zu dunkel 🎬\n"hier"',
    time_start_milliseconds: 1000,
    time_end_milliseconds: 2500,
    segment_color: '#e5484d',
    segment_track: 'Grade',
    segment_checked: true,
    is_internal: true,
    drawing,
    metadata: { note: ['x'] },
    external_id: 'rushes:1',
  }
  const id = await add(assetId, said)
  await bench.killAndRestart()
  const read = await expectStatus(me(), 200, 'GET', `${segmentsOf(assetId)}/${id}/`)
  expect(read.body).toMatchObject({
    ...said,
    ...{ id, asset_id: assetId, path: id, top_level: true, has_drawing: true, status: 'ACTIVE' },
    ...{ user_first_name: 'Robin', user_info: { email: bench.studio.iconik.email } },
  })
})

test('replies stand in the thread of what they answer, and go with it', async () => {
  const assetId = await makeAsset(me(), 'Threads')
  const root = await add(assetId, { segment_text: 'root', time_start_milliseconds: 10 })
  const reply = await add(assetId, { segment_text: 'reply', parent_id: root })
  const deep = await add(assetId, { segment_text: 'deep', parent_id: reply, top_level: false })
  const read = await ask('GET', `${segmentsOf(assetId)}/${deep}/`)
  expect(read.body).toMatchObject({ parent_id: reply, path: `${root}/${reply}/${deep}`, top_level: false })
  const other = await makeAsset(me(), 'Elsewhere')
  const body = { segment_type: 'COMMENT', parent_id: root }
  expect((await ask('POST', `${segmentsOf(other)}/`, body)).status).toBe(404)
  expect((await ask('POST', `${segmentsOf(assetId)}/`, { ...body, top_level: true })).status).toBe(400)
  await expectStatus(me(), 204, 'DELETE', `${segmentsOf(assetId)}/${reply}/?soft_delete=true`)
  expect(texts(await list(assetId))).toEqual(['root'])
  expect(texts(await list(assetId, 'status=DELETED')).sort()).toEqual(['deep', 'reply'])
  expect((await ask('GET', `${segmentsOf(assetId)}/${reply}/`)).body).toMatchObject({ status: 'DELETED' })
  await expectStatus(me(), 204, 'DELETE', `${segmentsOf(assetId)}/${root}/`)
  expect((await ask('GET', `${segmentsOf(assetId)}/${deep}/`)).status).toBe(404)
})

test('PATCH merges and PUT replaces; thread and author stay', async () => {
  const assetId = await makeAsset(me(), 'Edited')
  const root = await add(assetId, { segment_text: 'root' })
  const id = await add(assetId, {
    segment_text: 'a',
    segment_color: 'red',
    is_internal: true,
    parent_id: root,
  })
  const path = `${segmentsOf(assetId)}/${id}/`
  const before = await ask('GET', path)
  const patched = await expectStatus(me(), 200, 'PATCH', path, {
    segment_type: 'COMMENT',
    segment_checked: true,
  })
  expect(patched.body).toMatchObject({
    segment_text: 'a',
    segment_color: 'red',
    segment_checked: true,
    is_internal: true,
  })
  expect(textAt(patched, 'date_modified') > textAt(before, 'date_modified')).toBe(true)
  const bare = await expectStatus(me(), 200, 'PATCH', path, { segment_text: 'b' })
  expect(bare.body).toMatchObject({ segment_text: 'b', segment_type: 'COMMENT' })
  const put = await expectStatus(me(), 200, 'PUT', path, { segment_type: 'QC', segment_text: 'c' })
  expect(put.body).toMatchObject({
    segment_type: 'QC',
    segment_text: 'c',
    segment_checked: false,
    is_internal: false,
  })
  expect(put.body).toMatchObject({
    parent_id: root,
    user_id: at(before.body, 'user_id'),
    date_created: at(before.body, 'date_created'),
  })
  expect(at(put.body, 'segment_color')).toBeUndefined()
})

describe('a list', () => {
  let assetId = ''
  let versionIds: string[] = []
  beforeAll(async () => {
    assetId = await makeAsset(me(), 'Filtered')
    const types = ['COMMENT', 'MARKER', 'GENERIC', 'QC', 'TAG', 'SCENE', 'PERSON', 'TRANSCRIPTION']
    const objects = types.map((segment_type, index) => ({
      ...{
        segment_type,
        segment_text: `${segment_type} text`,
        segment_color: index % 2 === 0 ? 'red' : 'blue',
      },
      ...{ time_start_milliseconds: 7000 - index * 1000, time_end_milliseconds: 7500 - index * 1000 },
    }))
    const bulk = await expectStatus(me(), 201, 'POST', `${segmentsOf(assetId)}/bulk/`, { objects })
    expect(bulk.body).toMatchObject({ status: 'FINISHED', id: expect.any(String) })
    await add(assetId, { segment_text: 'whole asset' })
    await expectStatus(me(), 200, 'POST', `assets/v1/assets/${assetId}/versions/`, { copy_segments: false })
    const asset = await ask('GET', `assets/v1/assets/${assetId}/`)
    versionIds = [textAt(asset, 'versions', 0, 'id'), textAt(asset, 'versions', 1, 'id')]
    await add(assetId, { segment_text: 'on the second', time_start_milliseconds: 0 })
  })
  const first = (query: string) => list(assetId, `version_id=${versionIds[0]}&per_page=100&${query}`)

  test('is of the newest version unless another or all are asked for', async () => {
    expect(texts(await list(assetId))).toEqual(['on the second'])
    expect((await first('')).body).toMatchObject({ total: 9, page: 1, pages: 1 })
    expect((await list(assetId, 'include_all_versions=true')).body).toMatchObject({ total: 10 })
    expect((await ask('GET', `${segmentsOf(assetId)}/?version_id=${assetId}`)).status).toBe(404)
  })

  test('is in the order of time, or as it is sorted', async () => {
    const inTime = texts(await first(''))
    expect(inTime[0]).toBe('whole asset')
    expect(inTime.slice(1)).toEqual(
      ['TRANSCRIPTION', 'PERSON', 'SCENE', 'TAG', 'QC', 'GENERIC', 'MARKER', 'COMMENT'].map(
        (type) => `${type} text`,
      ),
    )
    expect(texts(await first('sort=-date_created'))[0]).toBe('whole asset')
    expect(texts(await first('sort=segment_type,asc'))[2]).toBe('GENERIC text')
    expect((await ask('GET', `${segmentsOf(assetId)}/?sort=secret`)).status).toBe(400)
  })

  test.each([
    ['segment_type=QC', ['QC text']],
    ['segment_color=red&segment_type=TAG', ['TAG text']],
    ['time_start_milliseconds=5000', ['GENERIC text']],
    ['time_end_milliseconds=4500', ['QC text']],
    ['time_start_milliseconds__gte=6000', ['MARKER text', 'COMMENT text']],
    ['time_end_milliseconds__lte=1500', ['TRANSCRIPTION text', 'PERSON text']],
    ['query=tag*', ['TAG text']],
    ['person_id=11111111-1111-4111-8111-111111111111', []],
    ['share_id=11111111-1111-4111-8111-111111111111', []],
    ['project_id=11111111-1111-4111-8111-111111111111', []],
    ['transcription_id=11111111-1111-4111-8111-111111111111', []],
  ])('takes %s', async (query, expected) => {
    expect(texts(await first(query))).toEqual(expected)
  })

  test('takes ids, fields, authors and pages', async () => {
    const all = await first('')
    const [one = '', two = ''] = [textAt(all, 'objects', 1, 'id'), textAt(all, 'objects', 2, 'id')]
    expect((await first(`ids=${one},${two}`)).body).toMatchObject({ total: 2 })
    const some = await first('includes=id,segment_text')
    expect(Object.keys(listAt(some, 'objects')[0] as object).sort()).toEqual([
      'id',
      'segment_text',
      'segment_type',
    ])
    expect(at(all.body, 'objects', 0, 'user_info')).toBeUndefined()
    expect(at((await first('include_users=true')).body, 'objects', 0, 'user_info')).toMatchObject({
      first_name: 'Robin',
    })
    const page = await list(assetId, `version_id=${versionIds[0]}&per_page=4&page=3`)
    expect(page.body).toMatchObject({ page: 3, pages: 3, total: 9, next_url: '' })
    expect(texts(page)).toEqual(['COMMENT text'])
    expect((await ask('GET', `${segmentsOf(assetId)}/?page=7`)).status).toBe(404)
    expect((await ask('GET', `${segmentsOf(assetId)}/?nonsense=1`)).status).toBe(400)
  })

  test('of one type shares its path with one segment', async () => {
    await add(assetId, { segment_type: 'MARKER', segment_text: 'mark' })
    expect(texts(await expectStatus(me(), 200, 'GET', `${segmentsOf(assetId)}/MARKER/`))).toEqual(['mark'])
    expect((await ask('GET', `${segmentsOf(assetId)}/NONSENSE/`)).status).toBe(404)
  })

  test('scrolls to its end', async () => {
    const seen: unknown[] = []
    let query = `version_id=${versionIds[0]}&scroll=true&per_page=4`
    for (let round = 0; round < 5; round++) {
      const answer = await list(assetId, query)
      seen.push(...texts(answer))
      if (listAt(answer, 'objects').length === 0) break
      query = `version_id=${versionIds[0]}&per_page=4&scroll_id=${textAt(answer, 'scroll_id')}`
    }
    expect(seen).toHaveLength(9)
  })
})

describe('in bulk', () => {
  test('segments are edited and deleted all together or not at all', async () => {
    const assetId = await makeAsset(me(), 'Bulk')
    const ids = [await add(assetId, { segment_text: 'a' }), await add(assetId, { segment_text: 'b' })]
    const edits = ids.map((id) => ({
      id,
      segment_type: 'COMMENT',
      segment_text: 'edited',
      is_internal: true,
    }))
    await expectStatus(me(), 201, 'PUT', `${segmentsOf(assetId)}/bulk/`, { objects: edits })
    expect(texts(await list(assetId))).toEqual(['edited', 'edited'])
    const broken = [...edits, { id: assetId, segment_type: 'COMMENT' }].map((edit) => ({
      ...edit,
      segment_text: 'x',
    }))
    expect((await ask('PUT', `${segmentsOf(assetId)}/bulk/`, { objects: broken })).status).toBe(404)
    expect(texts(await list(assetId))).toEqual(['edited', 'edited'])
    const marker = await add(assetId, { segment_type: 'MARKER' })
    await expectStatus(me(), 204, 'DELETE', `${segmentsOf(assetId)}/bulk/`, { segment_type: 'COMMENT' })
    expect(listAt(await list(assetId), 'objects')).toMatchObject([{ id: marker }])
    const soft = `${segmentsOf(assetId)}/bulk/?immediately=false`
    await expectStatus(me(), 204, 'DELETE', soft, { segment_ids: [marker] })
    expect((await list(assetId, 'status=DELETED')).body).toMatchObject({ total: 1 })
    expect((await ask('DELETE', `${segmentsOf(assetId)}/bulk/`, {})).status).toBe(400)
    expect((await ask('DELETE', `${segmentsOf(assetId)}/bulk/`, { segment_ids: [assetId] })).status).toBe(404)
    const many = Array.from({ length: 501 }, () => ({ segment_type: 'MARKER' }))
    expect((await ask('POST', `${segmentsOf(assetId)}/bulk/`, { objects: many })).status).toBe(400)
  })

  test('they go with their version, and come along to the next one when that is asked for', async () => {
    const assetId = await makeAsset(me(), 'Copied')
    const root = await add(assetId, { segment_text: 'root', time_start_milliseconds: 1, is_internal: true })
    await add(assetId, { segment_text: 'reply', parent_id: root })
    await add(assetId, { segment_type: 'MARKER', segment_text: 'mark' })
    await expectStatus(me(), 200, 'POST', `assets/v1/assets/${assetId}/versions/`, {
      copy_segments: true,
      include_segment_types: ['COMMENT'],
    })
    const copies = await list(assetId)
    expect(texts(copies).sort()).toEqual(['reply', 'root'])
    const [reply] = listAt(copies, 'objects').filter((one) => at(one, 'segment_text') === 'reply')
    const [copy] = listAt(copies, 'objects').filter((one) => at(one, 'segment_text') === 'root')
    expect(at(copy, 'id')).not.toBe(root)
    expect(at(reply, 'parent_id')).toBe(at(copy, 'id'))
    expect(at(copy, 'is_internal')).toBe(true)
  })
})

test.each([
  ['an unknown field', { segment_type: 'COMMENT', nonsense: 1 }],
  ['a type that is none', { segment_type: 'CHAPTER' }],
  ['no type', { segment_text: 'x' }],
  ['a part of a millisecond', { segment_type: 'COMMENT', time_start_milliseconds: 1.5 }],
  [
    'an end before its start',
    { segment_type: 'COMMENT', time_start_milliseconds: 9, time_end_milliseconds: 8 },
  ],
  ['an end without a start', { segment_type: 'COMMENT', time_end_milliseconds: 8 }],
  [
    'a drawing with a strange shape',
    { segment_type: 'COMMENT', drawing: { primitives: [{ type: 'STAR' }] } },
  ],
  [
    'points that are no whole numbers',
    { segment_type: 'COMMENT', drawing: { primitives: [{ type: 'LINE', points: [{ x: 0.5, y: 1 }] }] } },
  ],
  ['an author of another name', { segment_type: 'COMMENT', user_id: 'somebody' }],
])('a comment with %s is refused', async (_what, body) => {
  const assetId = await makeAsset(me(), 'Refusing')
  const answer = await ask('POST', `${segmentsOf(assetId)}/`, body)
  expect(answer).toMatchObject({ status: 400, body: { errors: expect.anything() } })
  expect((await list(assetId)).body).toMatchObject({ total: 0 })
})

test('what is said leaves as CSV, SRT and WebVTT', async () => {
  const assetId = await makeAsset(me(), 'Exported')
  const id = await add(assetId, {
    ...{
      segment_text: 'One, "two"\n\nthree <b>',
      time_start_milliseconds: 3_661_001,
      time_end_milliseconds: 3_662_002,
    },
  })
  await add(assetId, { segment_text: 'no time' })
  await add(assetId, { segment_text: 'point', time_start_milliseconds: 5000, time_end_milliseconds: 5000 })
  await add(assetId, {
    ...{
      segment_type: 'TRANSCRIPTION',
      segment_text: 'a b c',
      time_start_milliseconds: 0,
      time_end_milliseconds: 900,
    },
    transcription: {
      words: ['a', 'b', 'c'].map((value, index) => ({
        value,
        start_ms: index * 300,
        end_ms: index * 300 + 300,
      })),
    },
  })
  const text = async (path: string) => {
    const answer = await expectStatus(me(), 200, 'GET', `${segmentsOf(assetId)}/${path}`)
    return String(answer.body)
  }
  const csv = await text('csv/?segment_type=COMMENT')
  expect(csv.split('\r\n')[0]).toMatch(/^id,time_start_milliseconds,/)
  expect(csv).toContain(`${id},3661001,3662002,COMMENT,"One, ""two""\n\nthree <b>",`)
  expect(await text('srt/?segment_type=COMMENT')).toBe(
    '1\n00:00:05,000 --> 00:00:06,000\npoint\n\n2\n01:01:01,001 --> 01:01:02,002\nOne, "two"\nthree <b>\n',
  )
  expect(await text('vtt/?segment_type=TRANSCRIPTION&words_per_line=2')).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:00.600\na b\n\n00:00:00.600 --> 00:00:00.900\nc\n',
  )
  expect(await text('vtt/?segment_type=COMMENT')).toContain('three &lt;b&gt;')
})

test('roles decide who may comment, change and delete', async () => {
  const assetId = await makeAsset(me(), 'Roles')
  const limited = me().limited()
  const made = await expectStatus(limited, 201, 'POST', `${segmentsOf(assetId)}/`, {
    segment_type: 'COMMENT',
  })
  const path = `${segmentsOf(assetId)}/${textAt(made, 'id')}/`
  expect((await limited.ask('PATCH', path, { segment_checked: true })).status).toBe(403)
  expect((await limited.ask('DELETE', path)).status).toBe(403)
  expect((await limited.ask('GET', path)).status).toBe(200)
  const me_ = textAt(await ask('GET', 'users/v1/users/current/'), 'id')
  const body = { segment_type: 'COMMENT', user_id: me_ }
  expect((await limited.ask('POST', `${segmentsOf(assetId)}/`, body)).status).toBe(403)
  expect((await ask('GET', `${segmentsOf(made.status === 201 ? textAt(made, 'id') : '')}/`)).status).toBe(404)
})

test('the first page of 10,000 comments comes in 300 ms, whatever it is asked for', async () => {
  const seeded = await bench.studio.seedIconik('Long list', 1, 10_000)
  const assetId = String(seeded.assetId)
  const queries = [
    '',
    'per_page=100&include_users=true',
    'sort=date_created,desc&per_page=100',
    'sort=-date_modified&segment_type=COMMENT',
    'query=horizon&per_page=100',
    'time_start_milliseconds__gte=600000&segment_color=%23f5a524',
    'page=1000',
  ]
  for (const query of queries) {
    const { value, ms } = await quickest(() => list(assetId, query))
    expect(at(value.body, 'total'), query).toBeGreaterThan(1000)
    expect(ms, query).toBeLessThan(300)
  }
})
