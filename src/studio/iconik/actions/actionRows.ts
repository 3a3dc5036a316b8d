import { z } from 'zod'
import { Documents } from '../documents.ts'

export const actionContexts = [
  ...(['ASSET', 'ASSET_SUBCLIP', 'SHARED_ASSET', 'COLLECTION', 'SHARED_COLLECTION'] as const),
  ...(['BULK', 'SAVED_SEARCH', 'NONE'] as const),
] as const

const actionSchema = z.strictObject({
  id: z.string(),
  context: z.enum(actionContexts),
  title: z.string(),
  url: z.string(),
  type: z.enum(['OPEN', 'POST']).default('POST'),
  app_id: z.string().nullish(),
  metadata_view: z.string().nullish(),
  headers: z.record(z.string(), z.string()).default({}),
  disabled: z.boolean().default(false),
  status: z.enum(['FAILING', 'HEALTHY']).default('HEALTHY'),
  last_error: z.string().optional(),
  last_error_date: z.string().optional(),
  system_domain_id: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type CustomAction = z.infer<typeof actionSchema>
export const customActions = new Documents('iconik_custom_action', 'Custom action', actionSchema)
