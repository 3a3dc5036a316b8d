import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SqlRows } from '../sqlRows.ts'
import { isoOf } from './dates.ts'
import { Documents } from './documents.ts'

const domainSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  date_created: z.string(),
  date_modified: z.string(),
})
export type SystemDomain = z.infer<typeof domainSchema>
const domains = new Documents('iconik_domain', 'System domain', domainSchema)

/** The studio's one system domain, made when it is missing. */
export function domainOf(rows: SqlRows): SystemDomain {
  const [found] = domains.all(rows, [])
  if (found !== undefined) return found
  const date = isoOf(rows.now())
  return domains.insert(rows, {
    ...{ id: randomUUID(), name: 'Northlight Films', date_created: date, date_modified: date },
  })
}
