import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { Documents } from '../documents.ts'
import { anyObject } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { checkVersion } from '../shares/guest.ts'
import { userInfo } from '../users/userRows.ts'

export const segmentTypes = [
  ...(['MARKER', 'QC', 'GENERIC', 'COMMENT', 'TAG', 'TRANSCRIPTION', 'SCENE', 'PERSON'] as const),
] as const
export type SegmentType = (typeof segmentTypes)[number]

const drawingSchema = z.strictObject({
  primitives: z
    .array(
      z.strictObject({
        type: z.enum(['LINE', 'RECTANGLE', 'ARROW', 'ELLIPSE', 'PENCIL', 'TEXT']),
        points: z
          .array(z.strictObject({ x: z.number().int(), y: z.number().int() }))
          .max(20_000)
          .optional(),
        color: z.string().max(64).optional(),
        opacity: z.number().optional(),
        width: z.number().optional(),
        text: z.string().max(10_000).optional(),
      }),
    )
    .max(1000)
    .optional(),
})

const time = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .nullish()

/** What whoever writes a segment says of it, in the form it is stored in. */
export const segmentContent = {
  segment_text: z.string().max(100_000).nullish(),
  time_start_milliseconds: time,
  time_end_milliseconds: time,
  segment_checked: z.boolean().default(false),
  segment_color: z.string().max(64).optional(),
  segment_track: z.string().max(500).nullish(),
  is_internal: z.boolean().default(false),
  drawing: drawingSchema.nullish(),
  keyframe_id: z.string().nullish(),
  metadata: anyObject.optional(),
  metadata_view_id: z.string().nullish(),
  person_id: z.string().nullish(),
  face_bounding_boxes: z
    .array(
      z.strictObject({
        face_id: z.string(),
        bounding_box: z.array(z.number()).optional(),
        timestamp_ms: z.number().int().optional(),
      }),
    )
    .nullish(),
  transcription: z
    .strictObject({
      speaker: z.number().int().optional(),
      words: z
        .array(
          z.strictObject({
            value: z.string(),
            start_ms: z.number().int(),
            end_ms: z.number().int(),
            score: z.number().optional(),
          }),
        )
        .min(1),
    })
    .optional(),
  transcription_id: z.string().nullish(),
  external_id: z.string().max(500).nullish(),
  project_id: z.string().nullish(),
  status: z.enum(['ACTIVE', 'DELETED']).default('ACTIVE'),
}

const segmentSchema = z.strictObject({
  id: z.string(),
  asset_id: z.string(),
  version_id: z.string(),
  segment_type: z.enum(segmentTypes),
  ...segmentContent,
  parent_id: z.string().optional(),
  /** Ids from the first of the thread down to this one. */
  path: z.string(),
  top_level: z.boolean(),
  subclip_id: z.string().optional(),
  /** Absent where a guest wrote it who is no user. */
  user_id: z.string().optional(),
  share_id: z.string().nullish(),
  share_user_email: z.string().nullish(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Segment = z.infer<typeof segmentSchema>
export const segments = new Documents('iconik_segment', 'Segment', segmentSchema)

/** Whether guests never learn of it. */
export const isHidden = (rows: SqlRows, id: string): boolean =>
  rows.get('SELECT is_hidden FROM iconik_segment WHERE id = ?', id)?.['is_hidden'] === 1

/** Keeps what is below an internal segment from guests as well. Call it whenever `is_internal` or the parent is set. */
export function hideBelow(rows: SqlRows, segment: Segment): void {
  const parentHidden = segment.parent_id !== undefined && isHidden(rows, segment.parent_id)
  const hidden = segment.is_internal || parentHidden ? 1 : 0
  rows.run('UPDATE iconik_segment SET is_hidden = ? WHERE id = ?', hidden, segment.id)
  for (const row of rows.all('SELECT document FROM iconik_segment WHERE parent_id = ?', segment.id)) {
    hideBelow(rows, segments.parse(row))
  }
}

/** The segment of the path, as far as the viewer may know of it. Fails with 404 and 403. */
export function segmentOf(call: Call, id = call.param('segment_id')): Segment {
  const segment = segments.get(call.rows, id)
  const isElsewhere = segment.asset_id !== call.param('asset_id')
  const { guest } = call.viewer
  if (isElsewhere || (guest !== undefined && isHidden(call.rows, id))) throw IconikError.notFound('Segment')
  checkVersion(call, segment.version_id)
  return segment
}

/** Turns segments into answers; authors are looked up once for all of them. */
export function showing(rows: SqlRows, hasUsers: boolean): (segment: Segment) => object {
  const people = new Map<string, ReturnType<typeof userInfo>>()
  const personOf = (id: string) => {
    const found = people.get(id) ?? userInfo(rows, id)
    people.set(id, found)
    return found
  }
  return (segment) => {
    const person = segment.user_id === undefined ? undefined : personOf(segment.user_id)
    return {
      ...segment,
      has_drawing: (segment.drawing?.primitives?.length ?? 0) > 0,
      ...(person && {
        user_first_name: person.first_name,
        user_last_name: person.last_name,
        user_photo: person.photo,
        ...(hasUsers && { user_info: person }),
      }),
    }
  }
}
