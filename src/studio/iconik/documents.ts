import type { z } from 'zod'
import type { Condition, Row, SqlRows } from '../sqlRows.ts'
import { joined } from '../sqlRows.ts'
import { IconikError } from './iconikError.ts'

/** Fields as a body gives them: what was not sent is absent or undefined, and takes its default. */
export type Sent<T> = { readonly [K in keyof T]?: T[K] | undefined }

interface Identified {
  readonly id: string
}

/**
 * One kind of stored object: a table with `id TEXT PRIMARY KEY, document TEXT NOT NULL` and whatever generated columns
 * its lists sort and filter by (`title TEXT AS (document ->> 'title')`), so nothing is ever stored twice. `document`
 * is JSON and is parsed with the schema on its way in and out. Changes inside `rows.transaction` are one step.
 */
export class Documents<S extends z.ZodType<Identified>> {
  readonly table: string
  readonly #what: string
  readonly #schema: S

  /** `what` starts the message of a 404: `Asset`. */
  constructor(table: string, what: string, schema: S) {
    this.table = table
    this.#what = what
    this.#schema = schema
  }

  parse(row: Row): z.output<S> {
    return this.#schema.parse(JSON.parse(String(row['document'])))
  }

  find(rows: SqlRows, id: string): z.output<S> | undefined {
    const row = rows.get(`SELECT document FROM ${this.table} WHERE id = ?`, id)
    return row && this.parse(row)
  }

  /** Fails with 404. */
  get(rows: SqlRows, id: string): z.output<S> {
    const found = this.find(rows, id)
    if (found === undefined) throw IconikError.notFound(this.#what)
    return found
  }

  /** `order` is SQL of this program: `created_at DESC, rowid`. */
  all(rows: SqlRows, conditions: readonly Condition[], order = 'rowid'): z.output<S>[] {
    const { clause, values } = joined(conditions)
    return rows
      .all(`SELECT document FROM ${this.table} ${clause} ORDER BY ${order}`, ...values)
      .map((row) => this.parse(row))
  }

  insert(rows: SqlRows, document: z.input<S>): z.output<S> {
    const parsed = this.complete(document)
    rows.run(
      `INSERT INTO ${this.table}(id, document) VALUES (?, ?)`,
      (parsed as Identified).id,
      JSON.stringify(parsed),
    )
    return parsed
  }

  /** The document as it would be stored. */
  complete(document: z.input<S>): z.output<S> {
    return this.#schema.parse(document)
  }

  /** Stores the document in place of the one with its id. Fails with 404. */
  save(rows: SqlRows, document: z.input<S>): z.output<S> {
    const parsed = this.complete(document)
    const sql = `UPDATE ${this.table} SET document = ? WHERE id = ?`
    if (rows.run(sql, JSON.stringify(parsed), (parsed as Identified).id) === 0) {
      throw IconikError.notFound(this.#what)
    }
    return parsed
  }

  /** Fails with 404. */
  remove(rows: SqlRows, id: string): void {
    if (rows.run(`DELETE FROM ${this.table} WHERE id = ?`, id) === 0) throw IconikError.notFound(this.#what)
  }
}
