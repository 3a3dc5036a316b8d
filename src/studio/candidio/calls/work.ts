import { z } from 'zod'
import { ApiError } from '../apiError.ts'
import { type Call, viewerOf } from '../call.ts'
import { create, update } from '../crud.ts'
import { flag, given, idText, longText, looseJson, shortText } from '../fields.ts'
import type { TableName } from '../ids.ts'
import { neededWorkspace, type Place } from '../place.ts'

/** Writes of change requests, deliverables, briefs and series. */

const homeOf = ({ production }: Place) => ({
  workspace_id: production?.['workspace_id'] ?? null,
  production_id: production?.['id'] ?? null,
})

/** Fails with 422 when the record is not in the workspace. */
function inWorkspace(call: Call, table: TableName, id: string, workspaceId: string, field: string): string {
  const sql = `SELECT id FROM ${table} WHERE id = ? AND workspace_id = ?`
  if (call.api.records.rows.get(sql, id, workspaceId) !== undefined) return id
  throw ApiError.invalid({ [field]: ['is not in this workspace'] })
}

const revisionSchema = z.object({ instructions: longText.optional() })

export const createRevision = create('revision', revisionSchema, ({ instructions }, place, call) => ({
  ...homeOf(place),
  created_by_id: viewerOf(call).userId,
  instructions: instructions ?? '',
}))

export const updateRevision = update('revision', revisionSchema, ({ instructions }) =>
  given({ instructions }),
)

const deliverableFields = {
  reviewed_by_id: idText.nullish(),
  revision_id: idText.nullish(),
  notes_for_producer: longText.nullish(),
}

function deliverableColumns(
  call: Call,
  data: { revision_id?: string | null | undefined; reviewed_by_id?: string | null | undefined },
  workspaceId: string,
) {
  const { revision_id: revision, reviewed_by_id: reviewer } = data
  if (reviewer != null) {
    const sql = 'SELECT user_id FROM member WHERE workspace_id = ? AND user_id = ?'
    if (call.api.records.rows.get(sql, workspaceId, reviewer) === undefined) {
      throw ApiError.invalid({ reviewed_by_id: ['is no member of this workspace'] })
    }
  }
  return given({
    revision_id:
      revision == null ? revision : inWorkspace(call, 'revision', revision, workspaceId, 'revision_id'),
    reviewed_by_id: reviewer,
  })
}

export const createDeliverable = create(
  'deliverable',
  z.object({ workspace_id: idText.optional(), production_id: idText, ...deliverableFields }),
  (data, place, call) => {
    const workspaceId = neededWorkspace(place)
    return {
      workspace_id: workspaceId,
      production_id: inWorkspace(call, 'production', data.production_id, workspaceId, 'production_id'),
      created_by_id: viewerOf(call).userId,
      ...deliverableColumns(call, data, workspaceId),
      ...given({ notes_for_producer: data.notes_for_producer }),
    }
  },
)

export const updateDeliverable = update(
  'deliverable',
  z.object({
    ...deliverableFields,
    status: z.enum(['uploading', 'reviewing', 'rejected', 'accepted']).optional(),
    rating: z.enum(['happy', 'neutral', 'sad']).nullish(),
  }),
  (data, row, call) => ({
    ...deliverableColumns(call, data, String(row['workspace_id'])),
    ...given({ notes_for_producer: data.notes_for_producer, status: data.status, rating: data.rating }),
  }),
)

const briefSchema = z.object({
  purpose: longText.optional(),
  purpose_because: longText.optional(),
  description: longText.optional(),
  end_screen: longText.optional(),
  instructions: longText.optional(),
  meta: looseJson.optional(),
})

export const createBrief = create('brief', briefSchema, (data, place) => ({
  ...homeOf(place),
  meta: '{}',
  ...given(data),
}))

export const updateBrief = update('brief', briefSchema, (data) => given(data))

const seriesFields = {
  template_id: idText.nullish(),
  example_video_id: idText.nullish(),
  audience: longText.optional(),
  synopsis: longText.optional(),
  turnaround: z.int().nonnegative().max(10_000).optional(),
  video_length: z.union([z.string().max(32), z.number().transform((value) => value.toFixed(1))]).optional(),
  internal_notes: longText.optional(),
  is_published: flag.optional(),
}

function seriesColumns(call: Call, data: z.output<z.ZodObject<typeof seriesFields>>, workspaceId: string) {
  if (data.internal_notes !== undefined && !viewerOf(call).isAdmin) {
    throw ApiError.forbidden('Only administrators write internal notes.')
  }
  const example = data.example_video_id
  if (example != null) inWorkspace(call, 'asset', example, workspaceId, 'example_video_id')
  const { template_id, audience, synopsis, turnaround, video_length, internal_notes, is_published } = data
  if (template_id != null) {
    const sql = 'SELECT id FROM template WHERE id = ? AND (workspace_id IS NULL OR workspace_id = ?)'
    const found = call.api.records.rows.get(sql, template_id, workspaceId)
    if (found === undefined) throw ApiError.invalid({ template_id: ['does not exist'] })
  }
  return given({
    template_id,
    example_video_id: example,
    audience,
    synopsis,
    turnaround,
    video_length,
    internal_notes,
    is_published,
  })
}

export const createSeries = create(
  'video_series',
  z.object({ workspace_id: idText.optional(), title: shortText, ...seriesFields }),
  (data, place, call) => {
    const workspaceId = neededWorkspace(place)
    return {
      workspace_id: workspaceId,
      created_by_id: viewerOf(call).userId,
      title: data.title,
      ...seriesColumns(call, data, workspaceId),
    }
  },
)

export const updateSeries = update(
  'video_series',
  z.object({ title: shortText.optional(), ...seriesFields }),
  (data, row, call) => ({
    ...given({ title: data.title }),
    ...seriesColumns(call, data, String(row['workspace_id'])),
  }),
)
