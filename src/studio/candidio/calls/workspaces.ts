import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { ApiError } from '../apiError.ts'
import { type Call, type Handler, parsed, shown, viewerOf } from '../call.ts'
import { type Columns, update, type Within } from '../crud.ts'
import { flag, given, idText, longText, looseJson, shortText } from '../fields.ts'
import { ownWorkspace } from '../place.ts'
import { features } from '../resources/workspace.ts'

/** An ordinary user sees the workspaces they belong to. */
export const ownWorkspaces: Within = (call) => {
  const viewer = viewerOf(call)
  if (viewer.isAdmin) return []
  return [where('workspace.id IN (SELECT workspace_id FROM member WHERE user_id = ?)', viewer.userId)]
}

/** One workspace by its id: 403 where it is another's, 404 where it is nobody's. */
export const thisWorkspace: Within = (call) => {
  ownWorkspace(call, call.params['id'] ?? '')
  return []
}

const fields = {
  organization: shortText.optional(),
  company: shortText.optional(),
  name: shortText.optional(),
  path: shortText.optional(),
  phone: z.string().trim().max(64).nullish(),
  internal_notes: longText.optional(),
}
const createSchema = z.object({ is_business: flag, ...fields })
const updateSchema = z.object({
  is_business: flag.optional(),
  ...fields,
  industry_id: idText.nullish(),
  template_collection_id: idText.nullish(),
  features: looseJson.optional(),
})

function checkNotes(call: Call, notes: string | undefined): void {
  if (notes !== undefined && !viewerOf(call).isAdmin) {
    throw ApiError.forbidden('Only administrators write internal notes.')
  }
}

export const createWorkspace: Handler = (call) => {
  const data = parsed(call, createSchema)
  checkNotes(call, data.internal_notes)
  const organization = data.organization ?? data.company ?? data.name
  const name = data.name ?? organization
  if (organization === undefined || name === undefined) throw ApiError.invalid({ name: ['is required'] })
  const { records } = call.api
  const row = records.rows.transaction(() => {
    const id = records.rows.insert('workspace', {
      organization_name: organization,
      workspace_name: name,
      workspace_path: data.path ?? null,
      phone: data.phone ?? null,
      is_business: data.is_business,
      internal_notes: data.internal_notes ?? null,
      features: JSON.stringify(features),
    })
    records.rows.run('INSERT INTO member(workspace_id, user_id) VALUES (?, ?)', id, viewerOf(call).userId)
    return records.get('workspace', id)
  })
  return shown(call, 'workspace', row)
}

export const updateWorkspace: Handler = update(
  'workspace',
  updateSchema,
  (data, _row, call): Columns => {
    checkNotes(call, data.internal_notes)
    if (data.features !== undefined && !viewerOf(call).isAdmin) {
      throw ApiError.forbidden('Only administrators change features.')
    }
    const { rows } = call.api.records
    const industry = data.industry_id
    if (industry != null && rows.get('SELECT id FROM industry WHERE id = ?', industry) === undefined) {
      throw ApiError.invalid({ industry_id: ['does not exist'] })
    }
    return given({
      organization_name: data.organization ?? data.company,
      workspace_name: data.name,
      workspace_path: data.path,
      phone: data.phone,
      is_business: data.is_business,
      internal_notes: data.internal_notes,
      industry_id: industry,
      features: data.features,
    })
  },
  thisWorkspace,
)
