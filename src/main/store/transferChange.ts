import type { ErrorCode, Failure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { TransferSelection, TransferState, WaitReason } from '../../shared/transfer.ts'
import type { CheckKind, ObjectState, TransferRow } from './transferRow.ts'

/** Columns a step of the work may set beside the state. Absent ones keep their value. */
export interface TransferChange {
  readonly size?: number
  readonly transport?: TransferRow['transport']
  readonly bucket?: string | null
  readonly objectKey?: string | null
  readonly uploadId?: string | null
  readonly writeToken?: string
  readonly partSize?: number | null
  readonly partCount?: number | null
  readonly checkKind?: CheckKind | null
  readonly objectState?: ObjectState
  readonly waitReason?: WaitReason | null
  readonly nextAt?: number | null
  readonly attempts?: number
  readonly restarts?: number
  readonly bytesDone?: number
  readonly partsDone?: number
  readonly failure?: Failure | null
}

/** Which rows a command is for. Rows whose state does not take the event are left alone. */
export interface RowsWhere {
  readonly which?: TransferSelection
  readonly connectionId?: ConnectionId
  readonly waitReasons?: readonly WaitReason[]
  readonly states?: readonly TransferState[]
  readonly failureCodes?: readonly ErrorCode[]
  readonly transport?: TransferRow['transport']
  /** Waits that end at this time or before. */
  readonly dueAt?: number
  /** Only rows of which the store and the service can hold nothing. */
  readonly isUntouched?: boolean
}

const columnOf: Readonly<Record<Exclude<keyof TransferChange, 'failure'>, string>> = {
  size: 'size',
  transport: 'transport',
  bucket: 'bucket',
  objectKey: 'object_key',
  uploadId: 'upload_id',
  writeToken: 'write_token',
  partSize: 'part_size',
  partCount: 'part_count',
  checkKind: 'check_kind',
  objectState: 'object_state',
  waitReason: 'wait_reason',
  nextAt: 'next_at',
  attempts: 'attempts',
  restarts: 'restarts',
  bytesDone: 'bytes_done',
  partsDone: 'parts_done',
}

/** The assignments of a change, each with a comma before it, and their values. */
export function assignments(change: TransferChange): { sql: string; values: unknown[] } {
  const parts: string[] = []
  const values: unknown[] = []
  for (const [name, column] of Object.entries(columnOf)) {
    const value = change[name as keyof typeof columnOf]
    if (value === undefined) continue
    parts.push(`${column} = ?`)
    values.push(typeof value === 'number' ? Math.ceil(value) : value)
  }
  if (change.failure !== undefined) {
    parts.push('err_code = ?', 'err_facts_json = ?')
    values.push(
      change.failure?.code ?? null,
      change.failure === null ? null : JSON.stringify(change.failure.facts),
    )
  }
  return { sql: parts.map((part) => `, ${part}`).join(''), values }
}

/** What a step always does to the columns of waiting: only a waiting or failed row carries a reason. */
export function settled(state: TransferState, change: TransferChange): TransferChange {
  const isHeld = state === 'waiting' || state === 'failed' || state === 'canceling'
  return isHeld ? change : { waitReason: null, nextAt: null, failure: null, ...change }
}

/** The condition of one state's rows, and its values. */
export function conditions(state: TransferState, where: RowsWhere): { sql: string; values: unknown[] } {
  const sql = ['state = ?']
  const values: unknown[] = [state]
  if (where.which !== undefined && where.which !== 'all') {
    sql.push('id IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(where.which))
  }
  if (where.connectionId !== undefined) {
    sql.push('connection_id = ?')
    values.push(where.connectionId)
  }
  if (where.waitReasons !== undefined) {
    sql.push('wait_reason IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(where.waitReasons))
  }
  if (where.failureCodes !== undefined) {
    sql.push('err_code IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(where.failureCodes))
  }
  if (where.transport !== undefined) {
    sql.push('transport = ?')
    values.push(where.transport)
  }
  if (where.dueAt !== undefined) {
    sql.push('next_at <= ?')
    values.push(where.dueAt)
  }
  if (where.isUntouched === true)
    sql.push(
      `upload_id IS NULL AND object_state = 'none'
       AND NOT EXISTS (SELECT 1 FROM step WHERE step.transfer_id = transfer.id AND step.state <> 'none')`,
    )
  return { sql: sql.join(' AND '), values }
}
