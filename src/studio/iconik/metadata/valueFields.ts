import { z } from 'zod'
import { date } from '../fields.ts'

/** One value of a field. The service's documents leave its form open; every client writes `value`. */
const valueBody = z.strictObject({
  value: z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]).optional(),
  label: z.string().optional(),
})

/** Values by field name. `mode` says what becomes of those that are there; absent: they are overwritten. */
export const changesBody = z.record(
  z.string().min(1).max(200),
  z.strictObject({
    field_values: z.array(valueBody).max(1000).default([]),
    mode: z.enum(['append', 'delete', 'overwrite']).optional(),
    date_created: date.optional(),
  }),
)
export type MetadataChanges = z.output<typeof changesBody>

/** Values as they are, without a mode. */
export const valuesBody = z.record(
  z.string().min(1).max(200),
  z.strictObject({ field_values: z.array(valueBody).max(1000).default([]), date_created: date.optional() }),
)
