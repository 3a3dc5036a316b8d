import { z } from 'zod'
import type { Call } from '../call.ts'
import { Documents } from '../documents.ts'
import { criteriaSchema } from './criteria.ts'
import { find } from './find.ts'

const savedSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  criteria: criteriaSchema,
  group_id: z.string().nullish(),
  permissions: z.array(z.string()).optional(),
  user_id: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type SavedSearch = z.infer<typeof savedSchema>
export const savedSearches = new Documents('iconik_saved_search', 'Saved search', savedSchema)

const groupSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  user_id: z.string(),
  system_domain_id: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type SavedSearchGroup = z.infer<typeof groupSchema>
export const savedSearchGroups = new Documents('iconik_saved_search_group', 'Saved search group', groupSchema)

/** All that a saved search finds now. Fails with 404 when it is gone. */
export function foundBySaved(call: Call, id: string): { readonly type: string; readonly id: string }[] {
  const { criteria } = savedSearches.get(call.rows, id)
  return find(call, criteria, -1, 0).map(({ object_type, object_id }) => ({
    type: object_type,
    id: object_id,
  }))
}
