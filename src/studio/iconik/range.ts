import { type Condition, where } from '../sqlRows.ts'
import { isoOf, timeOf } from './dates.ts'
import { IconikError } from './iconikError.ts'

/** A number below it counts seconds, as the service's own example does; one above counts milliseconds. */
const firstMillisecond = 1e11

/** `*` and nothing leave a side open. */
function sideOf(name: string, text: string): string | undefined {
  if (text === '' || text === '*') return undefined
  const number = /^\d{1,15}$/.test(text) ? Number(text) : undefined
  const time = number === undefined ? timeOf(text) : number < firstMillisecond ? number * 1000 : number
  if (Number.isNaN(time))
    throw IconikError.badRequest({ [name]: 'This is no time, and no two with a semicolon' })
  return isoOf(time)
}

/** A date filter of lists: one moment, or two with a semicolon between. Fails with 400. */
export function rangeOf(column: string, text: string | undefined): Condition[] {
  if (text === undefined || text === '') return []
  const [first = '', second, ...more] = text.split(';')
  if (more.length > 0) throw IconikError.badRequest({ [column]: 'Two times at most' })
  const from = sideOf(column, first)
  if (second === undefined) return from === undefined ? [] : [where(`${column} = ?`, from)]
  const to = sideOf(column, second)
  return [
    ...(from === undefined ? [] : [where(`${column} >= ?`, from)]),
    ...(to === undefined ? [] : [where(`${column} <= ?`, to)]),
  ]
}
