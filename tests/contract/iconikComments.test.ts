import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommentPower, VersionRef } from '../../src/main/connectors/powers.ts'
import type { RemotePlace } from '../../src/main/connectors/remote.ts'
import type { Comment, CommentKind } from '../../src/shared/review.ts'
import { drawnShape } from '../fakes/drawnShape.ts'
import { quickest } from '../fakes/stopwatch.ts'
import { rate, written } from '../fakes/writtenComment.ts'
import { codeOf, none } from './asking.ts'
import { addAsset, type IconikStation, openIconik, placeAt, powerOf } from './iconikStation.ts'

let station: IconikStation
let place: RemotePlace
let comments: CommentPower
beforeAll(async () => {
  station = await openIconik({ hasSamples: false })
  const { status } = await station.api.ask('POST', 'assets/v1/collections/', { title: 'Review' })
  expect(status).toBe(201)
  place = await placeAt(station.me, 'Review')
  comments = powerOf(station.me, 'comments')
})
afterAll(async () => {
  expect(station.studio.problems).toEqual([])
  await station.studio.dispose()
})

interface StoredSegment {
  readonly id: string
  readonly is_internal?: boolean
  readonly segment_text?: string
  readonly time_start_milliseconds?: number | null
  readonly time_end_milliseconds?: number | null
  readonly segment_checked?: boolean
  readonly segment_color?: string
  readonly keyframe_id?: string | null
  readonly metadata?: unknown
}
async function stored({ assetRemoteId, remoteId }: VersionRef): Promise<StoredSegment[]> {
  const path = `assets/v1/assets/${assetRemoteId}/segments/?version_id=${remoteId}&per_page=1000`
  const { body } = await station.api.ask('GET', path)
  return (body as { objects: StoredSegment[] }).objects
}
async function storedOne(version: VersionRef, id: string | null): Promise<StoredSegment> {
  const found = (await stored(version)).find((one) => one.id === id)
  if (found === undefined) throw new Error('the segment is not there')
  return found
}
async function addSegment({ assetRemoteId, remoteId }: VersionRef, fields: object): Promise<string> {
  const body = { segment_type: 'COMMENT', version_id: remoteId, ...fields }
  const answer = await station.api.ask('POST', `assets/v1/assets/${assetRemoteId}/segments/`, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return (answer.body as { id: string }).id
}

async function send(version: VersionRef, comment: Comment, parent: string | null = null): Promise<Comment> {
  const { remoteId } = await comments.create(version, comment, parent, none())
  return { ...comment, remoteId }
}
async function read(version: VersionRef, remoteId: string | null): Promise<Comment> {
  const found = (await comments.list(version, none())).find((one) => one.remoteId === remoteId)
  if (found === undefined) throw new Error('the comment is not listed')
  return found
}

describe('a comment', () => {
  test('comes back as it was written, with all it holds', async () => {
    const { version } = await addAsset(station, place, 'Whole')
    const sent = written('Darken the strap', {
      span: { startFrame: 100, endFrame: 148, rate },
      isResolved: true,
      isInternal: true,
      colour: '#ff3b30',
      track: 'Grade',
      kind: 'qc',
      drawing: [drawnShape({ id: '0', tool: 'arrow', colour: '#ff3b30' })],
    })
    const made = await send(version, sent)
    const back = await read(version, made.remoteId)
    expect(back).toMatchObject({
      id: sent.id,
      remoteId: made.remoteId,
      text: 'Darken the strap',
      isResolved: true,
      isInternal: true,
      colour: '#ff3b30',
      track: 'Grade',
      kind: 'qc',
      drawing: sent.drawing,
      author: { isMe: true },
      isLocalOnly: false,
      pending: null,
    })
    expect(back.span).toEqual({
      startFrame: 100,
      endFrame: 148,
      rate,
      remoteTime: { start: '4000', end: '5920' },
    })
  })

  test('counts its frames at the rate of the version’s proxy', async () => {
    const { id, version } = await addAsset(station, place, 'Rated')
    const proxy = { name: 'proxy.mp4', version_id: version.remoteId, frame_rate: '23.976' }
    const added = await station.api.ask('POST', `files/v1/assets/${id}/proxies/`, proxy)
    expect(added.status, JSON.stringify(added.body)).toBe(201)
    const segment = await addSegment(version, { time_start_milliseconds: 1001, time_end_milliseconds: 1001 })
    expect((await read(version, segment)).span).toMatchObject({
      startFrame: 24,
      rate: { numerator: 24000, denominator: 1001 },
    })
  })

  test('stands at the moment of its frame where frames are not equally long', async () => {
    const { version } = await addAsset(station, place, 'Uneven')
    const times = { ticksPerSecond: 1000, startTicks: 40, runs: [2, 40, 1, 2500, 30, 33] }
    const uneven: VersionRef = { ...version, rate, times }
    const made = await send(uneven, written('Here', { span: { startFrame: 2, endFrame: 4, rate } }))
    expect(await storedOne(version, made.remoteId)).toMatchObject({
      time_start_milliseconds: 120,
      time_end_milliseconds: 2653,
    })
    expect((await read(uneven, made.remoteId)).span).toMatchObject({ startFrame: 2, endFrame: 4, rate })
    const others = await addSegment(version, { time_start_milliseconds: 2000, time_end_milliseconds: 2000 })
    expect((await read(uneven, others)).span).toMatchObject({ startFrame: 2, endFrame: 2 })
    expect((await read(version, others)).span).toMatchObject({ startFrame: 50, endFrame: 50 })
  })

  test('of any kind keeps its kind; one on the whole version has no time', async () => {
    const { version } = await addAsset(station, place, 'Kinds')
    const kinds: CommentKind[] = ['comment', 'marker', 'generic', 'qc', 'tag', 'scene', 'person']
    for (const kind of kinds) await send(version, written(kind, { kind, span: null }))
    const listed = await comments.list(version, none())
    expect(listed.map((one) => [one.text, one.kind, one.span])).toEqual(
      kinds.map((kind) => [kind, kind, null]),
    )
  })

  test('is changed and removed; what is gone already counts as removed', async () => {
    const { version } = await addAsset(station, place, 'Changes')
    const made = await send(version, written('First words'))
    const before = await read(version, made.remoteId)
    await comments.change(
      version,
      { ...before, text: 'Better words', isResolved: true, colour: null },
      none(),
    )
    expect(await read(version, made.remoteId)).toMatchObject({ text: 'Better words', isResolved: true })
    await comments.remove(version, made.remoteId ?? '', none())
    expect(await comments.list(version, none())).toEqual([])
    await comments.remove(version, made.remoteId ?? '', none())
  })

  test('whose answer was lost is not made twice, however late it is tried again', async () => {
    const { version } = await addAsset(station, place, 'Once')
    const sent = written('Only once')
    await station.studio.fault({ operation: 'assets.createSegment', kind: 'loseReply' })
    expect(await codeOf(comments.create(version, sent, null, none()))).toBe('network.offline')
    const again = await comments.create(version, sent, null, none())
    expect((await stored(version)).map(({ id }) => id)).toEqual([again.remoteId])
    // After a restart nothing is remembered but what the service holds.
    const { appId, token } = station.studio.iconik
    const restarted = powerOf(await station.signIn({ kind: 'token', appId, token }), 'comments')
    expect(await restarted.create(version, sent, null, none())).toEqual(again)
    expect(await stored(version)).toHaveLength(1)
  })

  test('of somebody else is not moved by opening and saving it', async () => {
    const { version } = await addAsset(station, place, 'Still')
    const times = [
      [417, 503],
      [1, 1],
      [39, null],
      [null, null],
    ] as const
    for (const [start, end] of times) {
      const segment = await addSegment(version, {
        segment_text: 'Theirs',
        time_start_milliseconds: start,
        time_end_milliseconds: end,
        keyframe_id: '00000000-0000-4000-8000-000000000001',
        metadata: { Scene: '12' },
      })
      await comments.change(version, { ...(await read(version, segment)), text: 'Reworded' }, none())
      await comments.many?.change(version, [await read(version, segment)], none())
      const after = await storedOne(version, segment)
      expect([after.time_start_milliseconds ?? null, after.time_end_milliseconds ?? null]).toEqual([
        start,
        end,
      ])
      expect(after).toMatchObject({
        segment_text: 'Reworded',
        keyframe_id: '00000000-0000-4000-8000-000000000001',
        metadata: { Scene: '12' },
      })
    }
  })
})

describe('what is internal', () => {
  test('stays so through every edit, alone and among many', async () => {
    const { version } = await addAsset(station, place, 'Internal')
    const made = await send(version, written('Do not show', { isInternal: true }))
    const open = await send(version, written('May be shown'))
    for (const change of [{ text: 'Still hidden' }, { isResolved: true }, { colour: '#00ff00' }]) {
      await comments.change(version, { ...(await read(version, made.remoteId)), ...change }, none())
      expect((await storedOne(version, made.remoteId)).is_internal).toBe(true)
    }
    const both = (await comments.list(version, none())).map((one) => ({ ...one, isResolved: true }))
    await comments.many?.change(version, both, none())
    expect(await storedOne(version, made.remoteId)).toMatchObject({
      is_internal: true,
      segment_checked: true,
    })
    expect((await storedOne(version, open.remoteId)).is_internal).toBe(false)
  })

  test('goes for replies, whatever the reply said, and follows when the first remark becomes it', async () => {
    const { version } = await addAsset(station, place, 'Replies')
    const hidden = await send(version, written('Hidden', { isInternal: true }))
    const answer = await send(version, written('Answer', { span: null }), hidden.remoteId)
    expect((await storedOne(version, answer.remoteId)).is_internal).toBe(true)

    const open = await send(version, written('Open'))
    const first = await send(version, written('First answer', { span: null }), open.remoteId)
    const second = await send(version, written('Answer to the answer', { span: null }), first.remoteId)
    await comments.change(version, { ...(await read(version, open.remoteId)), isInternal: true }, none())
    for (const { remoteId } of [open, first, second])
      expect((await storedOne(version, remoteId)).is_internal).toBe(true)
  })

  test('can be opened again, and so can many', async () => {
    const { version } = await addAsset(station, place, 'Opened')
    const made = await send(version, written('Shown later', { isInternal: true }))
    const listed = await read(version, made.remoteId)
    await comments.many?.change(version, [{ ...listed, isInternal: false }], none())
    expect((await storedOne(version, made.remoteId)).is_internal).toBe(false)
  })
})

describe('many at once', () => {
  test('are changed and removed in a few requests', async () => {
    const { version } = await addAsset(station, place, 'Many')
    for (let index = 0; index < 30; index += 1) await send(version, written(`Note ${index}`))
    const listed = await comments.list(version, none())
    const requestsBefore = station.studio.log().length
    await comments.many?.change(
      version,
      listed.map((one) => ({ ...one, isResolved: true, track: 'Done' })),
      none(),
    )
    expect(station.studio.log().length - requestsBefore).toBeLessThanOrEqual(3)
    const after = await comments.list(version, none())
    expect(after.map((one) => ({ ...one, updatedAt: 0 }))).toEqual(
      listed.map((one) => ({ ...one, isResolved: true, track: 'Done', updatedAt: 0 })),
    )
    const ids = after.flatMap(({ remoteId }) => remoteId ?? [])
    await comments.many?.remove(version, ids.slice(0, 20), none())
    expect(await comments.list(version, none())).toHaveLength(10)
    await comments.many?.remove(version, ids.slice(0, 20), none())
    await comments.many?.remove(version, ids, none())
    expect(await comments.list(version, none())).toEqual([])
  })
})

describe('threads', () => {
  test('come with their parents, each reply after what it answers', async () => {
    const { version } = await addAsset(station, place, 'Threads')
    const first = await send(version, written('Question'))
    const reply = await send(version, written('Answer', { parentId: first.id, span: null }), first.remoteId)
    const listed = await comments.list(version, none())
    expect(listed.map(({ id, parentId }) => [id, parentId])).toEqual([
      [first.id, null],
      [reply.id, first.id],
    ])
  })
})

describe('the service’s own export', () => {
  test('is a table or subtitles, of all kinds or of some', async () => {
    const { version } = await addAsset(station, place, 'Export')
    await send(version, written('Later', { span: { startFrame: 50, endFrame: 75, rate } }))
    await send(version, written('Sooner', { kind: 'marker', span: { startFrame: 0, endFrame: 25, rate } }))
    const text = (format: 'csv' | 'srt' | 'vtt', kinds: CommentKind[] = []) =>
      comments.export?.(version, format, kinds, none())
    const all = await text('csv')
    for (const words of ['Later', 'Sooner']) expect(all).toContain(words)
    const markers = await text('csv', ['marker'])
    expect(markers).toContain('Sooner')
    expect(markers).not.toContain('Later')
    expect(await text('vtt')).toMatch(/^WEBVTT/)
    const both = await text('srt', ['comment', 'marker'])
    expect(both).toMatch(/^1\n00:00:00,000 --> 00:00:01,000\nSooner\n\n2\n00:00:02,000 --> [\d:,]+\nLater\n$/)
  })
})

describe('refusals', () => {
  test('for a version that is gone, a role that is missing and a token that ended', async () => {
    const { id, version } = await addAsset(station, place, 'Refusals')
    const made = await send(version, written('Mine'))
    const theirs = powerOf(station.limited, 'comments')
    expect(await codeOf(theirs.remove(version, made.remoteId ?? '', none()))).toBe('auth.forbidden')
    expect(await codeOf(theirs.list(version, none()))).toBe('nothing')
    await station.api.ask('DELETE', `assets/v1/assets/${id}/purge/`)
    expect(await codeOf(comments.list(version, none()))).toBe('remote.notFound')
    expect(await codeOf(comments.create(version, written('Too late'), null, none()))).toBe('remote.notFound')
  })
})

describe('a version with 10,000 remarks', () => {
  test('answers its first page within 300 ms, and is listed whole without holding it twice', async () => {
    const { assetId } = await station.studio.seedIconik('Busy', 1, 10_000)
    const { body } = await station.api.ask('GET', `assets/v1/assets/${assetId}/`)
    const { id, versions } = body as { id: string; versions: { id: string }[] }
    const version = { assetRemoteId: id, remoteId: versions[0]?.id ?? '', place: {} }
    const page = `assets/v1/assets/${id}/segments/?version_id=${version.remoteId}&per_page=100&include_users=true`
    const first = await quickest(() => station.api.ask('GET', page))
    expect((first.value.body as { total: number }).total).toBe(10_000)
    expect(first.ms).toBeLessThan(300)
    const heapBefore = process.memoryUsage().heapUsed
    const listed = await comments.list(version, none())
    const heapAfter = process.memoryUsage().heapUsed
    expect(listed).toHaveLength(10_000)
    expect(new Set(listed.map(({ id: own }) => own)).size).toBe(10_000)
    expect((heapAfter - heapBefore) / 2 ** 20).toBeLessThan(150)

    // As long as nothing changes, looking again is one small question; a change is seen.
    const requestsBefore = station.studio.log().length
    expect(await comments.list(version, none())).toBe(listed)
    expect(station.studio.log().length - requestsBefore).toBeLessThanOrEqual(2)
    const added = await addSegment(version, { segment_text: 'New', time_start_milliseconds: 5 })
    expect((await read(version, added)).text).toBe('New')
    const { status } = await station.api.ask('DELETE', `assets/v1/assets/${id}/segments/${added}/`)
    expect(status).toBe(204)
    expect(await comments.list(version, none())).toHaveLength(10_000)
    const [first0] = listed
    const edit = { segment_type: 'COMMENT', segment_text: 'Reworded' }
    await station.api.ask('PATCH', `assets/v1/assets/${id}/segments/${first0?.remoteId}/`, edit)
    expect((await read(version, first0?.remoteId ?? null)).text).toBe('Reworded')
  })
})
