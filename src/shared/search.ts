import { z } from 'zod'
import { connectionIdSchema, placeIdSchema } from './ids.ts'

/** A question to a service's own search, which knows what was never listed here. */
export const searchQuerySchema = z.object({
  connectionId: connectionIdSchema,
  text: z.string().max(400),
  /** Chosen values by facet name. Values of one facet are alternatives, facets narrow each other. */
  chosen: z.record(z.string().max(100), z.array(z.string().max(300)).max(50)).default({}),
})
export type SearchQuery = z.infer<typeof searchQuerySchema>

export const facetSchema = z.object({
  name: z.string(),
  words: z.string(),
  values: z.array(z.object({ value: z.string(), words: z.string(), count: z.number().int().nonnegative() })),
})
export type Facet = z.infer<typeof facetSchema>

/** The found assets lie in a place of their own, which `assets.list` shows like any other. */
export const searchResultSchema = z.object({
  placeId: placeIdSchema,
  total: z.number().int().nonnegative(),
  facets: z.array(facetSchema),
})
export type SearchResult = z.infer<typeof searchResultSchema>
