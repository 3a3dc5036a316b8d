import { type Condition, joined, type Row, SqlRows, type Value } from '../sqlRows.ts'
import { newId, type TableName } from './ids.ts'

export interface Selection {
  readonly table: TableName
  /** Besides the table's own columns. */
  readonly extraColumns: string
  readonly conditions: readonly Condition[]
}

/** The API's tables. */
export class ApiRows extends SqlRows {
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
