import { z } from 'zod'
import { uuid } from '../fields.ts'

export const searchTypes = [
  ...(['assets', 'collections', 'segments', 'saved_searches', 'saved_search_groups'] as const),
] as const

const name = z.string().min(1).max(200)
const termSchema = z.strictObject({
  name,
  value: z.string().max(10_000).optional(),
  value_in: z.array(z.string().max(10_000)).max(1000).optional(),
  range: z
    .strictObject({ min: z.string().optional(), max: z.string().optional(), timezone: z.string().optional() })
    .optional(),
  exists: z.boolean().optional(),
  missing: z.boolean().optional(),
})
export type Term = z.infer<typeof termSchema>

const filterSchema = z.strictObject({
  operator: z.string().regex(/^(and|or|not)$/i, 'Is neither AND nor OR nor NOT'),
  terms: z.array(termSchema).max(500).optional(),
  get filters(): z.ZodOptional<z.ZodArray<typeof filterSchema>> {
    return z.array(filterSchema).max(100).optional()
  },
})
export type Filter = z.infer<typeof filterSchema>

/** What to look for, as a search says it and a saved one keeps it. */
export const criteriaSchema = z.strictObject({
  doc_types: z.array(z.enum(searchTypes)).optional(),
  query: z.string().max(10_000).optional(),
  search_fields: z.array(name).max(100).optional(),
  filter: filterSchema.optional(),
  facets: z.array(name).max(50).optional(),
  facets_filters: z
    .array(z.strictObject({ name, value_in: z.array(z.string()).max(1000).optional() }))
    .max(50)
    .optional(),
  sort: z
    .array(
      z.strictObject({
        name,
        order: z
          .string()
          .regex(/^(asc|desc)$/i)
          .optional(),
      }),
    )
    .max(10)
    .optional(),
  search_after: z
    .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .max(11)
    .optional(),
  include_fields: z.array(name).max(200).optional(),
  exclude_fields: z.array(name).max(200).optional(),
  metadata_view_id: uuid.optional(),
})
export type Criteria = z.output<typeof criteriaSchema>
