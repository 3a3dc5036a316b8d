-- Named, ordered lists of versions. Those of this computer have no connection; a service's own would name it and their id there.
CREATE TABLE playlist(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  connection_id TEXT REFERENCES connection(id) ON DELETE CASCADE,
  remote_id TEXT,
  changed_at INTEGER NOT NULL,
  -- taken away, and still there to be taken back
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX playlist_remote ON playlist(connection_id, remote_id) WHERE remote_id IS NOT NULL;

-- What an entry means is named as the service names it, without a reference: a cached asset may go and come back, and
-- what is gone for good must still say so in its place in the list.
CREATE TABLE playlist_entry(
  id TEXT PRIMARY KEY,
  playlist_id TEXT NOT NULL REFERENCES playlist(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  connection_id TEXT NOT NULL,
  asset_remote_id TEXT NOT NULL,
  version_remote_id TEXT /* null: whatever is the newest */,
  name TEXT NOT NULL /* as last known */,
  start_frame INTEGER,
  end_frame INTEGER,
  removed_at INTEGER
) STRICT;
CREATE INDEX playlist_entry_order ON playlist_entry(playlist_id, position);

-- Votes on versions whose service takes none: they live here alone.
CREATE TABLE local_vote(
  connection_id TEXT NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  asset_remote_id TEXT NOT NULL,
  version_remote_id TEXT NOT NULL,
  vote TEXT NOT NULL,
  note TEXT NOT NULL,
  author TEXT NOT NULL,
  voted_at INTEGER NOT NULL,
  PRIMARY KEY(connection_id, asset_remote_id, version_remote_id)
) STRICT, WITHOUT ROWID;
