import { z } from 'zod'
import type { MetadataField, MetadataValues } from './metadataRows.ts'

/** What the value of a field may be, by the service's names of field types. Others take any text. */
const kinds: Readonly<Record<string, z.ZodType>> = {
  integer: z.union([z.number().int(), z.string().regex(/^-?\d+$/)]),
  float: z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]),
  boolean: z.union([z.boolean(), z.enum(['true', 'false'])]),
  date: z.iso.date(),
  datetime: z.iso.datetime({ offset: true, local: true }),
  email: z.email(),
  url: z.url(),
}

/** Why the values cannot be those of the field. Undefined: they can. */
function objectionTo(
  field: MetadataField,
  values: MetadataValues[string]['field_values'],
): string | undefined {
  const given = values.flatMap(({ value }) =>
    value === null || value === undefined || value === '' ? [] : [value],
  )
  if (!field.multi && given.length > 1) return 'Takes one value only'
  const kind = kinds[field.field_type] ?? z.union([z.string(), z.number(), z.boolean()])
  if (given.some((value) => !kind.safeParse(value).success)) return `Is no ${field.field_type}`
  const { min_value = -Infinity, max_value = Infinity } = field
  const isNumber = field.field_type === 'integer' || field.field_type === 'float'
  if (isNumber && given.some((value) => Number(value) < min_value || Number(value) > max_value))
    return 'Is out of range'
  const isChoice = field.field_type === 'drop_down' && field.options.length > 0
  const options = field.options.map(({ value }) => value)
  if (isChoice && given.some((value) => !options.includes(String(value)))) return 'Is none of the options'
  return undefined
}

/** What is wrong with values, by field. Fields that are not among those given are wrong. */
export function objectionsTo(
  fields: readonly MetadataField[],
  values: MetadataValues,
): Readonly<Record<string, string>> {
  const wrong: Record<string, string> = {}
  for (const [name, { field_values }] of Object.entries(values)) {
    const field = fields.find(({ id }) => id === name)
    const objection = field === undefined ? 'Is no field of the view' : objectionTo(field, field_values)
    if (objection !== undefined) wrong[name] = objection
  }
  return wrong
}
