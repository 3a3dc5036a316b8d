import { z } from 'zod'
import { Documents } from '../documents.ts'
import { Items } from './itemRows.ts'

const sequenceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  system_domain_id: z.string(),
  created_by_user: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Sequence = z.infer<typeof sequenceSchema>
export const sequences = new Documents('iconik_sequence', 'Sequence', sequenceSchema)
export const sequenceItems = new Items('iconik_sequence_item', 'Sequence item')
