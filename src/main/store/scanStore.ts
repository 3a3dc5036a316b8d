import type { BatchId, ScanId, SourceId, TransferId } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { Destination } from '../../shared/transfer.ts'
import type { SqliteDatabase } from './database.ts'

/** One file of a drop, with the ids it will have once it is sent. */
export interface ScannedFile {
  readonly sourceId: SourceId
  readonly transferId: TransferId
  readonly writeToken: string
  readonly path: string
  readonly name: string
  readonly folders: readonly string[]
  readonly mediaType: string
  readonly size: number
  readonly mtimeNs: string
  readonly ctimeNs: string
  readonly dev: string
  readonly ino: string
}

export interface QueueOrder {
  readonly scanId: ScanId
  readonly batchId: BatchId
  readonly destination: Destination
  readonly remote: Json
  readonly transport: 's3'
  /** Remote id of the asset the file becomes a new version of. */
  readonly versionOf: string | null
  readonly metadata: Json
  readonly now: number
}

/** Drops: what was found, and its way into the queue. */
export interface ScanStore {
  begin(id: ScanId, now: number): void
  add(id: ScanId, files: readonly ScannedFile[]): void
  discard(id: ScanId): void
  /** All files become queued transfers and the scan is gone, in one transaction. Returns how many there were. */
  queue(order: QueueOrder): number
}

export function createScanStore(db: SqliteDatabase): ScanStore {
  const counts = new Map<ScanId, number>()
  const insert = db.prepare(
    `INSERT INTO scan_file(scan_id, n, source_id, transfer_id, write_token, path, name, folders_json, media_type, size, mtime_ns, ctime_ns, dev, ino)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    begin(id, now) {
      db.prepare('INSERT INTO scan(id, created_at) VALUES (?, ?)').run(id, now)
      counts.set(id, 0)
    },
    add(id, files) {
      db.transaction(() => {
        let n = counts.get(id) ?? 0
        for (const file of files) {
          n += 1
          insert.run(
            id,
            n,
            file.sourceId,
            file.transferId,
            file.writeToken,
            file.path,
            file.name,
            JSON.stringify(file.folders),
            file.mediaType,
            file.size,
            file.mtimeNs,
            file.ctimeNs,
            file.dev,
            file.ino,
          )
        }
        counts.set(id, n)
      }).immediate()
    },
    discard(id) {
      db.prepare('DELETE FROM scan WHERE id = ?').run(id)
      counts.delete(id)
    },
    queue({ scanId, batchId, destination, remote, transport, versionOf, metadata, now }) {
      const queued = db
        .transaction(() => {
          db.prepare('INSERT INTO batch(id, created_at) VALUES (?, ?)').run(batchId, now)
          db.prepare(
            `INSERT INTO source(id, path, media_type, size, mtime_ns, ctime_ns, dev, ino)
             SELECT source_id, path, media_type, size, mtime_ns, ctime_ns, dev, ino FROM scan_file WHERE scan_id = ?`,
          ).run(scanId)
          const last = db.prepare<[], number | null>('SELECT max(seq) FROM transfer').pluck().get() ?? 0
          const { changes } = db
            .prepare(
              `INSERT INTO transfer(id, source_id, batch_id, connection_id, place_id, destination_json, remote_json,
                 version_of, metadata_json, transport, name, folders_json, size, write_token, state, seq, created_at, updated_at)
               SELECT transfer_id, source_id, ?, ?, ?, ?, ?, ?, ?, ?, name, folders_json, size, write_token, 'queued', ? + n, ?, ?
               FROM scan_file WHERE scan_id = ?`,
            )
            .run(
              batchId,
              destination.connectionId,
              destination.placeId,
              JSON.stringify(destination),
              JSON.stringify(remote),
              versionOf,
              metadata === null ? null : JSON.stringify(metadata),
              transport,
              last,
              now,
              now,
              scanId,
            )
          db.prepare('DELETE FROM scan WHERE id = ?').run(scanId)
          return changes
        })
        .immediate()
      counts.delete(scanId)
      return queued
    },
  }
}
