import { z } from 'zod'
import { count, few, type IconikPage, id, idOrNull, listSchema, pageSchema, text } from './wire.ts'
import { assetRowSchema } from './wireAssets.ts'
import { collectionSchema } from './wireCollections.ts'

/** What was found. How much a row tells depends on the fields that were asked for. */
export const foundSchema = z.object({
  ...assetRowSchema.shape,
  ...collectionSchema.shape,
  object_type: z.string(),
  description: text,
  /** Of segments. */
  asset_id: idOrNull,
  segment_text: text,
  title: z.string().catch(''),
})
export type Found = z.infer<typeof foundSchema>

const bucketsSchema = z.object({
  buckets: few(z.object({ key: z.union([z.string(), z.number()]), doc_count: count }), 5000),
})

/** Facets by the field's name; a bucket is a value and how often it is there. */
const facetsSchema = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((facets) =>
    Object.entries(facets)
      .slice(0, 200)
      .flatMap(([name, facet]) => {
        const read = bucketsSchema.safeParse(facet)
        return read.success ? [{ name, buckets: read.data.buckets }] : []
      }),
  )
export type FoundPage = IconikPage<Found> & { readonly facets: z.infer<typeof facetsSchema> }

export const searchSchema: z.ZodType<FoundPage> = z.intersection(
  pageSchema(foundSchema),
  z.object({ facets: facetsSchema }),
)

export const suggestionsSchema = listSchema(z.object({ value: z.string() }))

export const savedSearchesSchema = pageSchema(
  z.object({ id, name: z.string(), group_id: idOrNull, date_created: text, date_modified: text }),
)
