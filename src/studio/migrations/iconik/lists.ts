/** What is made of assets and collections, and what is noted of them. */
export const lists = `
CREATE TABLE iconik_project(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  status TEXT AS (document ->> 'status'),
  collection_id TEXT AS (document ->> 'collection_id') REFERENCES iconik_collection(id) ON DELETE CASCADE,
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE INDEX iconik_project_collection ON iconik_project(collection_id);

CREATE TABLE iconik_project_member(
  id INTEGER PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES iconik_project(id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  created_by_user TEXT NOT NULL,
  date_created TEXT NOT NULL,
  UNIQUE(project_id, user_id)
) STRICT;

CREATE TABLE iconik_playlist(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  status TEXT AS (document ->> 'status'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE TABLE iconik_sequence(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;

-- Items of playlists and sequences, in an order of their own from 0 on.
CREATE TABLE iconik_playlist_item(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  list_id TEXT AS (document ->> 'list_id') REFERENCES iconik_playlist(id) ON DELETE CASCADE,
  position INTEGER AS (document ->> 'position'),
  object_type TEXT AS (document ->> 'object_type'),
  object_id TEXT AS (document ->> 'object_id')
) STRICT;
CREATE INDEX iconik_playlist_item_list ON iconik_playlist_item(list_id, position);
CREATE INDEX iconik_playlist_item_object ON iconik_playlist_item(object_id);
CREATE TABLE iconik_sequence_item(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  list_id TEXT AS (document ->> 'list_id') REFERENCES iconik_sequence(id) ON DELETE CASCADE,
  position INTEGER AS (document ->> 'position'),
  object_type TEXT AS (document ->> 'object_type'),
  object_id TEXT AS (document ->> 'object_id')
) STRICT;
CREATE INDEX iconik_sequence_item_list ON iconik_sequence_item(list_id, position);
CREATE INDEX iconik_sequence_item_object ON iconik_sequence_item(object_id);

CREATE TABLE iconik_favourite(
  id INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  UNIQUE(user_id, object_type, object_id)
) STRICT;
CREATE INDEX iconik_favourite_object ON iconik_favourite(object_id);

-- When a user last looked at an asset.
CREATE TABLE iconik_viewed(
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES iconik_asset(id) ON DELETE CASCADE,
  date_viewed TEXT NOT NULL,
  PRIMARY KEY(user_id, asset_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX iconik_viewed_asset ON iconik_viewed(asset_id);

CREATE TABLE iconik_relation_type(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE iconik_relation(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  related_to_asset_id TEXT AS (document ->> 'related_to_asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  relation_type TEXT AS (document ->> 'relation_type') REFERENCES iconik_relation_type(id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX iconik_relation_from ON iconik_relation(asset_id, relation_type, related_to_asset_id);
CREATE INDEX iconik_relation_to ON iconik_relation(related_to_asset_id);
CREATE INDEX iconik_relation_by_type ON iconik_relation(relation_type);

CREATE TABLE iconik_history(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  operation_type TEXT AS (document ->> 'operation_type'),
  user_id TEXT AS (document ->> 'user_id'),
  version_id TEXT AS (document ->> 'version_id'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE INDEX iconik_history_asset ON iconik_history(asset_id, date_created);

CREATE TABLE iconik_custom_action(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  context TEXT AS (document ->> 'context')
) STRICT;

CREATE TABLE iconik_transcription(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  version_id TEXT AS (document ->> 'version_id') REFERENCES iconik_version(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX iconik_transcription_version ON iconik_transcription(version_id);

-- In which assets and versions a person was found.
CREATE TABLE iconik_appearance(
  id INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL,
  asset_id TEXT NOT NULL REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_id TEXT REFERENCES iconik_version(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX iconik_appearance_person ON iconik_appearance(person_id, asset_id);
CREATE INDEX iconik_appearance_asset ON iconik_appearance(asset_id);
CREATE INDEX iconik_appearance_version ON iconik_appearance(version_id);
CREATE TRIGGER iconik_asset_persons_new AFTER INSERT ON iconik_asset
WHEN json_array_length(new.document, '$.person_ids') > 0 BEGIN
  INSERT INTO iconik_appearance(person_id, asset_id) SELECT value, new.id FROM json_each(new.document, '$.person_ids') WHERE value IS NOT NULL;
END;
CREATE TRIGGER iconik_asset_persons AFTER UPDATE OF document ON iconik_asset
WHEN new.document -> 'person_ids' IS NOT old.document -> 'person_ids' BEGIN
  DELETE FROM iconik_appearance WHERE asset_id = new.id AND version_id IS NULL;
  INSERT INTO iconik_appearance(person_id, asset_id) SELECT value, new.id FROM json_each(new.document, '$.person_ids') WHERE value IS NOT NULL;
END;
CREATE TRIGGER iconik_version_persons_new AFTER INSERT ON iconik_version
WHEN json_array_length(new.document, '$.person_ids') > 0 BEGIN
  INSERT INTO iconik_appearance(person_id, asset_id, version_id)
    SELECT value, new.asset_id, new.id FROM json_each(new.document, '$.person_ids') WHERE value IS NOT NULL;
END;
CREATE TRIGGER iconik_version_persons AFTER UPDATE OF document ON iconik_version
WHEN new.document -> 'person_ids' IS NOT old.document -> 'person_ids' BEGIN
  DELETE FROM iconik_appearance WHERE version_id = new.id;
  INSERT INTO iconik_appearance(person_id, asset_id, version_id)
    SELECT value, new.asset_id, new.id FROM json_each(new.document, '$.person_ids') WHERE value IS NOT NULL;
END;

CREATE TABLE iconik_sync_session(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
`
