import { z } from 'zod'
import { isoOf, timeOf } from './dates.ts'

/** Pieces that request schemas are made of. Bodies and queries are strict: a field that is not listed is refused. */

/** A body. Unknown fields are refused. */
export const body = z.strictObject
export const uuid = z.uuid().transform((id) => id.toLowerCase())
export const text = z.string().max(100_000)
/** A time in any ISO form, as the service writes times. One without an offset is of UTC. */
export const date = z.iso
  .datetime({ offset: true, local: true })
  .transform((iso) => isoOf(timeOf(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`)))
export const integer = z.number().int()
export const anyObject = z.record(z.string(), z.unknown())

/** 1 to 500 ids, the service's bound on bulk calls; doubles are dropped. */
export const bulkIds = z
  .array(uuid)
  .min(1)
  .max(500)
  .transform((ids) => [...new Set(ids)])

/** Up to 500 changes of existing objects in one call: each is the body with an `id`. */
export const bulkObjects = <S extends z.ZodRawShape>(one: z.ZodObject<S, z.core.$strict>) =>
  body({
    objects: z
      .array(one.extend({ id: uuid }))
      .min(1)
      .max(500),
  })

/** `true` or `false` in a query. */
export const flag = z
  .enum(['true', 'false', 'True', 'False', '1', '0'])
  .transform((value) => ['true', 'True', '1'].includes(value))
export const flagOr = (fallback: boolean) => flag.default(fallback)

/** A whole number in a query. */
export const number = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number)

/** Comma-separated ids in a query. */
export const idList = z.string().transform((list) => list.split(',').filter((id) => id !== ''))

/** `page` and `per_page`. Give `page.ts` the parsed query. */
export const pageQuery = {
  page: number.pipe(z.number().min(1).max(10_000)).default(1),
  per_page: number.pipe(z.number().min(0).max(1000)).default(10),
}
/** `scroll` and `scroll_id`, beside `pageQuery`. */
export const scrollQuery = { scroll: flag.optional(), scroll_id: z.string().optional() }
/** `field,asc;other,desc`, or `-field`. */
export const sortQuery = { sort: z.string().max(500).optional() }
/** `per_page` and `last_id`, as lists of `files` and of shares page. */
export const lastIdQuery = {
  per_page: number.pipe(z.number().min(0).max(1000)).default(10),
  last_id: z.string().optional(),
}
