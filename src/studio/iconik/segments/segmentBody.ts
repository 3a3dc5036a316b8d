import { z } from 'zod'
import { body, uuid } from '../fields.ts'
import { segmentContent, segmentTypes } from './segmentRows.ts'

const ids = {
  keyframe_id: uuid.nullish(),
  metadata_view_id: uuid.nullish(),
  person_id: uuid.nullish(),
  transcription_id: uuid.nullish(),
  project_id: uuid.nullish(),
  share_id: uuid.nullish(),
  version_id: uuid.optional(),
}

/** What an edit may say. Thread and author of a segment stay what they are. */
const editFields = {
  segment_type: z.enum(segmentTypes),
  ...segmentContent,
  // An edit that does not speak of them leaves them alone; `changed` falls back to the stored defaults.
  segment_checked: z.boolean().optional(),
  is_internal: z.boolean().optional(),
  status: segmentContent.status.removeDefault().optional(),
  ...ids,
  share_user_email: z.email().nullish(),
}
export const segmentEdit = body(editFields)
export type SegmentEdit = Partial<z.output<typeof segmentEdit>>

export const newSegment = body({
  ...editFields,
  parent_id: uuid.optional(),
  path: z.string().max(4000).optional(),
  top_level: z.boolean().optional(),
  user_id: uuid.optional(),
})
export type NewSegment = z.output<typeof newSegment>

const objects = <S extends z.ZodType>(one: S) => body({ objects: z.array(one).min(1).max(500) })
export const newSegments = objects(newSegment)
export const segmentEdits = objects(body({ ...editFields, id: uuid }))
