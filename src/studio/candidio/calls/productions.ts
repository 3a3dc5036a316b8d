import { z } from 'zod'
import type { Row } from '../../sqlRows.ts'
import { ApiError } from '../apiError.ts'
import { type Call, type Handler, parsed, shown, viewerOf } from '../call.ts'
import { added, type Columns, listed, update } from '../crud.ts'
import { dateField, flag, given, idText, looseJson, shortText } from '../fields.ts'
import { neededWorkspace, placeOf, publicPlaceOf } from '../place.ts'

const common = {
  goal_date: dateField.nullish(),
  allow_public_upload: flag.optional(),
  allow_public_shotlist: flag.optional(),
  project_id: idText.nullish(),
  template_id: idText.nullish(),
  status: shortText.optional(),
}
const createSchema = z.object({ title: shortText.optional(), production_id: idText.nullish(), ...common })
const updateSchema = z.object({ title: shortText.optional(), is_queued: flag.optional(), ...common })

/** Sent in small letters, shown with a capital. */
const stateOf = (status: string) => status.charAt(0).toUpperCase() + status.slice(1)

function checkStatus(call: Call, status: string | undefined): void {
  if (status !== undefined && !viewerOf(call).isAdmin) {
    throw ApiError.forbidden('Only administrators set the status.')
  }
}

function seriesIn(call: Call, id: string | null | undefined, workspaceId: string): string | null | undefined {
  if (id == null) return id
  const sql = 'SELECT id FROM video_series WHERE id = ? AND workspace_id = ?'
  if (call.api.records.rows.get(sql, id, workspaceId) === undefined) {
    throw ApiError.invalid({ project_id: ['is not in this workspace'] })
  }
  return id
}

function templateFor(call: Call, id: string | null | undefined, workspaceId: string): Row | undefined {
  if (id == null) return undefined
  const sql = 'SELECT * FROM template WHERE id = ? AND (workspace_id IS NULL OR workspace_id = ?)'
  const found = call.api.records.rows.get(sql, id, workspaceId)
  if (found === undefined) throw ApiError.invalid({ template_id: ['does not exist'] })
  return found
}

/** Shots and briefs come along into a copy; files do not. */
function copyInto(call: Call, fromId: string, toId: string): void {
  const { rows } = call.api.records
  for (const table of ['description', 'brief'] as const) {
    for (const row of rows.all(`SELECT * FROM ${table} WHERE production_id = ? ORDER BY rowid`, fromId)) {
      rows.insert(table, { ...row, created_at: rows.now(), updated_at: rows.now(), production_id: toId })
    }
  }
}

export const createProduction: Handler = (call) => {
  const place = placeOf(call)
  const data = parsed(call, createSchema)
  checkStatus(call, data.status)
  const workspaceId = neededWorkspace(place)
  const { rows } = call.api.records
  const original =
    data.production_id == null
      ? undefined
      : rows.get(
          'SELECT * FROM production WHERE id = ? AND workspace_id = ?',
          data.production_id,
          workspaceId,
        )
  if (data.production_id != null && original === undefined) {
    throw ApiError.invalid({ production_id: ['is not in this workspace'] })
  }
  const template = templateFor(call, data.template_id, workspaceId)
  const title = data.title ?? original?.['title'] ?? template?.['name']
  if (title == null) throw ApiError.invalid({ title: ['is required'] })
  const series = place.series?.['id'] ?? seriesIn(call, data.project_id, workspaceId) ?? null
  return rows.transaction(() => {
    const answer = added(call, 'production', {
      workspace_id: workspaceId,
      video_series_id: series,
      template_id: template?.['id'] ?? null,
      created_by_id: viewerOf(call).userId,
      title,
      status_state: stateOf(data.status ?? 'planning'),
      goal_date: data.goal_date ?? null,
      allow_public_upload: data.allow_public_upload ?? 0,
      allow_public_shotlist: data.allow_public_shotlist ?? 0,
    })
    if (original !== undefined && answer.id !== undefined) copyInto(call, String(original['id']), answer.id)
    return answer
  })
}

export const updateProduction: Handler = update('production', updateSchema, (data, row, call): Columns => {
  checkStatus(call, data.status)
  const workspaceId = String(row['workspace_id'])
  const { title, goal_date, allow_public_upload, allow_public_shotlist, is_queued } = data
  const isSubmitted = is_queued === 1 && row['status_queued'] === 0
  const now = call.api.now()
  return given({
    title,
    goal_date,
    allow_public_upload,
    allow_public_shotlist,
    video_series_id: seriesIn(call, data.project_id, workspaceId),
    template_id: data.template_id === null ? null : templateFor(call, data.template_id, workspaceId)?.['id'],
    status_state: data.status === undefined ? undefined : stateOf(data.status),
    status_queued: is_queued,
    first_submitted_at: isSubmitted ? (row['first_submitted_at'] ?? now) : undefined,
    last_submitted_at: isSubmitted ? now : undefined,
  })
})

/** Only while the production takes public uploads. */
export const getPublicProduction: Handler = (call) => {
  const row = call.api.records.get('production', call.params['id'] ?? '')
  if (row['allow_public_upload'] !== 1) throw ApiError.forbidden('This production is not public.')
  return shown(call, 'production', row)
}

const shotSchema = z.object({ type: shortText, fields: looseJson })

export const createDescription: Handler = (call) => {
  const { production } = placeOf(call)
  const data = parsed(call, shotSchema)
  const { rows } = call.api.records
  const productionId = production?.['id'] ?? null
  const last = rows.get('SELECT max(position) AS last FROM description WHERE production_id = ?', productionId)
  return added(call, 'description', {
    workspace_id: production?.['workspace_id'] ?? null,
    production_id: productionId,
    position: Number(last?.['last'] ?? 0) + 1,
    shot_type: data.type,
    fields: data.fields,
  })
}

export const updateDescription: Handler = update(
  'description',
  shotSchema.partial().extend({ position: z.int().nonnegative().max(1_000_000).optional() }),
  ({ type, fields, position }) => given({ shot_type: type, fields, position }),
)

/** The shot list without a token: while the production shows it and is in planning. */
export const listPublicDescriptions: Handler = (call) => {
  const { production, conditions } = publicPlaceOf(call)
  const isPlanning = String(production?.['status_state']).toLowerCase() === 'planning'
  if (production?.['allow_public_shotlist'] !== 1 || !isPlanning) {
    throw ApiError.forbidden('This shot list is not public.')
  }
  const query = new URLSearchParams(call.query)
  query.delete('include')
  return listed({ ...call, query }, 'description', conditions)
}
