import { z } from 'zod'

/**
 * iconik's JSON as it comes. What the app cannot do without is required and its lack is `remote.badReply`; anything
 * else that is missing or odd reads as null, and fields we do not know pass.
 */
export const id = z.string().min(1).max(200)
export const text = z.string().nullable().catch(null)
export const flag = z.boolean().nullable().catch(null)
export const count = z.number().int().nonnegative().nullable().catch(null)
export const number = z.number().nullable().catch(null)
export const idOrNull = id.nullable().catch(null)

/** A list that may be missing; entries that do not fit are left out of it. */
export function few<T>(row: z.ZodType<T>, most = 1000): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.slice(0, most).flatMap((entry) => {
        const read = row.safeParse(entry)
        return read.success ? [read.data] : []
      }),
    )
}

/** One of these words, else null: the service may learn new ones. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words).nullable().catch(null)

/** A server that sends more rows than this on one page is not to be believed. */
const longestPage = 5000

export interface IconikPage<T> {
  readonly objects: T[]
  /** From 1. Null where the list is paged by the id of its last row, or not at all. */
  readonly page: number | null
  readonly pages: number | null
  readonly per_page: number | null
  readonly total: number | null
  /** Asked again with it, a long list goes on. */
  readonly scroll_id: string | null
}

export function pageSchema<T>(row: z.ZodType<T>): z.ZodType<IconikPage<T>> {
  return z.object({
    objects: z.array(row).max(longestPage),
    page: count,
    pages: count,
    per_page: count,
    total: count,
    scroll_id: text,
  })
}

/** `{ objects: […] }` without pages. */
export function listSchema<T>(row: z.ZodType<T>): z.ZodType<{ readonly objects: T[] }> {
  return z.object({ objects: z.array(row).max(longestPage) })
}

/** A person as answers show them beside what they wrote. Pictures are signed links: never stored. */
export const personSchema = z.object({
  id: idOrNull,
  email: text,
  first_name: text,
  last_name: text,
  photo_small: text,
})
export type IconikPerson = z.infer<typeof personSchema>
export const personOrNull = personSchema.nullable().catch(null)

/** An answer whose only news is a job that does the work. */
export const jobStartedSchema = z.object({ job_id: idOrNull }).optional()

const stamp = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/

/** ISO 8601, read as UTC where it names no offset. Epoch milliseconds; null when it is something else. */
export function readTime(value: string | null): number | null {
  const match = stamp.exec(value?.trim() ?? '')
  if (match === null) return null
  // Dates know milliseconds; the service writes microseconds.
  const written = match[0].replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')
  const at = Date.parse(match[3] === undefined ? `${written}Z` : written)
  return Number.isFinite(at) ? at : null
}
