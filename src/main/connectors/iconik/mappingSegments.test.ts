import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameRateOf, knownFrameRates } from '../../../shared/frameRate.ts'
import { frameToMilliseconds } from '../../../shared/frameTime.ts'
import type { Comment, CommentKind } from '../../../shared/review.ts'
import { commentSchema, drawingShapeSchema } from '../../../shared/review.ts'
import type { VersionRef } from '../powers.ts'
import { primitiveOf, shapesOf } from './drawing.ts'
import {
  changeOf,
  commentsOf,
  frameAt,
  newSegmentOf,
  replacementOf,
  segmentTypes,
  spanOf,
  timesOf,
} from './mappingSegments.ts'
import { commentIdOf, ulidOf } from './segmentId.ts'
import { type Segment, segmentSchema } from './wireSegments.ts'

const seed = Number(process.env['RUSHES_SEED'])
const day = 24 * 3600
const rate25 = frameRateOf(25, 1) ?? fail()
const version: VersionRef = { remoteId: uuid(1), assetRemoteId: uuid(2), place: {} }
const me = uuid(900)
const user = { me, isShare: false }
const guest = { me: 'client@example.com', isShare: true }

function fail(): never {
  throw new Error('a rate that everybody knows')
}
function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

const rates = fc.constantFrom(...knownFrameRates)
const milliseconds = fc.integer({ min: 0, max: day * 1000 })

function segment(fields: Partial<Record<keyof Segment, unknown>> = {}): Segment {
  return segmentSchema.parse({
    id: uuid(10),
    asset_id: version.assetRemoteId,
    version_id: version.remoteId,
    segment_type: 'COMMENT',
    time_start_milliseconds: 1000,
    time_end_milliseconds: 1000,
    segment_text: 'Too dark',
    status: 'ACTIVE',
    date_created: '2026-01-02T03:04:05.678901+00:00',
    date_modified: '2026-01-02T03:04:06+00:00',
    ...fields,
  })
}
function only(rows: readonly Segment[], viewer: Parameters<typeof commentsOf>[3] = user): Comment {
  const [comment, ...more] = commentsOf(rows, version, rate25, viewer)
  if (comment === undefined || more.length > 0) throw new Error('one comment was expected')
  return comment
}

describe('times', () => {
  test('milliseconds written for a frame lead back to it, at every known rate', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0, max: 1, noNaN: true }), (rate, share) => {
        const frame = Math.floor((share * day * rate.numerator) / rate.denominator)
        expect(frameAt(frameToMilliseconds(frame, rate), rate)).toBe(frame)
        const span = { startFrame: frame, endFrame: frame + 3, rate }
        const { start, end } = timesOf(span, { rate })
        expect(spanOf(start, end, rate)).toMatchObject({ startFrame: frame, endFrame: frame + 3 })
      }),
      { seed, numRuns: 3000 },
    )
  })

  test('every time of the service comes back untouched while the frames stay', () => {
    const time = fc.oneof(milliseconds, fc.constant(null), fc.integer({ min: -5000, max: -1 }))
    fc.assert(
      fc.property(rates, time, time, (rate, start, end) => {
        const span = spanOf(start, end, rate)
        expect(timesOf(span, { rate })).toEqual({ start, end })
        if (span !== null) {
          expect(span.startFrame).toBeGreaterThanOrEqual(0)
          expect(span.endFrame).toBeGreaterThanOrEqual(span.startFrame)
        }
      }),
      { seed, numRuns: 3000 },
    )
  })

  test('by a table of frames of different length, every frame leads back to itself', () => {
    const lengths = fc.array(fc.integer({ min: 90, max: 200_000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(lengths, fc.nat(90_000), (ticks, startTicks) => {
        const times = { ticksPerSecond: 90_000, startTicks, runs: ticks.flatMap((length) => [1, length]) }
        for (const startFrame of ticks.keys()) {
          const span = { startFrame, endFrame: Math.min(ticks.length - 1, startFrame + 3), rate: rate25 }
          const { start, end } = timesOf(span, { rate: rate25, times })
          expect(spanOf(start, end, rate25, times)).toMatchObject(span)
        }
      }),
      { seed, numRuns: 200 },
    )
  })

  test('a table counts only what was counted by it', () => {
    const times = { ticksPerSecond: 1000, startTicks: 0, runs: [1, 5000, 10, 40] }
    const table = { ...version, rate: rate25, times }
    const [comment] = commentsOf([segment({ time_start_milliseconds: 4000 })], table, rate25, user)
    expect(comment?.span).toMatchObject({ startFrame: 0, endFrame: 0 })
    const written = { ...only([segment()]), span: { startFrame: 1, endFrame: 2, rate: rate25 } }
    expect(changeOf(written, table, false)).toMatchObject({
      time_start_milliseconds: 5000,
      time_end_milliseconds: 5040,
    })
    expect(newSegmentOf(written, table, null, false)).toMatchObject({ time_start_milliseconds: 5000 })
    expect(replacementOf(written, uuid(10), table)).toMatchObject({ time_end_milliseconds: 5040 })
    const rate30 = frameRateOf(30, 1) ?? fail()
    expect(timesOf({ startFrame: 30, endFrame: 30, rate: rate30 }, table)).toEqual({ start: 1000, end: 1000 })
  })

  test('equal times are a point, none the whole version, and a moved comment forgets the old time', () => {
    expect(spanOf(1000, 1000, rate25)).toMatchObject({ startFrame: 25, endFrame: 25 })
    expect(spanOf(1000, 2000, rate25)).toMatchObject({ startFrame: 25, endFrame: 50 })
    expect(spanOf(1019, null, rate25)).toMatchObject({ startFrame: 25, endFrame: 25 })
    expect(spanOf(1021, null, rate25)).toMatchObject({ startFrame: 26, endFrame: 26 })
    expect(spanOf(null, null, rate25)).toBeNull()
    expect(timesOf({ startFrame: 26, endFrame: 30, rate: rate25 }, {})).toEqual({ start: 1040, end: 1200 })
  })
})

describe('a segment as a comment', () => {
  const text = fc.string({ maxLength: 60 })
  const primitive = fc.record({
    type: fc.constantFrom('PENCIL', 'LINE', 'ARROW', 'RECTANGLE', 'ELLIPSE', 'TEXT'),
    points: fc.array(
      fc.record({ x: fc.integer({ min: -9000, max: 19_000 }), y: fc.integer({ min: 0, max: 10_000 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    color: fc.constantFrom('#ff0000', '#00FF88', '#abc', 'red', 'rgb(1, 2, 3)'),
    opacity: fc.constantFrom(0, 0.5, 1),
    width: fc.constantFrom(1, 12, 40.5, 0),
  })
  const fields = fc.record({
    segment_type: fc.constantFrom(...Object.values(segmentTypes), 'CHAPTER'),
    time_start_milliseconds: fc.option(milliseconds),
    segment_text: fc.option(text),
    segment_checked: fc.boolean(),
    segment_color: fc.constantFrom('', '#123456', 'red'),
    segment_track: fc.option(fc.constantFrom('Sound', 'x'.repeat(250))),
    is_internal: fc.boolean(),
    drawing: fc.option(fc.record({ primitives: fc.array(primitive, { maxLength: 4 }) })),
    keyframe_id: fc.option(fc.constant(uuid(77))),
    metadata: fc.constantFrom({}, { Scene: ['12'] }),
    external_id: fc.option(text),
  })

  test('saving what was read writes what was read', () => {
    fc.assert(
      fc.property(fields, rates, (given, rate) => {
        const read = segment({ ...given, time_end_milliseconds: given.time_start_milliseconds })
        const [comment] = commentsOf([read], version, rate, user)
        if (comment === undefined) throw new Error('the segment was left out')
        expect(commentSchema.safeParse(comment).error).toBeUndefined()
        expect(changeOf(comment, version, false)).toEqual({
          segment_type: read.segment_type,
          segment_text: read.segment_text ?? '',
          time_start_milliseconds: read.time_start_milliseconds,
          time_end_milliseconds: read.time_end_milliseconds,
          segment_checked: read.segment_checked,
          segment_color: read.segment_color,
          segment_track: read.segment_track,
          is_internal: read.is_internal,
          drawing: (given.drawing?.primitives.length ?? 0) === 0 ? null : given.drawing,
        })
        const whole = replacementOf(comment, read.id, version)
        expect(whole).toMatchObject({
          ...(given.keyframe_id === null ? {} : { keyframe_id: given.keyframe_id }),
          ...(given.external_id === null ? {} : { external_id: given.external_id }),
        })
        expect(whole).not.toHaveProperty('is_internal')
      }),
      { seed, numRuns: 1500 },
    )
  })

  test('what was written here is known again by its own id; a copy on another version is not', () => {
    const comment = only([segment()])
    const body = newSegmentOf(comment, version, null, false)
    const made = segment({ ...body, id: uuid(11) })
    expect(commentIdOf(made)).toBe(comment.id)
    expect(commentIdOf({ ...made, version_id: uuid(3) })).toBe(ulidOf(uuid(11)))
    expect(commentIdOf(segment({ external_id: 'somebody else’s key' }))).toBe(ulidOf(uuid(10)))
  })

  test('ids made of UUIDs are always the same, and all different', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        expect(ulidOf(a)).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
        expect(ulidOf(a) === ulidOf(b)).toBe(a === b)
      }),
      { seed },
    )
    expect(ulidOf('no uuid')).toBe(ulidOf('no uuid'))
  })

  test('every kind has a type and the way back', () => {
    for (const [kind, type] of Object.entries(segmentTypes)) {
      expect(only([segment({ segment_type: type })]).kind).toBe(kind as CommentKind)
      expect(changeOf({ ...only([segment()]), kind: kind as CommentKind }, version, false).segment_type).toBe(
        type,
      )
    }
  })

  test('the author is a person, a guest by their address, or me', () => {
    const person = { id: me, first_name: 'Robin', last_name: 'Producer', email: 'robin@example.com' }
    expect(only([segment({ user_id: me, user_info: person })]).author).toEqual({
      remoteId: me,
      name: 'Robin Producer',
      isMe: true,
    })
    const theirs = segment({ user_id: me, share_user_email: 'Client@example.com' })
    expect(only([theirs]).author).toEqual({ remoteId: null, name: 'Client@example.com', isMe: false })
    expect(only([theirs], guest).author.isMe).toBe(true)
  })

  test('a drawing that a list only tells of is not overwritten', () => {
    const comment = only([segment({ has_drawing: true })])
    expect(changeOf(comment, version, false)).not.toHaveProperty('drawing')
    const drawn = { ...comment, drawing: shapesOf([{ type: 'LINE', points: [{ x: 1, y: 1 }] }]).shapes }
    expect(changeOf(drawn, version, false)).toHaveProperty('drawing.primitives')
  })
})

describe('threads', () => {
  const parent = segment({ id: uuid(20), date_created: '2026-01-02T00:00:00Z' })
  const reply = segment({ id: uuid(21), parent_id: uuid(20), date_created: '2026-01-01T00:00:00Z' })

  test('come oldest first, each reply after what it replies to, whatever the dates say', () => {
    const comments = commentsOf([reply, parent], version, rate25, user)
    expect(comments.map(({ remoteId }) => remoteId)).toEqual([uuid(20), uuid(21)])
    expect(comments[1]?.parentId).toBe(comments[0]?.id)
  })

  test('a reply to something that is gone stands alone; a ring of replies is no endless loop', () => {
    expect(only([reply]).parentId).toBeNull()
    const a = segment({ id: uuid(30), parent_id: uuid(31) })
    const b = segment({ id: uuid(31), parent_id: uuid(30) })
    expect(commentsOf([a, b], version, rate25, user)).toHaveLength(2)
    expect(commentsOf([segment({ status: 'DELETED' })], version, rate25, user)).toEqual([])
  })

  test('replies of an internal comment are internal, and are written so', () => {
    const hidden = { ...parent, is_internal: true }
    const [, answer] = commentsOf([hidden, reply], version, rate25, user)
    expect(answer?.isInternal).toBe(true)
    if (answer === undefined) return
    const above = { id: uuid(20), isInternal: true }
    expect(newSegmentOf({ ...answer, isInternal: false }, version, above, false)).toMatchObject({
      is_internal: true,
      parent_id: uuid(20),
    })
  })

  test('a guest sees nothing internal and nothing that hangs on it, and says nothing about it', () => {
    const rows = [
      segment({ id: uuid(40), is_internal: true }),
      segment({ id: uuid(41), parent_id: uuid(40) }),
      segment({ id: uuid(42), parent_id: uuid(41) }),
      segment({ id: uuid(43), parent_id: uuid(99) }),
      segment({ id: uuid(44) }),
      segment({ id: uuid(45), parent_id: uuid(44) }),
    ]
    const comments = commentsOf(rows, version, rate25, guest)
    expect(comments.map(({ remoteId }) => remoteId)).toEqual([uuid(44), uuid(45)])
    for (const comment of comments) {
      expect(changeOf(comment, version, true)).not.toHaveProperty('is_internal')
      const above = { id: uuid(44), isInternal: true }
      expect(newSegmentOf(comment, version, above, true)).not.toHaveProperty('is_internal')
    }
  })
})

describe('drawings', () => {
  const point = fc.record({
    x: fc.double({ min: -1, max: 2, noNaN: true }),
    y: fc.double({ min: -1, max: 2, noNaN: true }),
  })
  const shape = fc.record({
    id: fc.constant('0'),
    tool: fc.constantFrom('pen', 'line', 'arrow', 'rectangle', 'ellipse', 'text'),
    points: fc.array(point, { minLength: 1, maxLength: 8 }),
    colour: fc.constantFrom('#ff0000', '#01ab9f'),
    strokeWidth: fc.double({ min: 0.0001, max: 1, noNaN: true }),
    opacity: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  test('come back where they were drawn, to half a step of the grid, and never move again', () => {
    fc.assert(
      fc.property(shape, (drawn) => {
        const given = drawingShapeSchema.parse(drawn)
        const written = primitiveOf(given)
        for (const { x, y } of written.points) expect([x, y].every(Number.isInteger)).toBe(true)
        const { shapes, isWhole } = shapesOf([written])
        expect(isWhole).toBe(true)
        const [read] = shapes
        if (read === undefined) throw new Error('the shape was lost')
        expect(read).toMatchObject({ tool: given.tool, colour: given.colour, opacity: given.opacity })
        for (const [index, { x, y }] of read.points.entries()) {
          expect(Math.abs(x - (given.points[index]?.x ?? 9))).toBeLessThanOrEqual(0.5 / 10_000 + 1e-12)
          expect(Math.abs(y - (given.points[index]?.y ?? 9))).toBeLessThanOrEqual(0.5 / 10_000 + 1e-12)
        }
        expect(primitiveOf(read)).toEqual(written)
      }),
      { seed, numRuns: 1000 },
    )
  })

  test('what cannot be shown whole says so', () => {
    const isWhole = (primitive: Parameters<typeof shapesOf>[0][number]) => shapesOf([primitive]).isWhole
    const line = { type: 'LINE', points: [{ x: 1, y: 2 }], color: '#ffffff', opacity: 1, width: 10 }
    expect(isWhole(line)).toBe(true)
    expect(isWhole({ ...line, type: 'SPRAY' })).toBe(false)
    expect(isWhole({ ...line, points: [] })).toBe(false)
    expect(isWhole({ ...line, points: [{ x: 90_000, y: 0 }] })).toBe(false)
    expect(isWhole({ ...line, color: 'red' })).toBe(false)
    expect(isWhole({ type: 'LINE', points: [{ x: 1, y: 2 }] })).toBe(false)
  })
})
