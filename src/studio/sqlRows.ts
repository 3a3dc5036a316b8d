import { z } from 'zod'
import type { StudioDatabase } from './database.ts'

export type Value = string | number | null
/** A row as SQLite gives it. Whoever asked for it parses what it shows. */
export type Row = Readonly<Record<string, Value>>

/** A piece of a WHERE clause. The text is ours alone; whatever came from outside is in `values`. */
export interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
}

export const where = (sql: string, ...values: Value[]): Condition => ({ sql, values })

export function joined(conditions: readonly Condition[]): { clause: string; values: Value[] } {
  if (conditions.length === 0) return { clause: '', values: [] }
  return {
    clause: `WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}

const countSchema = z.object({ count: z.number() })

/** Statements on the studio's database, each prepared once. Table and column names come from this program, never from a request. */
export class SqlRows {
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

  /** All or nothing. Inside another transaction it is a part of that one. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work).immediate()
  }

  all(sql: string, ...values: Value[]): Row[] {
    // The tables are strict and hold text and numbers only.
    return this.#prepared(sql).all(...values) as Row[]
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined
  }

  /** How many rows it changed. */
  run(sql: string, ...values: Value[]): number {
    return this.#prepared(sql).run(...values).changes
  }

  /** `from` is what follows FROM: a table, with a name for the conditions if they use one. */
  count(from: string, conditions: readonly Condition[]): number {
    const { clause, values } = joined(conditions)
    return countSchema.parse(this.get(`SELECT count(*) AS count FROM ${from} ${clause}`, ...values)).count
  }
}
