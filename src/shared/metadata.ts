import { z } from 'zod'
import { remoteKeySchema } from './people.ts'

export const metadataKindSchema = z.enum([
  'text',
  'longText',
  'integer',
  'number',
  'flag',
  'date',
  'dateTime',
  'choice',
  'tags',
  'email',
  'url',
])
export type MetadataKind = z.infer<typeof metadataKindSchema>

/** One field of a view, as the service's administrators defined it. */
export const metadataFieldSchema = z.object({
  name: z.string().min(1),
  label: z.string(),
  kind: metadataKindSchema,
  help: z.string().nullable(),
  isRequired: z.boolean(),
  isReadOnly: z.boolean(),
  takesMany: z.boolean(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
})
export type MetadataField = z.infer<typeof metadataFieldSchema>

export const metadataViewSchema = z.object({
  key: remoteKeySchema,
  name: z.string(),
  fields: z.array(metadataFieldSchema),
})
export type MetadataView = z.infer<typeof metadataViewSchema>

/** By field name; always a list, one item where a field takes one. Dates are ISO 8601 texts as the service writes them. */
export const metadataValuesSchema = z.record(
  z.string().max(200),
  z.array(z.union([z.string().max(10_000), z.number(), z.boolean()])).max(500),
)
export type MetadataValues = z.infer<typeof metadataValuesSchema>

/** What has to be filled in, and is not: names of fields. */
export function missingFields(view: MetadataView, values: MetadataValues): string[] {
  return view.fields
    .filter(({ isRequired, isReadOnly, name }) => isRequired && !isReadOnly && !hasValue(values[name]))
    .map(({ name }) => name)
}

function hasValue(values: MetadataValues[string] | undefined): boolean {
  return values?.some((value) => value !== '') ?? false
}
