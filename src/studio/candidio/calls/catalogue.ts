import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { ApiError } from '../apiError.ts'
import { type Call, type Handler, parsed, viewerOf } from '../call.ts'
import { added, anywhere, listed, update, type Within } from '../crud.ts'
import { flag, given, idText, longText, looseJson, shortText } from '../fields.ts'
import type { TableName } from '../ids.ts'
import { placeOf } from '../place.ts'

/** Writes of what administrators keep for all workspaces, and who sees which of it. */

const industrySchema = z.object({
  name: shortText,
  description: longText.optional(),
  is_published: flag.optional(),
})

export const createIndustry: Handler = (call) => added(call, 'industry', given(parsed(call, industrySchema)))
export const updateIndustry = update('industry', industrySchema.partial(), (data) => given(data), anywhere)

const templateTypeSchema = industrySchema.extend({ icon: shortText.nullish() })

export const createTemplateType: Handler = (call) =>
  added(call, 'template_type', given(parsed(call, templateTypeSchema)))
export const updateTemplateType = update(
  'template_type',
  templateTypeSchema.partial(),
  (data) => given(data),
  anywhere,
)

const templateSchema = z.object({
  name: shortText,
  template: looseJson,
  workspace_id: idText.nullish(),
  industry_id: idText.nullish(),
  template_type_id: idText.nullish(),
  description: longText.optional(),
  is_published: flag.optional(),
  editor_pick: flag.optional(),
  image_url: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullish(),
})

const references = {
  workspace_id: 'workspace',
  industry_id: 'industry',
  template_type_id: 'template_type',
} as const satisfies Record<string, TableName>

function checkReferences(call: Call, data: Readonly<Record<string, unknown>>): void {
  for (const [field, table] of Object.entries(references)) {
    const id = data[field]
    if (typeof id !== 'string') continue
    if (call.api.records.rows.get(`SELECT id FROM ${table} WHERE id = ?`, id) === undefined) {
      throw ApiError.invalid({ [field]: ['does not exist'] })
    }
  }
}

export const createTemplate: Handler = (call) => {
  const data = parsed(call, templateSchema)
  checkReferences(call, data)
  return added(call, 'template', given(data))
}

export const updateTemplate = update(
  'template',
  templateSchema.partial(),
  (data, _row, call) => {
    checkReferences(call, data)
    return given(data)
  },
  anywhere,
)

/** Those for everyone, and those of one's own workspaces. */
export const seenTemplates: Within = (call) => {
  const viewer = viewerOf(call)
  if (viewer.isAdmin) return []
  const sql = `(workspace_id IS NULL AND is_published = 1)
    OR workspace_id IN (SELECT workspace_id FROM member WHERE user_id = ?)`
  return [where(sql, viewer.userId)]
}

export const listPublicTemplates: Handler = (call) => {
  const query = new URLSearchParams(call.query)
  query.delete('include')
  return listed({ ...call, query }, 'template', [where('is_published = 1 AND workspace_id IS NULL')])
}

/** One's own actions, those of a workspace one belongs to, or all for an administrator. */
export const seenActions: Within = (call) => {
  const viewer = viewerOf(call)
  const userId = call.params['u']
  if (userId === undefined) return placeOf(call).conditions
  if (userId !== viewer.userId && !viewer.isAdmin) {
    throw ApiError.forbidden('Only administrators see the actions of other users.')
  }
  return [where('user_id = ?', userId)]
}
