import type { Migration } from './index.ts'

/**
 * iconik's objects. A table of documents holds what its answers show as JSON, and generated columns over it for what
 * lists look up, sort and filter by. Epoch milliseconds where a column ends in `_at`.
 */
export const iconik: Migration = {
  name: '0003-iconik',
  sql: `
CREATE TABLE iconik_domain(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE iconik_app(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE iconik_user(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  password_hash TEXT,
  is_mfa INTEGER NOT NULL DEFAULT 0,
  email TEXT AS (lower(document ->> 'email')),
  first_name TEXT AS (document ->> 'first_name'),
  last_name TEXT AS (document ->> 'last_name'),
  status TEXT AS (document ->> 'status'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE UNIQUE INDEX iconik_user_email ON iconik_user(email);

CREATE TABLE iconik_group(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;

CREATE TABLE iconik_token(
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK(purpose IN ('api', 'login', 'share')),
  guest TEXT,
  is_mfa INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX iconik_token_user ON iconik_token(user_id, purpose);
CREATE INDEX iconik_token_share ON iconik_token(guest ->> 'share_id', guest ->> 'share_user_id');

-- Hashed codes of a second factor that were mailed and not yet used.
CREATE TABLE iconik_otp(
  user_id TEXT PRIMARY KEY REFERENCES iconik_user(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE iconik_external_auth(
  hash TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES iconik_user(id) ON DELETE CASCADE,
  redirect_info TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE iconik_asset(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  title TEXT AS (document ->> 'title'),
  type TEXT AS (document ->> 'type'),
  status TEXT AS (document ->> 'status'),
  archive_status TEXT AS (document ->> 'archive_status'),
  created_by_user TEXT AS (document ->> 'created_by_user'),
  external_id TEXT AS (document ->> 'external_id'),
  is_queued INTEGER AS (document ->> 'status' = 'DELETED'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified'),
  date_deleted TEXT AS (document ->> 'date_deleted')
) STRICT;
-- What searches count and filter by, so that they need not read the documents.
CREATE INDEX iconik_asset_facets ON iconik_asset(id, type, status, archive_status, created_by_user);
CREATE INDEX iconik_asset_created ON iconik_asset(is_queued, date_created);
CREATE INDEX iconik_asset_modified ON iconik_asset(is_queued, date_modified);
CREATE INDEX iconik_asset_title ON iconik_asset(is_queued, title);
CREATE INDEX iconik_asset_deleted ON iconik_asset(is_queued, date_deleted);
CREATE INDEX iconik_asset_external ON iconik_asset(external_id);

CREATE TABLE iconik_version(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  asset_id TEXT AS (document ->> 'asset_id') REFERENCES iconik_asset(id) ON DELETE CASCADE,
  version_number INTEGER AS (document ->> 'version_number'),
  date_created TEXT AS (document ->> 'date_created')
) STRICT;
CREATE INDEX iconik_version_asset ON iconik_version(asset_id, version_number);

CREATE TABLE iconik_collection(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  title TEXT AS (document ->> 'title'),
  parent_id TEXT AS (document ->> 'parent_id'),
  status TEXT AS (document ->> 'status'),
  is_root INTEGER AS (document ->> 'is_root'),
  external_id TEXT AS (document ->> 'external_id'),
  is_queued INTEGER AS (document ->> 'status' = 'DELETED'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified'),
  date_deleted TEXT AS (document ->> 'date_deleted')
) STRICT;
CREATE INDEX iconik_collection_title ON iconik_collection(is_queued, title);
CREATE INDEX iconik_collection_created ON iconik_collection(is_queued, date_created);
CREATE INDEX iconik_collection_deleted ON iconik_collection(is_queued, date_deleted);
CREATE INDEX iconik_collection_external ON iconik_collection(external_id);
CREATE INDEX iconik_collection_parent ON iconik_collection(parent_id);

-- What lies in which collection. The last columns repeat the object's, so that a page of a large collection is a walk
-- along one index; triggers keep them.
CREATE TABLE iconik_content(
  id INTEGER PRIMARY KEY,
  collection_id TEXT NOT NULL REFERENCES iconik_collection(id) ON DELETE CASCADE,
  object_type TEXT NOT NULL CHECK(object_type IN ('assets', 'collections')),
  object_id TEXT NOT NULL,
  position INTEGER,
  is_queued INTEGER NOT NULL,
  title TEXT NOT NULL,
  date_created TEXT NOT NULL,
  date_modified TEXT NOT NULL,
  UNIQUE(collection_id, object_type, object_id)
) STRICT;
CREATE INDEX iconik_content_object ON iconik_content(object_id, object_type);
CREATE INDEX iconik_content_title ON iconik_content(collection_id, is_queued, title);
CREATE INDEX iconik_content_created ON iconik_content(collection_id, is_queued, date_created);
CREATE INDEX iconik_content_modified ON iconik_content(collection_id, is_queued, date_modified);
CREATE INDEX iconik_content_position ON iconik_content(collection_id, position, is_queued);
CREATE INDEX iconik_content_type ON iconik_content(collection_id, is_queued, object_type DESC, title);

CREATE TRIGGER iconik_asset_changed AFTER UPDATE OF document ON iconik_asset BEGIN
  UPDATE iconik_content SET is_queued = new.is_queued, title = new.title, date_created = new.date_created,
    date_modified = new.date_modified
   WHERE object_type = 'assets' AND object_id = new.id;
END;
CREATE TRIGGER iconik_collection_changed AFTER UPDATE OF document ON iconik_collection BEGIN
  UPDATE iconik_content SET is_queued = new.is_queued, title = new.title, date_created = new.date_created,
    date_modified = new.date_modified
   WHERE object_type = 'collections' AND object_id = new.id;
END;
CREATE TRIGGER iconik_asset_gone AFTER DELETE ON iconik_asset BEGIN
  DELETE FROM iconik_content WHERE object_type = 'assets' AND object_id = old.id;
END;
CREATE TRIGGER iconik_collection_gone AFTER DELETE ON iconik_collection BEGIN
  DELETE FROM iconik_content WHERE object_type = 'collections' AND object_id = old.id;
END;

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

-- Who may do what with one object. An object without any is open to everybody in the domain.
CREATE TABLE iconik_acl(
  id INTEGER PRIMARY KEY,
  object_type TEXT NOT NULL,
  object_key TEXT NOT NULL,
  holder_type TEXT NOT NULL CHECK(holder_type IN ('users', 'groups', 'shares')),
  holder_id TEXT NOT NULL,
  permissions TEXT NOT NULL,
  -- The collection it came down from; null when it was given to the object itself.
  inherited_from TEXT,
  date_created TEXT NOT NULL,
  date_modified TEXT NOT NULL,
  UNIQUE(object_type, object_key, holder_type, holder_id)
) STRICT;
CREATE INDEX iconik_acl_holder ON iconik_acl(holder_id);
CREATE TABLE iconik_acl_template(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

-- Settings of the domain, of groups and of users.
CREATE TABLE iconik_setting(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE iconik_metadata_field(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE iconik_metadata_view(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE iconik_metadata_category(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

-- Values by field name, of an object or of one version of it. The words are what a search finds.
CREATE TABLE iconik_metadata(
  id INTEGER PRIMARY KEY,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  -- Empty for the object itself.
  version_id TEXT NOT NULL,
  document TEXT NOT NULL,
  words TEXT NOT NULL,
  UNIQUE(object_type, object_id, version_id)
) STRICT;
CREATE INDEX iconik_metadata_object ON iconik_metadata(object_id);

CREATE TABLE iconik_saved_search(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  group_id TEXT AS (document ->> 'group_id'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE TABLE iconik_saved_search_group(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  name TEXT AS (document ->> 'name'),
  date_created TEXT AS (document ->> 'date_created'),
  date_modified TEXT AS (document ->> 'date_modified')
) STRICT;
CREATE TABLE iconik_search_history(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  user_id TEXT AS (document ->> 'user_id')
) STRICT;
CREATE INDEX iconik_search_history_user ON iconik_search_history(user_id);

-- What a search looks through: one row for each object, its words under the same number. What is "shown" is a search
-- document that somebody wrote by hand, until the next indexing.
CREATE TABLE iconik_indexed(
  id INTEGER PRIMARY KEY,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  is_queued INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  date_created TEXT NOT NULL,
  date_modified TEXT NOT NULL,
  shown TEXT,
  UNIQUE(object_type, object_id)
) STRICT;
CREATE INDEX iconik_indexed_object ON iconik_indexed(object_id);
CREATE INDEX iconik_indexed_title ON iconik_indexed(object_type, is_queued, title);
CREATE INDEX iconik_indexed_created ON iconik_indexed(object_type, is_queued, date_created);
CREATE INDEX iconik_indexed_modified ON iconik_indexed(object_type, is_queued, date_modified);
CREATE VIRTUAL TABLE iconik_words USING fts5(title, body, content='iconik_indexed', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TRIGGER iconik_indexed_new AFTER INSERT ON iconik_indexed BEGIN
  INSERT INTO iconik_words(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER iconik_indexed_gone AFTER DELETE ON iconik_indexed BEGIN
  INSERT INTO iconik_words(iconik_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;
CREATE TRIGGER iconik_indexed_changed AFTER UPDATE OF title, body ON iconik_indexed
WHEN new.title IS NOT old.title OR new.body IS NOT old.body BEGIN
  INSERT INTO iconik_words(iconik_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO iconik_words(rowid, title, body) VALUES (new.id, new.title, new.body);
END;

-- What is to be indexed of each object. Writing an object, or its metadata, indexes it again.
CREATE VIEW iconik_indexable(object_type, object_id, is_queued, title, body, date_created, date_modified) AS
  SELECT 'assets', a.id, a.is_queued, a.title,
    concat_ws(' ', a.external_id, a.document ->> 'category',
      (SELECT group_concat(m.words, ' ') FROM iconik_metadata m WHERE m.object_type = 'assets' AND m.object_id = a.id)),
    a.date_created, a.date_modified
  FROM iconik_asset a
  UNION ALL
  SELECT 'collections', c.id, c.is_queued, c.title,
    concat_ws(' ', c.external_id, c.document ->> 'category',
      (SELECT group_concat(m.words, ' ') FROM iconik_metadata m
        WHERE m.object_type = 'collections' AND m.object_id = c.id)),
    c.date_created, c.date_modified
  FROM iconik_collection c
  UNION ALL
  SELECT 'saved_searches', s.id, 0, s.name, '', s.date_created, s.date_modified FROM iconik_saved_search s
  UNION ALL
  SELECT 'saved_search_groups', g.id, 0, g.name, '', g.date_created, g.date_modified
  FROM iconik_saved_search_group g;

CREATE TRIGGER iconik_asset_index_new AFTER INSERT ON iconik_asset BEGIN
  INSERT INTO iconik_indexed(object_type, object_id, is_queued, title, body, date_created, date_modified)
    SELECT * FROM iconik_indexable WHERE object_type = 'assets' AND object_id = new.id;
END;
CREATE TRIGGER iconik_asset_index AFTER UPDATE OF document ON iconik_asset BEGIN
  UPDATE iconik_indexed AS i SET is_queued = n.is_queued, title = n.title, body = n.body,
    date_created = n.date_created, date_modified = n.date_modified, shown = NULL
    FROM (SELECT * FROM iconik_indexable WHERE object_type = 'assets' AND object_id = new.id) AS n
   WHERE i.object_type = 'assets' AND i.object_id = new.id;
END;
CREATE TRIGGER iconik_asset_index_gone AFTER DELETE ON iconik_asset BEGIN
  DELETE FROM iconik_indexed WHERE object_type = 'assets' AND object_id = old.id;
  DELETE FROM iconik_metadata WHERE object_type = 'assets' AND object_id = old.id;
  DELETE FROM iconik_favourite WHERE object_type = 'assets' AND object_id = old.id;
  DELETE FROM iconik_acl WHERE object_type = 'assets' AND object_key = old.id;
  DELETE FROM iconik_playlist_item WHERE object_type = 'assets' AND object_id = old.id;
  DELETE FROM iconik_sequence_item WHERE object_type = 'assets' AND object_id = old.id;
END;

CREATE TRIGGER iconik_collection_index_new AFTER INSERT ON iconik_collection BEGIN
  INSERT INTO iconik_indexed(object_type, object_id, is_queued, title, body, date_created, date_modified)
    SELECT * FROM iconik_indexable WHERE object_type = 'collections' AND object_id = new.id;
END;
CREATE TRIGGER iconik_collection_index AFTER UPDATE OF document ON iconik_collection BEGIN
  UPDATE iconik_indexed AS i SET is_queued = n.is_queued, title = n.title, body = n.body,
    date_created = n.date_created, date_modified = n.date_modified, shown = NULL
    FROM (SELECT * FROM iconik_indexable WHERE object_type = 'collections' AND object_id = new.id) AS n
   WHERE i.object_type = 'collections' AND i.object_id = new.id;
END;
CREATE TRIGGER iconik_collection_index_gone AFTER DELETE ON iconik_collection BEGIN
  DELETE FROM iconik_indexed WHERE object_type = 'collections' AND object_id = old.id;
  DELETE FROM iconik_metadata WHERE object_type = 'collections' AND object_id = old.id;
  DELETE FROM iconik_favourite WHERE object_type = 'collections' AND object_id = old.id;
  DELETE FROM iconik_acl WHERE object_type = 'collections' AND object_key = old.id;
  DELETE FROM iconik_playlist_item WHERE object_type = 'collections' AND object_id = old.id;
  DELETE FROM iconik_sequence_item WHERE object_type = 'collections' AND object_id = old.id;
END;

CREATE TRIGGER iconik_saved_search_index_new AFTER INSERT ON iconik_saved_search BEGIN
  INSERT INTO iconik_indexed(object_type, object_id, is_queued, title, body, date_created, date_modified)
    SELECT * FROM iconik_indexable WHERE object_type = 'saved_searches' AND object_id = new.id;
END;
CREATE TRIGGER iconik_saved_search_index AFTER UPDATE OF document ON iconik_saved_search BEGIN
  UPDATE iconik_indexed SET title = new.name, date_modified = new.date_modified
   WHERE object_type = 'saved_searches' AND object_id = new.id;
END;
CREATE TRIGGER iconik_saved_search_index_gone AFTER DELETE ON iconik_saved_search BEGIN
  DELETE FROM iconik_indexed WHERE object_type = 'saved_searches' AND object_id = old.id;
END;

CREATE TRIGGER iconik_saved_search_group_index_new AFTER INSERT ON iconik_saved_search_group BEGIN
  INSERT INTO iconik_indexed(object_type, object_id, is_queued, title, body, date_created, date_modified)
    SELECT * FROM iconik_indexable WHERE object_type = 'saved_search_groups' AND object_id = new.id;
END;
CREATE TRIGGER iconik_saved_search_group_index AFTER UPDATE OF document ON iconik_saved_search_group BEGIN
  UPDATE iconik_indexed SET title = new.name, date_modified = new.date_modified
   WHERE object_type = 'saved_search_groups' AND object_id = new.id;
END;
CREATE TRIGGER iconik_saved_search_group_index_gone AFTER DELETE ON iconik_saved_search_group BEGIN
  DELETE FROM iconik_indexed WHERE object_type = 'saved_search_groups' AND object_id = old.id;
END;
`,
}
