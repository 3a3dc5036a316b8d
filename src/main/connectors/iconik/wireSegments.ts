import { z } from 'zod'
import { few, flag, id, idOrNull, pageSchema, personOrNull, text } from './wire.ts'

/** Vector strokes over the picture. In which unit points are measured is not documented; the mapping converts. */
export const drawingSchema = z.object({
  primitives: z
    .array(
      z.object({
        type: z.string().min(1),
        points: z.array(z.object({ x: z.number(), y: z.number() })).max(20_000),
        color: text,
        opacity: z.number().nullable().catch(null),
        width: z.number().nullable().catch(null),
        text,
      }),
    )
    .max(2000),
})
export type Drawing = z.infer<typeof drawingSchema>

/** Milliseconds from the first frame; null on both ends: a note on the whole asset. */
const milliseconds = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? null)

export const segmentSchema = z.object({
  id,
  asset_id: idOrNull,
  version_id: idOrNull,
  /** `COMMENT`, `MARKER`, `GENERIC`, `QC`, `TAG`, `TRANSCRIPTION`, `SCENE`, `PERSON`; others may come. */
  segment_type: z.string().min(1),
  time_start_milliseconds: milliseconds,
  time_end_milliseconds: milliseconds,
  segment_text: text,
  parent_id: idOrNull,
  path: text,
  top_level: flag,
  segment_checked: flag,
  segment_color: text,
  segment_track: text,
  /** Hidden from share visitors. Null where the service says nothing. */
  is_internal: flag,
  /** Null too when it cannot be read; `has_drawing` is true then. */
  drawing: drawingSchema.nullable().catch(null),
  has_drawing: flag,
  keyframe_id: idOrNull,
  metadata: z.record(z.string(), z.json()).nullable().catch(null),
  metadata_view_id: idOrNull,
  person_id: idOrNull,
  face_bounding_boxes: z
    .array(
      z.object({ face_id: id, bounding_box: few(z.number(), 16), timestamp_ms: z.number().int().optional() }),
    )
    .max(1000)
    .nullable()
    .catch(null),
  transcription: z
    .object({
      speaker: z.number().nullable().catch(null),
      words: few(z.object({ value: z.string(), start_ms: z.number(), end_ms: z.number() }), 20_000),
    })
    .nullable()
    .catch(null),
  transcription_id: idOrNull,
  subclip_id: idOrNull,
  project_id: idOrNull,
  share_id: idOrNull,
  share_user_email: text,
  external_id: text,
  status: text,
  user_id: idOrNull,
  user_first_name: text,
  user_last_name: text,
  user_photo: text,
  user_info: personOrNull,
  date_created: text,
  date_modified: text,
})
export type Segment = z.infer<typeof segmentSchema>
export const segmentsSchema = pageSchema(segmentSchema)
