import { z } from 'zod'
import { Documents } from '../documents.ts'

const projectSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  collection_id: z.string(),
  storage_id: z.string().nullish(),
  status: z.literal('ACTIVE').default('ACTIVE'),
  system_domain_id: z.string(),
  created_by_user: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Project = z.infer<typeof projectSchema>
export const projects = new Documents('iconik_project', 'Project', projectSchema)
