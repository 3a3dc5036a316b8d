import type { z } from 'zod'
import type { Json } from '../../shared/json.ts'
import type { ObjectUrl } from '../s3/presign.ts'
import type { Condition, Row, Value } from '../sqlRows.ts'
import { ApiError } from './apiError.ts'
import type { TableName } from './ids.ts'
import type { IncludeTree, ListQuery } from './listQuery.ts'
import type { ApiRows } from './rows.ts'

/** Whose request it is. Public routes have no viewer. */
export interface Viewer {
  readonly userId: string
  readonly isAdmin: boolean
}

/** What showing a record may need. */
export interface Showing {
  readonly rows: ApiRows
  readonly link: ObjectUrl
  readonly viewer: Viewer | undefined
  /** Some records call themselves differently in a list. */
  readonly place: 'list' | 'single'
  /** Records that this answer may still hold: includes of includes multiply. */
  readonly budget: { left: number }
}

export type Shown = { [name: string]: Json }

/** How related records are found. `column` is in this table for `one`, in the other for `many`. */
export type Include =
  | { readonly kind: 'one'; readonly of: TableName; readonly column: string }
  | {
      readonly kind: 'many'
      readonly of: TableName
      readonly column: string
      readonly only?: string
      readonly newest?: true
    }
  | { readonly kind: 'members'; readonly of: TableName; readonly own: string; readonly other: string }
  /** The one thing a record hangs on: the first of the columns that is set. */
  | { readonly kind: 'target'; readonly columns: readonly (readonly [column: string, of: TableName])[] }
  /** A relation that the API names and that has nothing behind it here. */
  | { readonly kind: 'none'; readonly value: Json }

export type Scope = (argument: string | undefined, viewer: Viewer | undefined) => Condition

export interface Resource {
  readonly table: TableName
  /** In the singular, for messages. */
  readonly words: string
  readonly extraColumns?: string
  /** The column that says whose a record is. Absent: it belongs to no workspace. */
  readonly workspaceColumn?: string
  show(row: Row, showing: Showing): Shown
  readonly includes: Readonly<Record<string, Include>>
  readonly scopes: Readonly<Record<string, Scope>>
  /** Field names of the API that a list can be ordered by; each is a column. */
  readonly sorts: readonly string[]
}

/** Parses a row before it is shown, so that `show` works on known types. */
export const showing =
  <S extends z.ZodType>(schema: S, show: (row: z.output<S>, showing: Showing) => Shown): Resource['show'] =>
  (row, context) =>
    show(schema.parse(row), context)

/** Collections that are embedded have no pages; this many are shown for each record. */
const maxIncluded = 1000

/** The resources by their table; includes lead from one to another through it. */
export type Resources = { readonly [T in TableName]: Resource }

export class Records {
  readonly #resources: Resources
  readonly rows: ApiRows

  constructor(resources: Resources, rows: ApiRows) {
    this.#resources = resources
    this.rows = rows
  }

  #selection(table: TableName, conditions: readonly Condition[]) {
    const extra = this.#resources[table].extraColumns
    return { table, extraColumns: extra === undefined ? '' : `, ${extra}`, conditions }
  }

  /** Records that are embedded must be ones that the viewer could ask for by themselves. */
  #visible(table: TableName, { viewer }: Showing): Condition[] {
    const column = this.#resources[table].workspaceColumn
    if (column === undefined || viewer?.isAdmin) return []
    const sql = `${column} IS NULL OR ${column} IN (SELECT workspace_id FROM member WHERE user_id = ?)`
    return [{ sql, values: [viewer?.userId ?? ''] }]
  }

  /** Fails with 404, or 410 when it was here once. */
  get(table: TableName, id: string, ...conditions: Condition[]): Row {
    const all = [{ sql: `${table}.id = ?`, values: [id] }, ...conditions]
    const [row] = this.rows.page(this.#selection(table, all), { column: 'id', direction: 'asc' }, 1, 0)
    if (row !== undefined) return row
    const { words } = this.#resources[table]
    if (this.rows.wasRemoved(id)) throw new ApiError(410, `This ${words} has been removed.`)
    throw ApiError.notFound(words)
  }

  /** A record as the API shows it, with what is embedded. */
  one(table: TableName, row: Row, include: IncludeTree, context: Omit<Showing, 'place'>): Shown {
    const [shown] = this.#show(table, [row], include, { ...context, place: 'single' })
    if (shown === undefined) throw new Error('a row shows as one record')
    return shown
  }

  list(
    table: TableName,
    query: ListQuery,
    base: readonly Condition[],
    context: Omit<Showing, 'place'>,
    baseUrl: string,
  ): Shown {
    const resource = this.#resources[table]
    const scopes = query.scopes.map(({ name, argument }) => {
      const scope = Object.hasOwn(resource.scopes, name) ? resource.scopes[name] : undefined
      if (scope === undefined) throw ApiError.badRequest(`There is no scope "${name}" for this resource.`)
      return scope(argument, context.viewer)
    })
    const { sort = 'created_at', direction, limit, page } = query
    if (!resource.sorts.includes(sort)) throw ApiError.badRequest(`A list cannot be sorted by "${sort}".`)
    const selection = this.#selection(table, [...base, ...scopes])
    const total = this.rows.count(selection.table, selection.conditions)
    const offset = (page - 1) * limit
    const found = offset < total ? this.rows.page(selection, { column: sort, direction }, limit, offset) : []
    const totalPages = Math.max(1, Math.ceil(total / limit))
    return {
      data: this.#show(table, found, query.include, { ...context, place: 'list' }),
      meta: {
        pagination: {
          total,
          count: found.length,
          per_page: limit,
          current_page: page,
          total_pages: totalPages,
          links: pageLinks(baseUrl, page, totalPages),
        },
      },
    }
  }

  #show(table: TableName, rows: readonly Row[], include: IncludeTree, context: Showing): Shown[] {
    const resource = this.#resources[table]
    context.budget.left -= rows.length
    if (context.budget.left < 0) throw ApiError.badRequest('This asks for too many records at once.')
    const shown = rows.map((row) => resource.show(row, context))
    for (const [name, deeper] of include) {
      const relation = Object.hasOwn(resource.includes, name) ? resource.includes[name] : undefined
      // A relation that does not exist is passed over, as the transformers of such back ends do.
      if (relation === undefined) continue
      const related = this.#related(rows, relation, deeper, { ...context, place: 'single' })
      for (const [index, record] of shown.entries()) record[name] = related[index] ?? null
    }
    return shown
  }

  /** What belongs to each row, in their order: one query for all of them. */
  #related(rows: readonly Row[], relation: Include, deeper: IncludeTree, context: Showing): Json[] {
    switch (relation.kind) {
      case 'none':
        return rows.map(() => relation.value)
      case 'one': {
        const found = this.#byId(
          relation.of,
          rows.map((row) => row[relation.column] ?? null),
          deeper,
          context,
        )
        return rows.map((row) => found.get(row[relation.column] ?? null) ?? null)
      }
      case 'target':
        return rows.map((row) => {
          const target = relation.columns.find(([column]) => row[column] != null)
          if (target === undefined) return null
          const id = row[target[0]] ?? null
          return this.#byId(target[1], [id], deeper, context).get(id) ?? null
        })
      case 'many':
        return rows.map((row) => {
          const only = relation.only === undefined ? [] : [{ sql: relation.only, values: [] }]
          const own = { sql: `${relation.column} = ?`, values: [row['id'] ?? null] }
          const conditions = [own, ...only, ...this.#visible(relation.of, context)]
          const direction = relation.newest ? 'desc' : 'asc'
          const limit = relation.newest ? 1 : maxIncluded
          const order = { column: 'created_at', direction } as const
          const found = this.rows.page(this.#selection(relation.of, conditions), order, limit, 0)
          const shown = this.#show(relation.of, found, deeper, context)
          return relation.newest ? (shown[0] ?? null) : shown
        })
      case 'members':
        return rows.map((row) => {
          const sql = `id IN (SELECT ${relation.other} FROM member WHERE ${relation.own} = ?)`
          const conditions = [{ sql, values: [row['id'] ?? null] }, ...this.#visible(relation.of, context)]
          const order = { column: 'created_at', direction: 'asc' } as const
          const found = this.rows.page(this.#selection(relation.of, conditions), order, maxIncluded, 0)
          return this.#show(relation.of, found, deeper, context)
        })
    }
  }

  #byId(table: TableName, ids: readonly Value[], deeper: IncludeTree, context: Showing): Map<Value, Shown> {
    const wanted = [...new Set(ids.filter((id) => id !== null))]
    // One value, so that the statement is the same for any number of ids.
    const condition = { sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(wanted)] }
    const order = { column: 'id', direction: 'asc' } as const
    const conditions = [condition, ...this.#visible(table, context)]
    const rows = this.rows.page(this.#selection(table, conditions), order, wanted.length, 0)
    const shown = this.#show(table, rows, deeper, context)
    return new Map(rows.map((row, index) => [row['id'] ?? null, shown[index] ?? {}]))
  }
}

/** An empty list when there is one page, as in the documents' only sample. */
function pageLinks(baseUrl: string, page: number, totalPages: number): Json {
  if (totalPages <= 1) return []
  const links: Shown = {}
  const urlOf = (number: number) => {
    const url = new URL(baseUrl)
    url.searchParams.set('page', String(number))
    return url.href
  }
  if (page > 1) links['previous'] = urlOf(page - 1)
  if (page < totalPages) links['next'] = urlOf(page + 1)
  return links
}
