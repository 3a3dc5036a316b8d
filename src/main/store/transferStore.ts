import type { SourceId, TransferId } from '../../shared/ids.ts'
import {
  nextState,
  stateAfter,
  type TransferEvent,
  type TransferNote,
  type TransferSelection,
  type TransferState,
  transferStateSchema,
} from '../../shared/transfer.ts'
import { type SqliteDatabase, withStatements } from './database.ts'
import { assignments, conditions, type RowsWhere, settled, type TransferChange } from './transferChange.ts'
import {
  type PartRow,
  partRowSchema,
  readTransfer,
  type SourceRow,
  type StepRow,
  sourceRowSchema,
  stepRowSchema,
  type TransferRow,
  transferColumns,
} from './transferRow.ts'

export interface Note {
  readonly kind: TransferNote['kind']
  readonly facts?: TransferNote['facts']
}

/** The step that tells the service of a failure; `sent` until it was told. */
export const failureStep = 'news:failed'

/** Ids beyond this many are counted but not named. */
export const namedIds = 500

export interface Applied {
  readonly count: number
  readonly ids: readonly TransferId[]
}

/** The only writer of transfers. Every method is one transaction; inside `together`, all of them are one. */
export interface TransferStore {
  /** One transaction around `act`; part of the one that is open, if there is one. */
  together<T>(act: () => T): T
  /** Undone alone when `act` throws, within a transaction that goes on. */
  apart<T>(act: () => T): T
  setting(name: string): string | undefined
  setSetting(name: string, value: string): void
  abilities(id: string): string | undefined
  setAbilities(id: string, json: string, at: number): void

  transfer(id: TransferId): TransferRow | undefined
  source(id: SourceId): SourceRow | undefined
  parts(id: TransferId): readonly PartRow[]
  steps(id: TransferId): readonly StepRow[]
  /** The next in order, `isSmall` or not, without those already running. */
  nextQueued(isSmall: boolean, smallBytes: number, without: ReadonlySet<string>): TransferRow | undefined
  /** Cancellations to finish, in order, without those already running. */
  nextCanceling(now: number, without: ReadonlySet<string>): TransferRow | undefined
  /** When the earliest wait ends by itself. */
  nextDue(): number | undefined
  isClaimed(remoteId: string, besides: TransferId): boolean
  /** What other transfers know of a shared step: its remote id, or when the last of them began it. */
  sharedStep(name: string, besides: TransferId): StepRow | undefined
  /** Failed transfers whose service was to be told so and was not yet. */
  untoldFailures(limit: number): readonly TransferId[]
  /** Whether a transfer that is not over holds this upload. */
  knowsUpload(uploadId: string): boolean

  /** Takes one step of the state table. Throws when the table has no such step: then nothing is written. */
  apply(id: TransferId, event: TransferEvent, change?: TransferChange, note?: Note): TransferRow
  /** Takes several, one after the other, as one. */
  applyAll(
    id: TransferId,
    events: readonly TransferEvent[],
    change: TransferChange,
    notes: readonly Note[],
  ): TransferRow
  /** Changes columns without a step. */
  change(id: TransferId, change: TransferChange, note?: Note): void
  applyTo(where: RowsWhere, event: TransferEvent, change?: TransferChange, note?: Note): Applied
  /** Sends these before everything else. */
  putFirst(which: TransferSelection): Applied
  /** Takes finished and canceled rows off the list. */
  clear(): void
  /** Forgets what can never be asked for again. */
  purge(clearedBefore: number, scannedBefore: number): void

  partStored(id: TransferId, uploadId: string, part: PartRow): void
  dropParts(id: TransferId, numbers: readonly number[] | 'all'): void
  setSource(id: SourceId, facts: Omit<SourceRow, 'id' | 'path' | 'mediaType'>): void
  setSourceHash(id: SourceId, kind: string, hash: Uint8Array): void
  setStep(id: TransferId, step: StepRow): void
  /** The steps taken, and what others share of them, count as unanswered again: each is looked up before it is believed. */
  doubtSteps(id: TransferId): void
}

export interface TransferStoreOptions {
  readonly db: SqliteDatabase
  readonly now: () => number
}

export function createTransferStore({ db: database, now }: TransferStoreOptions): TransferStore {
  const db = withStatements(database)
  // `+?`: SQLite compiles a join anew for each value of a bare `?` in it, which takes ten times as long as the look-up.
  const selectOne = db.prepare(
    `SELECT ${transferColumns} FROM transfer t JOIN source s ON s.id = t.source_id WHERE t.id = +?`,
  )
  const selectState = db.prepare<[string], string>('SELECT state FROM transfer WHERE id = ?').pluck()
  const selectNext = (comparison: string, states: string) =>
    db
      .prepare<[number, number], TransferId>(
        `SELECT t.id FROM transfer t
         WHERE ${states} AND t.size ${comparison} ? AND (t.next_at IS NULL OR t.next_at <= ?)
         ORDER BY t.prio DESC, t.seq`,
      )
      .pluck()
  const nextSmall = selectNext('<=', "t.state = 'queued'")
  const nextLarge = selectNext('>', "t.state = 'queued'")
  const nextCanceling = selectNext('>=', "t.state = 'canceling'")
  const insertNote = db.prepare('INSERT INTO note(transfer_id, at, kind, facts_json) VALUES (?, ?, ?, ?)')
  const selectParts = db.prepare(
    'SELECT n, size, check_kind AS checkKind, check_value AS checkValue, etag FROM part WHERE transfer_id = ? ORDER BY n',
  )
  const insertPart = db.prepare(
    'INSERT OR REPLACE INTO part(transfer_id, n, size, check_kind, check_value, etag) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const recount = db.prepare(
    `UPDATE transfer SET (bytes_done, parts_done) =
       (SELECT coalesce(sum(size), 0), count(*) FROM part WHERE transfer_id = transfer.id), updated_at = ? WHERE id = ?`,
  )
  const addDone = db.prepare(
    'UPDATE transfer SET bytes_done = bytes_done + ?, parts_done = parts_done + 1, attempts = 0, updated_at = ? WHERE id = ?',
  )
  const upsertStep = db.prepare(
    `INSERT INTO step(transfer_id, name, state, remote_id, sent_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT(transfer_id, name) DO UPDATE SET state = excluded.state, remote_id = excluded.remote_id, sent_at = excluded.sent_at`,
  )
  const selectShared = db.prepare(
    `SELECT name, state, remote_id AS remoteId, sent_at AS sentAt FROM step
     WHERE name = ? AND name >= 'shared:' AND name < 'shared;' AND transfer_id <> ? AND state <> 'none'
     ORDER BY state = 'done' DESC, sent_at DESC LIMIT 1`,
  )
  const transaction = db.transaction((act: () => unknown) => act())
  const together = <T>(act: () => T): T =>
    database.inTransaction ? act() : (transaction.immediate(act) as T)

  function addNote(id: TransferId, note: Note | undefined): void {
    if (note !== undefined) insertNote.run(id, now(), note.kind, JSON.stringify(note.facts ?? {}))
  }

  function write(id: TransferId, state: TransferState | undefined, change: TransferChange): void {
    const { sql, values } = assignments(change)
    const isDone = state === 'done' ? ', bytes_done = size, parts_done = coalesce(part_count, 0)' : ''
    db.prepare(
      `UPDATE transfer SET updated_at = ?${state === undefined ? '' : ', state = ?'}${sql}${isDone} WHERE id = ?`,
    ).run(now(), ...(state === undefined ? [] : [state]), ...values, id)
    if (state === 'done' || state === 'canceled') db.prepare('DELETE FROM part WHERE transfer_id = ?').run(id)
  }

  function first(ids: Iterable<TransferId>, without: ReadonlySet<string>): TransferRow | undefined {
    for (const id of ids) if (!without.has(id)) return store.transfer(id)
    return undefined
  }

  const store: TransferStore = {
    together,
    apart: <T>(act: () => T): T => transaction(act) as T,
    setting: (name) =>
      db.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck().get(name),
    setSetting(name, value) {
      db.prepare('INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)').run(name, value)
    },
    abilities: (id) =>
      db.prepare<[string], string>('SELECT abilities_json FROM storage WHERE id = ?').pluck().get(id),
    setAbilities(id, json, at) {
      db.prepare('INSERT OR REPLACE INTO storage(id, abilities_json, probed_at) VALUES (?, ?, ?)').run(
        id,
        json,
        at,
      )
    },

    transfer(id) {
      const row = selectOne.get(id)
      return row === undefined ? undefined : readTransfer(row)
    },
    source(id) {
      const row = db
        .prepare(
          'SELECT id, path, media_type AS mediaType, size, mtime_ns AS mtimeNs, ctime_ns AS ctimeNs, dev, ino, edge FROM source WHERE id = ?',
        )
        .get(id)
      return row === undefined ? undefined : sourceRowSchema.parse(row)
    },
    parts: (id) => selectParts.all(id).map((row) => partRowSchema.parse(row)),
    steps: (id) =>
      db
        .prepare(
          'SELECT name, state, remote_id AS remoteId, sent_at AS sentAt FROM step WHERE transfer_id = +? ORDER BY sent_at, name',
        )
        .all(id)
        .map((row) => stepRowSchema.parse(row)),
    nextQueued: (isSmall, smallBytes, without) =>
      first((isSmall ? nextSmall : nextLarge).iterate(smallBytes, now()), without),
    nextCanceling: (at, without) => first(nextCanceling.iterate(0, at), without),
    nextDue() {
      const due = db
        .prepare<[], number | null>(
          "SELECT min(next_at) FROM transfer WHERE state IN ('waiting', 'canceling') AND next_at IS NOT NULL",
        )
        .pluck()
        .get()
      return due ?? undefined
    },
    knowsUpload: (uploadId) =>
      db
        .prepare("SELECT 1 FROM transfer WHERE upload_id = ? AND state NOT IN ('done', 'canceled')")
        .get(uploadId) !== undefined,
    sharedStep(name, besides) {
      const row = selectShared.get(name, besides)
      return row === undefined ? undefined : stepRowSchema.parse(row)
    },
    untoldFailures: (limit) =>
      db
        .prepare<unknown[], TransferId>(
          `SELECT t.id FROM transfer t JOIN step s ON s.transfer_id = t.id AND s.name = ?
           WHERE t.state = 'failed' AND s.state = 'sent' LIMIT ?`,
        )
        .pluck()
        .all(failureStep, limit),
    isClaimed: (remoteId, besides) =>
      db.prepare('SELECT 1 FROM step WHERE remote_id = ? AND transfer_id <> ?').get(remoteId, besides) !==
      undefined,

    apply: (id, event, change = {}, note) =>
      store.applyAll(id, [event], change, note === undefined ? [] : [note]),
    applyAll(id, events, change, notes) {
      return together(() => {
        const found = selectState.get(id)
        if (found === undefined) throw new Error('a transfer that is not there takes no step')
        const state = events.reduce(nextState, transferStateSchema.parse(found))
        write(id, state, settled(state, change))
        for (const note of notes) addNote(id, note)
        return readTransfer(selectOne.get(id))
      })
    },
    change(id, change, note) {
      together(() => {
        write(id, undefined, change)
        addNote(id, note)
      })
    },
    applyTo(where, event, change = {}, note) {
      return together(() => {
        let count = 0
        const ids: TransferId[] = []
        // The states as they were before: a row that moves on is not taken a second time under its new state.
        const steps = transferStateSchema.options.flatMap((state) => {
          const to = stateAfter(state, event)
          if (to === undefined || where.states?.includes(state) === false) return []
          const { sql, values } = conditions(state, where)
          const found = db
            .prepare<unknown[], TransferId>(`SELECT id FROM transfer WHERE ${sql}`)
            .pluck()
            .all(...values)
          return found.length === 0 ? [] : [{ to, found }]
        })
        for (const { to, found } of steps) {
          const set = assignments(settled(to, change))
          const list = JSON.stringify(found)
          if (note !== undefined)
            db.prepare(
              'INSERT INTO note(transfer_id, at, kind, facts_json) SELECT value, ?, ?, ? FROM json_each(?)',
            ).run(now(), note.kind, JSON.stringify(note.facts ?? {}), list)
          db.prepare(
            `UPDATE transfer SET state = ?, updated_at = ?${set.sql} WHERE id IN (SELECT value FROM json_each(?))`,
          ).run(to, now(), ...set.values, list)
          if (to === 'canceled')
            db.prepare('DELETE FROM part WHERE transfer_id IN (SELECT value FROM json_each(?))').run(list)
          count += found.length
          ids.push(...found.slice(0, namedIds - ids.length))
        }
        return { count, ids }
      })
    },
    putFirst(which) {
      return together(() => {
        const top = db.prepare<[], number | null>('SELECT max(prio) FROM transfer').pluck().get() ?? 0
        const only = which === 'all' ? '' : ' AND id IN (SELECT value FROM json_each(?))'
        const values = which === 'all' ? [] : [JSON.stringify(which)]
        const ids = db
          .prepare<unknown[], TransferId>(
            `UPDATE transfer SET prio = ?, updated_at = ? WHERE state NOT IN ('done', 'canceled', 'canceling')${only} RETURNING id`,
          )
          .pluck()
          .all(top + 1, now(), ...values)
        return { count: ids.length, ids: ids.slice(0, namedIds) }
      })
    },
    clear() {
      db.prepare(
        "UPDATE transfer SET is_cleared = 1 WHERE state IN ('done', 'canceled') AND is_cleared = 0",
      ).run()
    },
    purge(clearedBefore, scannedBefore) {
      together(() => {
        db.prepare('DELETE FROM transfer WHERE is_cleared = 1 AND updated_at < ?').run(clearedBefore)
        db.prepare('DELETE FROM scan WHERE created_at < ?').run(scannedBefore)
        db.prepare('DELETE FROM source WHERE id NOT IN (SELECT source_id FROM transfer)').run()
        db.prepare('DELETE FROM batch WHERE id NOT IN (SELECT batch_id FROM transfer)').run()
      })
    },

    partStored(id, uploadId, part) {
      together(() => {
        const row = db
          .prepare<[string, string], { has: number }>(
            "SELECT 1 AS has FROM transfer WHERE id = ? AND upload_id = ? AND state NOT IN ('canceling', 'canceled')",
          )
          .get(id, uploadId)
        if (row === undefined) return
        const had =
          db.prepare('SELECT 1 FROM part WHERE transfer_id = ? AND n = ?').get(id, part.n) !== undefined
        insertPart.run(id, part.n, part.size, part.checkKind, part.checkValue, part.etag)
        if (had) recount.run(now(), id)
        else addDone.run(part.size, now(), id)
      })
    },
    dropParts(id, numbers) {
      together(() => {
        if (numbers === 'all') db.prepare('DELETE FROM part WHERE transfer_id = ?').run(id)
        else
          db.prepare('DELETE FROM part WHERE transfer_id = ? AND n IN (SELECT value FROM json_each(?))').run(
            id,
            JSON.stringify(numbers),
          )
        recount.run(now(), id)
      })
    },
    setSource(id, facts) {
      db.prepare(
        'UPDATE source SET size = ?, mtime_ns = ?, ctime_ns = ?, dev = ?, ino = ?, edge = ? WHERE id = ?',
      ).run(facts.size, facts.mtimeNs, facts.ctimeNs, facts.dev, facts.ino, facts.edge, id)
    },
    setSourceHash(id, kind, hash) {
      db.prepare('UPDATE source SET hash_kind = ?, hash = ? WHERE id = ?').run(kind, hash, id)
    },
    setStep(id, step) {
      upsertStep.run(id, step.name, step.state, step.remoteId, step.sentAt)
    },
    doubtSteps(id) {
      const shared = "name >= 'shared:' AND name < 'shared;'"
      const doubt = "UPDATE step SET state = 'sent', remote_id = NULL WHERE state = 'done'"
      db.prepare(
        `${doubt} AND ${shared} AND name IN (SELECT name FROM step WHERE transfer_id = ? AND ${shared})`,
      ).run(id)
      db.prepare(`${doubt} AND transfer_id = ?`).run(id)
    },
  }
  return store
}
