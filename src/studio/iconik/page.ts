import { type Condition, joined, type Row } from '../sqlRows.ts'
import type { Call } from './call.ts'
import { IconikError } from './iconikError.ts'

/** The service's page of a list. URLs are empty where there is no such page. */
export interface Page<T> {
  readonly objects: T[]
  readonly page: number
  readonly pages: number
  readonly per_page: number
  readonly total: number
  readonly first_url: string
  readonly prev_url: string
  readonly next_url: string
  readonly last_url: string
  readonly scroll_id?: string
}

/** What a parsed query must hold: `...pageQuery`, and `...scrollQuery`, `...sortQuery` where the call takes them. */
export interface PageQuery {
  readonly page: number
  readonly per_page: number
  readonly sort?: string | undefined
  readonly scroll?: boolean | undefined
  readonly scroll_id?: string | undefined
}

/** Names of tables and columns are of this program, never from a request. The table goes by `t` in conditions. */
export interface Listing {
  readonly table: string
  readonly conditions: readonly Condition[]
  /** Field of `sort` → column. Give each an index together with the columns of the conditions. */
  readonly orders?: Readonly<Record<string, string>>
  /** Columns and directions when `sort` is absent: `date_created DESC`. Default: the order rows were made in. */
  readonly byDefault?: string | readonly string[]
}

/** Turns `title,asc;date_created,desc` or `-date_created` into an ORDER BY. Fails with 400 on other fields. */
export function orderOf(sort: string | undefined, orders: Readonly<Record<string, string>>): string[] {
  if (sort === undefined || sort === '') return []
  return sort.split(';').map((part) => {
    const isMinus = part.startsWith('-')
    const [field = '', direction = isMinus ? 'desc' : 'asc'] = part.slice(isMinus ? 1 : 0).split(',')
    const column = Object.hasOwn(orders, field) ? orders[field] : undefined
    if (column === undefined || !/^(asc|desc)$/i.test(direction)) {
      throw IconikError.badRequest({ sort: `Cannot sort by ${field} ${direction}` })
    }
    return `${column} ${direction.toUpperCase()}`
  })
}

/** The rows of one page: the inner query walks an index alone, so that a far page costs little more than the first. */
function rowsOf(
  call: Call,
  { table, conditions, orders = {}, byDefault = [] }: Listing,
  sort: string | undefined,
  limit: number,
  offset: number,
): Row[] {
  const { clause, values } = joined(conditions)
  const chosen = orderOf(sort, orders)
  const columns = chosen.length > 0 ? chosen : [byDefault].flat()
  // Rows that are equal keep one order, in the direction of the last column so that one index serves both.
  const last = columns.at(-1)?.endsWith(' DESC') ? 'rowid DESC' : 'rowid ASC'
  const by = [...columns, last].map((column) => `t.${column}`).join(', ')
  return call.rows.all(
    `SELECT t.* FROM (SELECT t.rowid AS found FROM ${table} t ${clause} ORDER BY ${by} LIMIT ? OFFSET ?)
       JOIN ${table} t ON t.rowid = found ORDER BY ${by}`,
    ...values,
    limit,
    offset,
  )
}

/**
 * Answers one page of a table, `show` turning its rows into objects (all at once, so that it can look up what belongs
 * to them together). With `scroll` the page carries a `scroll_id`, with which the next one is asked for.
 * Fails with 404 past the last page and 400 for a sort that is not offered.
 */
export function pageOf<T>(
  call: Call<unknown, PageQuery>,
  listing: Listing,
  show: (rows: Row[]) => T[],
): Page<T> {
  const { query } = call
  const total = call.rows.count(`${listing.table} t`, listing.conditions)
  const page = pageNumber(query)
  const offset = (page - 1) * query.per_page
  const rows = query.per_page === 0 ? [] : rowsOf(call, listing, query.sort, query.per_page, offset)
  return pageAround(call, { page, total, objects: show(rows) })
}

/** The page that is asked for, by its number or by the `scroll_id` of the one before. Fails with 400 for another id. */
export function pageNumber({ scroll_id, page: wanted }: PageQuery): number {
  if (scroll_id === undefined) return wanted
  const page = Number(/^page:(\d{1,6})$/.exec(Buffer.from(scroll_id, 'base64url').toString())?.[1])
  if (!Number.isInteger(page)) throw IconikError.badRequest({ scroll_id: 'This scroll has ended' })
  return page
}

/** The page shape around objects that were found in another way. Fails with 404 past the last page. */
export function pageAround<T>(
  call: Call<unknown, PageQuery>,
  { page, total, objects }: { readonly page: number; readonly total: number; readonly objects: T[] },
): Page<T> {
  const { per_page, scroll, scroll_id } = call.query
  const pages = Math.max(1, per_page === 0 ? 1 : Math.ceil(total / per_page))
  const isScroll = scroll === true || scroll_id !== undefined
  if (page > pages && !isScroll) throw IconikError.notFound('Requested page')
  const at = (number: number) => {
    const url = new URL(call.url, call.origin)
    url.searchParams.set('page', String(number))
    return url.pathname + url.search
  }
  return {
    objects,
    page,
    pages,
    per_page,
    total,
    first_url: at(1),
    prev_url: page > 1 ? at(page - 1) : '',
    next_url: page < pages ? at(page + 1) : '',
    last_url: at(pages),
    ...(isScroll && { scroll_id: Buffer.from(`page:${page + 1}`).toString('base64url') }),
  }
}

/** A list that comes whole, in the page shape. */
export function wholeList<T>({ url }: Call, objects: T[]): Page<T> {
  return {
    ...{ objects, page: 1, pages: 1, per_page: objects.length, total: objects.length },
    ...{ first_url: url, prev_url: '', next_url: '', last_url: url },
  }
}

/**
 * A list that pages by `last_id`, as those of `files` do: rows in the order they were made, or the other way round, after
 * the one named.
 */
export function lastIdPage<T>(
  call: Call<unknown, { readonly per_page: number; readonly last_id?: string | undefined }>,
  {
    table,
    conditions,
    isNewestFirst = false,
  }: Pick<Listing, 'table' | 'conditions'> & { readonly isNewestFirst?: boolean },
  show: (rows: Row[]) => T[],
): Page<T> {
  const { per_page, last_id } = call.query
  const total = call.rows.count(`${table} t`, conditions)
  const after =
    last_id === undefined
      ? []
      : [
          {
            sql: `rowid ${isNewestFirst ? '<' : '>'} (SELECT rowid FROM ${table} WHERE id = ?)`,
            values: [last_id],
          },
        ]
  const { clause, values } = joined([...conditions, ...after])
  const order = isNewestFirst ? 'rowid DESC' : 'rowid'
  const rows = call.rows.all(
    `SELECT * FROM ${table} ${clause} ORDER BY ${order} LIMIT ?`,
    ...values,
    per_page,
  )
  const last = rows.at(-1)?.['id']
  const url = new URL(call.url, call.origin)
  url.searchParams.delete('last_id')
  const first = url.pathname + url.search
  if (last !== undefined) url.searchParams.set('last_id', String(last))
  const pages = Math.max(1, Math.ceil(total / Math.max(1, per_page)))
  return {
    ...{ objects: show(rows), page: 1, pages, per_page, total },
    ...{ first_url: first, prev_url: '', last_url: '' },
    next_url: rows.length === per_page && last !== undefined ? url.pathname + url.search : '',
  }
}
