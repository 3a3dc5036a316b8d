import { z } from 'zod'
import type { MetadataField, MetadataKind, MetadataValues, MetadataView } from '../../shared/metadata.ts'
import { missingFields } from '../../shared/metadata.ts'
import { emailSchema } from '../../shared/people.ts'

type Value = MetadataValues[string][number]

const text = z.string()
const moment = z
  .string()
  .refine((value) => /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)))
const shapes: Readonly<Record<MetadataKind, z.ZodType>> = {
  text,
  longText: text,
  integer: z.number().int(),
  number: z.number(),
  flag: z.boolean(),
  date: moment,
  dateTime: moment,
  choice: text,
  tags: text,
  email: emailSchema,
  url: z.url({ protocol: /^https?$/ }),
}

/**
 * The first field whose value the service would not take: unknown, read-only, of the wrong kind, too many, not among the
 * choices. Undefined when all fit.
 */
export function misfit(view: MetadataView, values: MetadataValues): string | undefined {
  const fields = new Map(view.fields.map((field) => [field.name, field]))
  return Object.keys(values).find((name) => {
    const field = fields.get(name)
    return field === undefined || !fits(field, values[name] ?? [])
  })
}

function fits(field: MetadataField, values: readonly Value[]): boolean {
  if (field.isReadOnly || (!field.takesMany && values.length > 1)) return false
  const isKnown = (value: Value) =>
    field.kind !== 'choice' ||
    field.choices.length === 0 ||
    field.choices.some((choice) => choice.value === value)
  return values.every((value) => shapes[field.kind].safeParse(value).success && isKnown(value))
}

/** As `misfit`, and nothing that has to be filled in may be missing. */
export function misfitOrMissing(view: MetadataView, values: MetadataValues): string | undefined {
  return misfit(view, values) ?? missingFields(view, values)[0]
}
