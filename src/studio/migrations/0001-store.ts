import type { Migration } from './migration.ts'

/**
 * Objects are made of segments, one per part of the upload they came from, so that completing moves no bytes.
 * A blob is a file of the store's folder, named by exactly one part or segment.
 */
export const store: Migration = {
  name: '0001-store',
  sql: `
CREATE TABLE object(
  id TEXT PRIMARY KEY,
  bucket TEXT NOT NULL,
  key TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  etag TEXT NOT NULL,
  headers TEXT NOT NULL,
  metadata TEXT NOT NULL,
  checksum_kind TEXT,
  checksum_type TEXT,
  checksum TEXT,
  part_count INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE(bucket, key)
) STRICT;

CREATE TABLE segment(
  object_id TEXT NOT NULL REFERENCES object(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  blob TEXT NOT NULL UNIQUE,
  PRIMARY KEY(object_id, number)
) WITHOUT ROWID, STRICT;

CREATE TABLE upload(
  id TEXT PRIMARY KEY,
  bucket TEXT NOT NULL,
  key TEXT NOT NULL,
  headers TEXT NOT NULL,
  metadata TEXT NOT NULL,
  checksum_kind TEXT,
  checksum_type TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX upload_key ON upload(bucket, key, id);

CREATE TABLE part(
  upload_id TEXT NOT NULL REFERENCES upload(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  etag TEXT NOT NULL,
  checksum_kind TEXT,
  checksum TEXT,
  blob TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  PRIMARY KEY(upload_id, number)
) WITHOUT ROWID, STRICT;
`,
}
