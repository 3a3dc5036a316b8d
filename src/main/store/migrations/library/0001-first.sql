CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL /* JSON */
) STRICT, WITHOUT ROWID;

-- An account the user added. Secrets are in the system's key store, never here.
CREATE TABLE connection(
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  is_studio INTEGER NOT NULL,
  settings TEXT NOT NULL /* JSON */,
  created_at INTEGER NOT NULL,
  synced_at INTEGER
) STRICT;
CREATE UNIQUE INDEX connection_one_studio ON connection(is_studio) WHERE is_studio = 1;

CREATE TABLE place(
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES place(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT,
  has_children INTEGER NOT NULL,
  takes_uploads INTEGER NOT NULL,
  remote TEXT NOT NULL /* JSON: the connector's own note */,
  position INTEGER NOT NULL,
  run INTEGER NOT NULL DEFAULT 0,
  assets_total INTEGER,
  assets_synced_at INTEGER,
  children_synced_at INTEGER
) STRICT;
CREATE UNIQUE INDEX place_remote ON place(connection_id, coalesce(parent_id, ''), remote_id);
CREATE INDEX place_children ON place(connection_id, parent_id, position);
CREATE INDEX place_parent ON place(parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE asset(
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  remote_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT,
  bytes INTEGER,
  created_at INTEGER,
  is_ready INTEGER NOT NULL,
  thumbnail_key TEXT,
  review TEXT NOT NULL,
  extra TEXT NOT NULL /* JSON: provider fields we do not know */,
  -- the file on this computer it was sent from, for its picture until the service has one
  source_id TEXT,
  UNIQUE(connection_id, remote_id)
) STRICT;

CREATE INDEX asset_source ON asset(source_id) WHERE source_id IS NOT NULL;

-- Where an asset lies. One asset may lie in several places; the sort keys stand here too, so that a page of 50,000 needs no sorting.
CREATE TABLE placement(
  place_id TEXT NOT NULL REFERENCES place(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  bytes INTEGER NOT NULL,
  kind TEXT NOT NULL,
  review TEXT NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY(place_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX placement_date ON placement(place_id, created_at, asset_id);
CREATE INDEX placement_name ON placement(place_id, name, asset_id);
CREATE INDEX placement_size ON placement(place_id, bytes, asset_id);
CREATE INDEX placement_review ON placement(place_id, review, bytes);
CREATE INDEX placement_asset ON placement(asset_id);

CREATE TABLE version(
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  remote_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  created_at INTEGER,
  author TEXT,
  review TEXT NOT NULL,
  media_info TEXT /* JSON, read from the media once */,
  UNIQUE(asset_id, remote_id)
) STRICT;

CREATE TABLE comment(
  id TEXT PRIMARY KEY,
  version_id TEXT NOT NULL REFERENCES version(id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES comment(id) ON DELETE CASCADE,
  remote_id TEXT,
  span TEXT /* JSON: start and inclusive end frame, rate, the service's own time */,
  text TEXT NOT NULL,
  is_resolved INTEGER NOT NULL,
  is_internal INTEGER NOT NULL,
  colour TEXT,
  drawing TEXT NOT NULL /* JSON */,
  attachments TEXT NOT NULL /* JSON */,
  author TEXT NOT NULL /* JSON */,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  is_local_only INTEGER NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0,
  extra TEXT NOT NULL /* JSON */
) STRICT;
CREATE INDEX comment_version ON comment(version_id, created_at);
CREATE INDEX comment_parent ON comment(parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX comment_remote ON comment(version_id, remote_id) WHERE remote_id IS NOT NULL;

-- Every write to a review goes through here, in order per connection, written in the transaction that made the change.
CREATE TABLE outbox(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  connection_id TEXT NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  comment_id TEXT NOT NULL REFERENCES comment(id) ON DELETE CASCADE,
  kind TEXT NOT NULL /* create | edit | remove */,
  state TEXT NOT NULL /* queued | sending | failed */,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  failure TEXT /* JSON */,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_next ON outbox(connection_id, seq);
CREATE INDEX outbox_comment ON outbox(comment_id);
