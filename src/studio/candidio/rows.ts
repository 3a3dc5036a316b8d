import { z } from 'zod'
import type { StudioDatabase } from '../database.ts'
import { newId, type TableName } from './ids.ts'

export type Value = string | number | null
/** A row as SQLite gives it. Each resource parses what it shows. */
export type Row = Readonly<Record<string, Value>>

/** A piece of a WHERE clause. The text is ours alone; whatever came from outside is in `values`. */
export interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
}

export const where = (sql: string, ...values: Value[]): Condition => ({ sql, values })

const countSchema = z.object({ count: z.number() })

export interface Selection {
  readonly table: TableName
  /** Besides the table's own columns. */
  readonly extraColumns: string
  readonly conditions: readonly Condition[]
}

/** The API's tables. Table and column names come from this program, never from a request. */
export class ApiRows {
  readonly #database: StudioDatabase
  readonly #statements = new Map<string, ReturnType<StudioDatabase['prepare']>>()
  readonly now: () => number

  constructor(database: StudioDatabase, now: () => number) {
    this.#database = database
    this.now = now
  }

  #prepared(sql: string) {
    const found = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, found)
    return found
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work).immediate()
  }

  all(sql: string, ...values: Value[]): Row[] {
    // The tables are strict and hold text and numbers only; a resource parses the columns it shows.
    return this.#prepared(sql).all(...values) as Row[]
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined
  }

  run(sql: string, ...values: Value[]): number {
    return this.#prepared(sql).run(...values).changes
  }

  count({ table, conditions }: Selection): number {
    const { clause, values } = joined(conditions)
    const row = this.#prepared(`SELECT count(*) AS count FROM ${table} ${clause}`).get(...values)
    return countSchema.parse(row).count
  }

  /**
   * One page. The inner query walks an index alone, so that a far page costs little more than the first; `rowid`
   * keeps rows of one second apart.
   */
  page(
    { table, extraColumns, conditions }: Selection,
    order: { readonly column: string; readonly direction: 'asc' | 'desc' },
    limit: number,
    offset: number,
  ): Row[] {
    const { clause, values } = joined(conditions)
    const by = `ORDER BY ${table}.${order.column} ${order.direction}, ${table}.rowid ${order.direction}`
    return this.all(
      `SELECT ${table}.*${extraColumns} FROM ${table}
         JOIN (SELECT rowid AS found FROM ${table} ${clause} ${by} LIMIT ? OFFSET ?) ON ${table}.rowid = found ${by}`,
      ...values,
      limit,
      offset,
    )
  }

  insert(table: TableName, columns: Readonly<Record<string, Value>>): string {
    const id = newId(table)
    const now = this.now()
    const row: Record<string, Value> = { created_at: now, updated_at: now, ...columns, id }
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    this.run(`INSERT INTO ${table}(${names.join(', ')}) VALUES (${marks})`, ...Object.values(row))
    return id
  }

  update(table: TableName, id: string, columns: Readonly<Record<string, Value>>): void {
    const row: Record<string, Value> = { ...columns, updated_at: this.now() }
    const sets = Object.keys(row)
      .map((name) => `${name} = ?`)
      .join(', ')
    this.run(`UPDATE ${table} SET ${sets} WHERE id = ?`, ...Object.values(row), id)
  }

  /** The id stays known as one that was here. */
  remove(table: TableName, id: string): void {
    this.transaction(() => {
      this.run(`DELETE FROM ${table} WHERE id = ?`, id)
      this.run('INSERT OR IGNORE INTO removed(id, removed_at) VALUES (?, ?)', id, this.now())
    })
  }

  wasRemoved(id: string): boolean {
    return this.get('SELECT id FROM removed WHERE id = ?', id) !== undefined
  }
}

function joined(conditions: readonly Condition[]): { clause: string; values: Value[] } {
  if (conditions.length === 0) return { clause: '', values: [] }
  return {
    clause: `WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}
