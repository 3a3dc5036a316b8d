import { z } from 'zod'
import type { ConnectionId, PlaceId, SourceId, TransferId } from '../../shared/ids.ts'
import {
  isRunning,
  type TransferFilter,
  type TransferNote,
  transferNoteSchema,
  transferStateSchema,
  type WaitReason,
  waitReasonSchema,
} from '../../shared/transfer.ts'
import { type SqliteDatabase, withStatements } from './database.ts'
import { readTransfer, type TransferRow, transferColumns } from './transferRow.ts'

export interface ListQuery {
  readonly offset: number
  readonly limit: number
  readonly filter: TransferFilter
  readonly placeId?: PlaceId | undefined
}

/** Counts over every transfer that was not cleared away. */
export interface Totals {
  total: number
  done: number
  moving: number
  queued: number
  waiting: number
  paused: number
  failed: number
  needsYou: number
  canceled: number
  bytesTotal: number
  bytesStored: number
  /** Of files that were looked at in the store and found intact. */
  bytesVerified: number
  /** Of the ones that go on by themselves. */
  bytesLeft: number
  waitReason: WaitReason | null
}

/** Questions about transfers that change nothing. */
export interface TransferQueries {
  list(query: ListQuery): { readonly rows: readonly TransferRow[]; readonly total: number }
  byIds(ids: readonly TransferId[]): readonly TransferRow[]
  bySource(id: SourceId): readonly TransferRow[]
  totals(): Totals
  notes(id: TransferId): readonly TransferNote[]
  unfinished(id: ConnectionId): number
}

const filterConditions: Readonly<Record<TransferFilter, string>> = {
  all: '1',
  moving:
    "t.state IN ('preparing', 'creating', 'uploading', 'completing', 'verifying', 'registering', 'canceling')",
  waiting: "(t.state IN ('queued', 'paused') OR (t.state = 'waiting' AND t.wait_reason <> 'auth'))",
  needsYou: "(t.state = 'failed' OR (t.state = 'waiting' AND t.wait_reason = 'auth'))",
  done: "t.state IN ('done', 'canceled')",
}

const groupSchema = z.object({
  state: transferStateSchema,
  waitReason: waitReasonSchema.nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
  bytesDone: z.number().int(),
})
const noteRowSchema = z.object({ at: z.number(), kind: z.string(), facts: z.string() })
/** Of a transfer's history only the newest lines are shown. */
const shownNotes = 200

export function createTransferQueries(database: SqliteDatabase): TransferQueries {
  const db = withStatements(database)
  const from = 'FROM transfer t JOIN source s ON s.id = t.source_id'
  const groups = db.prepare(
    `SELECT state, wait_reason AS waitReason, count(*) AS rows, sum(size) AS bytes, sum(bytes_done) AS bytesDone
     FROM transfer WHERE is_cleared = 0 GROUP BY state, wait_reason`,
  )
  return {
    list({ offset, limit, filter, placeId }) {
      const where = `t.is_cleared = 0 AND ${filterConditions[filter]}${placeId === undefined ? '' : ' AND t.place_id = ?'}`
      const values = placeId === undefined ? [] : [placeId]
      const rows = db
        .prepare(
          `SELECT ${transferColumns} ${from} WHERE ${where} ORDER BY t.prio DESC, t.seq LIMIT ? OFFSET ?`,
        )
        .all(...values, limit, offset)
        .map(readTransfer)
      const total = db
        .prepare<unknown[], number>(`SELECT count(*) FROM transfer t WHERE ${where}`)
        .pluck()
        .get(...values)
      return { rows, total: total ?? 0 }
    },
    byIds: (ids) =>
      db
        .prepare(
          `SELECT ${transferColumns} ${from} WHERE t.is_cleared = 0 AND t.id IN (SELECT value FROM json_each(?)) ORDER BY t.prio DESC, t.seq`,
        )
        .all(JSON.stringify(ids))
        .map(readTransfer),
    bySource: (id) =>
      db.prepare(`SELECT ${transferColumns} ${from} WHERE t.source_id = ?`).all(id).map(readTransfer),
    totals: () => sum(groups.all().map((row) => groupSchema.parse(row))),
    notes: (id) =>
      db
        .prepare(
          'SELECT at, kind, facts_json AS facts FROM note WHERE transfer_id = ? ORDER BY id DESC LIMIT ?',
        )
        .all(id, shownNotes)
        .map((row) => noteRowSchema.parse(row))
        .map(({ at, kind, facts }) => transferNoteSchema.parse({ at, kind, facts: JSON.parse(facts) }))
        .reverse(),
    unfinished: (id) =>
      db
        .prepare<[string], number>(
          "SELECT count(*) FROM transfer WHERE connection_id = ? AND state NOT IN ('done', 'canceled')",
        )
        .pluck()
        .get(id) ?? 0,
  }
}

function sum(groups: readonly z.infer<typeof groupSchema>[]): Totals {
  const totals: Totals = {
    total: 0,
    done: 0,
    moving: 0,
    queued: 0,
    waiting: 0,
    paused: 0,
    failed: 0,
    needsYou: 0,
    canceled: 0,
    bytesTotal: 0,
    bytesStored: 0,
    bytesVerified: 0,
    bytesLeft: 0,
    waitReason: null,
  }
  const reasons = new Set<WaitReason>()
  for (const { state, waitReason, rows, bytes, bytesDone } of groups) {
    if (state === 'canceled' || state === 'canceling') {
      totals.canceled += rows
      continue
    }
    totals.total += rows
    totals.bytesTotal += bytes
    totals.bytesStored += bytesDone
    if (state === 'registering' || state === 'done') totals.bytesVerified += bytesDone
    const isGoingOn = isRunning(state) || state === 'queued' || state === 'waiting'
    if (isGoingOn) totals.bytesLeft += bytes - bytesDone
    if (state === 'failed' || waitReason === 'auth') totals.needsYou += rows
    if (isRunning(state)) totals.moving += rows
    else totals[state] += rows
    if (state === 'waiting' && waitReason !== null && waitReason !== 'auth') reasons.add(waitReason)
  }
  const [reason] = reasons
  return { ...totals, waitReason: reasons.size === 1 && reason !== undefined ? reason : null }
}
