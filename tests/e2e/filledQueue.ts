/** A queue as weeks of work leave it, written straight into a closed profile: no test could wait for all that to happen. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ulid } from 'ulid'
import type { Failure } from '../../src/shared/errors.ts'
import type { TransferState, WaitReason } from '../../src/shared/transfer.ts'

export interface QueueRow {
  readonly name: string
  readonly state: TransferState
  readonly waitReason?: WaitReason
  readonly failure?: Failure
  /** Milliseconds from now until a wait ends. */
  readonly triesIn?: number
  readonly bytes: number
  readonly parts?: number
  readonly partsStored?: number
  readonly folders?: readonly string[]
  readonly mediaType?: string
}

/**
 * Adds the rows to the transfers of a profile that is closed. They go to a connection that is not there, so that nothing
 * carries them on.
 */
export function fillQueue(userData: string, path: readonly string[], rows: Iterable<QueueRow>): void {
  const addon = process.env['RUSHES_SQLITE_ADDON']
  const file = join(userData, 'transfers.db')
  const db = new Database(file, addon === undefined ? {} : { nativeBinding: addon })
  const now = Date.now()
  const [batchId, connectionId, placeId] = [ulid(), ulid(), ulid()]
  const destination = JSON.stringify({ connectionId, placeId, path })
  const addSource = db.prepare(
    `INSERT INTO source(id, path, media_type, size, mtime_ns, ctime_ns, dev, ino) VALUES (?, '/gone', ?, ?, '0', '0', '0', '0')`,
  )
  const addTransfer = db.prepare(
    `INSERT INTO transfer(id, source_id, batch_id, connection_id, place_id, destination_json, remote_json, transport, name,
       folders_json, size, write_token, part_size, part_count, parts_done, bytes_done, state, wait_reason, next_at, err_code,
       err_facts_json, seq, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, '{}', 's3', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addPart = db.prepare(
    `INSERT INTO part(transfer_id, n, size, check_kind, check_value, etag) VALUES (?, ?, ?, 'crc32', x'00000000', 'stored')`,
  )
  const addNote = db.prepare('INSERT INTO note(transfer_id, at, kind, facts_json) VALUES (?, ?, ?, ?)')
  db.transaction(() => {
    db.prepare('INSERT INTO batch(id, created_at) VALUES (?, ?)').run(batchId, now)
    let seq = 0
    for (const row of rows) {
      seq += 1
      const { bytes, parts = 1, partsStored = row.state === 'done' ? parts : 0 } = row
      const [sourceId, id] = [ulid(), ulid()]
      addSource.run(sourceId, row.mediaType ?? 'video/quicktime', bytes)
      addTransfer.run(
        id,
        sourceId,
        batchId,
        connectionId,
        placeId,
        destination,
        row.name,
        JSON.stringify(row.folders ?? []),
        bytes,
        ulid(),
        Math.ceil(bytes / parts),
        parts,
        partsStored,
        Math.floor((bytes / parts) * partsStored),
        row.state,
        row.waitReason ?? null,
        row.triesIn === undefined ? null : now + row.triesIn,
        row.failure?.code ?? null,
        row.failure === undefined ? null : JSON.stringify(row.failure.facts),
        seq,
        now - 3_600_000,
        now - 60_000 * (seq % 50),
      )
      const size = Math.ceil(bytes / parts)
      if (row.state !== 'done')
        for (let n = 1; n <= partsStored; n += 1) addPart.run(id, n, Math.min(size, bytes - size * (n - 1)))
      if (parts === 1) continue
      const since = now - 3_600_000
      addNote.run(id, since, 'planned', JSON.stringify({ parts }))
      addNote.run(id, since + 800, 'created', '{}')
      if (row.state === 'waiting')
        addNote.run(id, now - 60_000, 'waited', JSON.stringify({ reason: row.waitReason }))
      if (row.state === 'failed' || row.state === 'paused' || row.state === 'canceled')
        addNote.run(id, now - 60_000, row.state, '{}')
    }
  })()
  db.close()
}
