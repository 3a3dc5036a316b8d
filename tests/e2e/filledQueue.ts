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
  db.transaction(() => {
    db.prepare('INSERT INTO batch(id, created_at) VALUES (?, ?)').run(batchId, now)
    let seq = 0
    for (const row of rows) {
      seq += 1
      const { bytes, parts = 1, partsStored = row.state === 'done' ? parts : 0 } = row
      const sourceId = ulid()
      addSource.run(sourceId, row.mediaType ?? 'video/quicktime', bytes)
      addTransfer.run(
        ulid(),
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
    }
  })()
  db.close()
}
