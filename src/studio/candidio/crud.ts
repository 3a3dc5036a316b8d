import type { z } from 'zod'
import type { Condition, Row, Value } from '../sqlRows.ts'
import { okBody } from './apiError.ts'
import { type Call, type CallAnswer, contextOf, type Handler, parsed, shown } from './call.ts'
import type { TableName } from './ids.ts'
import { parseListQuery } from './listQuery.ts'
import { thumbnailKey } from './media.ts'
import { type Place, placeOf } from './place.ts'

/** The handlers that every resource has in common. */

export type Columns = Readonly<Record<string, Value>>

/** Where records of a resource are looked for; the default is the place of the path. */
export type Within = (call: Call) => readonly Condition[]
const atPlace: Within = (call) => placeOf(call).conditions
/** Resources that belong to nobody. */
export const anywhere: Within = () => []

export function listed(call: Call, table: TableName, conditions: readonly Condition[]): CallAnswer {
  const { records } = call.api
  const query = parseListQuery(call.query)
  return { status: 200, body: records.list(table, query, conditions, contextOf(call), call.url) }
}

export const list =
  (table: TableName, within: Within = atPlace): Handler =>
  (call) =>
    listed(call, table, within(call))

export const found = (call: Call, table: TableName, within: Within = atPlace): Row =>
  call.api.records.get(table, call.params['id'] ?? '', ...within(call))

export const get =
  (table: TableName, within: Within = atPlace): Handler =>
  (call) =>
    shown(call, table, found(call, table, within))

/** Things whose coming is told in the activity log. */
const noted: readonly TableName[] = ['asset', 'production', 'revision', 'deliverable', 'video_series']

/** Adds a row, tells the activity log, and shows it. */
export function added(call: Call, table: TableName, columns: Columns): CallAnswer {
  const { records } = call.api
  const row = records.rows.transaction(() => {
    const id = records.rows.insert(table, columns)
    const workspaceId = columns['workspace_id'] ?? null
    if (noted.includes(table) && workspaceId !== null) {
      records.rows.insert('action', {
        workspace_id: workspaceId,
        user_id: call.viewer?.userId ?? null,
        actionable_id: id,
      })
    }
    return records.get(table, id)
  })
  return shown(call, table, row)
}

/** `columns` turns the payload into columns, and refuses what contradicts other records. */
export const create =
  <S extends z.ZodType>(
    table: TableName,
    schema: S,
    columns: (data: z.output<S>, place: Place, call: Call) => Columns,
  ): Handler =>
  (call) => {
    const place = placeOf(call)
    return added(call, table, columns(parsed(call, schema), place, call))
  }

export const update =
  <S extends z.ZodType>(
    table: TableName,
    schema: S,
    columns: (data: z.output<S>, row: Row, call: Call) => Columns,
    within: Within = atPlace,
  ): Handler =>
  (call) => {
    const row = found(call, table, within)
    const id = String(row['id'])
    const { records } = call.api
    records.rows.update(table, id, columns(parsed(call, schema), row, call))
    return shown(call, table, records.get(table, id))
  }

export const remove =
  (table: TableName, within: Within = atPlace): Handler =>
  async (call) => {
    const id = String(found(call, table, within)['id'])
    const keys = objectsBelow(call, table, id)
    call.api.records.rows.remove(table, id)
    for (const key of keys) await dropUnused(call, key)
    return { status: 200, body: okBody, id }
  }

/** Objects of the assets that go with a record. */
function objectsBelow(call: Call, table: TableName, id: string): string[] {
  const columns: Partial<Record<TableName, string>> = {
    asset: 'id',
    production: 'production_id',
    workspace: 'workspace_id',
  }
  const column = columns[table]
  if (column === undefined) return []
  return call.api.records.rows
    .all(`SELECT DISTINCT object_key FROM asset WHERE ${column} = ?`, id)
    .map((row) => String(row['object_key']))
}

/** An object and its picture go with the last asset that they belonged to. */
async function dropUnused({ api }: Call, key: string): Promise<void> {
  const sql = 'SELECT id FROM asset WHERE bucket = ? AND object_key = ? LIMIT 1'
  if (api.records.rows.get(sql, api.store.bucket, key) !== undefined) return
  await api.store.delete(key)
  await api.store.delete(thumbnailKey(key))
}
