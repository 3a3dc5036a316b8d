import { z } from 'zod'
import type { SqlRows } from '../../sqlRows.ts'
import { Documents } from '../documents.ts'

const relationTypeSchema = z.strictObject({
  /** Its name. */
  id: z.string(),
  source_label: z.string(),
  destination_label: z.string(),
  description: z.string().nullish(),
  is_directional: z.boolean().default(true),
  is_system: z.boolean().default(false),
  date_created: z.string(),
  date_modified: z.string(),
})
export type RelationType = z.infer<typeof relationTypeSchema>
export const relationTypes = new Documents('iconik_relation_type', 'Relation type', relationTypeSchema)

const relationSchema = z.strictObject({
  id: z.string(),
  asset_id: z.string(),
  related_to_asset_id: z.string(),
  relation_type: z.string(),
  description: z.string().nullish(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type Relation = z.infer<typeof relationSchema>
export const relations = new Documents('iconik_relation', 'Relation', relationSchema)

/** The ones a new domain has. */
const systemTypes = [
  { id: 'related', source_label: 'Related to', destination_label: 'Related to', is_directional: false },
  { id: 'derived', source_label: 'Made from', destination_label: 'Source of', is_directional: true },
] as const

export function openRelationTypes(rows: SqlRows, date: string): void {
  for (const type of systemTypes) {
    if (relationTypes.find(rows, type.id) !== undefined) continue
    relationTypes.insert(rows, { ...type, is_system: true, date_created: date, date_modified: date })
  }
}
