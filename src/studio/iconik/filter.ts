import { type Condition, where } from '../sqlRows.ts'
import { IconikError } from './iconikError.ts'

/**
 * The `filter` of list calls. Its grammar is in none of the service's documents; here it is `field,value` pairs
 * separated by semicolons, all of which must hold. Fails with 400 on other fields.
 */
export function conditionsOf(
  filter: string | undefined,
  columns: Readonly<Record<string, string>>,
): Condition[] {
  if (filter === undefined || filter === '') return []
  return filter.split(';').map((part) => {
    const comma = part.indexOf(',')
    const field = comma === -1 ? part : part.slice(0, comma)
    const column = Object.hasOwn(columns, field) ? columns[field] : undefined
    if (column === undefined || comma === -1)
      throw IconikError.badRequest({ filter: `Cannot filter by ${field}` })
    return where(`${column} = ?`, part.slice(comma + 1))
  })
}
