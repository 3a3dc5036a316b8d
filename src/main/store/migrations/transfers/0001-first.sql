-- One file on disk may go to several places at once, by several kinds of transport: source, transfer and part are apart.
-- Times are epoch milliseconds; ids are ULIDs; JSON columns are named so.

CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the capability probe found out about a store.
CREATE TABLE storage(
  id TEXT PRIMARY KEY,               -- endpoint and bucket
  abilities_json TEXT NOT NULL,
  probed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source(
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns TEXT NOT NULL,            -- as text: nanoseconds do not fit a double
  ctime_ns TEXT NOT NULL,
  dev TEXT NOT NULL,
  ino TEXT NOT NULL,                 -- '0' where the volume has none
  edge BLOB,                         -- hash of the first and the last 64 KiB; null until first read
  hash_kind TEXT,
  hash BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE batch(
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE transfer(
  id TEXT PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES source(id),
  batch_id TEXT NOT NULL REFERENCES batch(id),
  connection_id TEXT NOT NULL,
  place_id TEXT NOT NULL,
  destination_json TEXT NOT NULL,
  remote_json TEXT NOT NULL,         -- the connector's own note of the place
  transport TEXT NOT NULL CHECK (transport IN ('s3', 'signedParts', 'singleRequest')),
  name TEXT NOT NULL,
  folders_json TEXT NOT NULL,
  size INTEGER NOT NULL,             -- as planned
  bucket TEXT,
  object_key TEXT,
  upload_id TEXT,
  write_token TEXT NOT NULL UNIQUE,
  part_size INTEGER,
  part_count INTEGER,
  check_kind TEXT CHECK (check_kind IN ('crc32Full', 'crc32', 'md5')),
  object_state TEXT NOT NULL DEFAULT 'none' CHECK (object_state IN ('none', 'creating', 'putting', 'completing', 'stored', 'verified')),
  state TEXT NOT NULL,
  wait_reason TEXT,
  prio INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL,
  next_at INTEGER,                   -- when a wait ends by itself; null: when its cause does
  attempts INTEGER NOT NULL DEFAULT 0,
  restarts INTEGER NOT NULL DEFAULT 0,
  bytes_done INTEGER NOT NULL DEFAULT 0,
  parts_done INTEGER NOT NULL DEFAULT 0,
  err_code TEXT,
  err_facts_json TEXT,
  thumbnail_state TEXT NOT NULL DEFAULT 'none' CHECK (thumbnail_state IN ('none', 'sent')),
  is_cleared INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_next ON transfer(state, prio DESC, seq);
CREATE INDEX transfer_shown ON transfer(is_cleared, prio DESC, seq);
CREATE INDEX transfer_counts ON transfer(is_cleared, state, wait_reason, size, bytes_done);
CREATE INDEX transfer_batch ON transfer(batch_id, state);
CREATE INDEX transfer_source ON transfer(source_id);
CREATE INDEX transfer_connection ON transfer(connection_id, state);
CREATE INDEX transfer_place ON transfer(place_id, state);

-- One row per outside effect at a back end whose answer could be lost.
CREATE TABLE step(
  transfer_id TEXT NOT NULL REFERENCES transfer(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('none', 'sent', 'done')),
  remote_id TEXT,
  sent_at INTEGER,
  PRIMARY KEY(transfer_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX step_remote ON step(remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE part(
  transfer_id TEXT NOT NULL REFERENCES transfer(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  size INTEGER NOT NULL,
  check_kind TEXT NOT NULL CHECK (check_kind IN ('crc32', 'md5')),
  check_value BLOB NOT NULL,
  etag TEXT NOT NULL,
  PRIMARY KEY(transfer_id, n)
) STRICT, WITHOUT ROWID;

-- A transfer's history, for its detail view.
CREATE TABLE note(
  id INTEGER PRIMARY KEY,
  transfer_id TEXT NOT NULL REFERENCES transfer(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  facts_json TEXT NOT NULL
) STRICT;
CREATE INDEX note_transfer ON note(transfer_id, id);

CREATE TABLE thumbnail(
  source_id TEXT PRIMARY KEY REFERENCES source(id) ON DELETE CASCADE,
  jpeg BLOB,                         -- null: no picture can be had
  stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a drop holds, until it is sent or discarded.
CREATE TABLE scan(
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_file(
  scan_id TEXT NOT NULL REFERENCES scan(id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  transfer_id TEXT NOT NULL,
  write_token TEXT NOT NULL,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  folders_json TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns TEXT NOT NULL,
  ctime_ns TEXT NOT NULL,
  dev TEXT NOT NULL,
  ino TEXT NOT NULL,
  PRIMARY KEY(scan_id, n)
) STRICT, WITHOUT ROWID;
